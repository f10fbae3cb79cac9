"""Packages: read, refused with reasons, and verified whole in the real pen."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from bilik.judging.files import opened
from bilik.judging.model import Limits, Version
from bilik.judging.package import read_package
from bilik.judging.problems import Notes
from bilik.judging.tests import packages
from bilik.judging.timing import time_limit
from bilik.judging.verify import verify_package

QUICK = {key: value for key, value in packages.SUM.items() if "submissions" not in key or key.endswith("right.py")}


def read(folder: Path, files: packages.Files) -> Notes:
    notes = Notes()
    with opened(packages.write(folder, files), notes) as root:
        package = read_package(root, notes) if root else None
    assert (package is None) == notes.failed
    return notes


def given(report, name):
    return next(given for given in report.submissions if given.name == name)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["SUM", "LEGACY", "GROUPS", "CHECKED", "GUESS", "CODED", "ANSWERS"])
def test_a_good_package_keeps_every_promise(tmp_path, name):
    report = verify_package(packages.write(tmp_path / "p", getattr(packages, name)))
    assert report.notes.problems == []
    assert [(given.name, given.wrong) for given in report.submissions if given.wrong] == []
    assert report.holds


@pytest.mark.sandbox
def test_scores_are_exact_and_groups_depend_on_each_other(tmp_path):
    report = verify_package(packages.write(tmp_path / "p", packages.GROUPS))
    scores = {given.name: given.score for given in report.submissions}
    assert scores == {
        "accepted/all.py": "100",
        "rejected/small.py": "30",
        "rejected/most.py": "230/3",
        "rejected/large.py": "0",
    }


@pytest.mark.sandbox
def test_verdicts_are_told_apart_and_a_missing_language_is_named(tmp_path):
    report = verify_package(packages.write(tmp_path / "p", packages.SUM))
    assert given(report, "run_time_error/hungry.py").verdict == "MLE"
    assert given(report, "run_time_error/falls.py").verdict == "RTE"
    assert given(report, "time_limit_exceeded/loop.py").verdict == "TLE"
    assert "accepted/right.rs" in report.not_judged


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"submissions/wrong_answer/right.py": "print(sum(map(int, input().split())))\n"}, None),
        ({"submissions/accepted/broken.py": "print(\n"}, None),
        ({"data/invalid_input/fine.in": "1 2\n"}, "accepted-input"),
        ({"data/secret/3.in": "one\n", "data/secret/3.ans": "1\n"}, "invalid-input"),
        ({"data/valid_output/spaces.out": "7"}, "output"),
        ({"data/invalid_output/wrong.out": "2"}, "output"),
        (
            {
                "limits.txt": "",
                "problem.yaml": packages.head(
                    "Sum", "pass-fail", "limits: {time_limit: 0.001, time_resolution: 0.001}\n"
                ),
            },
            "time-limit",
        ),
    ],
    ids=["promise", "compile", "input", "data", "valid-output", "invalid-output", "limit"],
)
def test_a_broken_promise_is_found(tmp_path, change, code):
    report = verify_package(packages.write(tmp_path / "p", {**QUICK, **change}))
    assert not report.holds
    if code is None:
        assert [given.name for given in report.submissions if given.wrong] == [name[12:] for name in change]
    else:
        assert code in {problem.code for problem in report.notes.problems}


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "checker",
    [
        "raise ValueError\n",
        "import sys\nsys.exit(0)\n",
        "while True:\n    pass\n",
        "import os\nos.abort()\n",
        "import os, sys\nopen(sys.argv[3] + 'nextpass.in', 'w').write('1')\nsys.exit(42)\n",
    ],
    ids=["crash", "zero", "loop", "abort", "next-pass"],
)
def test_case_34_a_checker_that_fails_never_accepts(tmp_path, checker):
    head = packages.head("Two", "pass-fail", "limits: {time_limit: 1, validation_time: 1}\n")
    files = {
        key: value for key, value in packages.CHECKED.items() if "invalid_output" not in key and "sample" not in key
    }
    files = {**files, "output_validator/checker.py": checker, "problem.yaml": head, "submissions/submissions.yaml": ""}
    report = verify_package(packages.write(tmp_path / "p", files))
    assert {given.verdict for given in report.submissions} == {"JE"}
    assert not report.holds


BROKEN = {
    "no problem.yaml": ({"problem.yaml": None}, "missing"),
    "not yaml": ({"problem.yaml": "a: [\n"}, "yaml"),
    "alias": ({"problem.yaml": "a: &x 1\nb: *x\n"}, "yaml"),
    "double key": ({"problem.yaml": "name: a\nname: b\n"}, "yaml"),
    "version": ({"problem.yaml": "problem_format_version: 2031-01\n"}, "version"),
    "unknown key": ({"problem.yaml": packages.head("Sum", "pass-fail", "colour: red\n")}, "unknown-key"),
    "type": ({"problem.yaml": packages.head("Sum", "guessing")}, "value"),
    "types apart": ({"problem.yaml": packages.head("Sum", "[pass-fail, scoring]")}, "value"),
    "memory": ({"problem.yaml": packages.head("Sum", "pass-fail", "limits: {memory: 999999}\n")}, "value"),
    "resolution": ({"problem.yaml": packages.head("Sum", "pass-fail", "limits: {time_limit: 1.5}\n")}, "value"),
    "name": ({"problem.yaml": "problem_format_version: 2025-09\nuuid: x\n"}, "missing"),
    "statement": ({"statement/problem.en.md": None}, "missing"),
    "statement language": ({"statement/problem.az.md": "x\n"}, "missing"),
    "no cases": ({f"data/secret/{name}": None for name in ("1.in", "1.ans", "2.in", "2.ans")}, "missing"),
    "no answer": ({"data/secret/1.ans": None}, "missing"),
    "no input": ({"data/secret/1.in": None}, "missing"),
    "no validator": ({"input_validators/numbers.py": None}, "missing"),
    "only ctd": ({"input_validators/numbers.py": None, "input_validators/a.ctd": "INT\n"}, "missing"),
    "static": ({"static_validator/a.py": "pass\n"}, "static"),
    "no accepted": ({"submissions/accepted/right.py": None, "submissions/rejected/a.py": "\n"}, "missing"),
    "folder": ({"submissions/nonsense/a.py": "\n"}, "folder"),
    "flags": ({"data/secret/1.yaml": "output_validator_args: [fuzzy]\n"}, "flags"),
    "case key": ({"data/secret/1.yaml": "colour: red\n"}, "unknown-key"),
    "scores": ({"data/secret/test_group.yaml": "max_score: 5\n"}, "value"),
    "interactive": ({"problem.yaml": packages.head("Sum", "interactive")}, "missing"),
    "grader": ({"graders/a.py": "\n"}, "grader"),
    "permitted": ({"submissions/submissions.yaml": "accepted: {permitted: [OK]}\n"}, "value"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_package_is_refused_with_file_and_reason(tmp_path, name):
    change, code = BROKEN[name]
    files = {key: value for key, value in {**QUICK, **change}.items() if value is not None}
    notes = read(tmp_path / "p", files)
    assert code in {problem.code for problem in notes.problems if problem.level == "error"}, notes.problems
    assert all(problem.file and len(problem.message) > 20 for problem in notes.problems)


def test_all_mistakes_are_told_at_once(tmp_path):
    changes = [BROKEN[name][0] for name in ("statement", "no answer", "only ctd", "folder", "case key")]
    files = {**QUICK}
    for change in changes:
        files |= change
    notes = read(tmp_path / "p", {key: value for key, value in files.items() if value is not None})
    assert len({problem.file for problem in notes.problems}) >= 5


def test_links_out_of_the_package_are_refused(tmp_path):
    root = packages.write(tmp_path / "p", QUICK)
    (root / "data" / "secret" / "2.ans").unlink()
    (root / "data" / "secret" / "2.ans").symlink_to("/etc/passwd")
    notes = Notes()
    with opened(root, notes) as found:
        assert found is None
    assert [problem.code for problem in notes.problems] == ["link"]


@pytest.mark.sandbox
def test_a_zip_is_read_like_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "sum.zip", "w") as archive:
        for name, content in QUICK.items():
            archive.writestr(f"sum/{name}", content)
    assert verify_package(tmp_path / "sum.zip").holds


@pytest.mark.parametrize("name", ["../out.txt", "/abs.txt", "a b;rm.c", "..", "-o", "new\nline", "x" * 300])
def test_case_26_odd_names_in_a_zip_are_as_if_they_were_not_there(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "sum.zip", "w") as archive:
        archive.writestr(name, "x")
        for inner, content in QUICK.items():
            archive.writestr(inner, content)
    notes = Notes()
    with opened(tmp_path / "sum.zip", notes) as root:
        assert read_package(root, notes) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["sum.zip"]


def test_case_38_a_zip_bomb_and_a_broken_zip_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("bilik.judging.files.MOST_BYTES", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("problem.yaml", b"\0" * (10 << 20))
    (tmp_path / "no.zip").write_bytes(b"PK nothing")
    for name, code in (("bomb.zip", "too-large"), ("no.zip", "not-a-zip")):
        notes = Notes()
        with opened(tmp_path / name, notes) as root:
            assert root is None
        assert [problem.code for problem in notes.problems] == [code]


def test_the_time_limit_follows_the_format():
    assert time_limit(Version.CURRENT, Limits(), [510.0]).seconds == 2
    assert time_limit(Version.CURRENT, Limits(), [500.0]).seconds == 1
    assert time_limit(Version.CURRENT, Limits(), [500.0], [1400.0]).wrong
    assert not time_limit(Version.CURRENT, Limits(), [500.0], [1500.0]).wrong
    assert time_limit(Version.CURRENT, Limits(time_limit=Decimal(1)), [600.0]).wrong
    assert time_limit(Version.LEGACY, Limits(ac_to_limit=Decimal(5)), [20.0]).seconds == 1
    assert time_limit(Version.LEGACY, Limits(ac_to_limit=Decimal(5)), [500.0]).seconds == 3
