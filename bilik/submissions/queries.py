"""Questions about submissions. Fetching is the permission check: a person gets their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from bilik.grading.kinds import CHECKED_KINDS
from bilik.grading.verdict import Outcome
from bilik.submissions.models import CommentedAnswer, EarlierVerdict, Submission, TrainerComment
from bilik.submissions.states import State

if TYPE_CHECKING:
    from bilik.people.models import Person


def submission_by_key(person: Person, key: UUID) -> Submission | None:
    """What this person sent under this key, with the task version it was sent to."""
    return Submission.objects.filter(person=person, key=key).select_related("task_version").first()


def submission_of(person: Person, submission_id: int) -> Submission | None:
    """One submission, if it is this person's."""
    return Submission.objects.filter(person=person, pk=submission_id).first()


def submissions_to_task(person: Person, task_id: int) -> QuerySet[Submission]:
    """All answers of a person to a task in all its versions, the newest first."""
    return Submission.objects.filter(person=person, task_version__task_id=task_id).order_by("-id")


def has_waiting(person: Person, task_id: int) -> bool:
    """Whether an answer of this person to this task waits for a checker."""
    return Submission.objects.filter(
        person=person, task_version__task_id=task_id, state__in=[State.QUEUED, State.GRADING]
    ).exists()


def attachment_of(submission: Submission, digest: str) -> tuple[str, bytes] | None:
    """Name and content of a file that belongs to an answer; whoever has the answer may have its files."""
    found = submission.attachments.filter(content_id=digest).select_related("content").first()
    return (found.name, bytes(found.content.content)) if found else None


def waiting_for_marks(people: QuerySet[Person]) -> QuerySet[Submission]:
    """The answers of some people that wait to be marked, the oldest first."""
    return Submission.objects.filter(state=State.MARKING, person__in=people).order_by("id")


def own_waiting_for_marks(person: Person) -> QuerySet[Submission]:
    """A person's own answers that wait to be marked."""
    return Submission.objects.filter(state=State.MARKING, person=person).order_by("id")


def submission_seen(submission_id: int, people: QuerySet[Person]) -> Submission | None:
    """One submission, if it is of one of these people (`people.queries.people_seen`)."""
    return Submission.objects.filter(pk=submission_id, person__in=people).first()


def submissions_in(person: Person, context: str) -> QuerySet[Submission]:
    """A person's answers that one room asked for, with a verdict or without, in the order in which they came."""
    return Submission.objects.filter(person=person, context=context).select_related("task_version").order_by("id")


def graded_since(person: Person, contexts: Iterable[str], after: tuple[datetime | None, int]) -> QuerySet[Submission]:
    """A person's answers in these contexts whose verdict came after (moment, id), in the order of their verdicts."""
    moment, number = after
    rows = Submission.objects.filter(person=person, context__in=list(contexts), state=State.GRADED)
    if moment is not None:
        rows = rows.filter(Q(graded_at__gt=moment) | Q(graded_at=moment, pk__gt=number))
    return rows.order_by("graded_at", "pk")


def first_verdicts(submission_ids: Iterable[int]) -> dict[int, datetime]:
    """When those of these answers whose verdict was replaced had their first one. One query."""
    rows = EarlierVerdict.objects.filter(submission_id__in=list(submission_ids)).order_by("-graded_at")
    return dict(rows.values_list("submission_id", "graded_at"))


def people_answering_after(submission_id: int, *, before: datetime, most: int) -> tuple[list[int], int]:
    """Who gave the next `most` answers after this one and before a moment, by key, and the newest of these answers (the
    same one when there is none).
    """
    rows = Submission.objects.filter(pk__gt=submission_id, received_at__lt=before).order_by("pk")
    found = list(rows.values_list("pk", "person_id")[:most])
    return sorted({person for _, person in found}), found[-1][0] if found else submission_id


def newest_people(*, most: int) -> list[int]:
    """Who gave the newest answers: at most so many people, by key."""
    rows = Submission.objects.values("person_id").annotate(newest=Max("pk")).order_by("-newest")
    return sorted(rows.values_list("person_id", flat=True)[:most])


def days_with_answers(person: Person, contexts: Iterable[str], since: datetime) -> list[date]:
    """The academy's days since a moment on which a person gave an answer that has a verdict."""
    rows = Submission.objects.filter(person=person, context__in=list(contexts), state=State.GRADED)
    rows = rows.filter(received_at__gte=since).exclude(outcome=Outcome.INVALID)
    return list(rows.annotate(day=TruncDate("received_at")).order_by("day").values_list("day", flat=True).distinct())


class AnswerFacts(NamedTuple):
    """An answer with its verdict for statistics. `person_id` joins the answers of one person and is never shown."""

    pk: int
    person_id: int
    task_id: int
    version_id: int
    seed: int
    answer: Any
    outcome: str
    score: Decimal
    of: int
    received_at: datetime
    feedback: list[dict[str, Any]]


def graded_answers(task_ids: Collection[int], *, context: str) -> Iterator[AnswerFacts]:
    """All answers to these tasks that have a verdict and count, in the order in which they came."""
    rows = Submission.objects.filter(task_version__task_id__in=task_ids, context=context, state=State.GRADED)
    rows = rows.exclude(outcome="invalid").order_by("id")
    names = ("id", "person_id", "task_version__task_id", "task_version_id", "seed", "answer", "outcome", "score", "of",
             "received_at", "feedback")  # fmt: skip
    for row in rows.values_list(*names).iterator(chunk_size=2_000):
        yield AnswerFacts(*row)


def how_many_answers(task_ids: Collection[int], *, context: str) -> int:
    """How many answers `graded_answers` would give."""
    rows = Submission.objects.filter(task_version__task_id__in=task_ids, context=context, state=State.GRADED)
    return rows.exclude(outcome="invalid").count()


def people_who_answered(task_ids: Collection[int]) -> dict[int, int]:
    """How many people have answered each of these tasks; how many in all stands under 0."""
    rows = Submission.objects.filter(task_version__task_id__in=task_ids)
    counted = rows.values_list("task_version__task_id").annotate(people=Count("person_id", distinct=True))
    return {0: rows.values("person_id").distinct().count(), **dict(counted.order_by())}


def graded_by_checker(
    task_ids: Iterable[int], people: QuerySet[Person] | Iterable[Person] | None = None
) -> QuerySet[Submission]:
    """The graded answers to some tasks in all their versions and from all contexts, those that people mark left out, in
    the order in which they came: of some people (a query of another room), or of everybody. Answers that were forgotten
    with their person are not among them.
    """
    rows = Submission.objects.filter(
        state=State.GRADED,
        task_version__task_id__in=list(task_ids),
        task_version__kind__in=sorted(CHECKED_KINDS),
        person__erased_at__isnull=True,
    )
    rows = rows if people is None else rows.filter(person__in=people)
    return rows.select_related("task_version").order_by("id")


def answers_of(people: QuerySet[Person] | Iterable[Person], task_ids: Iterable[int]) -> QuerySet[Submission]:
    """The answers of some people (those whom the caller may see) to some tasks, from all contexts, in order."""
    rows = Submission.objects.filter(person__in=people, task_version__task_id__in=list(task_ids))
    return rows.select_related("task_version").order_by("id")


def answering_of(
    people: Iterable[Person], *, since: datetime, before: datetime
) -> dict[int, tuple[datetime, int, int]]:
    """When each of these people (whom the caller may see) last answered anything, how often since `since`, and how
    often between `before` and `since`. Who never answered is not in it. One query.
    """
    rows = Submission.objects.filter(person__in=people).order_by().values_list("person_id")
    counted = rows.annotate(
        last=Max("received_at"),
        lately=Count("pk", filter=Q(received_at__gte=since)),
        earlier=Count("pk", filter=Q(received_at__gte=before, received_at__lt=since)),
    )
    return {person_id: (last, lately, earlier) for person_id, last, lately, earlier in counted}


def comments_on(submission_ids: Iterable[int]) -> dict[int, list[TrainerComment]]:
    """What trainers say of these answers, by the answer's id, the oldest first. One query, none for no answers."""
    wanted = list(submission_ids)
    found: dict[int, list[TrainerComment]] = {}
    if not wanted:
        return found
    rows = CommentedAnswer.objects.filter(submission_id__in=wanted, comment__retracted_at__isnull=True)
    for row in rows.select_related("comment__by").order_by("id"):
        found.setdefault(row.submission_id, []).append(row.comment)
    return found


def place_in_queue(submission: Submission) -> int:
    """How many submissions are graded before this one, counting those in work; 0 when it is being graded itself."""
    if submission.state != State.QUEUED:
        return 0
    return Submission.objects.filter(state__in=[State.QUEUED, State.GRADING], id__lte=submission.pk).count()


def queue_length() -> int:
    """How many submissions wait or are being graded."""
    return Submission.objects.filter(state__in=[State.QUEUED, State.GRADING]).count()


def given_up() -> QuerySet[Submission]:
    """Submissions that the platform could not grade."""
    return Submission.objects.filter(state=State.FAULT).order_by("id")
