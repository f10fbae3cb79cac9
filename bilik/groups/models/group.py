"""A group: what it studies, and who is in it from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bilik.groups.states import GroupKind, Part
from bilik.kit.ids import new_id


class GroupQuerySet(models.QuerySet["Group"]):
    def open(self) -> GroupQuerySet:
        return self.filter(archived_at__isnull=True)


class Group(models.Model):
    """A school class or a course group. Archived, never deleted: who learnt with whom is a fact of its time."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=GroupKind)
    courses = models.ManyToManyField("catalog.Course", through="GroupCourse", related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    founded_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="groups_group_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="groups_group_some_capacity"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-starts_on"], name="groups_group_of_place")]

    def __str__(self) -> str:
        return self.name


class GroupCourse(models.Model):
    """A course that a group studies, and its place in the order."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="studies")
    course = models.ForeignKey("catalog.Course", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "course"], name="groups_course_once")]


class ListedClass(models.Model):
    """What another system calls a group, and what its list said last: only what the list changes is changed here.

    `source` is the short name of the organisation whose list it was.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="listed_as")
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200)
    title = models.CharField(max_length=120)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["source", "external_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external_id"], name="groups_listed_class_once")
        ]

    def __str__(self) -> str:
        return f"{self.external_id} of {self.source}"


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def open(self) -> GroupMemberQuerySet:
        return self.filter(until__isnull=True)


class GroupMember(models.Model):
    """A person in a group for a time, as a learner or as a trainer. Ended, never deleted."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="group_memberships")
    part = models.CharField(max_length=10, choices=Part)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    # A list of another system brought this one in: lists end only what lists began.
    listed = models.BooleanField(default=False)
    # The first of several trainers, as the list says; shown first.
    primary = models.BooleanField(default=False)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["group", "since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(until__isnull=True), name="groups_member_one_open"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="groups_member_of_person")]

    def __str__(self) -> str:
        return f"{self.part} of group {self.group_id}"
