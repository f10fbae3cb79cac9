"""What people are called, to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bilik.kit.clock import utc_now
from bilik.people.models import Person
from bilik.people.queries.roles import Viewer, visible_people

_BIRDS = (
    gettext_lazy("Falcon"), gettext_lazy("Crane"), gettext_lazy("Swallow"), gettext_lazy("Nightingale"),
    gettext_lazy("Heron"), gettext_lazy("Eagle"), gettext_lazy("Stork"), gettext_lazy("Lark"),
    gettext_lazy("Pheasant"), gettext_lazy("Hoopoe"), gettext_lazy("Swan"), gettext_lazy("Owl"),
    gettext_lazy("Partridge"), gettext_lazy("Hawk"), gettext_lazy("Pelican"), gettext_lazy("Flamingo"),
)  # fmt: skip


def pseudonym(person: Person) -> str:
    """A lasting invented name that tells nothing: a bird and a number, from the reference alone."""
    digest = hashlib.sha256(person.ref.bytes).digest()
    number = int.from_bytes(digest[1:5], "big") % 90_000 + 10_000
    return f"{_BIRDS[digest[0] % len(_BIRDS)]} {number}"


def public_name(person: Person, viewer: Viewer, *, now: datetime | None = None) -> str:
    """What one person reads in place of another's name: minors are pseudonyms to everybody but themselves.

    Costs no query, so it can be asked for every row of a list; staff who need real names ask `names_for`.
    """
    if person.erased_at:
        return _("Deleted account")
    if viewer is not None and viewer.pk == person.pk:
        return person.display_name
    return pseudonym(person) if person.is_minor(now or utc_now()) else person.display_name


def names_for(people: Iterable[Person], viewer: Viewer, *, now: datetime | None = None) -> dict[int, str]:
    """Names by person's id for a whole page in two queries: real ones where the viewer's role allows them."""
    rows = list(people)
    seen = set(
        Person.objects.filter(visible_people(viewer), pk__in=[person.pk for person in rows])
        .order_by()
        .values_list("pk", flat=True)
    )
    return {
        person.pk: person.display_name
        if person.pk in seen and not person.erased_at
        else public_name(person, viewer, now=now)
        for person in rows
    }
