"""The `bilik` program: in this process, or as a process of its own on an academy of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bilik.config.cli import app


@pytest.fixture
def bilik() -> Callable[..., Any]:
    """`bilik("backup", path)` in this process, on the database of the tests."""
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`elsewhere("demo", "--load-only")` as a process, on an academy in SQLite of its own."""
    data = tmp_path / "elsewhere"
    data.mkdir()

    def run(*arguments: Any, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bilik.config.cli", *map(str, arguments)]
        environment = other_environment(data) | more
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)

    return run


def other_environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BILIK_DATA"}}
    return kept | {"BILIK_DATA": str(data), "BILIK_LOG_LEVEL": "WARNING", "NO_COLOR": "1", "COLUMNS": "200"}
