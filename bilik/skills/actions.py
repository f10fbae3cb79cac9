"""Loading the vocabulary: the only writing this room does."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from bilik.people.actions import journal
from bilik.skills.models import Occupation, Skill
from bilik.skills.vocabulary import read_occupations, read_vocabulary


@transaction.atomic
def load_skills(*, now: datetime, by: Any = None) -> int:
    """Brings both tables in line with data/*.toml; returns how many rows changed (0 the second time).

    Concepts that left the files are marked as retired, never deleted. `by` is None: a command does this.
    """
    wanted: dict[str, dict[str, Any]] = {}
    for entry in read_vocabulary().values():
        row = asdict(entry)
        row["broader_id"] = row.pop("broader")
        wanted[entry.id] = row | {"is_retired": False}
    stored = {row["id"]: row for row in Skill.objects.values()}
    changed = [row for skill_id, row in wanted.items() if stored.get(skill_id) != row]
    retired = [skill_id for skill_id, row in stored.items() if skill_id not in wanted and not row["is_retired"]]
    if changed:
        fields = [name for name in changed[0] if name != "id"]
        Skill.objects.bulk_create(
            [Skill(**row) for row in _widest_first(changed)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[name.removesuffix("_id") for name in fields],
        )
    if retired:
        Skill.objects.filter(pk__in=retired).update(is_retired=True)
    occupations = _load_occupations()
    total = len(changed) + len(retired) + occupations
    if total:
        journal(
            by=by,
            now=now,
            verb="skills.load_skills",
            about=("skills.skill", "all"),
            data={"changed": len(changed), "retired": len(retired), "occupations": occupations},
        )
    return total


def _load_occupations() -> int:
    stored = {row["id"]: row for row in Occupation.objects.values()}
    changed = [asdict(one) for one in read_occupations().values() if stored.get(one.id) != asdict(one)]
    if changed:
        Occupation.objects.bulk_create(
            [Occupation(**row) for row in changed],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[name for name in changed[0] if name != "id"],
        )
    return len(changed)


def _widest_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Broader concepts before narrower ones, so that each row finds the one it points at."""
    vocabulary = read_vocabulary()

    def depth(skill_id: str) -> int:
        broader = vocabulary[skill_id].broader
        return 0 if broader is None else 1 + depth(broader)

    return sorted(rows, key=lambda row: depth(row["id"]))
