"""How far one has come, what one's answers show, what comes next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Router

from bilik.api.calling import call
from bilik.api.pages import USUAL, Cursor, Limit, page_of
from bilik.api.schemas import progress as schemas
from bilik.api.states import Scope
from bilik.catalog.queries import published_courses
from bilik.kit.clock import utc_now
from bilik.learning.queries import CourseProgress, course_progress
from bilik.practice.queries import skill_states, standing, today
from bilik.skills.queries import name_of
from bilik.web.requests import shown_language

router = Router(tags=["progress"])


@call(
    router,
    "GET",
    "/progress",
    scope=Scope.PROGRESS_READ,
    gives=schemas.Progress,
    summary=_("How much you have solved, course by course and lesson by lesson."),
)
def progress(request: Any, limit: Limit = USUAL, cursor: Cursor = "") -> schemas.Progress:
    shown, after = page_of(published_courses(), lambda course: course.slug, limit, cursor)
    return schemas.Progress(items=[_course(row) for row in course_progress(request.user, shown)], next=after)


def _course(row: CourseProgress) -> schemas.CourseProgress:
    return schemas.CourseProgress(
        course=row.course.slug,
        title=row.course.title(shown_language()),
        solved=row.solved,
        of=row.of,
        started=row.started,
        next_lesson=row.next_lesson.lesson.slug if row.next_lesson else None,
        lessons=[
            schemas.LessonProgress(
                lesson=one.lesson.slug,
                title=one.lesson.title(shown_language()),
                solved=one.solved,
                of=one.of,
                started=one.started,
            )
            for one in row.lessons
        ],
    )


@call(
    router,
    "GET",
    "/progress/skills",
    scope=Scope.PROGRESS_READ,
    gives=schemas.Masteries,
    summary=_("What your answers show, skill by skill."),
)
def skills(request: Any) -> schemas.Masteries:
    rows = skill_states(standing(request.user, utc_now()).picture)
    return schemas.Masteries(
        items=[
            schemas.Mastery(
                skill=row.skill,
                name=name_of(row.skill, shown_language()),
                mastery=row.mastery.value,
                answers=row.answers,
                right=row.right,
            )
            for row in rows
        ]
    )


@call(
    router,
    "GET",
    "/progress/next",
    scope=Scope.PROGRESS_READ,
    gives=schemas.Suggestions,
    summary=_("What to do next and why: at most three things."),
)
def what_next(request: Any) -> schemas.Suggestions:
    found = today(request.user, utc_now())
    return schemas.Suggestions(
        items=[
            schemas.Suggestion(
                reason=one.reason,
                course=(one.place.course if one.place else one.course) or None,
                lesson=one.place.lesson if one.place else None,
                task=(one.place.task or None) if one.place else None,
                skill=one.skill or None,
                count=one.count,
                due=one.due,
            )
            for one in found.suggestions
        ],
        reviews_due=len(found.reviews.due),
    )
