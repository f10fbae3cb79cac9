"""Python for browsers: what `make browser-python` laid out, and the checker of this very program beside it.

The checker is packed when the web server starts, from the files that grade on the server: so the two cannot differ.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = "manifest.json"
PREFIX = "python/"
_ENTRY = "bilik.grading.in_browser"
_OURS = ("bilik", "runner")
# The worker that runs learners' programs reaches nothing: no network, no script but our own. What it needs is handed
# to it by the page. WebAssembly is allowed here and nowhere else.
WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"


@dataclass(frozen=True)
class Laid:
    """Folders to serve under static/python/: Pyodide's own, and the small one with the checker and the manifest."""

    pyodide: Path
    checker: Path


def lay_out(laid: Path, data: Path) -> Laid | None:
    """Packs the checker and writes the manifest that pages read. None where no Python for browsers was laid out."""
    try:
        manifest = json.loads((laid / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    target = data / "browser-python"
    target.mkdir(parents=True, exist_ok=True)
    messages = {path.stem: path.read_bytes() for path in sorted(ROOT.glob("bilik/grading/messages/*.toml"))}
    manifest |= {
        "checker": _keep(target, "checker", ".zip", checker_archive()),
        "messages": {language: _keep(target, language, ".toml", data) for language, data in messages.items()},
        # Whose verdict counts: the interpreter of the sandbox, which is of this one's version.
        "grammar": list(sys.version_info[:2]),
    }
    _write(target / MANIFEST, json.dumps(manifest).encode())
    return Laid(laid, target)


def checker_archive() -> bytes:
    """The engine as an archive: the modules that the worker's entry needs, the author's command left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_needed(_ENTRY)):
            archive.writestr(zipfile.ZipInfo(str(path.relative_to(ROOT)), (1980, 1, 1, 0, 0, 0)), path.read_bytes(),
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return made.getvalue()


def _needed(module: str) -> set[Path]:
    """The files of our own modules that importing `module` reads, found in their import statements."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if path is None or path in found:
            continue
        found.add(path)
        waiting += [name.rpartition(".")[0], *_imports(path)]
    return found


def _file_of(module: str) -> Path | None:
    if module.partition(".")[0] not in _OURS:
        return None
    base = ROOT.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _keep(folder: Path, name: str, ending: str, data: bytes) -> str:
    """Writes a file under a name made of its content, once; returns the name."""
    full = f"{name}.{hashlib.sha256(data).hexdigest()[:12]}{ending}"
    if not (folder / full).exists():
        for old in folder.glob(f"{name}.*{ending}"):
            old.unlink(missing_ok=True)
        _write(folder / full, data)
    return full


def _write(path: Path, data: bytes) -> None:
    """All at once: another web process may be reading it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)


def add_worker_policy(headers: Headers, path: str, url: str) -> None:
    """The policy of the worker's script: a worker obeys the one that its own script came with."""
    if Path(path).name.startswith("python-worker."):
        headers["Content-Security-Policy"] = WORKER_POLICY


def state_of(laid: Path) -> Mapping[str, Any]:
    """What is laid out, for `bilik doctor`: versions, or nothing."""
    try:
        manifest: dict[str, Any] = json.loads((laid / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest
