"""Questions about skills. The vocabulary is public: nobody needs leave to read it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from bilik.skills.models import Occupation, Skill
from bilik.skills.vocabulary import known_ids, read_vocabulary

__all__ = ["known_ids", "name_of", "occupations_of", "skill_by_id", "skills_by_id", "skills_of_track"]


def skills_by_id(ids: Iterable[str]) -> dict[str, Skill]:
    """The skills with these ids; unknown ids are left out. One query."""
    return Skill.objects.in_bulk(list(ids))


def skill_by_id(skill_id: str) -> Skill | None:
    """One skill, or None."""
    return Skill.objects.filter(pk=skill_id).first()


def skills_of_track(track: str) -> QuerySet[Skill]:
    """The skills of a track that are still in use, in the order of the files."""
    return Skill.objects.filter(track=track, is_retired=False)


def occupations_of(track: str) -> QuerySet[Occupation]:
    """The occupations a track leads to."""
    return Occupation.objects.filter(track=track)


def name_of(skill: Skill | str, language: str) -> str:
    """The name of a skill in a language, English if there is none; an unknown id is its own name.

    No query.
    """
    if isinstance(skill, Skill):
        names: dict[str, str] = skill.names
        return names.get(language) or names["en"]
    entry = read_vocabulary().get(skill)
    return entry.name(language) if entry else skill
