"""Writing down who did what: the one function all rooms call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from bilik.people.models import JournalEntry, Organisation, Person


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
    if isinstance(about, tuple):
        about_type, about_id = about
    else:
        about_type, about_id = about._meta.label_lower, str(getattr(about, "ref", about.pk))
    entry = JournalEntry(
        at=now,
        by_id=by.pk if by is not None else None,
        verb=verb,
        about_type=about_type,
        about_id=about_id,
        organisation_id=organisation.pk if organisation is not None else None,
        data=dict(data or {}),
    )
    entry.save(force_insert=True)
    return entry
