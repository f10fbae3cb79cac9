"""What the pages of marking show of an answer: its words, its files, the rubric with what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bilik.cards.controls import rubric_rows
from bilik.cards.words import safe, words_in
from bilik.catalog.queries import variant
from bilik.marking.decision import Needs
from bilik.marking.models import Marking
from bilik.marking.states import MarkerRole

if TYPE_CHECKING:
    from bilik.submissions.models import Submission


@dataclass(frozen=True)
class AnswerView:
    """An answer to be marked. `criteria` are the rows of the rubric with `chosen` and `comment` in each."""

    submission: Submission
    title: str
    task: SafeString
    example: SafeString
    text: str
    link: str
    criteria: list[dict[str, Any]]
    comment: str


def answer_view(submission: Submission, marking: Marking | None, language: str) -> AnswerView:
    """An answer with its task, in the reader's language, and what this marker has chosen so far."""
    made = variant(submission.task_version_id, submission.seed)
    words = words_in(made.page, language)
    given = submission.answer if isinstance(submission.answer, dict) else {"text": submission.answer}
    chosen = marking.levels if marking else {}
    comments = {one["criterion"]: one["text"] for one in marking.comments} if marking else {}
    rows = rubric_rows(made.spec["rubric"], words)
    return AnswerView(
        submission=submission,
        title=words["title"],
        task=safe(words["task"]),
        example=safe(words.get("blocks", {}).get("example", "")),
        text=str(given.get("text") or ""),
        link=str(given.get("link") or ""),
        criteria=[row | {"chosen": chosen.get(row["id"], ""), "comment": comments.get(row["id"], "")} for row in rows],
        comment=comments.get("", ""),
    )


def title_of(submission: Submission, language: str) -> str:
    """The title of the task that an answer belongs to."""
    return str(words_in(variant(submission.task_version_id, submission.seed).page, language)["title"])


def needs_sentence(needs: Needs) -> str:
    """What an answer in the queue waits for."""
    return {
        Needs.FIRST: _("to be marked"),
        Needs.SECOND: _("a second marker"),
        Needs.DECIDING: _("two markers differ: decide"),
        Needs.PEERS: _("learners mark it; you may step in"),
        Needs.NOTHING: "",
    }[needs]


def role_sentence(role: str) -> str:
    """What a marker is told about their part."""
    return {
        MarkerRole.FIRST: "",
        MarkerRole.SECOND: _(
            "You are the second marker. What the first one gave is shown to nobody before you finish."
        ),
        MarkerRole.DECIDING: _("Two markers differ. Their marks are below; yours decide."),
        MarkerRole.PEER: _("You mark this as a fellow learner. Neither of you learns who the other is."),
    }[MarkerRole(role)]
