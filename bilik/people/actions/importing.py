"""Importing a list of people: kept between its dry run and its import, then done in one transaction."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from bilik.kit.errors import refuse
from bilik.people import errors, rules
from bilik.people.actions.journal import journal
from bilik.people.models import (
    ExternalId,
    JournalEntry,
    Letter,
    Membership,
    Organisation,
    Person,
    RosterUpload,
)  # fmt: skip
from bilik.people.models.arrival import UPLOAD_LIFE
from bilik.people.plan import Plan, PlannedRow
from bilik.people.queries import grantable_roles, plan_for
from bilik.people.roster import Roster, read_roster
from bilik.people.states import ImportStep, Language, LetterKind
from bilik.people.taking import HANDLERS, RosterHandler

# Rows to one INSERT: SQLite takes 32,766 values in one, and a person has about 20.
BATCH = 500


@dataclass(frozen=True)
class Imported:
    """What an import did. `letters` wait to be sent."""

    plan: Plan
    people: tuple[Person, ...]
    letters: int


def register_roster_handler(room: str, handler: RosterHandler) -> None:
    """Lets a room take the classes and enrolments of a list: planned in its dry run, done in its transaction.

    Called once, in `AppConfig.ready()`.
    """
    if HANDLERS.get(room, handler) != handler:
        raise ValueError(f"{room} takes lists already")
    HANDLERS[room] = handler


@transaction.atomic
def keep_roster(
    *, by: Person, now: datetime, organisation: Organisation, filename: str, content: bytes
) -> tuple[RosterUpload, Roster]:
    """Keeps a list for its dry run, for two hours; what was kept too long is deleted. Refuses what cannot be read."""
    refuse(None if grantable_roles(by, organisation) else errors.NotAllowed())
    RosterUpload.objects.filter(expires_at__lte=now).delete()
    roster = read_roster(content, filename)
    if not roster.people:
        raise errors.FileUnreadable(problems=roster.problems)
    # One list at a time: an older one of the same person was given up.
    RosterUpload.objects.filter(by=by, organisation=organisation).delete()
    upload = RosterUpload.objects.create(
        by=by,
        organisation=organisation,
        filename=filename[:200],
        content=zlib.compress(content, 3),
        uploaded_at=now,
        expires_at=now + UPLOAD_LIFE,
    )
    return upload, roster


@transaction.atomic
def drop_roster(*, by: Person, now: datetime, upload: RosterUpload) -> None:
    """Forgets a list that is not to be imported. Nothing was changed, so the journal hears of nothing."""
    refuse(None if upload.by_id == by.pk else errors.NotYours())
    upload.delete()


def roster_of(*, upload: RosterUpload) -> Roster:
    """The list that was kept."""
    return read_roster(zlib.decompress(bytes(upload.content)), upload.filename)


@transaction.atomic
def import_people(
    *, by: Person | None, now: datetime, roster: Roster, organisation: Organisation, digest: str = ""
) -> Imported:
    """Does what the dry run showed, and journals it. The same list twice changes nothing the second time.

    `digest` is the shown plan's: when something has changed since, nothing is done (`plan_changed`). Nobody gets a
    password: letters wait for those with an address, slips are for the others.
    """
    if by is not None:
        refuse(None if grantable_roles(by, organisation) else errors.NotAllowed())
    plan = plan_for(roster, organisation, by, now)
    refuse(errors.PlanChanged() if digest and digest != plan.digest else None)
    created = [row for row in plan.rows if row.step == ImportStep.CREATE]
    updated = [row for row in plan.rows if row.step == ImportStep.UPDATE]
    refuse(None if plan.changes else errors.NothingToImport())
    language = by.language if by else Language.EN
    try:
        with transaction.atomic():
            people = Person.objects.bulk_create([_new(row, language, now) for row in created], batch_size=BATCH)
    except IntegrityError as error:
        # Somebody took a username between our question and our answer.
        raise errors.PlanChanged() from error
    numbers = [person.pk for person in people]
    _addresses(created, people)
    _places([*zip(created, numbers, strict=True), *((row, _pk(row)) for row in updated)], now)
    named = [(row, _pk(row)) for row in updated if "external_id" in row.changes]
    _external_ids([*zip(created, numbers, strict=True), *named], organisation, now)
    changed = _update(updated)
    _entries([*people, *changed], len(people), organisation, by, now)
    asked = [row for row in updated if "guardian" in row.changes]
    letters = _letters(created, people, asked, changed, organisation, by, now)
    counts = {step.value: count for step, count in plan.counts.items()}
    journal(by=by, now=now, verb="people.import_people", about=organisation, organisation=organisation,
            data=counts | {"format": roster.format, "classes": len(roster.classes)})  # fmt: skip
    for room, planned in plan.rooms:
        HANDLERS[room].take(plan=planned, organisation=organisation, by=by, now=now)
    return Imported(plan, tuple(people), letters)


def _pk(row: PlannedRow) -> int:
    assert row.known is not None
    return row.known.pk


def _new(row: PlannedRow, language: str, now: datetime) -> Person:
    one = row.person
    return Person(
        username=row.username,
        email=one.email,
        display_name=one.name,
        language=one.language or language,
        birth_year=one.birth_year,
        birth_month=one.birth_month,
        password=make_password(None),
        joined_at=now,
    )


def _addresses(rows: list[PlannedRow], people: list[Person]) -> None:
    pairs = zip(rows, people, strict=True)
    new = [EmailAddress(user=person, email=row.person.email, primary=True) for row, person in pairs if row.person.email]
    EmailAddress.objects.bulk_create(new, batch_size=BATCH)


def _places(rows: list[tuple[PlannedRow, int]], now: datetime) -> None:
    new = [
        Membership(person_id=number, organisation_id=organisation, role=role, since=now)
        for row, number in rows
        for role, organisation in row.joins
    ]
    Membership.objects.bulk_create(new, batch_size=BATCH)


def _external_ids(rows: list[tuple[PlannedRow, int]], organisation: Organisation, now: datetime) -> None:
    new = [
        ExternalId(source=organisation.slug, value=row.person.key, person_id=number, since=now) for row, number in rows
    ]
    ExternalId.objects.bulk_create(new, batch_size=BATCH)


def _update(rows: list[PlannedRow]) -> list[Person]:
    """Names of those who never signed in, and birth months that were not known."""
    wanted = {_pk(row): row for row in rows}
    people: list[Person] = []
    numbers = list(wanted)
    for start in range(0, len(numbers), BATCH):
        people += Person.objects.select_for_update().filter(pk__in=numbers[start : start + BATCH])
    for person in people:
        row = wanted[person.pk]
        if "name" in row.changes:
            person.display_name = row.person.name
        if "birth" in row.changes:
            person.birth_year, person.birth_month = row.person.birth_year, row.person.birth_month
    Person.objects.bulk_update(people, ["display_name", "birth_year", "birth_month"], batch_size=BATCH)
    return people


def _entries(people: list[Person], new: int, organisation: Organisation, by: Person | None, now: datetime) -> None:
    """One entry for each person, so that everybody finds in their own journal how they came here."""
    entries = [
        JournalEntry(
            at=now, by=by, verb="people.import_person", about_type="people.person", about_id=str(person.ref),
            organisation=organisation, data={"new": index < new},
        )
        for index, person in enumerate(people)
    ]  # fmt: skip
    JournalEntry.objects.bulk_create(entries, batch_size=BATCH)


def _letters(
    rows: list[PlannedRow],
    people: list[Person],
    asked: list[PlannedRow],
    changed: list[Person],
    organisation: Organisation,
    by: Person | None,
    now: datetime,
) -> int:
    """First letters to newcomers; and to the guardians of minors, of newcomers and of those who were `asked` for now.
    That a list names a guardian asks for consent and never is one.
    """
    facts = {"by": by, "source": organisation.slug, "made_at": now}
    letters = [
        Letter(kind=LetterKind.FIRST_SIGN_IN, person=person, address=row.person.email, **facts)
        for row, person in zip(rows, people, strict=True)
        if row.person.email
    ]
    by_number = {person.pk: person for person in changed}
    for row, person in [*zip(rows, people, strict=True), *((row, by_number[_pk(row)]) for row in asked)]:
        one = row.person
        if one.guardian_email and person.birth_year is not None and rules.is_minor(person, now):
            guardian = {"address": one.guardian_email, "name": one.guardian_name}
            letters.append(Letter(kind=LetterKind.GUARDIAN, person=person, **guardian, **facts))
    Letter.objects.bulk_create(letters, batch_size=BATCH)
    return len(letters)
