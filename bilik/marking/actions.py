"""Verbs of marking: begin, keep what was chosen, finish, look again; how an organisation wants work marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.grading.rubric import marked_verdict, points_of, why_incomplete
from bilik.kit.errors import refuse
from bilik.marking import errors, queries
from bilik.marking.decision import Needs, Terms
from bilik.marking.models import BankComment, Marking, MarkingPlan
from bilik.marking.rules import is_held, role_for, why_not_mark, why_not_mark_peers
from bilik.marking.states import MarkerRole, MarkingState
from bilik.people.actions import journal
from bilik.people.queries import grants_in, why_not_learn
from bilik.people.states import Role
from bilik.submissions.actions import record_marks, replace_verdict
from bilik.submissions.states import State

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person
    from bilik.submissions.models import Submission

LONGEST_COMMENT = 2_000
MOST_KEPT_COMMENTS = 200
STAFF = frozenset({Role.TRAINER, Role.CENTRE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Marks:
    """What a marker chose: a level for each criterion, comments on any of them, one on the whole (criterion "")."""

    levels: Mapping[str, str]
    comments: Mapping[str, str]

    def known_levels(self, rubric: Sequence[Mapping[str, object]]) -> dict[str, str]:
        """The levels of criteria that the rubric has; anything else is left out."""
        missing = set(why_incomplete(rubric, self.levels))
        return {str(one["id"]): self.levels[str(one["id"])] for one in rubric if one["id"] not in missing}

    def known_comments(self, rubric: Sequence[Mapping[str, object]]) -> list[dict[str, str]]:
        """The comments as they are stored, in the order of the rubric, the one on the whole last."""
        names = [str(one["id"]) for one in rubric] + [""]
        texts = [(name, self.comments.get(name, "").replace("\x00", "").strip()) for name in names]
        return [{"text": text[:LONGEST_COMMENT], "criterion": name} for name, text in texts if text]


@transaction.atomic
def start_marking(*, by: Person, now: datetime, submission_id: int) -> Marking:
    """Begins to mark an answer, or goes on with what was begun; others are kept away for half an hour.

    Raises NoSuchAnswer, or the refusal of `rules.why_not_mark`.
    """
    submission = queries.answer_to_mark(submission_id, by)
    if submission is None:
        raise errors.NoSuchAnswer()
    markings = list(Marking.objects.select_for_update().filter(submission=submission))
    needs = queries.decision_of(submission, markings, _terms(submission)).needs
    mine = next((one for one in markings if one.marker_id == by.pk), None)
    held = [one for one in markings if one.state == MarkingState.DRAFT and one.role != MarkerRole.PEER and one != mine]
    refuse(
        why_not_mark(
            own=submission.person_id == by.pk,
            waiting=submission.state == State.MARKING,
            needs=needs,
            done_by_me=mine is not None and mine.state == MarkingState.DONE,
            held_by_other=any(is_held(one.saved_at, now) for one in held),
        )
    )
    if mine is not None:
        mine.role, mine.saved_at = role_for(needs), now
        mine.save(update_fields=["role", "saved_at"])
        return mine
    return _begin(submission, by, role_for(needs), now)


def _begin(submission: Submission, by: Person, role: MarkerRole, now: datetime) -> Marking:
    marking = Marking.objects.create(submission=submission, marker=by, role=role, started_at=now, saved_at=now)
    journal(by=by, now=now, verb="marking.began", about=submission, data={"role": str(role)})
    return marking


@transaction.atomic
def start_peer_marking(*, by: Person, now: datetime, task_id: int) -> Marking:
    """Gives a learner the work of somebody of their organisation that most needs a peer. Neither learns who the other
    is.

    Raises the refusal of `rules.why_not_mark_peers`, or why they may not learn at all.
    """
    refuse(why_not_learn(by, now))
    handed_in = queries.handed_in(by, task_id)
    found = queries.next_for_peer(by, task_id) if handed_in else None
    refuse(why_not_mark_peers(handed_in=handed_in, found=found is not None))
    assert found is not None
    return _begin(found, by, MarkerRole.PEER, now)


@transaction.atomic
def save_marks(*, by: Person, now: datetime, submission_id: int, marks: Marks) -> Marking:
    """Keeps what was chosen so far. Raises NoSuchAnswer when the person never began, NotWaiting when it is too late."""
    marking = _own_open(by, submission_id)
    rubric = queries.spec_of(marking.submission)["rubric"]
    marking.levels, marking.comments = marks.known_levels(rubric), marks.known_comments(rubric)
    marking.saved_at = now
    marking.save(update_fields=["levels", "comments", "saved_at"])
    return marking


def _own_open(by: Person, submission_id: int) -> Marking:
    marking = Marking.objects.select_for_update().filter(submission_id=submission_id, marker=by).first()
    if marking is None:
        raise errors.NoSuchAnswer()
    if marking.submission.state != State.MARKING or marking.state == MarkingState.DONE:
        raise errors.NotWaiting()
    return marking


@transaction.atomic
def finish_marking(*, by: Person, now: datetime, submission_id: int, marks: Marks) -> Marking:
    """Gives the marks. When nothing else is needed the answer has its verdict at once.

    Raises what `save_marks` raises, and MarksIncomplete (call `save_marks` before, so that nothing is lost).
    """
    marking = save_marks(by=by, now=now, submission_id=submission_id, marks=marks)
    submission = marking.submission
    if why_incomplete(queries.spec_of(submission)["rubric"], marking.levels):
        raise errors.MarksIncomplete()
    marking.state, marking.done_at = MarkingState.DONE, now
    marking.save(update_fields=["state", "done_at"])
    journal(by=by, now=now, verb="marking.finished", about=submission, data={"role": marking.role})
    _settle(submission, by, now)
    if marking.role == MarkerRole.PEER:
        own = queries.own_waiting(by, submission.task_version.task_id)
        if own is not None:
            _settle(own, by, now)
    return marking


def _terms(submission: Submission) -> Terms:
    plan = queries.plans_for([submission]).get(submission.pk)
    peers = int(queries.spec_of(submission)["peers"])
    duty = not peers or queries.peers_marked(submission.person_id, submission.task_version.task_id) >= peers
    return queries.terms_of(submission, plan, peer_duty_done=duty)


def _settle(submission: Submission, by: Person, now: datetime) -> None:
    """Records the verdict once the markings come to one."""
    markings = list(queries.markings_done(submission))
    decision = queries.decision_of(submission, markings, _terms(submission))
    if decision.needs is not Needs.NOTHING or decision.points is None:
        return
    deciding = [one for one in markings if one.role == MarkerRole.DECIDING]
    staff = [one for one in markings if one.role != MarkerRole.PEER]
    heard = deciding[-1:] or staff or markings
    comments = [comment for one in heard for comment in one.comments]
    verdict = marked_verdict(queries.spec_of(submission), decision.points, comments)
    record_marks(submission_id=submission.pk, by=by, verdict=verdict, now=now)


@transaction.atomic
def mark_again(*, by: Person, now: datetime, submission_id: int, marks: Marks, reason: str) -> Marking:
    """Gives an answer that has its marks other ones: this person's count from now on, and the learner reads why.

    Raises NoSuchAnswer, OwnAnswer, NotWaiting (when it has no marks yet), MarksIncomplete, ReasonNeeded.
    """
    submission = queries.answer_to_mark(submission_id, by)
    if submission is None:
        raise errors.NoSuchAnswer()
    if submission.person_id == by.pk:
        raise errors.OwnAnswer()
    if submission.state != State.GRADED:
        raise errors.NotWaiting()
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise errors.ReasonNeeded()
    spec = queries.spec_of(submission)
    if why_incomplete(spec["rubric"], marks.levels):
        raise errors.MarksIncomplete()
    levels, comments = marks.known_levels(spec["rubric"]), marks.known_comments(spec["rubric"])
    values = {"role": MarkerRole.DECIDING, "state": MarkingState.DONE, "levels": levels, "comments": comments,
              "started_at": now, "saved_at": now, "done_at": now}  # fmt: skip
    marking, _ = Marking.objects.update_or_create(submission=submission, marker=by, defaults=values)
    said = [*comments, {"text": reason, "criterion": ""}]
    verdict = marked_verdict(spec, points_of(spec["rubric"], levels), said)
    replace_verdict(submission_id=submission.pk, by=by, verdict=verdict, reason=reason, now=now)
    return marking


@transaction.atomic
def set_plan(
    *,
    by: Person,
    now: datetime,
    organisation: Organisation,
    task_id: int,
    anonymous: bool,
    second_percent: int,
    tolerance: Decimal,
) -> MarkingPlan:
    """Says how answers to a task are marked in an organisation and below it. Raises NotYourOrganisation."""
    if not grants_in(by, organisation.path) & STAFF:
        raise errors.NotYourOrganisation()
    values = {"anonymous": anonymous, "second_percent": second_percent, "tolerance": tolerance}
    plan, _ = MarkingPlan.objects.update_or_create(organisation=organisation, task_id=task_id, defaults=values)
    data = {"task": task_id, "anonymous": anonymous, "second_percent": second_percent, "tolerance": str(tolerance)}
    journal(by=by, now=now, verb="marking.planned", about=plan, data=data, organisation=organisation)
    return plan


@transaction.atomic
def keep_comment(*, by: Person, now: datetime, task_id: int, criterion: str, text: str) -> BankComment | None:
    """Keeps a comment for the next time; the same twice is one. None when it is empty. The oldest beyond 200 go."""
    text = text.replace("\x00", "").strip()[:1000]
    if not text:
        return None
    kept, _ = BankComment.objects.get_or_create(
        owner=by, task_id=task_id, criterion=criterion[:60], text=text, defaults={"made_at": now}
    )
    surplus = BankComment.objects.filter(owner=by).values_list("pk", flat=True)[MOST_KEPT_COMMENTS:]
    BankComment.objects.filter(pk__in=list(surplus)).delete()
    journal(by=by, now=now, verb="marking.kept_comment", about=kept, data={"criterion": criterion[:60]})
    return kept


@transaction.atomic
def drop_comment(*, by: Person, now: datetime, comment_id: int) -> None:
    """Forgets one of one's own kept comments."""
    dropped, _ = BankComment.objects.filter(owner=by, pk=comment_id).delete()
    if dropped:
        journal(by=by, now=now, verb="marking.dropped_comment", about=("marking.bankcomment", str(comment_id)))
