"""A package on disk: a folder, or a zip unpacked with caps. Names are the format's own; nothing leads outside."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilik.judging.problems import Notes
from bilik.kit.zips import Broken, TooLarge, unpacked

NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}")
MOST_FILES = 20_000
MOST_FILE_BYTES = 256 << 20
MOST_BYTES = 1 << 30
MOST_DEPTH = 12


@contextmanager
def opened(path: Path, notes: Notes) -> Iterator[Path | None]:
    """The package's folder; None when it cannot be one (the notes say why). A zip lives as long as the context."""
    if path.is_dir():
        yield path.resolve() if _acceptable(path.resolve(), notes) else None
        return
    with tempfile.TemporaryDirectory(prefix="bilik-package-") as scratch:
        root = _unzipped(path, Path(scratch), notes)
        yield root if root is not None and _acceptable(root, notes) else None


def _unzipped(path: Path, target: Path, notes: Notes) -> Path | None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and _counts(member.filename)]
            if not _members_fit(members, path.name, notes):
                return None
            left = MOST_BYTES
            for member in members:
                content = unpacked(archive, member, min(MOST_FILE_BYTES, left))
                left -= len(content)
                file = target / member.filename
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                if member.external_attr >> 16 & stat.S_IXUSR:
                    file.chmod(0o755)
    except TooLarge:
        notes.error(path.name, "too-large", f"It unpacks to more than {MOST_BYTES >> 20} MiB; leave out large data.")
        return None
    except (Broken, zipfile.BadZipFile, OSError) as error:
        notes.error(path.name, "not-a-zip", f"It is no folder and no zip that can be read ({error}); pack it again.")
        return None
    inside = [entry for entry in target.iterdir() if NAME.fullmatch(entry.name)]
    alone = len(inside) == 1 and inside[0].is_dir()
    return inside[0] if alone and not (target / "problem.yaml").exists() else target


def _counts(name: str) -> bool:
    """Files whose names are not the format's are treated as not there, as the format says."""
    return all(NAME.fullmatch(part) for part in name.split("/"))


def _members_fit(members: list[zipfile.ZipInfo], name: str, notes: Notes) -> bool:
    names = [member.filename for member in members]
    if len(names) > MOST_FILES:
        notes.error(name, "too-many-files", f"It holds more than {MOST_FILES} files.")
    elif len(set(names)) != len(names):
        notes.error(name, "double-names", "Two files in it have the same name; pack it again.")
    elif any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        notes.error(name, "link", "It holds symbolic links; put the files themselves in their place.")
    else:
        return True
    return False


def _acceptable(root: Path, notes: Notes) -> bool:
    """Whether links, sizes and special files are as they must be. A folder is looked through once, here."""
    count = total = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if NAME.fullmatch(name))
        for name in [*folders, *files]:
            path = Path(folder, name)
            where = str(path.relative_to(root))
            if not NAME.fullmatch(name):
                continue
            if path.is_symlink() and not _leads_inside(path, root):
                notes.error(where, "link", "It is a symbolic link out of the package; put the file itself there.")
            elif not path.is_dir() and not path.is_file():
                notes.error(where, "special-file", "It is neither a file nor a folder; remove it.")
            elif path.is_symlink() and path.is_dir():
                notes.error(where, "link", "It is a symbolic link to a folder; put the folder itself there.")
            elif path.is_file():
                count, total = count + 1, total + path.stat().st_size
        if len(Path(folder).relative_to(root).parts) > MOST_DEPTH:
            notes.error(str(Path(folder).relative_to(root)), "too-deep", "Folders lie too deep in each other.")
            return False
        if count > MOST_FILES or total > MOST_BYTES:
            notes.error(".", "too-large", f"More than {MOST_FILES} files or {MOST_BYTES >> 20} MiB; leave out data.")
            return False
    return not notes.failed


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def entries(folder: Path) -> list[Path]:
    """What lies in a folder and counts, in the format's order. Empty when there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted((entry for entry in folder.iterdir() if NAME.fullmatch(entry.name)), key=lambda entry: entry.name)


def plain_files(folder: Path) -> dict[str, Path]:
    """All files below a folder that count: relative name -> path, in order."""
    found: dict[str, Path] = {}
    for entry in entries(folder):
        if entry.is_dir():
            found |= {f"{entry.name}/{name}": path for name, path in plain_files(entry).items()}
        else:
            found[entry.name] = entry
    return found
