"""What stands in the address of a page: a course, a lesson of it. What is not there is Http404: for views alone."""

from __future__ import annotations

from django.http import Http404

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import CourseFacts, LessonFacts, published_course


def course_at(slug: str) -> CourseFacts:
    """A published course. Raises Http404."""
    try:
        return published_course(slug)
    except NoSuchCourse:
        raise Http404 from None


def lesson_at(course_slug: str, lesson_slug: str) -> tuple[CourseFacts, LessonFacts]:
    """A lesson with its course. Raises Http404."""
    course = course_at(course_slug)
    try:
        return course, course.lesson(lesson_slug)
    except NoSuchCourse:
        raise Http404 from None
