"""Who may write and publish courses, and when. Pure: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection

from bilik.authoring import errors
from bilik.authoring.states import DraftState
from bilik.kit.errors import Refusal
from bilik.people.states import Role

AUTHORS = frozenset({Role.TRAINER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})
PUBLISHERS = frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})


def why_not_author(grants: Collection[str]) -> Refusal | None:
    """Why somebody with these roles in an organisation may not write its courses."""
    return None if AUTHORS & set(grants) else errors.NotAnAuthor()


def why_not_change(state: str, *, being_published: bool) -> Refusal | None:
    """Why the files of a draft cannot be changed now."""
    if state != DraftState.OPEN:
        return errors.DraftClosed()
    return errors.BeingPublished() if being_published else None


def why_not_save(*, current: str, opened: str) -> Refusal | None:
    """Why a file cannot be saved: it is no longer what it was when it was opened. Both are digests, "" for no file."""
    return None if current == opened else errors.Outdated(current=current)


def why_not_export(*, passed: bool) -> Refusal | None:
    """Why a draft cannot be taken to another system. `passed`: a check of just this state has found no error."""
    return None if passed else errors.NotChecked()


def why_not_publish(
    *, grants: Collection[str], state: str, being_published: bool, owns: bool, outdated: bool, changed: bool
) -> Refusal | None:
    """Why a draft cannot be published by somebody with these roles.

    `owns`: whether the course is the organisation's to publish; `outdated`: whether a newer version stands between;
    `changed`: whether anything differs from what is published.
    """
    if not PUBLISHERS & set(grants):
        return errors.NotAPublisher()
    if not owns:
        return errors.NotYourCourse()
    if refusal := why_not_change(state, being_published=being_published):
        return refusal
    if outdated:
        return errors.NewerVersion()
    return None if changed else errors.NothingToPublish()
