"""Jupyter notebooks: plain ones become lessons; questions of nbgrader and of Otter-Grader become exercises."""

from __future__ import annotations

import ast
import json
import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from bilik.exchange.errors import NotReadable
from bilik.exchange.importers.notebook import nbgrader, otter
from bilik.exchange.importers.notebook.cells import NotebookCell, cells_of, is_notebook
from bilik.exchange.importers.notebook.question import Context
from bilik.exchange.markdown import tidy
from bilik.exchange.model import Course, Exercise, Lesson, Text
from bilik.exchange.packages import Package
from bilik.exchange.pictures import Pictures
from bilik.exchange.programs import parsed, without_magic
from bilik.exchange.prose import Prose, fenced
from bilik.exchange.reading import Reading
from bilik.exchange.report import Item

TITLE = "Jupyter notebooks"
_HEADING = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)")


def looks_like(package: Package) -> bool:
    """A file with cells."""
    return any(is_notebook(package, name) for name in _names(package)[:5])


def _names(package: Package) -> list[str]:
    names = [name for name in package.ending(".ipynb") if "/.ipynb_checkpoints/" not in f"/{name}"]
    if not names and len(package.names) == 1:
        names = list(package.names)
    return sorted(names)


def read(reading: Reading) -> Course:
    """Each notebook is a lesson."""
    course = Course(posixpath.basename(reading.package.name).removesuffix(".ipynb").replace("_", " "))
    for name in _names(reading.package):
        try:
            data = json.loads(reading.package.text(name))
        except (ValueError, RecursionError) as error:
            reading.report.leave("notebook", name, name, f"It is not readable as JSON: {str(error)[:100]}.")
            continue
        cells = cells_of(data, reading.package.text(name))
        if cells is None:
            reading.report.leave("notebook", name, name, "It is no notebook of format 4.")
            continue
        language = _language(data)
        if language != "python":
            reading.report.leave("notebook", name, name, f"Its programs are in {language}; only Python is read.")
            continue
        lesson = _Notebook(reading, name).lesson(cells)
        if lesson.pieces:
            course.lessons.append(lesson)
    if len(course.lessons) == 1:
        course.title = course.lessons[0].title
    if not course.lessons and not reading.report.items:
        raise NotReadable(f"There is no notebook in {reading.package.name}.")
    return course


def _language(data: dict[str, Any]) -> str:
    meta = data.get("metadata") if isinstance(data.get("metadata"), dict) else {}
    assert isinstance(meta, dict)
    info, kernel = meta.get("language_info"), meta.get("kernelspec")
    for found, key in ((info, "name"), (kernel, "language")):
        if isinstance(found, dict) and isinstance(found.get(key), str):
            return str(found[key]).lower()
    return "python"


@dataclass
class _Notebook:
    """One notebook being read, from its first cell to its last."""

    reading: Reading
    file: str
    pieces: list[Text | Exercise] = field(default_factory=list)
    title: str = ""
    before: list[ast.stmt] = field(default_factory=list)

    def lesson(self, cells: list[NotebookCell]) -> Lesson:
        """The lesson with all that could be taken over."""
        name = posixpath.basename(self.file).removesuffix(".ipynb").replace("_", " ").replace("-", " ")
        reader = otter if any(otter.is_mark(cell) for cell in cells) else nbgrader
        groups = reader.groups(cells)
        for group in groups:
            if isinstance(group, NotebookCell):
                self._plain(group)
            else:
                item = self.reading.report.item(group.kind, group.name, self.file, group.line)
                context = Context(self.reading, item, self._pictures(group.cells), list(self.before), self._task)
                made = reader.exercise(group, context)
                if made is not None:
                    self.pieces.append(made)
                self._remember(group.solution)
        return Lesson(self.title or name, self.pieces, name)

    def _pictures(self, cells: list[NotebookCell]) -> Pictures:
        def find(address: str) -> bytes | None:
            for cell in cells:
                if (content := cell.attachment(address)) is not None:
                    return content
            near = self.reading.package.near(self.file, address)
            return self.reading.package.read(near) if near else None

        return Pictures(find)

    def _task(self, item: Item) -> tuple[str, dict[str, bytes]]:
        """The text right before a question is its task, and stands in the lesson no more."""
        if not self.pieces or not isinstance(self.pieces[-1], Text) or "```python" in self.pieces[-1].markdown:
            return "", {}
        text = self.pieces.pop()
        assert isinstance(text, Text)
        if text.item is not None:
            self.reading.report.items.remove(text.item)
            for note in text.item.notes:
                item.notes.append(note)
        return text.markdown, text.pictures

    def _plain(self, cell: NotebookCell) -> None:
        """A cell to read."""
        if not cell.source.strip():
            return
        item = self.reading.report.item(f"{cell.kind} cell", _first_line(cell.source), self.file, cell.line)
        pictures = self._pictures([cell])
        prose = Prose(item, pictures)
        if cell.kind == "markdown":
            source = cell.source
            if not self.title and not self.pieces and (match := _HEADING.match(source)):
                self.title, source = re.sub(r"[*`_]|<[^>]*>", "", match[1]).strip(), source[match.end() :]
            text = tidy(source, prose, line=cell.line)
            if text:
                self.pieces.append(Text(text, item, pictures.taken))
            else:
                self.reading.report.items.remove(item)
        elif cell.kind == "code":
            parts = [fenced(cell.source.rstrip(), "python"), *_outputs(cell, item, prose)]
            self.pieces.append(Text("\n\n".join(parts), item, pictures.taken))
            self._remember(cell.source)
        else:
            item.left("Raw cells are for other programs.")

    def _remember(self, source: str) -> None:
        tree = parsed(without_magic(source))
        self.before += tree.body if tree else []


def _first_line(source: str) -> str:
    return next((line.strip("# ").strip() for line in source.split("\n") if line.strip()), "")[:80]


def _outputs(cell: NotebookCell, item: Item, prose: Prose) -> list[str]:
    """What a cell printed or showed, as far as it is text or a picture."""
    found = []
    for text, picture in cell.outputs:
        if picture:
            found.append(prose.picture(f"data:image/png;base64,{picture}", ""))
        elif len(text) > 8_000:
            item.left("Its long output.")
        elif text.strip():
            found.append(fenced(text.rstrip(), "output"))
    if cell.has_other_output:
        item.left("Output that is neither text nor a picture.")
    return [each for each in found if each]
