"""`exit()` and `quit()` are there, as beginners expect, and end a program as they do elsewhere."""

from __future__ import annotations

import pytest

from runner.host import Runner
from runner.job import Job


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_a_program_may_end_itself(word: str):
    with Runner("base") as runner:
        result = runner.run(Job("program", f"print(1)\n{word}()\nprint(2)\n", inputs=("",)))
    assert result.ended == "finished"
    assert result.runs[0].output == "1\n"
    assert result.runs[0].error is None
