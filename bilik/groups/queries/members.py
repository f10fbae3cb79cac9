"""Who is in a group, and how they may come in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import CourseFacts, published_course
from bilik.groups.models import Accommodation, Group, GroupCourse, GroupMember, Invitation, JoinCode
from bilik.groups.states import InvitationState, Part

if TYPE_CHECKING:
    from bilik.people.models import Person

# No 0, O, 1, I, L: the code is read from a wall and typed on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
# A phone with a Cyrillic keyboard types letters that only look like ours.
_LIKE_OURS = str.maketrans("АВСЕНКМРТУХЅЈ", "ABCEHKMPTYXSJ")


def members_of(group: Group) -> list[GroupMember]:
    """Everybody who is in a group now, trainers before learners and the first trainer first, by name. One query."""
    rows = GroupMember.objects.open().filter(group=group).select_related("person")
    return list(rows.order_by("-part", "-primary", "person__display_name", "pk"))


def learners_of(group: Group) -> list[Person]:
    """The learners of a group now, by name."""
    return [row.person for row in members_of(group) if row.part == Part.LEARNER]


def trainers_of(group: Group) -> list[Person]:
    """The trainers of a group now, by name."""
    return [row.person for row in members_of(group) if row.part == Part.TRAINER]


def all_learners_of(group: Group) -> list[GroupMember]:
    """Every time somebody was a learner of the group, ended ones too, with the person."""
    return list(GroupMember.objects.filter(group=group, part=Part.LEARNER).select_related("person"))


def numbers_of(groups: Iterable[Group]) -> Mapping[int, int]:
    """How many learners each of these groups has now, by the group's id. One query."""
    rows = GroupMember.objects.open().filter(group__in=list(groups), part=Part.LEARNER).order_by()
    return dict(rows.values_list("group_id").annotate(Count("pk")))


def courses_of(group: Group) -> list[CourseFacts]:
    """The published courses that a group studies, in its order. One query when they are in memory."""
    slugs = GroupCourse.objects.filter(group=group).order_by("position", "pk").values_list("course__slug", flat=True)
    found = []
    for slug in slugs:
        try:
            found.append(published_course(slug))
        except NoSuchCourse:  # It was taken out of the catalogue since; the group keeps its row.
            continue
    return found


def studied_by(person: Person) -> frozenset[str]:
    """The courses that a person's groups study now, by slug. One query."""
    rows = GroupCourse.objects.filter(
        Q(group__members__person_id=person.pk, group__members__part=Part.LEARNER, group__members__until__isnull=True),
        group__archived_at__isnull=True,
    )
    return frozenset(rows.values_list("course__slug", flat=True))


def codes_of(group: Group, now: datetime) -> list[JoinCode]:
    """The codes that let people in now, the newest first."""
    return [code for code in JoinCode.objects.filter(group=group, revoked_at__isnull=True) if code.is_open(now)]


def clean_code(typed: str) -> str:
    """A code as it is stored, from what somebody typed: any case, spaces, hyphens, Cyrillic look-alikes."""
    letters = typed.upper().translate(_LIKE_OURS)
    return "".join(letter for letter in letters if letter in ALPHABET)


def code_by_letters(typed: str) -> JoinCode | None:
    """The code somebody typed, whether it is still good or not. Callers count wrong tries."""
    code = clean_code(typed)
    if len(code) != CODE_LENGTH:
        return None
    return JoinCode.objects.select_related("group__organisation").filter(code=code).first()


def token_digest(token: str) -> str:
    """What is stored of an invitation's token: a digest of its 192 random bits, from which it cannot be found."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind the address in a letter."""
    return Invitation.objects.select_related("group__organisation").filter(token_hash=token_digest(token)).first()


def invitations_of(group: Group) -> QuerySet[Invitation]:
    """The invitations that wait for an answer, the newest first."""
    return Invitation.objects.filter(group=group, state=InvitationState.SENT)


def accommodations_of(group: Group, now: datetime) -> QuerySet[Accommodation]:
    """Extra time in force of the learners of a group that the caller was given, wherever it was granted."""
    learners: Any = GroupMember.objects.open().filter(group=group, part=Part.LEARNER).values("person_id")
    in_force = Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))
    return Accommodation.objects.filter(in_force, person_id__in=learners).select_related("granted_by")
