"""Courses, lessons and tasks, as everybody reads them on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from bilik.api.calling import call
from bilik.api.describing import fields_of, materials_of
from bilik.api.endpoints import place_of, why
from bilik.api.pages import USUAL, Cursor, Limit, page_of
from bilik.api.schemas import courses as schemas
from bilik.api.schemas.me import LanguageCode
from bilik.api.states import Scope
from bilik.catalog.queries import (
    CourseFacts,
    LessonFacts,
    paths_of,
    published_course,
    published_courses,
    stored_files,
    variant,
)
from bilik.catalog.source.fingerprints import split_stamp
from bilik.groups.queries import due_for
from bilik.kit.clock import utc_now
from bilik.learning.actions import seed_of
from bilik.learning.cards import card_for
from bilik.learning.queries import progress_in, refusal_to_answer
from bilik.people.queries import why_not_learn
from bilik.skills.queries import name_of
from bilik.web.requests import shown_language

router = Router(tags=["courses"])


@call(
    router,
    "GET",
    "/courses",
    scope=Scope.COURSES_READ,
    gives=schemas.Courses,
    summary=_("All courses, by id; only those in a language, or that lead to a level, where these are given."),
)
def courses(
    request: Any,
    language: Annotated[LanguageCode | None, Query(description="a language that the course is written in")] = None,
    level: Annotated[int | None, Query(ge=0, le=8, description="a level that one of its skills leads to")] = None,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> schemas.Courses:
    rows = [
        course
        for course in published_courses()
        if (language is None or language in course.manifest["languages"])
        and (level is None or level in {skill["level"] for skill in course.manifest["skills"]})
    ]
    shown, after = page_of(rows, lambda course: course.slug, limit, cursor)
    return schemas.Courses(items=[_course(one) for one in shown], next=after)


@call(router, "GET", "/courses/{slug:course}", scope=Scope.COURSES_READ, gives=schemas.Course, summary=_("One course."))
def course(request: Any, course: str) -> schemas.Course:
    return _course(published_course(course))


def _course(course: CourseFacts) -> schemas.Course:
    manifest, spoken = course.manifest, shown_language()
    return schemas.Course(
        id=course.slug,
        version=course.number,
        title=course.title(spoken),
        summary=course.summary(spoken),
        languages=manifest["languages"],
        source_language=manifest["source_language"],
        licence=manifest["licence"],
        authors=manifest["authors"],
        minutes=course.minutes,
        lessons=len(course.lessons),
        tasks=len(course.tasks),
        skills=[
            schemas.CourseSkill(id=skill["id"], name=name_of(skill["id"], spoken), level=skill["level"])
            for skill in manifest["skills"]
        ],
    )


@call(
    router,
    "GET",
    "/courses/{slug:course}/lessons",
    scope=Scope.COURSES_READ,
    gives=schemas.Lessons,
    summary=_("The lessons of a course in their order, with when they are due for you."),
)
def lessons(request: Any, course: str) -> schemas.Lessons:
    found = published_course(course)
    due = due_for(request.user, found.slug)
    return schemas.Lessons(items=[schemas.LessonBrief(**_brief(one, due)) for one in found.lessons])


def _brief(lesson: LessonFacts, due: Mapping[str | None, datetime]) -> dict[str, Any]:
    return {
        "id": lesson.slug,
        "title": lesson.title(shown_language()),
        "minutes": lesson.minutes,
        "languages": sorted(lesson.bodies),
        "tasks": [task.slug for task in lesson.tasks],
        "due_at": due.get(lesson.slug) or due.get(None),
    }


@call(
    router,
    "GET",
    "/courses/{slug:course}/lessons/{slug:lesson}",
    scope=Scope.COURSES_READ,
    gives=schemas.Lesson,
    summary=_("One lesson with its text as HTML or as Markdown, and the places of its exercises."),
)
def lesson(
    request: Any,
    course: str,
    lesson: str,
    text: Annotated[Literal["html", "markdown"], Query(description="how the text is written")] = "html",
) -> schemas.Lesson:
    facts = published_course(course)
    here = facts.lesson(lesson)
    spoken = shown_language() if shown_language() in here.bodies else facts.manifest["source_language"]
    at = facts.lessons.index(here)
    return schemas.Lesson(
        **_brief(here, due_for(request.user, facts.slug)),
        course=facts.slug,
        language=spoken,
        parts=[_part(part) for part in here.bodies[spoken]] if text == "html" else [],
        markdown=_markdown(facts, here, spoken) if text == "markdown" else None,
        before=facts.lessons[at - 1].slug if at else None,
        after=facts.lessons[at + 1].slug if at + 1 < len(facts.lessons) else None,
    )


def _part(part: Mapping[str, str]) -> schemas.Part:
    return schemas.Part(html=part.get("html"), task=part.get("exercise"))


def _markdown(course: CourseFacts, lesson: LessonFacts, spoken: str) -> str:
    """The source of a lesson's text as its author wrote it. Two queries. Files of exercises are never read here."""
    digest = paths_of(course.version_id)[f"lessons/{lesson.slug}/lesson.{spoken}.md"]
    return split_stamp(stored_files([digest])[digest].decode("utf-8"))[1]


@call(
    router,
    "GET",
    "/courses/{slug:course}/tasks/{slug:task}",
    scope=Scope.COURSES_READ,
    gives=schemas.Task,
    summary=_("One exercise as you have it: its words, its fields, how far you are. Never what is right."),
)
def task(request: Any, course: str, task: str) -> schemas.Task:
    facts = published_course(course)
    lesson, wanted = place_of(facts, task)
    row = progress_in(request.user, [wanted]).get(wanted.task_id)
    refusal = refusal_to_answer(wanted, row, why_not_learn(request.user, utc_now()))
    card = card_for(request.user, wanted, row, language=shown_language(), refusal=refusal, typed={})
    due = due_for(request.user, facts.slug)
    page, spoken = variant(wanted.version_id, seed_of(request.user, wanted)).page, shown_language()
    return schemas.Task(
        id=wanted.slug,
        course=facts.slug,
        lesson=lesson.slug,
        kind=wanted.kind,
        points=wanted.points,
        difficulty=wanted.difficulty,
        skills=list(wanted.skills),
        language=spoken if spoken in page["texts"] else facts.manifest["source_language"],
        title=card.title,
        html=str(card.html),
        materials=materials_of(card.controls),
        fields=fields_of(card.controls, page["starter"]),
        state=card.state,
        attempts=card.attempts,
        attempts_left=card.attempts_left,
        hints=[str(hint) for hint in card.hints],
        hints_available=card.hints_available,
        marked_by_people=card.is_marked,
        due_at=due.get(lesson.slug) or due.get(None),
        why_not_answer=why(refusal),
    )
