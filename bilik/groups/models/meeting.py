"""When a group meets, and every mark of its roll calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from bilik.groups.models.group import Group
from bilik.groups.states import Mark
from bilik.kit.ids import new_id


class Meeting(models.Model):
    """One meeting of a group. Cancelled, never deleted."""

    ref = models.UUIDField(default=new_id, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(minutes__gt=0), name="groups_meeting_some_minutes")]
        indexes: ClassVar = [models.Index(fields=["group", "starts_at"], name="groups_meeting_of_group")]

    def __str__(self) -> str:
        return f"meeting {self.ref}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def current(self) -> AttendanceQuerySet:
        """The mark that holds for each person and meeting: the one given last, of equal times the one of the greater
        key. Nothing is stored twice for it.
        """
        place = Window(
            RowNumber(),
            partition_by=[F("meeting_id"), F("person_id")],
            order_by=[F("marked_at").desc(), F("key").desc()],
        )
        return self.annotate(place=place).filter(place=1)


class Attendance(models.Model):
    """One mark of a roll call: a tap on a trainer's device. Rows are only ever added; the newest one holds.

    `marked_at` is the device's time, but never later than `received_at`; `key` is the device's name for this tap.
    `minutes` is how long a person was there, where somebody said so.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="marks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    marked_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["meeting", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "key"], name="groups_attendance_one_for_a_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["meeting", "person", "-marked_at", "-key"], name="groups_attendance_newest")
        ]

    def __str__(self) -> str:
        return f"{self.mark} at meeting {self.meeting_id}"
