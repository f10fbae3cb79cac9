"""`bilik doctor`: what it looks at, and that it says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilik.config.commands import doctor

pytestmark = pytest.mark.django_db
LOOKED_AT = {
    "Python", "SQLite", "Data folder", "Free disk", "Database", "Files for the browser", "Languages", "Sandbox",
    "Libraries for learners",
}  # fmt: skip


def test_as_json_it_is_a_list_of_checks_with_advice(bilik):
    done = bilik("doctor", "--json")
    report = json.loads(done.stdout)
    assert set(report) == {"ok", "checks"}
    assert {check["name"] for check in report["checks"]} >= LOOKED_AT
    for check in report["checks"]:
        assert set(check) == {"name", "ok", "found", "advice", "serious"}
        assert check["ok"] or check["advice"]
    assert report["ok"] is all(check["ok"] or not check["serious"] for check in report["checks"])
    assert done.exit_code == (0 if report["ok"] else 1)


def test_for_people_every_check_is_a_line(bilik, monkeypatch):
    monkeypatch.setattr(doctor, "_LOOKS", (doctor._python, doctor._data, doctor._libraries))
    done = bilik("doctor")
    assert "Python: 3." in done.stdout
    assert "Data folder:" in done.stdout
    assert done.exit_code == 0


def test_a_secret_key_that_others_can_read_is_serious(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    key = tmp_path / "secret-key"
    key.write_text("x")
    for mode, ok in ((0o600, True), (0o644, False)):
        key.chmod(mode)
        (check,) = [check for check in doctor._data() if check.name == "Secret key"]
        assert (check.ok, check.serious) == (ok, True)
        assert check.advice == f"chmod 600 {key}"


def test_missing_libraries_are_not_serious(settings):
    settings.LEARNER_LIBRARIES = Path("/nowhere")
    (check,) = doctor._libraries()
    assert (check.ok, check.serious, check.found) == (False, False, "none")
