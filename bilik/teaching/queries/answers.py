"""What a group gets wrong, task by task, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bilik.catalog.queries import CourseFacts, TaskFacts, variant
from bilik.grading.kinds import CHECKED_KINDS
from bilik.grading.verdict import Outcome
from bilik.groups.queries import learners_of
from bilik.learning.queries import progress_of
from bilik.submissions.queries import answers_of
from bilik.submissions.states import State
from bilik.teaching.clusters import Cluster, Wrong, clusters_of
from bilik.teaching.models import ClusterComment

if TYPE_CHECKING:
    from bilik.groups.models import Group
    from bilik.submissions.models import Submission, TrainerComment

_NOT_WRONG = ("", Outcome.ACCEPTED, Outcome.INVALID, Outcome.NEEDS_MARKING)


@dataclass(frozen=True)
class TaskRow:
    """How a group does in one task: how many of its learners have tried it, solved it, and are still at it."""

    task: TaskFacts
    lesson_title: str
    title: str
    tried: int
    solved: int

    @property
    def stuck(self) -> int:
        return self.tried - self.solved


def task_rows(group: Group, course: CourseFacts, language: str) -> list[TaskRow]:
    """The tasks of a course that a checker grades and that somebody has tried, those first in which most are stuck."""
    places = [(lesson, task) for lesson in course.lessons for task in lesson.tasks if task.kind in CHECKED_KINDS]
    progress = progress_of(learners_of(group), [task.task_id for _, task in places])
    tried: dict[int, int] = {}
    solved: dict[int, int] = {}
    for (_, task_id), row in progress.items():
        tried[task_id] = tried.get(task_id, 0) + (row.attempts > 0)
        solved[task_id] = solved.get(task_id, 0) + (row.solved_at is not None)
    rows = [
        TaskRow(task, lesson.title(language), title_of(task, language), tried[task.task_id], solved[task.task_id])
        for lesson, task in places
        if tried.get(task.task_id)
    ]
    return sorted(rows, key=lambda row: (-row.stuck, -row.tried))


def title_of(task: TaskFacts, language: str) -> str:
    """The title of a task in the reader's language."""
    texts = variant(task.version_id, 0).page["texts"]
    words = texts.get(language) or texts.get("en") or next(iter(texts.values()))
    return str(words["title"])


def task_in(course: CourseFacts, slug: str) -> TaskFacts | None:
    """A task of the published course by its short name."""
    return next((task for task in course.tasks if task.slug == slug), None)


def wrong_answers(group: Group, task_id: int) -> dict[int, Submission]:
    """The wrong answers of a group's learners to a task, from all contexts, by id. Two queries."""
    rows = answers_of(learners_of(group), [task_id]).filter(
        state=State.GRADED, task_version__kind__in=sorted(CHECKED_KINDS)
    )
    return {row.pk: row for row in rows.exclude(outcome__in=_NOT_WRONG).select_related("task_version", "person")}


def clusters_in(answers: Mapping[int, Submission]) -> list[Cluster]:
    """Wrong answers by what is wrong in them, the commonest first."""
    return clusters_of(
        Wrong(
            submission_id=row.pk,
            person_id=row.person_id,
            answer=row.answer,
            spec=variant(row.task_version_id, row.seed).spec,
            feedback=row.feedback,
            outcome=row.outcome,
        )
        for row in answers.values()
    )


def comments_of(group: Group, task_id: int) -> dict[str, TrainerComment]:
    """The comments that hold for clusters of a task, by the cluster's key. One query."""
    rows: Any = ClusterComment.objects.filter(group=group, task_id=task_id, comment__retracted_at__isnull=True)
    return {row.key: row.comment for row in rows.select_related("comment__by")}
