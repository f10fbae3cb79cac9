"""Questions about marks. Fetching is the permission: a marker gets the answers of people whose record they may see, a
peer gets the answers they were given, a learner nobody's but their own (in learning).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from bilik.catalog.queries import variant
from bilik.grading.rubric import is_marked
from bilik.marking.decision import Decision, Done, Needs, Terms, decide, is_sampled
from bilik.marking.models import BankComment, Marking, MarkingPlan
from bilik.marking.rules import is_held
from bilik.marking.states import MarkerRole, MarkingState
from bilik.people.queries import members_now, people_seen, places_of
from bilik.submissions.queries import own_waiting_for_marks, submission_seen, waiting_for_marks
from bilik.submissions.states import State

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person
    from bilik.submissions.models import Submission

MOST_SHOWN = 100


@dataclass(frozen=True)
class Waiting:
    """An answer in the queue of a marker: what it needs, and who has begun, if somebody has."""

    submission: Submission
    needs: Needs
    anonymous: bool
    held_by: Person | None
    mine: bool


def to_mark(viewer: Person, *, now: datetime, task_id: int | None = None) -> list[Waiting]:
    """The answers that wait for marks and that this person may mark, the oldest first, at most a hundred.

    Six queries, whatever their number.
    """
    rows = waiting_for_marks(people_seen(viewer)).exclude(person=viewer)
    if task_id is not None:
        rows = rows.filter(task_version__task_id=task_id)
    rows = rows.select_related("person", "task_version__task__course").prefetch_related("markings__marker")
    submissions = list(rows[:MOST_SHOWN])
    plans = plans_for(submissions)
    found = []
    for submission in submissions:
        plan = plans.get(submission.pk)
        terms, markings = terms_of(submission, plan), list(submission.markings.all())
        if any(one.marker_id == viewer.pk and one.state == MarkingState.DONE for one in markings):
            continue
        needs = decision_of(submission, markings, terms).needs
        if needs is not Needs.NOTHING:
            found.append(_waiting(submission, needs, plan, markings, viewer, now))
    return found


def _waiting(
    submission: Submission,
    needs: Needs,
    plan: MarkingPlan | None,
    markings: Sequence[Marking],
    viewer: Person,
    now: datetime,
) -> Waiting:
    holders = [one for one in markings if one.state == MarkingState.DRAFT and one.role != MarkerRole.PEER]
    other = next((one for one in holders if one.marker_id != viewer.pk and is_held(one.saved_at, now)), None)
    mine = any(one.marker_id == viewer.pk for one in holders)
    return Waiting(submission, needs, bool(plan and plan.anonymous), other.marker if other else None, mine)


def count_to_mark(viewer: Person) -> int:
    """How many answers wait for marks of people whom this person may see, themselves left out. One query and those of
    their roles.
    """
    return waiting_for_marks(people_seen(viewer)).exclude(person=viewer).count()


def answer_to_mark(submission_id: int, viewer: Person) -> Submission | None:
    """An answer that people mark, for somebody who may see its author's record. Also one that has its marks already."""
    submission = submission_seen(submission_id, people_seen(viewer))
    return submission if submission is not None and is_marked(spec_of(submission)) else None


def spec_of(submission: Submission) -> Mapping[str, Any]:
    """What the answer is marked by."""
    spec: Mapping[str, Any] = variant(submission.task_version_id, submission.seed).spec
    return spec


def marking_of(submission_id: int, marker: Person) -> Marking | None:
    """A person's own marking of an answer, with the answer: how a peer gets to it."""
    mine = Marking.objects.filter(submission_id=submission_id, marker=marker)
    return mine.select_related("submission__task_version").first()


def plans_for(submissions: Iterable[Submission]) -> dict[int, MarkingPlan]:
    """The plan that holds for each answer, by its id: that of the organisation nearest to its author. Two queries."""
    rows = list(submissions)
    plans = list(
        MarkingPlan.objects.filter(task__versions__in={row.task_version_id for row in rows}).select_related(
            "organisation"
        )
    )
    if not plans:
        return {}
    places = places_of({row.person_id for row in rows})
    found = {}
    for row in rows:
        paths = [path for _, path in places.get(row.person_id, [])]
        fitting = [
            plan
            for plan in plans
            if plan.task_id == row.task_version.task_id
            and any(path.startswith(plan.organisation.path) for path in paths)
        ]
        if fitting:
            found[row.pk] = max(fitting, key=lambda plan: len(plan.organisation.path))
    return found


def terms_of(submission: Submission, plan: MarkingPlan | None, *, peer_duty_done: bool = True) -> Terms:
    """How one answer is marked."""
    return Terms(
        second=plan is not None and is_sampled(submission.pk, plan.second_percent),
        tolerance=Fraction(plan.tolerance) if plan else Fraction(0),
        peers=int(spec_of(submission)["peers"]),
        peer_duty_done=peer_duty_done,
    )


def decision_of(submission: Submission, markings: Iterable[Marking], terms: Terms) -> Decision:
    """What the finished markings of an answer come to."""
    done = [Done(one.role, one.levels) for one in markings if one.state == MarkingState.DONE]
    return decide(spec_of(submission)["rubric"], done, terms)


def markings_done(submission: Submission) -> QuerySet[Marking]:
    """The finished markings of an answer in the order in which they were finished."""
    return Marking.objects.filter(submission=submission, state=MarkingState.DONE).order_by("done_at", "id")


def bank_of(owner: Person, task_id: int) -> QuerySet[BankComment]:
    """The comments somebody keeps for a task."""
    return BankComment.objects.filter(task_id=task_id, owner=owner)


@dataclass(frozen=True)
class PeerDuty:
    """A task whose work learners mark for each other: how many works somebody owes, has begun and has marked."""

    task_id: int
    title_of: Submission
    done: int
    of: int
    begun: tuple[Marking, ...]


def peer_duties(person: Person) -> list[PeerDuty]:
    """The tasks in which this person handed in work that waits for peers, and what they owe for it. Two queries."""
    mine = own_waiting_for_marks(person).select_related("task_version")
    waiting = [one for one in mine if spec_of(one)["peers"]]
    if not waiting:
        return []
    given = Marking.objects.filter(marker=person, role=MarkerRole.PEER).select_related("submission__task_version")
    by_task: dict[int, list[Marking]] = {}
    for marking in given:
        by_task.setdefault(marking.submission.task_version.task_id, []).append(marking)
    return [_duty(one, by_task.get(one.task_version.task_id, [])) for one in waiting]


def _duty(own: Submission, given: Sequence[Marking]) -> PeerDuty:
    done = sum(one.state == MarkingState.DONE for one in given)
    begun = tuple(one for one in given if one.state == MarkingState.DRAFT and one.submission.state == State.MARKING)
    return PeerDuty(own.task_version.task_id, own, done, int(spec_of(own)["peers"]), begun)


def peers_marked(person_id: int, task_id: int) -> int:
    """How many works of others somebody has marked in a task."""
    given = Marking.objects.filter(marker_id=person_id, role=MarkerRole.PEER, state=MarkingState.DONE)
    return given.filter(submission__task_version__task_id=task_id).count()


def own_waiting(person: Person, task_id: int) -> Submission | None:
    """A person's own answer to a task, while it waits for marks."""
    return own_waiting_for_marks(person).filter(task_version__task_id=task_id).first()


def handed_in(person: Person, task_id: int) -> bool:
    """Whether somebody has handed in work for a task, marked or waiting."""
    return person.submissions.filter(task_version__task_id=task_id, state__in=[State.MARKING, State.GRADED]).exists()


def next_for_peer(person: Person, task_id: int) -> Submission | None:
    """The work that most needs a peer: of the same organisation, fewest marks, then the oldest; never one's own, and
    none that this person has marked or begun.
    """
    organisations = [place for place, _ in places_of([person.pk]).get(person.pk, [])]
    classmates = members_now(organisations)
    rows = waiting_for_marks(classmates).filter(task_version__task_id=task_id).exclude(person=person)
    rows = rows.exclude(markings__marker=person)
    peers = Count("markings", filter=Q(markings__role=MarkerRole.PEER))
    return rows.annotate(peers=peers).order_by("peers", "id").first()


def plan_of(task_id: int, organisation: Organisation) -> MarkingPlan | None:
    """How an organisation itself has said that a task is marked."""
    return MarkingPlan.objects.filter(task_id=task_id, organisation=organisation).first()
