"""Writing down who did what: the functions that all rooms call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from bilik.people.models import JournalEntry, Organisation, Person

# Entries to one INSERT: SQLite takes 32,766 values in one.
BATCH = 500


def journal(
    *,
    by: Person | AnonymousUser | None,
    now: datetime,
    verb: str,
    about: Model | tuple[str, str],
    data: Mapping[str, Any] | None = None,
    organisation: Organisation | None = None,
) -> JournalEntry:
    """Adds one entry: a single INSERT, to be called inside the transaction of the verb it describes.

    `about` is a row (its `ref` is used when it has one, else its key) or a pair (type, id). `verb` is written
    "room.verb". Put references, field names and numbers in `data`, never names, addresses or answers: the
    journal outlives the erasing of a person.
    """
    entry = _entry(by, now, verb, about, data or {}, organisation.pk if organisation is not None else None)
    entry.save(force_insert=True)
    return entry


def journal_many(
    *,
    by: Person | AnonymousUser | None,
    now: datetime,
    entries: Iterable[tuple[str, Model, Mapping[str, Any], int | None]],
) -> None:
    """The same for verbs that do many things at once, in few INSERTs: of each the verb, what it is about, the data, and
    the organisation's id.
    """
    made = [_entry(by, now, verb, about, data, organisation) for verb, about, data, organisation in entries]
    JournalEntry.objects.bulk_create(made, batch_size=BATCH)


def _entry(
    by: Person | AnonymousUser | None,
    now: datetime,
    verb: str,
    about: Model | tuple[str, str],
    data: Mapping[str, Any],
    organisation_id: int | None,
) -> JournalEntry:
    if isinstance(about, tuple):
        about_type, about_id = about
    else:
        about_type, about_id = about._meta.label_lower, str(getattr(about, "ref", about.pk))
    return JournalEntry(
        at=now,
        by_id=by.pk if by is not None else None,
        verb=verb,
        about_type=about_type,
        about_id=about_id,
        organisation_id=organisation_id,
        data=dict(data),
    )
