"""What the browser's side of the runner does on any interpreter: replies read strictly, an older grammar kept.

The stage itself runs only in a browser; tests/journeys/test_same_verdict.py is its test.
"""

from __future__ import annotations

import sys

import pytest

from runner import mistakes
from runner.browser import Stage, result_of
from runner.driver import Session
from runner.frames import pack
from runner.grammar import reader
from runner.job import Call, Job


def reply(job: Job) -> bytes:
    frames: list[bytes] = []
    code = "import sys\n" + job.code
    mine = Job(mode=job.mode, code=code, calls=job.calls, inputs=job.inputs)
    session = Session(mine.to_json(), lambda frame: frames.append(pack(frame)))
    streams, argv, read = (sys.stdin, sys.stdout, sys.stderr), sys.argv, __builtins__["input"]
    under = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    try:
        session.run()
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = under
        sys.argv, __builtins__["input"] = argv, read
        sys.modules.pop("answer", None)
    return b"".join(frames)


JOB = Job("calls", "def double(x):\n    return 2 * x\n", calls=(Call("double", (21,)),))


def test_a_reply_is_a_result_as_from_the_sandbox():
    result = result_of(JOB, reply(JOB))
    assert (result.ended, result.runs[0].returned()) == ("finished", 42)


@pytest.mark.parametrize("ended", ["time_limit", "crashed", "quit"])
def test_a_reply_without_an_end_ends_as_it_was_stopped(ended):
    whole = reply(JOB)
    end = len(pack({"kind": "end", "ended": "finished"}))
    assert result_of(JOB, whole[:-end], ended).ended == ended
    assert result_of(JOB, b"", ended).ended == ended


@pytest.mark.parametrize(
    "forged",
    [
        pack({"kind": "end", "ended": "finished"}),
        pack({"kind": "facts", "facts": None}) * 2,
        b"\xff" * 100,
        pack({"kind": "facts", "facts": {}}) + pack({"kind": "end", "ended": "accepted"}),
    ],
)
def test_a_reply_that_the_driver_does_not_write_is_said_to_be_one(forged):
    assert result_of(JOB, forged).ended == "protocol"


def test_a_stage_is_refused_outside_a_browser():
    with pytest.raises(RuntimeError):
        Stage((3, 11))


def test_an_older_grammar_refuses_what_is_newer():
    with pytest.raises(SyntaxError):
        reader((3, 7))("if (n := 1): pass", "answer.py")
    assert reader(sys.version_info[:2])("if (n := 1): pass", "answer.py").body


def test_a_traceback_of_a_hundred_thousand_steps_is_told_by_both_its_ends():
    code = "def f(n):\n    if n == 0:\n        1 / 0\n    f(n - 1)\nf(90_000)\n"
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        exec(compile(code, mistakes.ANSWER_FILE, "exec"), {})
    except ZeroDivisionError as error:
        told = mistakes.report(error, code)
    finally:
        sys.setrecursionlimit(limit)
    assert told["frames"] == [[5, "<module>"], [4, "f"], [4, "f"], [4, "f"], [4, "f"], [4, "f"], [4, "f"], [3, "f"]]
    assert told["line"] == 3
