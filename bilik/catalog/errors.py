"""What the catalogue refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.grading.problems import Problem
from bilik.kit.errors import Refusal


class CourseHasErrors(Refusal):
    """A course with errors is not published; `problems` say what to mend."""

    code = "course_has_errors"
    status = 422
    sentence = _("The course has errors, so it was not published. Run `bilik course check` to see them all.")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


class SkillsNotLoaded(Refusal):
    """A skill of the vocabulary is not in this database yet. What is published never changes, so it would be missing
    from the task for ever.
    """

    code = "skills_not_loaded"
    sentence = _("The skills of this course are not in the database yet. Run `bilik prepare`, then publish it again.")


class NoSuchCourse(Refusal):
    """There is no published course with this id."""

    code = "no_such_course"
    status = 404
    sentence = _("There is no such course.")
