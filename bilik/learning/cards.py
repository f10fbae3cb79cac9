"""A task as the page shows it: everything a template needs, and nothing of the key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from bilik.catalog.queries import TaskFacts, variant
from bilik.grading.report import Said, report
from bilik.grading.text import ExerciseText
from bilik.grading.verdict import Feedback, Outcome
from bilik.kit.errors import Refusal
from bilik.learning.actions import seed_of
from bilik.learning.models import Progress
from bilik.learning.rules import attempts_left, may_see_solution
from bilik.submissions.queries import place_in_queue

if TYPE_CHECKING:
    from bilik.people.models import Person
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


@dataclass
class Card:
    """A task card. `refusal` says why no answer can be given now; `typed` is what stands in the form."""

    task: TaskFacts
    title: str
    html: SafeString
    controls: list[dict[str, Any]]
    typed: Sequence[str]
    state: str
    hints: list[SafeString]
    hints_available: int
    attempts: int
    attempts_left: int | None
    verdict: VerdictView | None = None
    refusal: Refusal | None = None
    solution: Mapping[str, Any] | None = None
    explanation: SafeString | str = ""
    invalid: str = ""
    stored: bool = False
    not_taken: bool = False

    @property
    def follows(self) -> bool:
        """Whether the page asks again for the verdict; not where that would wipe away what was typed."""
        return self.verdict is not None and self.verdict.look == "waiting" and not self.not_taken


def words_in(page: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The words of a task in a language, else in English, else in whatever it was written in."""
    texts = page["texts"]
    words: Mapping[str, Any] = texts.get(language) or texts.get("en") or next(iter(texts.values()))
    return words


def safe(html: str) -> SafeString:
    """HTML that was made and sanitised when the course was published."""
    return mark_safe(html)  # noqa: S308 - sanitised by nh3 at publishing, see catalog/source/prose.py


def card_for(
    person: Person,
    task: TaskFacts,
    progress: Progress | None,
    *,
    language: str,
    refusal: Refusal | None,
) -> Card:
    """The card of a task for a person, with their newest answer to it, graded or not."""
    seed = seed_of(person, task) if person.is_authenticated else 0
    page = variant(task.version_id, seed).page
    words, shown = words_in(page, language), progress.last_submission if progress else None
    solved_or_over = may_see_solution(task, progress)
    card = Card(
        task=task,
        title=words["title"],
        html=safe(words["task"]),
        controls=[_control(control, words, page, task, seed) for control in page["controls"]],
        typed=_typed(shown, page, task),
        state=_state(progress, shown),
        hints=[safe(hint) for hint in words["hints"][: progress.hints if progress else 0]],
        hints_available=len(words["hints"]),
        attempts=progress.attempts if progress else 0,
        attempts_left=attempts_left(task, progress),
        refusal=refusal,
    )
    if shown is not None:
        card.verdict = verdict_view(shown, words, language)
    if solved_or_over:
        card.explanation = safe(words["explanation"])
        card.solution = page["solution"]
    return card


def _state(progress: Progress | None, shown: Submission | None) -> str:
    if progress is not None and progress.solved_at:
        return "accepted"
    if shown is not None and shown.is_waiting:
        return "waiting"
    return "partial" if progress is not None and progress.attempts else "open"


def _typed(shown: Submission | None, page: Mapping[str, Any], task: TaskFacts) -> list[str]:
    """What stands in the form: the last answer to this version of the task, else what the author starts with."""
    if shown is not None and shown.task_version_id == task.version_id and shown.answer is not None:
        return [str(item) for item in shown.answer] if isinstance(shown.answer, list) else [str(shown.answer)]
    return [page["starter"]] if page["starter"] else []


def _control(
    control: Mapping[str, Any], words: Mapping[str, Any], page: Mapping[str, Any], task: TaskFacts, seed: int
) -> dict[str, Any]:
    """A control with its words, its choices in this learner's order, and the template that draws it."""
    made = dict(control) | {"template": f"learning/controls/{control['control']}.html"}
    if "html" in made:
        made["html"] = safe(made["html"])
    if "choices" in made:
        names = list(made["choices"])
        if made.get("shuffle"):
            names.sort(key=lambda name: hashlib.blake2b(f"{task.version_id}/{seed}/{name}".encode()).digest())
        made["choices"] = [(name, safe(words["choices"].get(name, name))) for name in names]
    return made


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


def invalid_sentence(feedback: Feedback, language: str) -> str:
    """Why a text is no answer, in the reader's language."""
    made = report([feedback.to_json()], None, language)
    return made.said[0].sentence if made.said else ""
