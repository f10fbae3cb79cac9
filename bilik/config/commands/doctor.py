"""`bilik doctor`: is everything here that an academy needs, and if not, what to do about it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready

_LEAST_FREE_MB = 500


@dataclass(frozen=True)
class Check:
    """One thing looked at. `advice` says what to do when it is not as it should be."""

    name: str
    ok: bool
    found: str
    advice: str = ""
    serious: bool = True


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False) -> None:
    """Look at this machine and this installation. Exits with 1 when something serious is missing."""
    django_ready()
    checks = [check for look in _LOOKS for check in look()]
    if as_json:
        screen.print_json({"ok": all(c.ok or not c.serious for c in checks), "checks": [asdict(c) for c in checks]})
    else:
        for check in checks:
            sign = "[green]✓[/green]" if check.ok else "[red]✗[/red]" if check.serious else "[yellow]![/yellow]"
            screen.out.print(f"{sign} {check.name}: {check.found}")
            if not check.ok and check.advice:
                screen.out.print(f"    {check.advice}", markup=False)
    if any(not check.ok and check.serious for check in checks):
        raise typer.Exit(1)


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")
    yield Check(
        "SQLite", sqlite3.sqlite_version_info >= (3, 37), sqlite3.sqlite_version, "Use PostgreSQL, or a newer Python."
    )


def _data() -> Iterator[Check]:
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder).free // 1_000_000
    yield Check("Data folder", os.access(folder, os.W_OK), str(folder), "Let this user write there, or set BILIK_DATA.")
    yield Check(
        "Free disk", free >= _LEAST_FREE_MB, f"{free} MB", "Make room: answers cannot be stored on a full disk."
    )
    key = folder / "secret-key"
    if key.exists():
        private = not key.stat().st_mode & 0o077
        yield Check("Secret key", private, "readable by its owner only" if private else "others can read it",
                    f"chmod 600 {key}")  # fmt: skip


def _database() -> Iterator[Check]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        yield Check("Database", False, str(error), "Is the server running, and is DATABASE_URL right?")
        return
    found = f"{connection.vendor}, {waiting} migrations to make" if waiting else connection.vendor
    yield Check("Database", not waiting, found, "Run: bilik prepare")


def _files() -> Iterator[Check]:
    from bilik.config.commands.messages import catalogues

    built = Path(__file__).resolve().parents[2] / "web" / "static" / "web" / "built" / "bilik.css"
    yield Check("Files for the browser", built.exists(), "built" if built.exists() else "not built", "Run: make assets")
    lacking = sorted({path.parts[-3] for path in catalogues() if not path.with_suffix(".mo").exists()})
    yield Check("Languages", not lacking, "compiled" if not lacking else f"not compiled: {', '.join(lacking)}",
                "Run: bilik messages compile", serious=False)  # fmt: skip


def _sandbox() -> Iterator[Check]:
    from bilik.grading.verdict import PlatformFault
    from runner.selftest import run_selftest

    try:
        report = run_selftest("quick")
    except PlatformFault as fault:
        yield Check("Sandbox", False, "does not run", str(fault))
        return
    yield Check("Sandbox", report.passed, ", ".join(report.mechanisms), "Run: bilik sandbox selftest")
    for note in report.notes:
        yield Check(
            "Sandbox mechanism", False, note, "The next mechanism is used; see runner/README.md.", serious=False
        )


def _libraries() -> Iterator[Check]:
    from django.conf import settings

    folder = settings.LEARNER_LIBRARIES
    there = [name for name in ("numpy", "pandas", "sklearn") if (folder / name).is_dir()]
    yield Check("Libraries for learners", len(there) == 3, ", ".join(there) or "none",
                "Run: make learner-libraries (only exercises that ask for them need it).", serious=False)  # fmt: skip


def _providers() -> Iterator[Check]:
    import requests
    from django.conf import settings

    for one in settings.OIDC:
        address = one.server.rstrip("/") + "/.well-known/openid-configuration"
        try:
            answer = requests.get(address, timeout=5)
            answer.raise_for_status()
            issuer = answer.json()["issuer"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            yield Check(f"Sign-in with {one.name}", False, f"{address}: {type(error).__name__}",
                        "Is the server in BILIK_OIDC right, and can this machine reach it?", serious=False)  # fmt: skip
            continue
        same = str(issuer).rstrip("/") == one.server.rstrip("/")
        yield Check(f"Sign-in with {one.name}", same, "answers" if same else f"calls itself {issuer}",
                    "Write the issuer's name for itself into BILIK_OIDC, as its server.", serious=False)  # fmt: skip


def _browser_python() -> Iterator[Check]:
    from django.conf import settings

    from bilik.config.browser_python import state_of

    laid = state_of(settings.BROWSER_PYTHON)
    libraries = laid.get("packages", {})
    found = ", ".join([f"Python {laid['python']}", *libraries]) if laid else "none"
    lacking = "" if libraries or not laid else ", without numpy and pandas"
    yield Check("Python for browsers", bool(libraries), found + lacking,
                "Run: make browser-python (without it, programs run on the server).", serious=False)  # fmt: skip


_LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _python, _data, _database, _files, _sandbox, _libraries, _browser_python, _providers,
)  # fmt: skip
