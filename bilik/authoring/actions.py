"""Verbs of the authors' desk: start a draft, save and move its files, drop it, ask for a check, keep figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bilik.authoring import errors, folders, queries, rules
from bilik.authoring.models import CheckRun, Draft, ItemFigures, Revision
from bilik.authoring.states import CHECK_WAITING, DRAFT_MOVES, DraftState, Purpose
from bilik.catalog.actions import keep_files
from bilik.catalog.queries import paths_of, published_course
from bilik.catalog.source.digests import digest_of
from bilik.grading.exercise import load_toml
from bilik.kit.errors import refuse
from bilik.people.actions import journal

if TYPE_CHECKING:
    from bilik.people.models import Organisation, Person

Contents = Mapping[str, bytes | None]


@transaction.atomic
def start_from_published(*, by: Person, now: datetime, organisation: Organisation, course: str) -> Draft:
    """A draft with all files of a published course. Raises NotAnAuthor and NoSuchCourse."""
    refuse(rules.why_not_author(queries.grants_over(by, organisation)))
    facts = published_course(course)
    draft = _new(by, now, organisation, course, base_id=facts.version_id)
    _write_stored(draft, paths_of(facts.version_id), by=by, now=now)
    return draft


@transaction.atomic
def start_from_files(*, by: Person, now: datetime, organisation: Organisation, files: Mapping[str, bytes]) -> Draft:
    """A draft from the files of a course folder. Raises NotAnAuthor, CourseUnreadable, FileTooLarge and BadPath.

    When a course of that id is published, the draft stands on it: what differs is what it changes.
    """
    refuse(rules.why_not_author(queries.grants_over(by, organisation)))
    _check_sizes(files)
    slug = _course_id(files.get("course.toml", b""))
    draft = _new(by, now, organisation, slug, base_id=queries.published_id(slug))
    _write(draft, {folders.cleaned_inside(path): content for path, content in files.items()}, by=by, now=now)
    return draft


def start_empty(*, by: Person, now: datetime, organisation: Organisation, slug: str) -> Draft:
    """A draft of a new course, from the skeleton. Raises NotAnAuthor, BadName, and FileThere for a taken id."""
    slug = folders.slug_of(slug)
    if queries.published_id(slug) is not None:
        raise errors.FileThere()
    files = folders.files_in(folders.SKELETON)
    files["course.toml"] = files["course.toml"].replace(b"my-course", slug.encode())
    return start_from_files(by=by, now=now, organisation=organisation, files=files)


def _new(by: Person, now: datetime, organisation: Organisation, slug: str, *, base_id: int | None) -> Draft:
    draft = Draft.objects.create(
        organisation=organisation, slug=slug, base_id=base_id, started_by=by, started_at=now, changed_at=now
    )
    journal(by=by, now=now, verb="authoring.started", about=draft, data={"course": slug}, organisation=organisation)
    return draft


def _course_id(content: bytes) -> str:
    """The id in a course.toml. Raises CourseUnreadable."""
    try:
        data = load_toml(content.decode("utf-8-sig"), file="course.toml", problems=[]) or {}
        return folders.slug_of(str(data.get("id", "")))
    except (UnicodeDecodeError, errors.BadName):
        raise errors.CourseUnreadable() from None


def _check_sizes(files: Contents) -> None:
    sizes = [len(content) for content in files.values() if content is not None]
    if len(sizes) > folders.MOST_FILES or sum(sizes) > folders.LARGEST_COURSE:
        raise errors.FileTooLarge()
    if max(sizes, default=0) > folders.LARGEST_FILE:
        raise errors.FileTooLarge()


def _write(draft: Draft, contents: Contents, *, by: Person, now: datetime) -> None:
    """Adds one revision: these files become so, or (None) are removed."""
    kept = {path: content for path, content in contents.items() if content is not None}
    digests = dict(zip(kept, keep_files(contents=kept.values()), strict=True))
    _write_stored(draft, {path: digests.get(path) for path in contents}, by=by, now=now)


def _write_stored(draft: Draft, digests: Mapping[str, str | None], *, by: Person, now: datetime) -> None:
    draft.number += 1
    draft.changed_at = now
    draft.save(update_fields=["number", "changed_at"])
    Revision.objects.bulk_create(
        [
            Revision(draft=draft, number=draft.number, path=path, stored_id=digest, by=by, at=now)
            for path, digest in digests.items()
        ],
        batch_size=200,
    )
    data = {"number": draft.number, "files": len(digests)}
    journal(by=by, now=now, verb="authoring.saved", about=draft, data=data, organisation=draft.organisation)


def _held(by: Person, draft: Draft) -> Draft:
    """The draft, held until the transaction ends, when it may be changed by this person now."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=draft.pk)
    refuse(rules.why_not_author(queries.grants_over(by, held.organisation)))
    refuse(rules.why_not_change(held.state, being_published=queries.is_being_published(held)))
    return held


@transaction.atomic
def save_file(*, by: Person, now: datetime, draft: Draft, path: str, content: bytes, opened: str) -> Draft:
    """Saves a file. `opened` is the digest of what the author started from, "" for a new file.

    The same content again changes nothing. Raises Outdated when the file has been changed since, and BadPath,
    FileTooLarge, DraftClosed, BeingPublished, NotAnAuthor.
    """
    held = _held(by, draft)
    files = queries.digests_now(held)
    path = path if path in files else folders.cleaned(path)
    if files.get(path, "") == digest_of(content):
        return held
    refuse(rules.why_not_save(current=files.get(path, ""), opened=opened))
    _check_sizes({path: content})
    if path not in files and len(files) >= folders.MOST_FILES:
        raise errors.FileTooLarge()
    _write(held, {path: content}, by=by, now=now)
    return held


@transaction.atomic
def remove_file(*, by: Person, now: datetime, draft: Draft, path: str) -> Draft:
    """Removes a file; its earlier revisions stay. Raises NoSuchFile, and what `save_file` raises."""
    held = _held(by, draft)
    if path not in queries.files_now(held) or path == "course.toml":
        raise errors.NoSuchFile()
    _write(held, {path: None}, by=by, now=now)
    return held


@transaction.atomic
def copy_exercise(*, by: Person, now: datetime, draft: Draft, slug: str, new_slug: str) -> Draft:
    """Adds an exercise beside another one, as a copy of it, and places it after it in every language of the lesson."""
    held = _held(by, draft)
    files = queries.files_now(held)
    source, new_slug, made = _under_another_name(files, slug, new_slug)
    place = f"::: exercise {slug}\n:::\n"
    made |= _lesson_texts(files, source, place, place + f"\n::: exercise {new_slug}\n:::\n")
    _write(held, made, by=by, now=now)
    return held


@transaction.atomic
def rename_exercise(*, by: Person, now: datetime, draft: Draft, slug: str, new_slug: str) -> Draft:
    """Gives an exercise another name. For learners it is a new one then: progress hangs on the name."""
    held = _held(by, draft)
    files = queries.files_now(held)
    source, new_slug, made = _under_another_name(files, slug, new_slug)
    made |= dict.fromkeys(source.files)
    made |= _lesson_texts(files, source, f"::: exercise {slug}\n", f"::: exercise {new_slug}\n")
    _write(held, made, by=by, now=now)
    return held


@transaction.atomic
def remove_exercise(*, by: Person, now: datetime, draft: Draft, slug: str) -> Draft:
    """Takes an exercise and its place out of its lesson. Answers that were given to it stay where they are."""
    held = _held(by, draft)
    files = queries.files_now(held)
    source = folders.parts_of(files).exercise(slug)
    if source is None:
        raise errors.NoSuchFile()
    contents: dict[str, bytes | None] = dict.fromkeys(source.files)
    _write(held, contents | _lesson_texts(files, source, f"::: exercise {slug}\n:::\n", ""), by=by, now=now)
    return held


def _under_another_name(
    files: Mapping[str, queries.FileNow], slug: str, new_slug: str
) -> tuple[folders.ExercisePart, str, dict[str, bytes | None]]:
    """An exercise, the new name as it is written, and its files in the new folder. Raises NoSuchFile, FileThere."""
    parts = folders.parts_of(files)
    source, new_slug = parts.exercise(slug), folders.slug_of(new_slug)
    if source is None:
        raise errors.NoSuchFile()
    target = source.folder.rpartition("/")[0] + f"/{new_slug}"
    if new_slug in parts.exercises or any(path.startswith(f"{target}/") for path in files):
        raise errors.FileThere()
    contents = queries.contents_of(files[name] for name in source.files)
    return source, new_slug, {target + path.removeprefix(source.folder): text for path, text in contents.items()}


def _lesson_texts(
    files: Mapping[str, queries.FileNow], source: folders.ExercisePart, old: str, new: str
) -> dict[str, bytes | None]:
    """The texts of the lesson of an exercise with one piece of them replaced, as far as they have it."""
    lesson = source.folder.rpartition("/")[0]
    texts = [one for path, one in files.items() if path.startswith(f"{lesson}/lesson.") and path.endswith(".md")]
    found = queries.contents_of(texts)
    return {
        path: content.replace(old.encode(), new.encode()) for path, content in found.items() if old.encode() in content
    }


@transaction.atomic
def drop_draft(*, by: Person, now: datetime, draft: Draft) -> Draft:
    """Puts a draft aside. Everything in it is kept."""
    held = _held(by, draft)
    return _move(held, DraftState.DROPPED, by=by, now=now, verb="authoring.dropped")


@transaction.atomic
def take_up_draft(*, by: Person, now: datetime, draft: Draft) -> Draft:
    """Opens a dropped draft again."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=draft.pk)
    refuse(rules.why_not_author(queries.grants_over(by, held.organisation)))
    return _move(held, DraftState.OPEN, by=by, now=now, verb="authoring.taken_up")


def _move(draft: Draft, state: DraftState, *, by: Person | None, now: datetime, verb: str) -> Draft:
    if state not in DRAFT_MOVES[DraftState(draft.state)]:
        raise errors.IllegalMove()
    draft.state, draft.changed_at = state, now
    draft.save(update_fields=["state", "changed_at", "published"])
    journal(by=by, now=now, verb=verb, about=draft, data={"course": draft.slug}, organisation=draft.organisation)
    return draft


def close_published(*, by: Person | None, now: datetime, draft: Draft, version: Any) -> Draft:
    """Notes that a draft is published as this version. Inside the transaction that publishes it."""
    draft.published = version
    return _move(draft, DraftState.PUBLISHED, by=by, now=now, verb="authoring.published")


@transaction.atomic
def take_newer(*, by: Person, now: datetime, draft: Draft) -> list[str]:
    """Takes over what was published since the draft was started, where the draft has not changed it itself.

    The paths that were changed in both come back: there the draft's own text stays, and an author has to look.
    """
    held = _held(by, draft)
    published = queries.published_id(held.slug)
    if published is None or published == held.base_id:
        return []
    base = paths_of(held.base_id) if held.base_id else {}
    theirs, ours = paths_of(published), queries.digests_now(held)
    taken: dict[str, str | None] = {}
    both: list[str] = []
    for path in sorted(base.keys() | theirs.keys()):
        before, after, mine = base.get(path), theirs.get(path), ours.get(path)
        if after in (before, mine):
            continue
        if mine == before:
            taken[path] = after
        else:
            both.append(path)
    held.base_id = published
    held.save(update_fields=["base"])
    if taken:
        _write_stored(held, taken, by=by, now=now)
    return both


@transaction.atomic
def ask_check(*, by: Person, now: datetime, draft: Draft, purpose: str = Purpose.CHECK, exercise: str = "") -> CheckRun:
    """Asks for a check of a draft as it is now; one that waits for the whole draft already is the one that is meant.

    With the purpose `publish` the draft is published when nothing is wrong with it. Raises the refusal of
    `rules.why_not_publish`, NotTheCourse, NoSuchFile, NotAnAuthor.
    """
    held = Draft.objects.select_for_update(of=("self",)).select_related("organisation", "base__course").get(pk=draft.pk)
    refuse(rules.why_not_author(queries.grants_over(by, held.organisation)))
    if held.state != DraftState.OPEN:
        raise errors.DraftClosed()
    if exercise and folders.parts_of(queries.files_now(held)).exercise(exercise) is None:
        raise errors.NoSuchFile()
    if purpose == Purpose.PUBLISH:
        refuse(queries.why_not_publish(by, held))
        if _course_id(queries.content_of(held, "course.toml")[1]) != held.slug:
            raise errors.NotTheCourse()
    if not exercise:
        waiting = CheckRun.objects.select_for_update().filter(draft=held, exercise="", state__in=CHECK_WAITING).first()
        publishing = waiting is not None and waiting.purpose == Purpose.PUBLISH
        if waiting is not None and (publishing or (waiting.purpose == purpose and waiting.number == held.number)):
            return waiting
        if waiting is not None:
            # What was asked for before is not wanted any more.
            waiting.delete()
    check = CheckRun.objects.create(
        draft=held, purpose=purpose, exercise=exercise, number=held.number, asked_by=by, asked_at=now
    )
    data = {"purpose": str(purpose), "number": held.number}
    journal(by=by, now=now, verb="authoring.asked_check", about=held, data=data, organisation=held.organisation)
    return check


@transaction.atomic
def record_export(*, by: Person, now: datetime, draft: Draft, format: str, language: str) -> Draft:
    """Writes down that a draft was taken to another system. Raises NotAnAuthor and NotChecked."""
    refuse(rules.why_not_author(queries.grants_over(by, draft.organisation)))
    refuse(queries.why_not_export(draft))
    data = {"course": draft.slug, "number": draft.number, "format": format, "language": language}
    journal(by=by, now=now, verb="authoring.exported", about=draft, data=data, organisation=draft.organisation)
    return draft


@transaction.atomic
def record_course_export(*, by: Person, now: datetime, course_id: int, format: str, language: str) -> None:
    """Writes down that a published course was taken to another system. Raises NotAnAuthor."""
    if not queries.may_author(by):
        raise errors.NotAnAuthor()
    data = {"format": format, "language": language}
    journal(by=by, now=now, verb="authoring.exported", about=("catalog.course", str(course_id)), data=data)


@transaction.atomic
def keep_figures(
    *, by: Person | None, now: datetime, course_id: int, version_id: int, figures: dict[str, Any]
) -> ItemFigures:
    """Keeps the figures on a course's tasks in the place of those that were kept before."""
    row, _ = ItemFigures.objects.update_or_create(
        course_id=course_id, defaults={"version_id": version_id, "made_at": now, "figures": figures}
    )
    journal(by=by, now=now, verb="authoring.figures", about=("catalog.course", str(course_id)), data={})
    return row
