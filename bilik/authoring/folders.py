"""A course as a mapping of paths to contents: which paths may be, what they make up, as a folder on disk, as a zip."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bilik.authoring import errors
from bilik.kit import zips

LARGEST_FILE = 1_000_000
LARGEST_COURSE = 50_000_000
MOST_FILES = 5_000
LONGEST_PATH = 200
TEXTS = frozenset({".md", ".toml", ".py", ".sql", ".csv", ".txt", ".json"})
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PIECE = 64 * 1024
SKELETON = Path(__file__).resolve().parents[1] / "catalog" / "source" / "skeleton"


def cleaned(path: str) -> str:
    """A path that a file of a course may have. Raises BadPath: nothing leads out of the course, nothing is hidden."""
    parts = path.strip().split("/")
    plain = all(_PART.fullmatch(part) for part in parts) and len(path) <= LONGEST_PATH
    if not plain or not (parts == ["course.toml"] or (parts[0] in ("lessons", "exams") and len(parts) > 1)):
        raise errors.BadPath()
    return "/".join(parts)


def slug_of(name: str) -> str:
    """The name of a lesson's or an exercise's folder. Raises BadName."""
    name = name.strip()
    if not _SLUG.fullmatch(name) or len(name) > 100:
        raise errors.BadName()
    return name


def is_text(path: str) -> bool:
    """Whether a file is edited as text."""
    return PurePosixPath(path).suffix.lower() in TEXTS


def lesson_of(path: str) -> str:
    """The lesson that a file lies in, or ""."""
    parts = path.split("/")
    return parts[1] if parts[0] == "lessons" and len(parts) > 2 else ""


@dataclass
class ExercisePart:
    """The files of an exercise, by path."""

    slug: str
    folder: str
    files: list[str] = field(default_factory=list)


@dataclass
class LessonPart:
    """The files of a lesson: its own and those of its exercises."""

    slug: str
    files: list[str] = field(default_factory=list)
    exercises: dict[str, ExercisePart] = field(default_factory=dict)


@dataclass
class CourseParts:
    """What the paths of a course make up. `others` lie in no lesson."""

    lessons: dict[str, LessonPart] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def exercise(self, slug: str) -> ExercisePart | None:
        """The exercise of this name, whichever lesson it is in."""
        return next((lesson.exercises[slug] for lesson in self.lessons.values() if slug in lesson.exercises), None)

    @property
    def exercises(self) -> dict[str, ExercisePart]:
        """All exercises by name."""
        return {slug: part for lesson in self.lessons.values() for slug, part in lesson.exercises.items()}


def parts_of(paths: Iterable[str]) -> CourseParts:
    """Sorts the paths of a course into lessons and exercises."""
    paths = sorted(paths)
    folders = {path.removesuffix("/exercise.toml") for path in paths if path.endswith("/exercise.toml")}
    parts = CourseParts()
    for path in paths:
        lesson = lesson_of(path)
        if not lesson:
            parts.others.append(path)
            continue
        part = parts.lessons.setdefault(lesson, LessonPart(lesson))
        inner = path.split("/")[2]
        folder = f"lessons/{lesson}/{inner}"
        if folder in folders:
            part.exercises.setdefault(inner, ExercisePart(inner, folder)).files.append(path)
        else:
            part.files.append(path)
    return parts


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder on disk, by path; the skeleton that a new course starts from, say."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[Path]:
    """The files as a folder on disk for as long as the block runs. Paths that lead out of it are refused (BadPath)."""
    with tempfile.TemporaryDirectory(prefix="bilik-draft-") as name:
        root = Path(name).resolve()
        for path, content in files.items():
            target = root.joinpath(*PurePosixPath(path).parts)
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
                raise errors.BadPath()
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield root


def zipped(files: Mapping[str, bytes], *, root: str) -> bytes:
    """The files as a zip with one folder in it. The same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(f"{root}/{path}", (1980, 1, 1, 0, 0, 0))
            archive.writestr(member, files[path], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a zipped course, from the top or from one folder in it. Nothing is unpacked to a disk.

    Sizes are counted while unpacking, because what a zip says of itself may be a lie. What editors and systems leave
    behind is left out. Raises BadZip, BadPath and FileTooLarge.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [one for one in archive.infolist() if not one.is_dir() and not _by_the_way(one.filename)]
    except (zipfile.BadZipFile, ValueError, OSError):
        raise errors.BadZip() from None
    if len(members) > MOST_FILES:
        raise errors.FileTooLarge()
    root = _root_of([member.filename for member in members])
    files: dict[str, bytes] = {}
    left = LARGEST_COURSE
    for member in members:
        is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
        if member.flag_bits & 0x1 or is_link or not member.filename.startswith(root):
            raise errors.BadZip()
        path = cleaned_inside(member.filename.removeprefix(root))
        try:
            files[path] = zips.unpacked(archive, member, min(left, LARGEST_FILE))
        except zips.TooLarge:
            raise errors.FileTooLarge() from None
        except zips.Broken:
            raise errors.BadZip() from None
        left -= len(files[path])
    return files


def cleaned_inside(path: str) -> str:
    """A path that came with a course folder: like `cleaned`, but other files are let in, too (README.md)."""
    parts = path.split("/")
    if len(path) > LONGEST_PATH or not all(_PART.fullmatch(part) for part in parts):
        raise errors.BadPath()
    return path


def _by_the_way(name: str) -> bool:
    return any(part.startswith((".", "__")) and part not in ("..", ".") for part in name.split("/"))


def _root_of(names: list[str]) -> str:
    """The folder in the zip that has the course.toml, with its slash."""
    found = [name for name in names if name.rpartition("/")[2] == "course.toml"]
    if not found:
        raise errors.BadZip()
    return min(found, key=len).removesuffix("course.toml")
