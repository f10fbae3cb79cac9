"""The tables of this room."""

from bilik.groups.models.deadline import Accommodation, Deadline
from bilik.groups.models.group import Group, GroupCourse, GroupMember, ListedClass
from bilik.groups.models.meeting import Attendance, Meeting
from bilik.groups.models.way_in import Invitation, JoinCode

__all__ = [
    "Accommodation",
    "Attendance",
    "Deadline",
    "Group",
    "GroupCourse",
    "GroupMember",
    "Invitation",
    "JoinCode",
    "ListedClass",
    "Meeting",
]
