"""Questions about drafts. Fetching is the permission: an author gets the drafts of organisations they write for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from bilik.authoring import rules
from bilik.authoring.errors import NoSuchFile
from bilik.authoring.models import CheckRun, Draft, ItemFigures, Revision
from bilik.authoring.states import CHECK_WAITING, DraftState, Purpose
from bilik.catalog.errors import NoSuchCourse
from bilik.catalog.queries import paths_of, published_course, stored_files
from bilik.kit.errors import Refusal
from bilik.people.queries import grants_in, is_administrator, organisations_of, roles_of
from bilik.people.states import REACHING_DOWN, OrganisationKind, Role

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person
    from bilik.people.queries.roles import Viewer

MOST_DRAFTS = 100


@dataclass(frozen=True)
class FileNow:
    """A file of a draft as it is: its digest, and the revision that it has been so since."""

    path: str
    digest: str
    number: int
    by_id: int | None
    at: datetime


def grants_over(person: Viewer, organisation: Organisation) -> frozenset[str]:
    """The roles that a person has over an organisation. Who administers the installation has that role everywhere."""
    if is_administrator(person):
        return frozenset({Role.ADMINISTRATOR})
    return grants_in(person, organisation.path)


def may_author(person: Viewer) -> bool:
    """Whether somebody may write courses anywhere: who sees the entry to this room."""
    if person is None or person.pk is None:
        return False
    return bool(getattr(person, "is_superuser", False)) or any(one.role in rules.AUTHORS for one in roles_of(person))


def organisations_to_write_for(person: Viewer) -> list[Organisation]:
    """The organisations whose courses somebody may write."""
    held = [one for one in roles_of(person) if one.role in rules.AUTHORS]
    everything = is_administrator(person)
    return [one for one in organisations_of(person) if everything or any(role.reaches(one.path) for role in held)]


def _seen_by(person: Viewer) -> QuerySet[Draft]:
    if person is None or person.pk is None:
        return Draft.objects.none()
    if is_administrator(person):
        return Draft.objects.all()
    reach = Q(pk__in=[])
    for one in roles_of(person):
        if one.role in rules.AUTHORS:
            name = "organisation__path__startswith" if one.role in REACHING_DOWN else "organisation__path"
            reach |= Q(**{name: one.path})
    return Draft.objects.filter(reach)


def drafts_of(person: Viewer, *, course: str = "") -> list[Draft]:
    """The drafts that somebody may work on, those changed last first; of one course, or of all."""
    rows = _seen_by(person).select_related("organisation", "base", "published")
    rows = rows.filter(slug=course) if course else rows
    return list(rows.order_by("-changed_at", "-pk")[:MOST_DRAFTS])


def count_open_drafts(person: Viewer) -> int:
    """How many drafts wait to be gone on with."""
    return _seen_by(person).filter(state=DraftState.OPEN).count()


def draft_for(person: Viewer, ref: UUID) -> Draft | None:
    """A draft, for somebody who may work on it."""
    return _seen_by(person).select_related("organisation", "base__course", "published").filter(ref=ref).first()


def files_now(draft: Draft, *, number: int | None = None) -> dict[str, FileNow]:
    """The files of a draft by path, as they are or as they were at a revision. One query."""
    revisions = Revision.objects.filter(draft=draft)
    if number is not None:
        revisions = revisions.filter(number__lte=number)
    newest = revisions.values("path").annotate(last=Max("id")).values("last").order_by()
    rows = Revision.objects.filter(pk__in=newest, stored__isnull=False).order_by("path")
    names = ("path", "stored_id", "number", "by_id", "at")
    return {row[0]: FileNow(*row) for row in rows.values_list(*names)}


def contents_of(files: Iterable[FileNow]) -> dict[str, bytes]:
    """The contents of files of a draft, by path."""
    files = list(files)
    stored = stored_files(one.digest for one in files)
    return {one.path: stored[one.digest] for one in files}


def content_of(draft: Draft, path: str) -> tuple[FileNow, bytes]:
    """One file of a draft. Raises NoSuchFile."""
    row = Revision.objects.filter(draft=draft, path=path).order_by("-id").first()
    if row is None or row.stored_id is None:
        raise NoSuchFile()
    now = FileNow(row.path, row.stored_id, row.number, row.by_id, row.at)
    return now, stored_files([now.digest])[now.digest]


def history_of(draft: Draft, path: str) -> list[Revision]:
    """How a file came to be what it is, the newest first."""
    return list(Revision.objects.filter(draft=draft, path=path).select_related("by").order_by("-id")[:50])


def content_at(draft: Draft, path: str, number: int) -> bytes | None:
    """What a file was at a revision; None when it was not there."""
    row = Revision.objects.filter(draft=draft, path=path, number__lte=number).order_by("-id").first()
    return stored_files([row.stored_id])[row.stored_id] if row is not None and row.stored_id else None


def contents_ever(draft: Draft, path: str) -> list[bytes]:
    """What a file of a draft has been, the newest first."""
    digests = list(
        Revision.objects.filter(draft=draft, path=path, stored__isnull=False)
        .order_by("-id")
        .values_list("stored_id", flat=True)
    )
    stored = stored_files(digests)
    return [stored[digest] for digest in digests]


def number_now(draft_id: int) -> int:
    """The newest revision of a draft: what a page that follows it asks for."""
    return Draft.objects.values_list("number", flat=True).get(pk=draft_id)


@dataclass(frozen=True)
class Changes:
    """What a draft would change in the published course: paths."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(sorted({*self.added, *self.changed, *self.removed}))


def changes_between(before: dict[str, str], after: dict[str, str]) -> Changes:
    """What differs between two listings of digests by path."""
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(path for path in after.keys() & before.keys() if after[path] != before[path])),
        tuple(sorted(before.keys() - after.keys())),
    )


def digests_now(draft: Draft) -> dict[str, str]:
    """The digest of each file of a draft."""
    return {path: one.digest for path, one in files_now(draft).items()}


def published_id(slug: str) -> int | None:
    """The version of a course that is published now."""
    try:
        return published_course(slug).version_id
    except NoSuchCourse:
        return None


def changes_of(draft: Draft) -> Changes:
    """What publishing a draft would change."""
    published = published_id(draft.slug)
    return changes_between(paths_of(published) if published else {}, digests_now(draft))


def owns_course(person: Viewer, draft: Draft) -> bool:
    """Whether a course is the organisation's of this draft: it was first published from a draft of it, or it does not
    exist yet. What came with the academy and was never anybody's draft is for those who govern at the root.
    """
    if is_administrator(person):
        return True
    first = Draft.objects.filter(slug=draft.slug, state=DraftState.PUBLISHED, base=None).order_by("pk").first()
    if first is not None:
        return first.organisation_id == draft.organisation_id
    if published_id(draft.slug) is None:
        return True
    governing = (OrganisationKind.ACADEMY, OrganisationKind.MINISTRY)
    return any(
        one.role in rules.PUBLISHERS and one.kind in governing and one.path.count("/") == 1 for one in roles_of(person)
    )


def is_outdated(draft: Draft) -> bool:
    """Whether a newer version of the course was published since the draft was started or last brought up to date."""
    return draft.state == DraftState.OPEN and published_id(draft.slug) != draft.base_id


def is_being_published(draft: Draft) -> bool:
    """Whether a check that will publish the draft waits or runs."""
    return CheckRun.objects.filter(draft=draft, purpose=Purpose.PUBLISH, state__in=CHECK_WAITING).exists()


def why_not_publish(person: Person, draft: Draft) -> Refusal | None:
    """The refusal of `rules.why_not_publish` for this person and draft."""
    return rules.why_not_publish(
        grants=grants_over(person, draft.organisation),
        state=draft.state,
        being_published=is_being_published(draft),
        owns=owns_course(person, draft),
        outdated=is_outdated(draft),
        changed=bool(changes_of(draft)),
    )


def why_not_export(draft: Draft) -> Refusal | None:
    """The refusal of `rules.why_not_export` for a draft as it is now."""
    check = last_check(draft)
    passed = check is not None and check.number == draft.number and bool(check.findings.get("ok"))
    return rules.why_not_export(passed=passed)


def last_check(draft: Draft, *, exercise: str = "") -> CheckRun | None:
    """The newest check of all of a draft, or of one exercise."""
    return CheckRun.objects.filter(draft=draft, exercise=exercise).order_by("-id").first()


def check_of(draft: Draft, check_id: int) -> CheckRun | None:
    """One check of a draft."""
    return CheckRun.objects.filter(draft=draft, pk=check_id).first()


def problems_in(draft: Draft, path: str) -> list[dict[str, object]]:
    """What the newest check that looked at a file found in it."""
    for check in CheckRun.objects.filter(draft=draft, state="done").order_by("-id")[:5]:
        exercise = path.split("/")[2] if path.count("/") > 2 else ""
        if check.exercise in ("", exercise):
            return [one for one in check.findings.get("problems", []) if one["file"] == path]
    return []


def figures_of(course_id: int) -> ItemFigures | None:
    """The figures on a course's tasks as they were last worked out."""
    return ItemFigures.objects.filter(course_id=course_id).first()
