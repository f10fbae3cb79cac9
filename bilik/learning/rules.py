"""Whether something may be done, and why not. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from bilik.catalog.queries import TaskFacts
from bilik.kit.errors import Refusal
from bilik.learning.errors import NoAttemptsLeft, NoMoreHints, StillWaiting
from bilik.learning.models import Progress


def attempts_left(task: TaskFacts, progress: Progress | None) -> int | None:
    """How many more answers a task takes; None when there is no limit."""
    if not task.attempts:
        return None
    return max(0, task.attempts - (progress.attempts if progress else 0))


def why_not_answer(
    task: TaskFacts, progress: Progress | None, *, person: Refusal | None, waiting: bool
) -> Refusal | None:
    """Why a person may not answer a task now. `person` is what the people room says of them."""
    if person is not None:
        return person
    if not task.attempts:
        return None
    if waiting:
        return StillWaiting()
    return NoAttemptsLeft() if attempts_left(task, progress) == 0 else None


def why_not_hint(shown: int, available: int) -> Refusal | None:
    """Why no further hint can be shown."""
    return NoMoreHints() if shown >= available else None


def may_see_solution(task: TaskFacts, progress: Progress | None) -> bool:
    """Whether the model answer may be read: by the task's policy, or because no answer can be given any more."""
    if progress is None or task.solution_policy == "never":
        return False
    if progress.solved_at or attempts_left(task, progress) == 0:
        return True
    kind, _, count = task.solution_policy.partition(":")
    return kind == "after_attempts" and progress.attempts >= int(count)
