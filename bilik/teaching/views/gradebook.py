"""The gradebook of a group and a course, on the page and as files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bilik.catalog.addresses import course_at
from bilik.catalog.errors import NoSuchCourse
from bilik.people.queries import names_for
from bilik.teaching import tables
from bilik.teaching.pages import gradebook_sheet
from bilik.teaching.queries import gradebook as queries
from bilik.teaching.views import led
from bilik.web.requests import PageRequest, shown_language

FILES = {
    "csv": (tables.to_csv, "text/csv; charset=utf-8"),
    "xlsx": (tables.to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
@never_cache
@require_GET
def page(request: PageRequest, ref: UUID, course_slug: str) -> HttpResponse:
    """Learners by lessons; with `?lesson=` by the tasks of one lesson."""
    return render(request, "teaching/gradebook.html", _read(request, ref, course_slug))


@login_required
@never_cache
@require_GET
def file(request: PageRequest, ref: UUID, course_slug: str, form: str) -> HttpResponse:
    """The same as a file."""
    write, media_type = FILES[form]
    shown = _read(request, ref, course_slug)
    sheet = gradebook_sheet(shown["title"], shown["book"], [name for _line, name in shown["lines"]])
    response = HttpResponse(write(sheet), content_type=media_type)
    name = f"{course_slug}{'-' + shown['lesson'] if shown['lesson'] else ''}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(request: PageRequest, ref: UUID, course_slug: str) -> dict[str, Any]:
    group, course = led(request, ref), course_at(course_slug)
    lesson = request.GET.get("lesson", "")
    try:
        book = queries.gradebook(group, course, shown_language(), lesson)
        title = course.lesson(lesson).title(shown_language()) if lesson else course.title(shown_language())
    except NoSuchCourse:
        raise Http404 from None
    names = names_for([line.person for line in book.lines], request.user)
    return {
        "group": group,
        "course": course,
        "course_title": course.title(shown_language()),
        "title": title,
        "lesson": lesson,
        "book": book,
        "lines": [(line, names[line.person.pk]) for line in book.lines],
    }
