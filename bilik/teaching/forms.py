"""The shape of what is typed here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilik.catalog.queries import CourseFacts, published_courses

if TYPE_CHECKING:
    from bilik.groups.models import Group


class RegradeForm(forms.Form):
    """Of what, of whom, and why."""

    what = forms.ChoiceField(label=_("What is checked anew"))
    group = forms.ChoiceField(label=_("Whose answers"), required=False)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It is kept with every verdict that changes, and the learner can read it in their data."),
    )

    def __init__(
        self, *args: Any, groups: Iterable[Group], everybody: bool, titles: Any, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {course.slug: course for course in published_courses()}
        self._groups = {str(group.ref): group for group in groups}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (course.title(language), [(course.slug, _("The whole course")), *titles(course)])
            for course in self.courses.values()
        ]
        everyone = [("", _("Everybody whom my role reaches"))] if everybody else []
        self.fields["group"].choices = everyone + [(ref, group.name) for ref, group in self._groups.items()]  # type: ignore[attr-defined]
        self.fields["group"].required = not everybody

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        slug, _slash, task_slug = self.cleaned_data["what"].partition("/")
        course: CourseFacts = self.courses[slug]
        task = next((one for one in course.tasks if one.slug == task_slug), None)
        return {
            "course": course,
            "task_id": task.task_id if task else None,
            "group": self._groups.get(self.cleaned_data["group"]),
            "reason": self.cleaned_data["reason"],
        }
