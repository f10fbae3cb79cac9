"""Loading the data that comes with the software."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from bilik.people.actions.journal import journal
from bilik.people.models import Person, Region

REGIONS = Path(__file__).parent.parent / "data" / "regions.toml"


@transaction.atomic
def load_regions(*, now: datetime, by: Person | None = None) -> int:
    """Brings the table of regions in line with data/regions.toml.

    Returns how many rows changed (0 the second time).
    """
    stored = {region.code: region for region in Region.objects.all()}
    changed = []
    for position, row in enumerate(tomllib.loads(REGIONS.read_text(encoding="utf-8"))["region"]):
        region = Region(
            code=row["code"],
            country=row["country"],
            kind=row["kind"],
            names=row["names"],
            is_capital=row.get("is_capital", False),
            position=position,
        )
        if _facts(stored.get(region.code)) != _facts(region):
            changed.append(region)
    if changed:
        Region.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["country", "kind", "names", "is_capital", "position"],
        )
        journal(
            by=by,
            now=now,
            verb="people.load_regions",
            about=("people.region", "all"),
            data={"changed": [region.code for region in changed]},
        )
    return len(changed)


def load_reference_data(*, now: datetime, by: Person | None = None) -> int:
    """Everything of this room that must be in the database before somebody can sign up. Safe to repeat."""
    return load_regions(now=now, by=by)


def _facts(region: Region | None) -> tuple[object, ...] | None:
    if region is None:
        return None
    return region.country, region.kind, region.names, region.is_capital, region.position
