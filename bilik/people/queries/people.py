"""Finding people, and the regions they live in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from bilik.people.models import Person, Region
from bilik.people.queries.roles import Viewer, visible_people
from bilik.people.states import Country


def person_by_ref(ref: UUID | str, viewer: Viewer) -> Person | None:
    """A person, for themselves and for those whose role lets them see that person's record."""
    try:
        ref = UUID(str(ref))
    except ValueError:
        return None
    return Person.objects.filter(visible_people(viewer), ref=ref).select_related("region").first()


def people_seen(viewer: Viewer) -> QuerySet[Person]:
    """Those whose real name and record a viewer may see, the viewer among them; for narrowing other rooms' queries."""
    return Person.objects.filter(visible_people(viewer))


def person_by_username(username: str, viewer: Viewer) -> Person | None:
    """The same by username, whatever the case."""
    return Person.objects.filter(visible_people(viewer), username__iexact=username.strip()).first()


def regions() -> QuerySet[Region]:
    """All regions, in the order of lists."""
    return Region.objects.all()


def regions_by_country() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (code, name) in the language now shown: choices for a form. One query."""
    groups: dict[str, list[tuple[str, str]]] = {country: [] for country in Country.values}
    for region in regions():
        groups[region.country].append((region.code, region.name))
    return [(str(Country(country).label), rows) for country, rows in groups.items()]
