"""`bilik contest verify`, as it is called."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bilik.config.cli import app
from bilik.judging.tests import packages

QUICK = {key: value for key, value in packages.SUM.items() if "submissions" not in key or key.endswith("right.py")}


@pytest.mark.sandbox
def test_it_says_what_holds_and_exits_with_1_when_something_does_not(tmp_path):
    good = CliRunner().invoke(app, ["contest", "verify", str(packages.write(tmp_path / "a", QUICK)), "--json"])
    assert good.exit_code == 0
    report = json.loads(good.stdout)
    assert (report["holds"], report["submissions"][0]["given"]) == (True, "AC")
    bad = packages.write(tmp_path / "b", {**QUICK, "submissions/accepted/wrong.py": "print(1)\n"})
    done = CliRunner().invoke(app, ["contest", "verify", str(bad)])
    assert done.exit_code == 1
    assert "accepted/wrong.py" in done.stdout
