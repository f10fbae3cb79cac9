"""Until when something is due, for a group or for one person, and who gets more time in exams."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bilik.groups.models.group import Group
from bilik.groups.states import Matter
from bilik.kit.ids import new_id


class Deadline(models.Model):
    """When a course, a lesson or an exam is due: for everybody in the group, or later for one person.

    `slug` names the lesson or the exam and is empty for the whole course. Only a person's rows have a reason. A
    deadline that was lifted stays, so that what held when an answer came can be told.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="deadlines")
    course = models.ForeignKey("catalog.Course", models.PROTECT, related_name="+")
    matter = models.CharField(max_length=10, choices=Matter)
    slug = models.SlugField(max_length=100, blank=True)
    due_at = models.DateTimeField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "course", "matter", "slug"],
                condition=Q(person__isnull=True, lifted_at__isnull=True),
                name="groups_deadline_one_for_all",
            ),
            models.UniqueConstraint(
                fields=["group", "course", "matter", "slug", "person"],
                condition=Q(person__isnull=False, lifted_at__isnull=True),
                name="groups_deadline_one_for_a_person",
            ),
            models.CheckConstraint(
                condition=Q(matter="course", slug="") | (~Q(matter="course") & Q(slug__gt="")),
                name="groups_deadline_slug_of_a_part",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["course", "group"], condition=Q(lifted_at__isnull=True), name="groups_deadline_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.slug} of group {self.group_id}"


class Accommodation(models.Model):
    """More time in exams for one person, as an exact factor: 5/4 is a quarter more. The reason is for those who grant
    it and for the person, and for nobody else.
    """

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="accommodations")
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    granted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(denominator__gt=0) & Q(numerator__gt=F("denominator")), name="groups_more_time_not_less"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="groups_more_time_of_person")]

    def __str__(self) -> str:
        return f"more time in exams ({self.ref})"

    @property
    def factor(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def percent(self) -> int:
        """How much more, in whole percent, for people to read."""
        return round((self.factor - 1) * 100)
