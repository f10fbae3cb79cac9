"""The same cases with fewer fences, and as a user without rights."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from runner.faults import PlatformFault
from runner.host import Runner
from runner.job import Job
from runner.mechanisms import SWITCH, left_out
from runner.places import stranger_can_read
from runner.selftest import run_selftest
from runner.warm import _ROOT, default_python

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def failures(report: dict[str, object]) -> list[object]:
    return [o for o in report["outcomes"] if o["stopped"] is False]  # type: ignore[attr-defined,index]


def test_without_the_pen_landlock_and_seccomp_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "pen")
    report = run_selftest("all")
    assert not [o for o in report.outcomes if o.stopped is False]
    assert "pen" not in report.mechanisms
    assert report.mechanisms[0].startswith("landlock")


def test_without_landlock_the_pen_and_seccomp_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "landlock")
    report = run_selftest("all")
    assert not [o for o in report.outcomes if o.stopped is False]
    assert report.mechanisms[:2] == ("pen", "seccomp")


def test_without_both_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "pen,landlock")
    with pytest.raises(PlatformFault, match="neither"):
        Runner().run(Job("program", "1", inputs=("",)))


def test_seccomp_cannot_be_left_out() -> None:
    with pytest.raises(PlatformFault, match="seccomp cannot"):
        left_out({SWITCH: "seccomp"})


def test_a_writable_folder_without_a_pen_is_a_platform_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "pen")
    with Runner() as runner, pytest.raises(PlatformFault, match="writable folder"):
        runner.run(Job("program", "1", inputs=("",), writes=True))


@pytest.mark.parametrize("without", ["", "pen", "landlock"])
def test_all_cases_hold_for_a_user_without_rights(without: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("this is such a user already; the other tests are the test")
    if shutil.which("setpriv") is None or not stranger_can_read(_ROOT):
        pytest.skip("no setpriv here, or the repository is not readable for other users")
    done = subprocess.run(
        [*NOBODY, default_python(), "-B", "-m", "runner.selftest", "--json"],
        cwd=_ROOT,
        env={SWITCH: without},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert failures(report) == []
    assert "user" not in report["mechanisms"]
