"""`bilik competition`: a score from a shell, and reasons that other programs can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilik.config.cli import app

TRUTH = "id,y,split\n1,0,public\n2,1,public\n3,1,private\n4,0,private\n"
RIGHT = "id,y\n4,0.2\n1,0.1\n2,0.8\n3,0.1\n"


@pytest.fixture
def files(tmp_path: Path):
    def write(submission: str = RIGHT, truth: str = TRUTH) -> list[str]:
        (tmp_path / "S.csv").write_text(truth, encoding="utf-8")
        (tmp_path / "X.csv").write_text(submission, encoding="utf-8")
        return ["--solution", str(tmp_path / "S.csv"), "--submission", str(tmp_path / "X.csv")]

    return write


def score(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["competition", "score", *arguments])


def test_a_file_gets_its_public_and_private_score(files):
    result = score("--metric", "auc", *files(), "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["scores"] == {"public": "1.0", "private": "0.0"}
    assert told["rows"] == {"public": 2, "private": 2}
    assert told["greater_is_better"] is True


def test_one_split_and_parameters_can_be_chosen(files):
    arguments = ["--metric", "f_beta", "--param", "beta=2", "--split", "private"]
    submission = "id,y\n1,0\n2,1\n3,1\n4,1\n"
    result = score(*arguments, *files(submission), "--json")
    told = json.loads(result.stdout)
    assert told["scores"] == {"private": repr(5 / 6)}
    assert told["params"]["beta"] == 2.0


def test_a_file_that_is_refused_ends_with_1_and_its_reason_in_the_language_asked_for(files):
    arguments = ["--metric", "auc", *files(RIGHT.replace("0.8", '"0,8"'))]
    result = score(*arguments, "--json", "--language", "az")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["scores"], told["fault"]) == (None, "participant")
    assert [finding["code"] for finding in told["findings"]] == ["number.comma"]
    assert told["findings"][0]["text"].startswith("Sətir 4, sütun y:")
    assert "decimal comma" in score(*arguments).stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--metric", "acc"], "metric.unknown"), (["--metric", "auc", "--param", "k=3"], "param.unknown")],
)
def test_what_the_organiser_must_mend_ends_with_2(files, arguments, code):
    result = score(*arguments, *files(), "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["findings"][0]["code"] == code


def test_a_split_and_a_parameter_that_are_none_are_told(files):
    assert "public, private, ignored" in score("--metric", "auc", "--split", "test", *files()).stderr
    assert "--param name=value" in score("--metric", "auc", "--param", "beta", *files()).stderr


def test_the_metrics_are_listed_with_their_parameters():
    result = CliRunner().invoke(app, ["competition", "metrics", "--json"])
    told = {metric["name"]: metric for metric in json.loads(result.stdout)}
    assert [param["name"] for param in told["f_beta"]["params"]] == ["beta", "average", "positive"]
    assert told["cohen_kappa"]["params"][0]["takes"] == "none | linear | quadratic"
    assert "log_loss" in CliRunner().invoke(app, ["competition", "metrics"]).stdout


def test_the_engine_starts_neither_django_nor_a_database():
    code = "import sys, bilik.scoring.score; print(*[name for name in sys.modules if name.startswith('django')])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""
