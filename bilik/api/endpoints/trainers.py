"""Groups, for those who lead them: members, dates, the roll, the gradebook."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from bilik.api.calling import call
from bilik.api.endpoints import found, why
from bilik.api.endpoints.groups import due_of, meeting_of
from bilik.api.schemas import exact_text
from bilik.api.schemas import groups as schemas
from bilik.api.states import Scope
from bilik.catalog.queries import CourseFacts, published_course
from bilik.groups import actions, queries
from bilik.kit.clock import utc_now
from bilik.people.queries import names_for
from bilik.teaching import tables
from bilik.teaching.pages import gradebook_sheet
from bilik.teaching.queries.gradebook import Gradebook, gradebook
from bilik.web.requests import shown_language

router = Router(tags=["trainers"])
LessonName = Annotated[str, Query(max_length=100, description="by the tasks of this lesson instead of by lessons")]


@call(
    router,
    "GET",
    "/groups/{uuid:group}/members",
    scope=Scope.TRAINER_READ,
    gives=schemas.Members,
    summary=_("Everybody in a group that you lead, trainers first."),
)
def members(request: Any, group: UUID) -> schemas.Members:
    rows = queries.members_of(found(queries.group_for(group, request.user)))
    names = names_for([row.person for row in rows], request.user)
    return schemas.Members(
        items=[
            schemas.Member(person=row.person.ref, name=names[row.person_id], part=row.part, since=row.since)
            for row in rows
        ]
    )


@call(
    router,
    "GET",
    "/groups/{uuid:group}/deadlines",
    scope=Scope.TRAINER_READ,
    gives=schemas.Dues,
    summary=_("What is due when in a group that you lead, for everybody and for single learners."),
)
def deadlines(request: Any, group: UUID) -> schemas.Dues:
    now = utc_now()
    rows = queries.deadlines_of(found(queries.group_for(group, request.user)))
    return schemas.Dues(items=[due_of(row, now) for row in rows])


@call(
    router,
    "POST",
    "/groups/{uuid:group}/deadlines",
    scope=Scope.TRAINER_WRITE,
    gives=schemas.Due,
    status=201,
    summary=_("Sets until when something is due for a group; a new date takes the place of the old one."),
)
def set_deadline(request: Any, group: UUID, body: schemas.NewDeadline) -> schemas.Due:
    held, now = found(queries.group_for(group, request.user)), utc_now()
    made = actions.set_deadline(
        by=request.user,
        now=now,
        group=held,
        course_slug=body.course,
        matter=body.matter,
        slug=body.part,
        due_at=body.due_at.astimezone(UTC),
    )
    return due_of(made, now)


@call(
    router,
    "DELETE",
    "/groups/{uuid:group}/deadlines/{uuid:deadline}",
    scope=Scope.TRAINER_WRITE,
    gives=None,
    status=204,
    summary=_("Takes a date away: one learner's, or the group's with all that were longer."),
)
def lift_deadline(request: Any, group: UUID, deadline: UUID) -> None:
    held = found(queries.group_for(group, request.user))
    actions.lift_deadline(by=request.user, now=utc_now(), deadline=found(queries.deadline_for(deadline, held)))


@call(
    router,
    "GET",
    "/groups/{uuid:group}/meetings",
    scope=Scope.TRAINER_READ,
    gives=schemas.Meetings,
    summary=_("The meetings of a group that you lead, in their order."),
)
def meetings(request: Any, group: UUID) -> schemas.Meetings:
    rows = queries.meetings_of(found(queries.group_for(group, request.user)))
    return schemas.Meetings(items=[meeting_of(row) for row in rows])


@call(
    router,
    "GET",
    "/groups/{uuid:group}/meetings/{uuid:meeting}/roll",
    scope=Scope.TRAINER_READ,
    gives=schemas.Roll,
    summary=_("Whose names are called at a meeting, and the mark of each."),
)
def roll(request: Any, group: UUID, meeting: UUID) -> schemas.Roll:
    held = found(queries.meeting_for(meeting, found(queries.group_for(group, request.user))))
    people = queries.on_the_roll(held)
    names, marks = names_for(people, request.user), queries.roll_of(held)
    lines = [(names[person.pk], person, marks.get(person.pk)) for person in people]
    return schemas.Roll(
        meeting=meeting_of(held),
        items=[
            schemas.RollLine(
                person=person.ref,
                name=name,
                mark=row.mark if row else None,
                minutes=row.minutes if row else None,
                marked_at=row.marked_at if row else None,
            )
            for name, person, row in sorted(lines, key=lambda line: line[0])
        ],
        why_not_take=why(queries.refusal_to_take_roll(held, utc_now())),
    )


@call(
    router,
    "POST",
    "/groups/{uuid:group}/meetings/{uuid:meeting}/roll",
    scope=Scope.TRAINER_WRITE,
    gives=schemas.RollTaken,
    summary=_("Takes marks of a roll call. A mark under a key that came before changes nothing."),
)
def take_roll(request: Any, group: UUID, meeting: UUID, body: schemas.Taps) -> schemas.RollTaken:
    held = found(queries.meeting_for(meeting, found(queries.group_for(group, request.user))))
    taps = [actions.Tap(one.key, one.person, one.mark, one.marked_at.astimezone(UTC), one.minutes) for one in body.taps]
    taken = actions.take_roll(by=request.user, now=utc_now(), meeting=held, taps=taps)
    refused = [
        schemas.RefusedTap(key=key, code=refusal.code, detail=str(refusal)) for key, refusal in taken.refused.items()
    ]
    return schemas.RollTaken(stored=list(taken.stored), refused=refused)


def _book(request: Any, group: UUID, course: str, lesson: str) -> tuple[CourseFacts, Gradebook, list[str]]:
    """The gradebook as its page asks for it, with the names of its lines. Raises NotFound, NoSuchCourse."""
    held, facts = found(queries.group_for(group, request.user)), published_course(course)
    book = gradebook(held, facts, shown_language(), lesson)
    names = names_for([line.person for line in book.lines], request.user)
    return facts, book, [names[line.person.pk] for line in book.lines]


@call(
    router,
    "GET",
    "/groups/{uuid:group}/courses/{slug:course}/gradebook",
    scope=Scope.TRAINER_READ,
    gives=schemas.Gradebook,
    summary=_("The gradebook of a group: learners by lessons, or by the exercises of one lesson."),
    operation="gradebook",
)
def read_gradebook(request: Any, group: UUID, course: str, lesson: LessonName = "") -> schemas.Gradebook:
    facts, book, names = _book(request, group, course, lesson)
    return schemas.Gradebook(
        course=facts.slug,
        lesson=lesson or None,
        of=book.of,
        columns=[_column(one) for one in book.columns],
        exams=[_column(one) for one in book.exams],
        lines=[
            schemas.BookLine(
                person=line.person.ref,
                name=name,
                points=[exact_text(one) for one in line.points],
                total=exact_text(line.total) or "0",
                exams=[exact_text(one) for one in line.exams],
            )
            for name, line in zip(names, book.lines, strict=True)
        ],
    )


def _column(one: Any) -> schemas.BookColumn:
    return schemas.BookColumn(id=one.slug, title=one.title, of=one.of)


@call(
    router,
    "GET",
    "/groups/{uuid:group}/courses/{slug:course}/gradebook.csv",
    scope=Scope.TRAINER_READ,
    gives=str,
    summary=_("The same gradebook as CSV, as the page gives it out."),
)
def gradebook_csv(request: Any, group: UUID, course: str, lesson: LessonName = "") -> HttpResponse:
    facts, book, names = _book(request, group, course, lesson)
    title = facts.lesson(lesson).title(shown_language()) if lesson else facts.title(shown_language())
    response = HttpResponse(tables.to_csv(gradebook_sheet(title, book, names)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{facts.slug}{"-" + lesson if lesson else ""}.csv"'
    return response
