"""Every hostile program of ``runner/abuse`` against the real sandbox, seen from both sides."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from runner import selftest
from runner.host import Runner
from runner.job import Job
from runner.tests.processes import descendants, eventually

HONEST = Job("program", "print(sum(map(int, input().split())))", inputs=("1 2 3",))


def _test_of(path: Path) -> Callable[..., None]:
    def test(base: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        canary = tmp_path / "bilik_canary.txt"
        canary.write_text("42")
        monkeypatch.setenv("BILIK_CANARY", "secret")
        case = selftest._read_case(path)
        base.start()
        keeper = base._warm._process.pid

        result = base.run(selftest.job_of(case))

        assert selftest.what_escaped(case, result) == ""
        assert canary.read_text() == "42"
        assert len(json.dumps(result.to_json())) < 2_000_000
        assert base._warm._process.pid == keeper, "the warm process had to be replaced"
        # The zygote and two waiting children: nothing that the program started is left.
        assert eventually(lambda: len(descendants(keeper)) == 3), descendants(keeper)
        honest = base.run(HONEST)
        assert (honest.ended, honest.runs[0].output) == ("finished", "6\n")

    return test


# One test per file, under the case's own name, so that adding a case is adding one file.
for _path in sorted((Path(selftest.__file__).parent / "abuse").glob("case_*.py")):
    globals()[f"test_{_path.stem}"] = _test_of(_path)


def test_every_case_of_the_list_is_tried_or_explained() -> None:
    numbers = {case.number for case in selftest.load_cases()} | set(selftest.NOT_APPLICABLE)
    assert numbers == {*range(1, 21), *range(27, 38), *range(47, 58)}


def test_a_program_that_breaks_before_it_attacks_does_not_count_as_held(base: Runner) -> None:
    case = next(case for case in selftest.load_cases() if case.number == 1)
    broken = base.run(Job("program", "1 / 0", inputs=("",)))
    assert "broke" in selftest.what_escaped(case, broken)


def test_two_jobs_cannot_see_each_others_files(base: Runner) -> None:
    write = Job("program", "open('left', 'w').write('x')", inputs=("",), writes=True)
    look = Job("program", "import os; print(os.listdir('/box'))", inputs=("",), writes=True)
    assert base.run(write).ended == "finished"
    assert base.run(look).runs[0].output == "[]\n"


def test_changing_the_interpreter_does_not_reach_the_next_job(base: Runner) -> None:
    spoil = Job("program", "import builtins, math\nmath.pi = 3\ndel builtins.len", inputs=("",))
    look = Job("program", "import math; print(math.pi, len('ab'))", inputs=("",))
    base.run(spoil)
    assert base.run(look).runs[0].output == "3.141592653589793 2\n"
