"""Courses, one course, and what one's answers show, skill by skill."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bilik.catalog.addresses import course_at
from bilik.catalog.queries import published_courses
from bilik.groups.queries import due_for
from bilik.learning import queries
from bilik.learning.views import due_shown
from bilik.skills.queries import name_of
from bilik.web.requests import PageRequest, shown_language


@require_GET
def courses(request: PageRequest) -> HttpResponse:
    """All courses, with one's progress."""
    language = shown_language()
    rows = queries.course_progress(request.user, published_courses())
    shown = [{"row": row, "title": row.course.title(language), "summary": row.course.summary(language)} for row in rows]
    return render(request, "learning/courses.html", {"courses": shown})


@require_GET
def course(request: PageRequest, course_slug: str) -> HttpResponse:
    """One course: what it is, its lessons, where to go on."""
    language, found = shown_language(), course_at(course_slug)
    progress = queries.course_progress(request.user, [found])[0]
    due = due_for(request.user, course_slug)
    lessons = [
        {"row": row, "title": row.lesson.title(language), "due": due_shown(due.get(row.lesson.slug), done=row.is_done)}
        for row in progress.lessons
    ]
    skippable = queries.skippable_lessons(request.user, found)
    next_row = progress.next_without(skippable)
    context = {
        "course": found,
        "title": found.title(language),
        "summary": found.summary(language),
        "progress": progress,
        "lessons": lessons,
        "skippable": skippable,
        "next": {"row": next_row, "title": next_row.lesson.title(language)} if next_row else None,
        "skills": [name_of(row["id"], language) for row in found.manifest["skills"]],
        "due": due_shown(due.get(None), done=progress.is_done),
    }
    return render(request, "learning/course.html", context)


@require_GET
@login_required
def skills(request: PageRequest) -> HttpResponse:
    """What one's answers show, skill by skill."""
    rows = [
        {"row": row, "name": name_of(row.skill_id, shown_language())} for row in queries.skill_progress(request.user)
    ]
    return render(request, "learning/skills.html", {"skills": rows})
