"""Translations beside their source: how complete they are, whether both are built alike, what changed since."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bilik.authoring.folders import lesson_of
from bilik.catalog.source.fingerprints import fingerprint, stamped
from bilik.grading.exercise import LANGUAGES, as_text
from bilik.grading.kinds import known_blocks
from bilik.grading.text import places_in, read_text, split_stamp
from bilik.grading.variants import places

_FILE = re.compile(r"(lesson|exercise)\.([a-z]{2})\.md")
_BLOCK = re.compile(r"^:::[ \t]*(\S.*)$", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")
# Blocks whose words after the name are the author's and are translated.
_TITLED = frozenset({"note", "tip", "warning", "remember", "try", "details", "video"})


@dataclass(frozen=True)
class Translation:
    """One text that a language needs: where its source is, where it goes, and whether it is missing, stale or done."""

    source: str
    path: str
    lesson: str
    state: str


@dataclass(frozen=True)
class LessonState:
    """How far the texts of a lesson are in one language."""

    slug: str
    texts: tuple[Translation, ...]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.texts)

    @property
    def done(self) -> int:
        return self.count("done")


def language_of(path: str) -> str:
    """The language of a text file of a course, or ""."""
    match = _FILE.fullmatch(PurePosixPath(path).name)
    return match[2] if match and match[2] in LANGUAGES else ""


def in_language(path: str, language: str) -> str:
    """The same text's place in another language."""
    place = PurePosixPath(path)
    return str(place.with_name(f"{place.name.partition('.')[0]}.{language}.md"))


def translations(texts: Mapping[str, str], *, source_language: str, language: str) -> list[Translation]:
    """All texts of a course and how far they are in a language, in the order of their places.

    `texts` are the contents of the course's text files by path, stamps included.
    """
    found = []
    for path in sorted(texts):
        if language_of(path) != source_language:
            continue
        target = in_language(path, language)
        found.append(Translation(path, target, lesson_of(path), state_of(texts[path], texts.get(target))))
    return found


def state_of(source: str, translation: str | None) -> str:
    """ "missing", "stale" (made from another source, or it does not say from which) or "done"."""
    if translation is None or not split_stamp(translation)[1].strip():
        return "missing"
    return "done" if split_stamp(translation)[0] == fingerprint(source) else "stale"


def by_lesson(found: Iterable[Translation]) -> list[LessonState]:
    """The same by lesson."""
    lessons: dict[str, list[Translation]] = {}
    for one in found:
        lessons.setdefault(one.lesson, []).append(one)
    return [LessonState(slug, tuple(texts)) for slug, texts in lessons.items()]


def next_after(found: Sequence[Translation], path: str) -> Translation | None:
    """The next text that is missing or stale after this one, beginning again from the front."""
    at = next((number for number, one in enumerate(found) if one.path == path), -1)
    turned = [*found[at + 1 :], *found[: max(at, 0)]]
    return next((one for one in turned if one.state != "done"), None)


@dataclass(frozen=True, order=True)
class Difference:
    """Something that source and translation do not both have: `kind` says what, `name` which, `side` where it lacks."""

    kind: str
    name: str
    side: str


def differences(source: str, translation: str, *, path: str) -> list[Difference]:
    """What is built differently: blocks, places, placeholders, pictures, headings, code blocks. Both as files are."""
    _, before = split_stamp(source)
    _, after = split_stamp(translation)
    found: list[Difference] = []
    counted = {"block": _blocks, "place": places_in, "value": lambda text: sorted(places(text)), "picture": _pictures}
    if PurePosixPath(path).name.startswith("exercise."):
        counted |= {"block": lambda text: _exercise_blocks(text, path)}
    for kind, names_in in counted.items():
        found += _lacking(kind, Counter(names_in(before)), Counter(names_in(after)))
    for kind, pattern in (("heading", _HEADING), ("code", _FENCE)):
        one, other = len(pattern.findall(before)), len(pattern.findall(after))
        if one != other:
            found.append(Difference(kind, f"{other} / {one}", "number"))
    return sorted(found)


def _lacking(kind: str, source: Counter[str], translation: Counter[str]) -> list[Difference]:
    return [Difference(kind, name, "translation") for name in source - translation] + [
        Difference(kind, name, "source") for name in translation - source
    ]


def _blocks(text: str) -> list[str]:
    """The blocks of a lesson; of those with a title of their own only the word, of a video its address too."""
    names = []
    for opened in _BLOCK.findall(text):
        words = opened.split()
        keep = 2 if words[0] == "video" else 1 if words[0] in _TITLED else len(words)
        names.append(" ".join(words[:keep]))
    return names


def _exercise_blocks(text: str, path: str) -> list[str]:
    return sorted(read_text(text, file=path, problems=[], known=known_blocks()).block_names())


def _pictures(text: str) -> list[str]:
    return _PICTURE.findall(text)


def source_when_translated(translation: str, ever: Iterable[bytes]) -> str | None:
    """The source that a translation was made from, among all that it has ever been; None when it is not there."""
    stamp, _ = split_stamp(translation)
    if not stamp:
        return None
    for content in ever:
        text = as_text(content)
        if fingerprint(text) == stamp:
            return text
    return None


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison: "same", "gone" or "new"; "gap" stands for lines that are left out."""

    kind: str
    text: str


def diff(before: str, after: str, *, around: int = 2) -> list[DiffLine]:
    """What changed between two texts, line by line, with a few lines around each change."""
    lines: list[DiffLine] = []
    for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=around))[2:]:
        if line.startswith("@@"):
            lines += [DiffLine("gap", "")] if lines else []
        else:
            kind = {"+": "new", "-": "gone"}.get(line[0], "same")
            lines.append(DiffLine(kind, line[1:]))
    return lines


def as_translation(text: str, source: str) -> str:
    """What is saved: the text with unix line ends and the stamp of the source it was made from."""
    return stamped(text.replace("\r\n", "\n").rstrip() + "\n", source)
