"""Answering a task, and reading what became of it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.responses import Status

from bilik.api import errors, problems
from bilik.api.calling import Unfit, call
from bilik.api.describing import fields_of
from bilik.api.endpoints import found, place_of
from bilik.api.pages import USUAL, Cursor, Limit, newest_of
from bilik.api.schemas.answers import Answer, Attempt, Attempts, SentFile
from bilik.api.states import Scope
from bilik.api.telling import attempt_of, brief_of
from bilik.cards.controls import controls_for
from bilik.cards.sent import files_taken
from bilik.cards.words import invalid_sentence, words_in
from bilik.catalog.queries import TaskFacts, published_course, published_courses, task_of, variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.uploads import Upload
from bilik.grading.verdict import Feedback
from bilik.kit.clock import utc_now
from bilik.kit.ids import new_id
from bilik.learning.actions import CONTEXT, answer, seed_of
from bilik.submissions.queries import submission_of, submissions_to_task
from bilik.web.requests import shown_language

router = Router(tags=["answers"])


@call(
    router,
    "POST",
    "/courses/{slug:course}/tasks/{slug:task}/answers",
    scope=Scope.ANSWERS_WRITE,
    gives=Attempt,
    status=201,
    also={200: Attempt, 202: Attempt},
    operation="send_answer",
    summary=_("Answers an exercise: 201 with the verdict, 202 while it waits for one, 200 if the key came before."),
)
def send_answer(request: Any, course: str, task: str, body: Answer) -> Status[Attempt]:
    facts = published_course(course)
    _lesson, wanted = place_of(facts, task)
    try:
        fields, files = _sent(request.user, wanted, body)
        given = answer(
            by=request.user,
            now=utc_now(),
            task=wanted,
            fields=fields,
            key=body.key or new_id(),
            language=shown_language(),
            wait_seconds=settings.RUNNER_WAIT_SECONDS,
            files=files,
        )
    except InvalidAnswer as error:
        raise _no_answer(error.feedback) from None
    if given.submission is None:
        raise _no_answer(given.invalid)
    told = attempt_of(given.submission, facts.slug, wanted.slug, person=request.user, language=shown_language())
    if not given.is_new:
        return Status(200, told)
    return Status(201 if given.submission.outcome else 202, told)


def _no_answer(feedback: Feedback | None) -> errors.AnswerInvalid:
    """Why something is no answer, in the sentence that the page says above the form."""
    sentence = invalid_sentence(feedback, shown_language()) if feedback else ""
    return errors.AnswerInvalid(sentence or None)


def _sent(person: Any, task: TaskFacts, body: Answer) -> tuple[dict[str, list[str]], list[Upload]]:
    """The fields of an answer as a form would have sent them, and its files. Raises Unfit for fields that are none."""
    page = variant(task.version_id, seed_of(person, task)).page
    controls = controls_for(page, words_in(page, shown_language()), place=task.slug, order="", typed={})
    known = {field.name for field in fields_of(controls, "")} - {"files"}
    known |= {part["field"] for control in controls for part in control["parts"]}
    limits = next((control for control in controls if control["control"] == "files"), None)
    if limits is not None:
        known.add(limits["field"])
    if unknown := sorted(set(body.fields) - known):
        raise Unfit([problems.detail("body", f"fields.{name}", "extra_forbidden") for name in unknown])
    if body.files and limits is None:
        raise Unfit([problems.detail("body", "files", "extra_forbidden")])
    fields = {name: [value] if isinstance(value, str) else list(value) for name, value in body.fields.items()}
    files = files_taken(((file.name, _reads(file)) for file in body.files), limits) if limits else []
    if files and limits:
        kept = fields.get(limits["field"], [])
        fields[limits["field"]] = [*kept, *(file.description() for file in files)]
    return fields, files


def _reads(file: SentFile) -> Any:
    def read() -> bytes:
        try:
            return base64.b64decode(file.base64, validate=True)
        except (binascii.Error, ValueError):
            raise Unfit([problems.detail("body", f"files.{file.name}", "base64")]) from None

    return read


@call(
    router,
    "GET",
    "/courses/{slug:course}/tasks/{slug:task}/attempts",
    scope=Scope.PROGRESS_READ,
    gives=Attempts,
    summary=_("Your answers to an exercise, the newest first."),
)
def attempts(request: Any, course: str, task: str, limit: Limit = USUAL, cursor: Cursor = "") -> Attempts:
    facts = published_course(course)
    _lesson, wanted = place_of(facts, task)
    # Answers of other rooms are shown there: a level check, for one, keeps its verdicts until its end.
    mine = submissions_to_task(request.user, wanted.task_id).filter(context=CONTEXT)
    rows, after = newest_of(mine, limit, cursor)
    return Attempts(items=[brief_of(row, facts.slug, wanted.slug) for row in rows], next=after)


@call(
    router,
    "GET",
    "/attempts/{int:attempt}",
    scope=Scope.PROGRESS_READ,
    gives=Attempt,
    summary=_("One of your answers with its verdict and all that is said of it, in the language you ask for."),
)
def attempt(request: Any, attempt: int) -> Attempt:
    mine = found(submission_of(request.user, attempt) if attempt < 2**63 else None)
    if mine.context != CONTEXT:
        raise errors.NotFound()
    task_id = task_of(mine.task_version_id)
    for course in published_courses():
        for one in course.tasks:
            if one.task_id == task_id:
                return attempt_of(mine, course.slug, one.slug, person=request.user, language=shown_language())
    raise errors.NotFound()
