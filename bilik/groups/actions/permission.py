"""What every verb on a group begins with: the group, locked, for somebody who may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilik.groups import rules
from bilik.groups.models import Group
from bilik.groups.queries import may_lead
from bilik.kit.errors import refuse

if TYPE_CHECKING:
    from bilik.people.models import Person


def locked(*, group: Group) -> Group:
    """The group as it is now, held until the transaction ends: so places are counted by one at a time."""
    return Group.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=group.pk)


def locked_for(*, by: Person | None, group: Group) -> Group:
    """The same, for somebody who may change the group; the system (`by` None) may."""
    held = locked(group=group)
    refuse(rules.why_not_change(held, leads=by is None or may_lead(by, held)))
    return held
