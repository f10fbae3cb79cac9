"""Reading the journal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from bilik.people.models import JournalEntry, Person
from bilik.people.queries.roles import Viewer, is_administrator


def journal_for(
    viewer: Viewer,
    *,
    verb: str = "",
    person: Person | None = None,
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[JournalEntry]:
    """Entries, newest first.

    An administrator sees all, everybody else what was done by them or about them.
    """
    if viewer is None or viewer.pk is None:
        return JournalEntry.objects.none()
    entries = JournalEntry.objects.select_related("by", "organisation")
    if not is_administrator(viewer):
        entries = entries.filter(_of(viewer))
    if person is not None:
        entries = entries.filter(_of(person))
    if verb:
        entries = entries.filter(verb=verb)
    if first:
        entries = entries.filter(at__gte=_midnight(first))
    if last:
        entries = entries.filter(at__lt=_midnight(last + timedelta(days=1)))
    return entries


def _of(person: Person) -> Q:
    return Q(by_id=person.pk) | Q(about_type="people.person", about_id=str(person.ref))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
