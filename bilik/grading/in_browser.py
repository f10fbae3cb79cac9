"""What the browser's worker calls: JSON in, JSON out. Python in the browser, the same engine as on the server.

A request is planned, performed and told in three steps. What tests expect is in the first and the last alone, so that
it is nowhere in the interpreter while the learner's program runs in it, just as on the server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bilik.grading.messages import say
from bilik.grading.trying import job_to_try, what_was_tried
from bilik.grading.visible import job_of, told, verdict_of
from runner.browser import Stage, result_of
from runner.job import Job
from runner.result import Result


def warm_up(language: str) -> None:
    """Loads what is loaded late, so that nothing of it is loaded while a learner's program may have changed things."""
    say("invalid.empty", {}, language)
    say("invalid.empty", {}, "en")


def plan(request: str) -> str:
    """The job of a request: {what: "run" | "tests" | "steps", spec, code, typed}.

    `code` is a text, of a notebook an object with the code of each cell.
    """
    asked = json.loads(request)
    return json.dumps(_job(asked).to_json())


def _job(asked: Mapping[str, Any]) -> Job:
    if asked["what"] == "tests":
        return job_of(asked["spec"], asked["code"])
    return job_to_try(asked["what"], asked["spec"], asked["code"], asked["typed"])


def perform(
    stage: Stage, job: str, emit: Callable[[str], object], heard: Callable[[str], object], stdin: Callable[[str], None]
) -> str:
    """Run a planned job: frames to `emit`, a character for each byte; the screen to `heard`.

    Returns what it lacked here, or nothing.
    """
    stage.run(json.loads(job), lambda frame: emit(frame.decode("latin-1")), heard, stdin)
    return stage.elsewhere


def tell(request: str, reply: str, ended: str, language: str) -> str:
    """What came of a request, from its frames joined, in the reader's language.

    `ended` says why no end was told; it is empty otherwise.
    """
    asked = json.loads(request)
    result = result_of(_job(asked), reply.encode("latin-1"), ended)
    return json.dumps(_told(asked, result, language))


def _told(asked: Mapping[str, Any], result: Result, language: str) -> dict[str, Any]:
    if asked["what"] != "tests":
        return what_was_tried(asked["what"], asked["spec"], asked["code"], result, language)
    verdict = verdict_of(asked["spec"], asked["code"], result)
    words = told([item.to_json() for item in verdict.feedback], language)
    return {"outcome": str(verdict.outcome), "ended": result.ended, **words}
