"""A stored verdict as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from bilik.cards.controls import points_text
from bilik.cards.words import safe
from bilik.grading.report import Said, report
from bilik.grading.text import ExerciseText
from bilik.grading.verdict import Outcome, Verdict
from bilik.people.queries import public_name
from bilik.submissions.queries import place_in_queue
from bilik.submissions.states import State

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission, TrainerComment

# Feedback that may name the parts that are wrong.
_PARTS = ("blanks.right", "matching.right")
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
class Tried:
    """A verdict on an answer that nobody stores, with what a page asks of a submission."""

    outcome: str
    score: Decimal
    of: int
    feedback: list[dict[str, Any]]
    state: State = State.GRADED
    is_waiting: bool = False


@dataclass(frozen=True)
class Remark:
    """What a trainer says of an answer."""

    name: str
    text: str


def remarks_of(comments: Iterable[TrainerComment], viewer: Person) -> list[Remark]:
    """Comments of trainers for whoever gave the answer."""
    return [Remark(public_name(one.by, viewer) if one.by else "", one.text) for one in comments]


@dataclass(frozen=True)
class VerdictView:
    """The verdict on the answer that is shown."""

    submission: Submission | Tried
    look: str
    icon: str
    said: Sequence[SaidHtml]
    tests: Sequence[Mapping[str, Any]]
    place: int = 0
    marks: Sequence[Mapping[str, Any]] = ()
    comments: Sequence[Mapping[str, Any]] = ()
    remarks: Sequence[Remark] = ()

    @property
    def failed_tests(self) -> int:
        return sum(not test["passed"] for test in self.tests)

    @property
    def passed_tests(self) -> int:
        return len(self.tests) - self.failed_tests


def verdict_view(
    submission: Submission | Tried, words: Mapping[str, Any], language: str, remarks: Sequence[Remark] = ()
) -> VerdictView:
    """A stored verdict in the reader's language, with what trainers say of the answer."""
    if submission.is_waiting and not isinstance(submission, Tried):
        return VerdictView(submission, "waiting", "clock", (), (), place_in_queue(submission))
    if submission.state == State.MARKING:
        return VerdictView(submission, "marking", "clock", (), ())
    if submission.state == State.WITHDRAWN:
        return VerdictView(submission, "withdrawn", "info", (), ())
    if not submission.outcome:
        return VerdictView(submission, "fault", "warning", (), ())
    look, icon = LOOKS[Outcome(submission.outcome)]
    text = ExerciseText(title="", task="", feedback=words["feedback"])
    made = report(submission.feedback, text, language)
    said = [SaidHtml(item, safe(item.markdown)) for item in made.said]
    marks = [_mark(mark, words) for mark in made.marks]
    return VerdictView(submission, look, icon, said, made.tests, marks=marks, comments=made.comments, remarks=remarks)


def tried_view(verdict: Verdict, words: Mapping[str, Any], language: str) -> VerdictView:
    """A verdict that is not stored, as in a preview, in the reader's language."""
    feedback = [item.to_json() for item in verdict.feedback]
    return verdict_view(Tried(str(verdict.outcome), verdict.score, verdict.of, feedback), words, language)


def _mark(mark: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """The mark for one criterion of a rubric, with its words and the comments on it."""
    blocks, criterion = words.get("blocks", {}), mark["criterion"]
    level = blocks.get(f"level {criterion} {mark['level']}", "")
    return {
        "criterion": criterion,
        "words": safe(blocks.get(f"criterion {criterion}", criterion)),
        "level": safe(level),
        "points": points_text(mark["points"]),
        "of": points_text(mark["of"]),
    }


def mark_parts(controls: Sequence[dict[str, Any]], feedback: Sequence[Mapping[str, Any]]) -> None:
    """Marks each part of an answer that stands in the form as right or not, where the verdict says which are not."""
    wrong = next((item["wrong"] for item in feedback if item["code"] in _PARTS and "wrong" in item), None)
    if wrong is None:
        return
    for part in (part for control in controls for part in control.get("parts", ())):
        part["look"] = "fail" if part["name"].removeprefix("answer-") in wrong else "pass"


def with_cells(controls: Sequence[dict[str, Any]], verdict: VerdictView) -> VerdictView:
    """Puts the tests of a notebook's cells beside their cells, and gives the verdict without them."""
    cells = {control["cell"]: control for control in controls if control.get("cell")}
    for name, control in cells.items():
        control["tests"] = [test for test in verdict.tests if test.get("cell") == name]
        control["look"] = "pass" if all(test["passed"] for test in control["tests"]) else "fail"
    return replace(verdict, tests=[test for test in verdict.tests if test.get("cell") not in cells])
