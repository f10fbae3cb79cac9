"""What an import would do, row by row. Pure: everything known is handed in, and nothing is asked or written."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bilik.people import ages
from bilik.people.roster import Place, Roster, RosterPerson
from bilik.people.states import ImportStep, Role
from bilik.people.taking import RoomPlan

# Letters that Unicode does not take apart into a letter and a sign, and Cyrillic as names are written in passports.
_LETTERS = str.maketrans(
    {
        "ə": "a", "ı": "i", "İ": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
        "ʻ": "", "ʼ": "", "’": "", "‘": "", "'": "", "`": "",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
    }
)  # fmt: skip
LONGEST_BASE = 28


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is here. `reach` is whether the one who imports may see their record; `guardian_asked` whether a
    guardian was ever asked, or a letter to one waits."""

    pk: int
    username: str
    name: str
    reach: bool
    signed_in: bool
    open: bool
    places: frozenset[tuple[str, int]] = frozenset()
    birth: tuple[int, int] | None = None
    guardian_asked: bool = False


@dataclass(frozen=True)
class KnownOrganisation:
    """`may_grant` are the roles that the one who imports may give there."""

    pk: int
    slug: str
    may_grant: frozenset[str]


@dataclass(frozen=True)
class Known:
    """What there is before an import. `by_external_id` goes by `RosterPerson.key`; addresses and usernames are in lower
    case. `by_email` holds confirmed addresses, and those of people who came by a list and never signed in."""

    by_external_id: Mapping[str, KnownPerson] = field(default_factory=dict)
    by_email: Mapping[str, KnownPerson] = field(default_factory=dict)
    by_username: Mapping[str, KnownPerson] = field(default_factory=dict)
    organisations: Mapping[str, KnownOrganisation] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedRow:
    """What becomes of one person of the list. `reasons` say why it is refused; `changes` what an update changes."""

    person: RosterPerson
    step: ImportStep
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    known: KnownPerson | None = None
    username: str = ""
    joins: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Plan:
    """What becomes of the people of a list, and what other rooms would do with it, by room."""

    rows: tuple[PlannedRow, ...]
    rooms: tuple[tuple[str, RoomPlan], ...] = ()

    @property
    def counts(self) -> dict[ImportStep, int]:
        found = Counter(row.step for row in self.rows)
        return {step: found[step] for step in ImportStep}

    @property
    def changes(self) -> int:
        """How much an import would change: people, and what the rooms above do."""
        counts = self.counts
        return counts[ImportStep.CREATE] + counts[ImportStep.UPDATE] + sum(room.changes for _, room in self.rooms)

    @property
    def digest(self) -> str:
        """Equal for equal plans: what was shown in a dry run is what is done, or nothing is."""
        parts = [
            (row.person.key, row.step.value, row.username, sorted(row.changes), sorted(row.joins), row.reasons)
            for row in self.rows
        ]
        rooms = [(name, room.digest) for name, room in self.rooms]
        return hashlib.sha256(repr((parts, rooms)).encode()).hexdigest()


def usernames_for(person: RosterPerson, source: str) -> list[str]:
    """Usernames to try for somebody new, the nicest first; the same list for the same person every time."""
    if person.username:
        return [person.username]
    folded = unicodedata.normalize("NFKD", person.name.lower().translate(_LETTERS))
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in folded
                    if not unicodedata.combining(letter)).split()  # fmt: skip
    base = ".".join(words)[:LONGEST_BASE].strip(".") or "learner"
    number = int.from_bytes(hashlib.sha256(f"{source}\n{person.key}".encode()).digest()[:6], "big")
    return [base if len(base) > 2 else f"{base}-{number % 1000:03}", f"{base}.{number % 10_000:04}",
            f"{base}.{number % 100_000_000:08}"]  # fmt: skip


def plan_import(roster: Roster, known: Known, *, source: str, now: datetime) -> Plan:
    """Says for each person of a list what an import would do. `source` is the organisation for which it is brought."""
    names = organisation_names(roster)
    used = set(known.by_username)
    seen: dict[int | str, int] = {}
    rows = []
    for person in roster.people:
        row = _planned(person, known, names, used, source, now)
        row = _only_once(row, seen)
        if row.step == ImportStep.CREATE:
            used.add(row.username)
        rows.append(row)
    return Plan(tuple(rows))


def organisation_names(roster: Roster) -> dict[str, str]:
    """What a list calls its organisations, and the short name it gives for each, "" where it gives none."""
    return {one.external_id: one.identifier.lower() for one in roster.organisations}


def slug_for(place: str, names: Mapping[str, str], known: Container[str], source: str) -> str:
    """The short name of the organisation that a list means by `place`. An organisation of another system that has no
    counterpart here is the one for which the list is brought.
    """
    slug = names.get(place, place) or source
    return slug if slug in known or place not in names else source


def _planned(
    person: RosterPerson, known: Known, names: Mapping[str, str], used: set[str], source: str, now: datetime
) -> PlannedRow:
    found, why = _found(person, known)
    joins, refused = _joins(person.places, known, names, source)
    why += refused
    if found is None:
        why += _why_not_new(person, now)
        username = next((one for one in usernames_for(person, source) if one not in used), "")
        why += () if username else ("username_taken",)
        if why:
            return PlannedRow(person, ImportStep.REFUSED, why)
        return PlannedRow(person, ImportStep.CREATE, username=username, joins=joins)
    why += () if found.reach else ("elsewhere",)
    why += () if found.open else ("account_closed",)
    if why:
        return PlannedRow(person, ImportStep.REFUSED, why)
    new = tuple(place for place in joins if place not in found.places)
    changes = tuple(_changes(person, found, known, now)) + (("role",) if new else ())
    step = ImportStep.UPDATE if changes else ImportStep.UNCHANGED
    return PlannedRow(person, step, (), changes, found, found.username, new)


def _found(person: RosterPerson, known: Known) -> tuple[KnownPerson | None, tuple[str, ...]]:
    """Whom a row means. Another system's own id is believed first; then the address; then the username."""
    by_id = known.by_external_id.get(person.key)
    by_email = known.by_email.get(person.email) if person.email else None
    by_name = known.by_username.get(person.username) if person.username else None
    found = by_id or by_email or by_name
    others = [one for one in (by_email, by_name) if one is not None and found is not None and one.pk != found.pk]
    return found, ("two_people",) if others else ()


def _joins(
    places: Iterable[Place], known: Known, names: Mapping[str, str], source: str
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    joins, why = [], []
    for place in places:
        organisation = known.organisations.get(slug_for(place.organisation, names, known.organisations, source))
        if organisation is None:
            why.append("organisation_unknown")
        elif place.role not in organisation.may_grant:
            why.append("role_not_yours")
        else:
            joins.append((place.role, organisation.pk))
    return tuple(dict.fromkeys(joins)), tuple(dict.fromkeys(why))


def _why_not_new(person: RosterPerson, now: datetime) -> tuple[str, ...]:
    if person.username and not _is_username(person.username):
        return ("username_shape",)
    if person.birth_year is None or person.birth_month is None:
        # An unknown age is a minor's; whoever teaches or manages has to be known to be grown up.
        return () if all(place.role == Role.LEARNER for place in person.places) else ("age_unknown",)
    age = ages.age_at(person.birth_year, person.birth_month, now)
    if age is None or not -1 < age <= ages.OLDEST or (person.birth_year, person.birth_month) > (now.year, now.month):
        return ("birth_impossible",)
    return ("too_young",) if age < ages.YOUNGEST else ()


def _is_username(text: str) -> bool:
    plain = text.replace(".", "").replace("-", "").replace("_", "")
    return 3 <= len(text) <= 40 and text.isascii() and plain.isalnum() and text[0].isalnum()


def _changes(person: RosterPerson, found: KnownPerson, known: Known, now: datetime) -> Iterable[str]:
    if person.key not in known.by_external_id:
        yield "external_id"
    # Once somebody has signed in, how they are called is theirs to say.
    if person.name != found.name and not found.signed_in:
        yield "name"
    birth = found.birth
    if birth is None and person.birth_year and person.birth_month and not _why_not_new(person, now):
        birth = (person.birth_year, person.birth_month)
        yield "birth"
    minor = birth is not None and ages.band_at(*birth, now) is not ages.AgeBand.ADULT
    if person.guardian_email and minor and not found.guardian_asked:
        yield "guardian"


def _only_once(row: PlannedRow, seen: dict[int | str, int]) -> PlannedRow:
    """Two rows of a list that mean the same person, by address or because we know so: the second is refused."""
    keys: list[int | str] = [row.known.pk] if row.known else []
    keys += [f"email {row.person.email}"] if row.person.email else []
    if row.step == ImportStep.REFUSED:
        return row
    if any(key in seen for key in keys):
        return PlannedRow(row.person, ImportStep.REFUSED, ("same_person",))
    seen.update(dict.fromkeys(keys, row.person.line))
    return row
