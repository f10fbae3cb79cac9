"""What all pages of this room need: the draft of a request, its context, sentences for codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext_lazy

from bilik.authoring import queries
from bilik.authoring.models import CheckRun, Draft
from bilik.authoring.sources import DraftSource
from bilik.authoring.states import CheckState, DraftState
from bilik.catalog.queries import CourseFacts, published_course
from bilik.grading.exercise import LANGUAGES
from bilik.kit.errors import Refusal
from bilik.web.context import OWN_NAMES
from bilik.web.requests import PageRequest, shown_language

FLAG_SENTENCES = {
    "very_hard": gettext_lazy("Fewer than one person in five is right at the first attempt. Is the task clear?"),
    "very_easy": gettext_lazy("Nearly everybody is right at once. That is fine for practice and tells little."),
    "key_doubtful": gettext_lazy(
        "People who do well elsewhere do worse here. The key may be wrong, or the task may mislead: read it again."
    ),
    "says_little": gettext_lazy("Being right here has hardly anything to do with how well people do elsewhere."),
    "wrong_preferred": gettext_lazy("A wrong choice is taken more often than the right one. Check the key first."),
    "given_up": gettext_lazy("Many people never solve it. Is a hint or an easier step before it missing?"),
    "hints_needed": gettext_lazy("Most people need a hint. The lesson may lack what the task asks for."),
    "long": gettext_lazy("It takes people over a quarter of an hour. Could it be two tasks?"),
}
DIFFERENCE_SENTENCES = {
    "block": gettext_lazy("Block"),
    "place": gettext_lazy("Place to fill in"),
    "value": gettext_lazy("Value of a variant"),
    "picture": gettext_lazy("Picture"),
    "heading": gettext_lazy("Number of headings"),
    "code": gettext_lazy("Number of code fences"),
}


def draft_or_404(request: PageRequest, ref: UUID) -> Draft:
    """The draft of an address, for somebody who may work on it."""
    found = queries.draft_for(request.user, ref)
    if found is None:
        raise Http404
    return found


def title_of(draft: Draft) -> str:
    """What the course of a draft is called; its id, while it has not been published."""
    if draft.base is not None:
        title = draft.base.manifest["title"]
        return str(title.get(shown_language()) or title["en"])
    return draft.slug


def draft_context(draft: Draft) -> dict[str, Any]:
    """What every page of a draft shows of it."""
    return {"draft": draft, "title": title_of(draft), "open": draft.state == DraftState.OPEN}


def source_language_of(draft: Draft) -> str:
    """The language that a draft's course is written in; English while its course.toml cannot be read."""
    course = DraftSource(draft).course()
    return course.source_language if course and course.source_language in LANGUAGES else "en"


def languages_to_translate(draft: Draft) -> list[tuple[str, str]]:
    """The languages that a draft is translated into, with their own names."""
    source = source_language_of(draft)
    return [(code, OWN_NAMES[code]) for code in LANGUAGES if code != source]


def published_facts(slug: str) -> CourseFacts | None:
    """The published course, if there is one."""
    return published_course(slug) if queries.published_id(slug) is not None else None


def check_view(check: CheckRun | None) -> dict[str, Any] | None:
    """A check as pages show it: problems with the place in the editor that they lead to."""
    if check is None:
        return None
    problems = check.findings.get("problems", [])
    return {
        "row": check,
        "waiting": check.is_waiting,
        "failed": check.state == CheckState.FAILED or bool(check.refusal),
        "errors": [one for one in problems if one["level"] == "error"],
        "warnings": [one for one in problems if one["level"] != "error"],
        "ok": check.state == CheckState.DONE and not check.refusal and bool(check.findings.get("ok")),
        "outdated": check.number != check.draft.number,
    }


def say_refusal(request: PageRequest, refusal: Refusal) -> None:
    """A refusal as a notice on the next page."""
    if refusal.status == 404:
        raise Http404
    messages.warning(request, str(refusal))
