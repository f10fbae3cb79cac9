"""A stored verdict as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from bilik.cards.words import safe
from bilik.grading.report import Said, report
from bilik.grading.text import ExerciseText
from bilik.grading.verdict import Outcome
from bilik.submissions.queries import place_in_queue

if TYPE_CHECKING:
    from bilik.submissions.models import Submission

# How each outcome looks: class of the verdict box, icon. The words are in the template, where they are translated.
LOOKS = {
    Outcome.ACCEPTED: ("accepted", "check"),
    Outcome.PARTIAL: ("partial", "partial"),
    Outcome.WRONG: ("wrong", "cross"),
    Outcome.TIME_LIMIT: ("limit", "clock"),
    Outcome.MEMORY_LIMIT: ("limit", "warning"),
    Outcome.OUTPUT_LIMIT: ("limit", "warning"),
    Outcome.RUNTIME_ERROR: ("error", "warning"),
    Outcome.INVALID: ("invalid", "info"),
}


@dataclass(frozen=True)
class SaidHtml:
    """One piece of feedback: the author's words as HTML, or ours as a sentence with its place in the program."""

    said: Said
    html: SafeString | str = ""


@dataclass(frozen=True)
class VerdictView:
    """The verdict on the answer that is shown."""

    submission: Submission
    look: str
    icon: str
    said: Sequence[SaidHtml]
    tests: Sequence[Mapping[str, Any]]
    place: int = 0

    @property
    def failed_tests(self) -> int:
        return sum(not test["passed"] for test in self.tests)

    @property
    def passed_tests(self) -> int:
        return len(self.tests) - self.failed_tests


def verdict_view(submission: Submission, words: Mapping[str, Any], language: str) -> VerdictView:
    """A stored verdict in the reader's language."""
    if submission.is_waiting:
        return VerdictView(submission, "waiting", "clock", (), (), place_in_queue(submission))
    if not submission.outcome:
        return VerdictView(submission, "fault", "warning", (), ())
    look, icon = LOOKS[Outcome(submission.outcome)]
    text = ExerciseText(title="", task="", feedback=words["feedback"])
    made = report(submission.feedback, text, language)
    said = [SaidHtml(item, safe(item.markdown)) for item in made.said]
    return VerdictView(submission, look, icon, said, made.tests)
