"""What a person wants of their practice pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bilik.people.actions import journal
from bilik.practice.models import Wish

if TYPE_CHECKING:
    from bilik.people.models import Person


@transaction.atomic
def hide_streak(*, by: Person, now: datetime, hide: bool) -> Wish:
    """Hides the count of days from this person's pages, or shows it again. Nothing that was counted is lost."""
    wish, _ = Wish.objects.update_or_create(person=by, defaults={"hide_streak": hide})
    journal(by=by, now=now, verb="practice.hid_streak" if hide else "practice.showed_streak", about=by, data={})
    return wish
