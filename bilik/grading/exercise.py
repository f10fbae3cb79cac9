"""An exercise folder, read: what the author wrote, with everything that is wrong with it.

Nothing here runs a program or knows a database. `bilik grade`, `bilik course check` and the import into an academy
all start from `read_exercise`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bilik.grading.kinds import KINDS, known_blocks
from bilik.grading.pictures import is_picture
from bilik.grading.problems import Problem, Table, toml_lines
from bilik.grading.text import ExerciseText, places_in, read_text
from bilik.grading.variants import fill, fill_text, places

LANGUAGES = ("az", "uz", "ru", "en")
_PROGRAMS = ("program.py", "starter.py", "solution.py")
_LARGEST_FILE = 1_000_000
_MOST_VARIANTS = 200
_ATTEMPTS = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class Wrong:
    """A usual wrong answer: what is answered, and what must come back."""

    answer: Any
    feedback: str
    outcome: str
    file: str


@dataclass(frozen=True)
class Exercise:
    """One exercise as its author wrote it, for one variant.

    `spec` is what grading needs (secret, JSON-able); `texts` what people read, by language; `values` what the
    variant's places were filled with.
    """

    slug: str
    kind: str
    points: int
    skills: tuple[str, ...]
    difficulty: int
    attempts: int
    solution_policy: str
    variants: int
    spec: Mapping[str, Any]
    texts: Mapping[str, ExerciseText]
    starter: str
    solution: str
    wrong: tuple[Wrong, ...]
    variant_code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Folder:
    """The files of an exercise folder as texts and bytes; kinds read their parts from here."""

    path: Path
    name: str
    files: dict[str, str]
    data: dict[str, bytes]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A file's text, empty when there is none."""
        return self.files.get(name, "")


def as_text(raw: bytes) -> str:
    """A text file's content whichever editor wrote it: no byte order mark, line ends as on Unix."""
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def writable_name(inside: Path) -> str:
    """A path as text that can be printed and stored, also when its bytes are not UTF-8."""
    return str(inside).encode("utf-8", "backslashreplace").decode("utf-8")


def is_by_the_way(inside: Path) -> bool:
    """Whether a file belongs to an editor or to Python and not to the course: `.DS_Store`, `__pycache__`."""
    return any(part.startswith((".", "__")) for part in inside.parts)


def load_toml(source: str, *, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The data of a TOML text, or None with a problem noted that says on which line it is broken."""
    try:
        return tomllib.loads(source)
    except RecursionError:
        problems.append(Problem(file, 0, "error", "toml", "Not readable as TOML: nested too deeply."))
    except ValueError as error:
        # Mostly TOMLDecodeError, but a number of five thousand digits is refused by int() itself.
        line = re.search(r"\(at line (\d+)", str(error))
        place = int(line[1]) if line else 0
        problems.append(Problem(file, place, "error", "toml", f"Not readable as TOML: {error}."))
    return None


def read_folder(path: Path, *, within: Path | None = None, problems: list[Problem]) -> Folder:
    """Reads all files of an exercise folder into memory. `within` is the course that file names are relative to."""
    name = str(path.relative_to(within)) if within else path.name
    folder = Folder(path, name, {}, {})
    for file in sorted(path.rglob("*")):
        inside = writable_name(file.relative_to(path))
        if inside != str(file.relative_to(path)):
            problems.append(Problem(f"{name}/{inside}", 0, "error", "file-name", "The file's name is not UTF-8."))
            continue
        if file.is_symlink():
            problems.append(Problem(f"{name}/{inside}", 0, "error", "link", "Links are not allowed in a course."))
            continue
        if not file.is_file() or is_by_the_way(file.relative_to(path)):
            continue
        if file.stat().st_size > _LARGEST_FILE:
            problems.append(Problem(f"{name}/{inside}", 0, "error", "too-large", "The file is over 1 MB."))
            continue
        raw = file.read_bytes()
        if inside.startswith("files/"):
            folder.data[inside.removeprefix("files/")] = raw
            continue
        if is_picture(inside):
            folder.pictures[inside] = raw
            continue
        try:
            folder.files[inside] = as_text(raw)
        except UnicodeDecodeError:
            problems.append(Problem(f"{name}/{inside}", 0, "error", "encoding", "The file is not UTF-8 text."))
    return folder


def read_exercise(
    path: Path, *, within: Path | None = None, problems: list[Problem], values: Mapping[str, Any] | None = None
) -> Exercise | None:
    """Reads and checks an exercise folder; every problem found is added to `problems`.

    `values` fills the places of a variant. Returns None only when there is no usable `exercise.toml` or kind.
    """
    folder = read_folder(path, within=within, problems=problems)
    return exercise_from_folder(folder, problems=problems, values=values or {})


def exercise_from_folder(folder: Folder, *, problems: list[Problem], values: Mapping[str, Any]) -> Exercise | None:
    """The same from a folder already in memory, so that twenty variants do not read the disk twenty times."""
    file = f"{folder.name}/exercise.toml"
    source = folder.text("exercise.toml")
    if not source:
        problems.append(Problem(file, 0, "error", "no-exercise", "The folder has no exercise.toml."))
        return None
    data = load_toml(source, file=file, problems=problems)
    if data is None:
        return None
    table = Table(fill(data, values), file=file, lines=toml_lines(source), problems=problems)
    kind = table.text("kind")
    if kind not in KINDS:
        if kind:
            table.problem("kind", f"There is no kind {kind!r}. Kinds: {', '.join(sorted(KINDS))}.", code="no-kind")
        return None
    filled = replace(folder, files={name: fill_text(text, values) for name, text in folder.files.items()})
    exercise = _read_parts(table, kind, filled, problems=problems, values=values)
    table.leave_no_rest()
    return exercise


def _read_parts(
    table: Table, kind: str, folder: Folder, *, problems: list[Problem], values: Mapping[str, Any]
) -> Exercise:
    checker = KINDS[kind]
    texts = _read_texts(folder, problems)
    spec = dict(checker.read(table, folder))
    points = table.whole("points", 1, low=1, high=100)
    spec |= {"kind": kind, "checker": checker.VERSION, "points": points}
    said = checker.sayings(spec)
    wrong = _read_wrong(table, folder, checker.model_answer(spec, ""))
    exercise = Exercise(
        slug=folder.path.name,
        kind=kind,
        points=points,
        skills=_read_skills(table),
        difficulty=table.whole("difficulty", 1, low=1, high=5),
        attempts=table.whole("attempts", 0, low=0, high=1000),
        solution_policy=_read_policy(table),
        variants=_read_variants(table, folder),
        spec=spec,
        texts=texts,
        starter=folder.text("starter.py") or folder.text("starter.sql"),
        solution=folder.text("solution.py") or folder.text("solution.sql"),
        wrong=wrong,
        variant_code=folder.text("variant.py"),
        values=values,
    )
    _check_texts(exercise, folder, said, problems)
    return exercise


def _read_texts(folder: Folder, problems: list[Problem]) -> dict[str, ExerciseText]:
    texts = {}
    for language in LANGUAGES:
        name = f"exercise.{language}.md"
        if name in folder.files:
            file = f"{folder.name}/{name}"
            texts[language] = read_text(folder.files[name], file=file, problems=problems, known=known_blocks())
    if not texts:
        problems.append(
            Problem(folder.name, 0, "error", "no-text", "There is no exercise.LANG.md, so nobody could read the task.")
        )
    return texts


def _read_skills(table: Table) -> tuple[str, ...]:
    skills = table.texts("skills", ())
    if not skills:
        table.problem("skills", "Name at least one skill that the exercise shows.", code="no-skills")
    return skills


def _read_policy(table: Table) -> str:
    policy = table.text("solution", "after_accepted")
    kind, _, count = policy.partition(":")
    if policy not in {"after_accepted", "never"} and not (kind == "after_attempts" and _ATTEMPTS.fullmatch(count)):
        table.problem("solution", "`solution` takes after_accepted, after_attempts:3 or never.")
        return "after_accepted"
    return policy


def _read_variants(table: Table, folder: Folder) -> int:
    has_code = "variant.py" in folder.files
    if not table.has("variants"):
        if has_code:
            table.problem("", "There is a variant.py, so say how many: `variants = 20`.", code="no-variants")
        return 0
    if not has_code:
        table.problem("variants", "`variants` needs a variant.py.", code="no-variant-code")
    return table.whole("variants", 0, low=1, high=_MOST_VARIANTS)


def _read_wrong(table: Table, folder: Folder, model: Any) -> tuple[Wrong, ...]:
    """The usual wrong answers: those listed, and the files of wrong/ that are not. `model` is the right answer: where
    it has cells, a wrong one takes from it those that it does not name.
    """
    listed: list[Wrong] = []
    named: set[str] = set()
    for row in table.tables("wrong"):
        if row.has("cells"):
            listed.append(_read_wrong_cells(row, folder, model, named))
            continue
        file = row.text("file", "")
        answer: Any = folder.text(file) if file else row.answer("answer")
        if file and file not in folder.files:
            row.problem("file", f"There is no file {file}.", code="no-file")
        elif not file and answer == "":
            row.problem("", "A wrong answer needs `answer` or `file`.", code="missing-key")
        listed.append(Wrong(answer, row.text("feedback", ""), row.text("outcome", ""), file))
        row.leave_no_rest()
    named |= {wrong.file for wrong in listed}
    for name in sorted(folder.files):
        if not name.startswith("wrong/") or name in named:
            continue
        if isinstance(model, dict) and name.endswith(".py"):
            table.problem("", f'{name} is named by no [[wrong]]: `cells = {{ id = "{name}" }}`.', code="unused-file")
        else:
            feedback = Path(name).stem.partition("--")[0]
            listed.append(Wrong(folder.files[name], feedback, "", name))
    return tuple(listed)


def _read_wrong_cells(row: Table, folder: Folder, model: Any, named: set[str]) -> Wrong:
    """`cells = { mean = "wrong/mean--sum.py" }`: these cells are wrong, the others are as in the solution."""
    files = row.mapping("cells")
    known = model if isinstance(model, dict) else {}
    for cell, file in files.items():
        named.add(file)
        if cell not in known:
            row.problem("cells", f"There is no cell called {cell!r}.", code="no-cell")
        if file not in folder.files:
            row.problem("cells", f"There is no file {file}.", code="no-file")
    answer = known | {cell: folder.text(file) for cell, file in files.items()}
    wrong = Wrong(answer, row.text("feedback", ""), row.text("outcome", ""), next(iter(files.values()), ""))
    row.leave_no_rest()
    return wrong


def _empty_places(text: ExerciseText) -> set[str]:
    """The places that were not filled, in everything that is read."""
    parts = [text.title, text.task, text.explanation, *text.hints, *text.feedback.values(), *text.blocks.values()]
    return {name for part in parts for name in places(part)}


def _check_texts(exercise: Exercise, folder: Folder, said: set[str], problems: list[Problem]) -> None:
    """Every feedback that can be said has its words, every block its text, and every place of a variant its value."""
    for language, text in exercise.texts.items():
        file = f"{folder.name}/exercise.{language}.md"
        for name in sorted(said - text.feedback.keys()):
            message = f"`::: feedback {name}` is missing: exercise.toml says it."
            problems.append(Problem(file, 0, "error", "no-feedback", message))
        for name in sorted(text.feedback.keys() - said):
            message = f"`::: feedback {name}` is never said by exercise.toml."
            problems.append(Problem(file, 0, "warning", "unused-feedback", message))
        _check_blocks(exercise, text, file, problems)
        if exercise.values and (empty := _empty_places(text)):
            message = f"variant() gives no {', '.join(sorted(empty))}."
            problems.append(Problem(file, 0, "error", "no-value", message))


def _check_blocks(exercise: Exercise, text: ExerciseText, file: str, problems: list[Problem]) -> None:
    """The blocks that the kind asks for are there, with their places, and no others."""
    wanted = KINDS[exercise.kind].blocks(exercise.spec)
    for name in wanted:
        if name not in text.blocks:
            code = f"no-{name.partition(' ')[0]}"
            problems.append(Problem(file, 0, "error", code, f"`::: {name}` is missing."))
    for name in sorted(text.blocks.keys() - wanted.keys()):
        message = f"`::: {name}` belongs to nothing in exercise.toml."
        problems.append(Problem(file, 0, "warning", "unused-block", message))
    for name, places_wanted in wanted.items():
        found = places_in(text.blocks.get(name, ""))
        for place in places_wanted:
            if name in text.blocks and found.count(place) != 1:
                message = f"`[[{place}]]` must stand once in `::: {name}`, not {found.count(place)} times."
                problems.append(Problem(file, 0, "error", "place", message))
