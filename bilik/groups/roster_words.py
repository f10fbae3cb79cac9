"""The sentences for what a list of classes would do, in the language now shown."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bilik.groups.rostering import ClassesPlan, PlannedClass, Remark
from bilik.groups.states import Part
from bilik.people.queries import Note, RoomPlan, RoomRow
from bilik.people.roster import Problem
from bilik.people.states import ImportStep

REMARKS: dict[str, Any] = {
    "class_homeless": gettext_lazy("The organisation of “%(found)s” is not known here. The class is left out."),
    "class_not_yours": gettext_lazy("You may not lead groups at the organisation of “%(found)s”. It is left out."),
    "class_archived": gettext_lazy("The group of “%(found)s” is archived here, and nothing is changed in it."),
    "class_moved": gettext_lazy(
        "“%(found)s” belongs to another organisation in this list than here. A group cannot move: found a new one, or "
        "correct the list."
    ),
    "class_gone": gettext_lazy(
        "“%(found)s” is marked as deleted in the list. The group stays: archive it here when it is over."
    ),
    "class_vanished": gettext_lazy(
        "“%(found)s” came by an earlier list and is not in this one. The group stays: archive it here when it is over."
    ),
    "class_empty": gettext_lazy("Nobody of the list is in “%(found)s”, so no group is founded."),
    "class_full": gettext_lazy(
        "“%(found)s” has %(capacity)s places, too few for %(count)s new learners. None of them comes in: change the "
        "group's places first."
    ),
    "person_refused": gettext_lazy("This person is not imported, and so does not come into the class."),
    "people_vanished": gettext_lazy(
        "%(count)s of those who came into “%(found)s” by a list are not in this one. They stay: take them out in the "
        "group, or mark their rows as deleted in the list."
    ),
    "trainer_elsewhere": gettext_lazy(
        "This person has no trainer's role at the organisation of the class, and does not come in as its trainer. Give "
        "the role first."
    ),
    "part_by_hand": gettext_lazy("Somebody of us put this person into the group in another part. That stays."),
    "stays_by_hand": gettext_lazy("Somebody of us put this person into the group. They stay, whatever the list says."),
    "begins_later": gettext_lazy("Begins on %(day)s. Bring the list again then."),
}


def room_plan(plan: ClassesPlan) -> RoomPlan:
    """What a dry run shows of the groups."""
    new = [row for row in plan.rows if row.step == ImportStep.CREATE]
    changed = [row for row in plan.rows if row.step == ImportStep.UPDATE]
    parts = [one.part for row in plan.rows for one in row.comes]
    counts = (
        (_("New groups"), len(new)),
        (_("Changed groups"), len(changed)),
        (_("Learners who come in"), parts.count(Part.LEARNER)),
        (_("Trainers who come in"), parts.count(Part.TRAINER)),
        (_("People who go out"), sum(len(row.leaves) for row in plan.rows)),
    )
    return RoomPlan(
        title=_("Groups"),
        rows=tuple(RoomRow(row.listed.line, row.name, row.step, tuple(_details(row))) for row in plan.rows),
        counts=counts,
        notes=tuple(Note(_problem(one), str(REMARKS[one.code]) % one.facts) for one in plan.remarks),
        changes=plan.changes,
        digest=plan.digest,
        steps=plan,
    )


def _problem(remark: Remark) -> Problem:
    return Problem(remark.code, remark.file, remark.line)


def _details(row: PlannedClass) -> list[str]:
    learners = sum(one.part == Part.LEARNER for one in row.comes)
    trainers = len(row.comes) - learners
    found = []
    if learners:
        found.append(
            ngettext("%(count)s learner comes in", "%(count)s learners come in", learners) % {"count": learners}
        )
    if trainers:
        found.append(
            ngettext("%(count)s trainer comes in", "%(count)s trainers come in", trainers) % {"count": trainers}
        )
    if row.leaves:
        count = len(row.leaves)
        found.append(ngettext("%(count)s person goes out", "%(count)s people go out", count) % {"count": count})
    if row.firsts:
        found.append(_("another first trainer"))
    if row.step == ImportStep.UPDATE and "name" in row.fields:
        found.append(_("a new name"))
    if row.step == ImportStep.UPDATE and "starts_on" in row.fields:
        found.append(_("other days"))
    if row.step == ImportStep.CREATE:
        found.append(_("begins on %(day)s") % {"day": date_format(row.fields["starts_on"], "DATE_FORMAT")})  # type: ignore[arg-type]
    return found
