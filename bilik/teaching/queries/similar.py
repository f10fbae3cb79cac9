"""Programs of one group that look alike. A pointer for a person who then reads both; nothing is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from bilik.catalog.queries import TaskFacts, variant
from bilik.groups.queries import learners_of
from bilik.submissions.queries import answers_of
from bilik.submissions.states import State
from bilik.teaching.winnowing import Likeness, baseline, compare

if TYPE_CHECKING:
    from bilik.groups.models import Group
    from bilik.submissions.models import Submission

# Below this nothing is said: short tasks are solved alike by everybody.
LEAST = 0.6
MOST_PAIRS, MOST_PROGRAMS = 20, 60


@dataclass(frozen=True)
class Pair:
    """Two programs of two learners and what they have in common."""

    left: Submission
    right: Submission
    likeness: Likeness

    @property
    def percent(self) -> int:
        return round(100 * self.likeness.share)


def pairs_alike(group: Group, task: TaskFacts) -> list[Pair]:
    """The pairs of accepted programs that are most alike, at most twenty; each learner with the newest one.

    What the author starts with and the model answer are taken out before.
    """
    rows = answers_of(learners_of(group), [task.task_id]).filter(state=State.GRADED, outcome="accepted")
    newest = {row.person_id: row for row in rows.select_related("task_version", "person")}
    programs = sorted(newest.values(), key=lambda row: row.pk)[-MOST_PROGRAMS:]
    page = variant(task.version_id, 0).page
    ignored = baseline([page["starter"], str(page["solution"].get("answer", ""))])
    found = [
        Pair(left, right, likeness)
        for left, right in combinations(programs, 2)
        if (likeness := compare(str(left.answer), str(right.answer), ignored)).share >= LEAST
    ]
    return sorted(found, key=lambda pair: -pair.likeness.share)[:MOST_PAIRS]
