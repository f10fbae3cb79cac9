"""Exercism tracks: a repository with a config.json and a folder for each exercise. Python's tests are read."""

from __future__ import annotations

import ast
import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from bilik.exchange.asserts import read_tests
from bilik.exchange.bodies import Body, Cells
from bilik.exchange.errors import NotReadable
from bilik.exchange.markdown import tidy
from bilik.exchange.model import Course, Exercise, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Pictures
from bilik.exchange.programs import parsed, program
from bilik.exchange.prose import Prose
from bilik.exchange.reading import Reading, cut, texts_of
from bilik.exchange.report import Item
from bilik.exchange.scopes import Found, Scope, names_in

TITLE = "an Exercism track"
_NOTE = re.compile(r"^(~{3,}|`{3,})exercism/(\w+)[ \t]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_CALLOUTS = {"note": "note", "caution": "warning", "advanced": "tip"}


def looks_like(package: Package) -> bool:
    """A config.json that lists exercises, or exercise folders with .meta/config.json."""
    return _config_file(package) is not None


def _config_file(package: Package) -> str | None:
    names = [name for name in package.names if posixpath.basename(name) == "config.json" and "/.meta/" not in name]
    for name in sorted(names, key=lambda each: each.count("/"))[:20]:
        data = _json(package, name)
        if isinstance(data.get("exercises"), dict) and "slug" in data:
            return name
    return None


def _json(package: Package, name: str) -> dict[str, Any]:
    try:
        data = json.loads(package.text(name))
    except (ValueError, RecursionError, KeyError, NotReadable):
        return {}
    return data if isinstance(data, dict) else {}


def read(reading: Reading) -> Course:
    """Exercises by difficulty: each level is a lesson or several."""
    file = _config_file(reading.package)
    if file is None:
        raise NotReadable(f"There is no config.json of a track in {reading.package.name}.")
    config = _json(reading.package, file)
    base = posixpath.dirname(file)
    course = Course(str(config.get("language") or "Exercism"))
    course.name = f"exercism-{config.get('slug')}"
    course.summary = " ".join(str(config.get("blurb") or "").split())[:300]
    if not str(config.get("slug", "")).startswith("python"):
        raise NotReadable(f"The track is for {course.title}; only tests in Python can be read.")
    levels: dict[int, list[Text | Exercise]] = {}
    for kind, row in _rows(config):
        exercise = _exercise(kind, row, base, reading, file)
        if exercise is not None:
            levels.setdefault(exercise.difficulty, []).append(exercise)
    for level in sorted(levels):
        course.lessons += cut(f"{course.title} {level}", levels[level], reading)
    _note_concepts(reading, config, base)
    return course


def _rows(config: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in ("concept", "practice"):
        rows = config["exercises"].get(kind)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("slug"), str):
                yield kind, row


def _note_concepts(reading: Reading, config: dict[str, Any], base: str) -> None:
    rows = config.get("concepts")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            name = posixpath.join(base, f"concepts/{row.get('slug')}/about.md")
            reading.report.leave(
                "concept",
                str(row.get("name")),
                name,
                "A page on a concept: it stands outside of the order of exercises.",
            )


def _exercise(kind: str, row: dict[str, Any], base: str, reading: Reading, file: str) -> Exercise | None:
    folder = posixpath.join(base, f"exercises/{kind}/{row['slug']}")
    item = reading.report.item(f"{kind} exercise", str(row.get("name") or row["slug"]), folder)
    package = reading.package
    if row.get("status") == "deprecated":
        item.left("The track itself calls it deprecated.")
        return None
    meta = _json(package, f"{folder}/.meta/config.json")
    files = meta.get("files") if isinstance(meta.get("files"), dict) else {}
    assert isinstance(files, dict)
    stub, tests = _listed(package, folder, files.get("solution")), _listed(package, folder, files.get("test"))
    solutions = _listed(package, folder, files.get("example")) or _listed(package, folder, files.get("exemplar"))
    if not (len(stub) == len(solutions) == 1 and tests):
        found = f"{len(stub)} files to write, {len(solutions)} examples, {len(tests)} files of tests"
        item.left(f"It has {found}; ours takes one program.")
        return None
    solution = package.text(solutions[0])
    tested = _tests(package.text(tests[0]), solution, posixpath.basename(stub[0]).removesuffix(".py"))
    item.file = tests[0]
    body = program(package.text(stub[0]).strip("\n") + "\n", solution, tested, item)
    if body is None:
        return None
    pictures = Pictures(lambda address: _bytes(package, f"{folder}/.docs/{address}"))
    task = _task(package, folder, item, pictures)
    title = str(row.get("name") or row["slug"])
    _add_words(body)
    return Exercise(
        title, task, body, item, name=row["slug"], difficulty=_difficulty(row.get("difficulty")),
        hints=_hints(package, folder, item), pictures=pictures.taken,
    )  # fmt: skip


def _add_words(body: Body) -> None:
    if isinstance(body, Cells):
        for cell in body.cells:
            cell.words = cell.words or "`program.py`"


def _bytes(package: Package, name: str) -> bytes | None:
    name = posixpath.normpath(name)
    return package.read(name) if package.has(name) else None


def _listed(package: Package, folder: str, names: Any) -> list[str]:
    paths = (
        [posixpath.normpath(f"{folder}/{name}") for name in names if isinstance(name, str)]
        if isinstance(names, list)
        else []
    )
    return [path for path in paths if path.startswith(folder) and package.has(path)]


def _difficulty(value: Any) -> int:
    """Exercism counts from 1 to 10."""
    return max(1, min(5, (value + 1) // 2)) if isinstance(value, int) else 1


def _task(package: Package, folder: str, item: Item, pictures: Pictures) -> str:
    parts = []
    for name in ("introduction", "introduction.append", "instructions", "instructions.append"):
        file = f"{folder}/.docs/{name}.md"
        if package.has(file):
            text = re.sub(r"\A\s*#[^\n]*\n", "", package.text(file))
            text, kept = _callouts(text)
            markdown = tidy(text, Prose(item, pictures, 3), line=1)
            parts.append(re.sub(r"\n{3,}", "\n\n", kept(markdown)))
    return texts_of(parts)


def _callouts(text: str) -> tuple[str, Any]:
    """Notes between fences of Exercism become our callouts; they are put back when the rest is tidy."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        body = re.sub(r"^:::", r"\\:::", match[3].strip(), flags=re.MULTILINE)
        found.append(f"::: {_CALLOUTS.get(match[2], 'note')}\n{re.sub(r'<[^>]*>', '', body)}\n:::")
        return f"\n\nBilikCallout{len(found)}x\n\n"

    def back(markdown: str) -> str:
        for number, callout in enumerate(found, 1):
            markdown = markdown.replace(f"BilikCallout{number}x", callout)
        return markdown

    return _NOTE.sub(keep, text), back


def _hints(package: Package, folder: str, item: Item) -> list[str]:
    file = f"{folder}/.docs/hints.md"
    if not package.has(file):
        return []
    parts = re.split(r"^#{2,}[^\n]*\n", package.text(file), flags=re.MULTILINE)[1:]
    hints = [tidy(part, Prose(item, top=3), line=1) for part in parts]
    return [hint for hint in hints if hint][:8]


def _tests(source: str, solution: str, module: str) -> Found:
    """The tests of a file with unittest or pytest."""
    found = Found()
    tree, program_tree = parsed(source), parsed(solution)
    if tree is None or program_tree is None:
        found.left.append((1, "The file of tests or the example is not Python that can be read."))
        return found
    imported = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    scope = Scope(names_in(program_tree), imported & {module})
    scope.learn_imports(tree.body)
    read_tests([node for node in tree.body if isinstance(node, ast.Assign)], scope, found)
    for node in tree.body:
        functions = node.body if isinstance(node, ast.ClassDef) else [node]
        for function in functions:
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test"):
                _read_function(function, scope.inner(), found)
    return found


def _read_function(function: ast.FunctionDef, scope: Scope, found: Found) -> None:
    before = len(found.tests) + len(found.left)
    scope.values.pop("self", None)
    read_tests(function.body, scope, found)
    if len(found.tests) + len(found.left) == before:
        found.left.append((function.lineno, f"`{function.name}` tests nothing that can be read."))
