"""Authors of the cast, a draft of the small course, and a course of one task that is quickly checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from bilik.authoring import actions, previewing, queries, sources
from bilik.authoring.checking import check_next


@pytest.fixture(autouse=True)
def _forget_sources() -> Iterator[None]:
    sources.forget()
    previewing.forget()
    yield
    sources.forget()
    previewing.forget()


@pytest.fixture
def academy(cast: Any) -> Any:
    from bilik.people.models import Organisation

    return Organisation.objects.get(slug="academy")


@pytest.fixture
def ganja(cast: Any) -> Any:
    from bilik.people.models import Organisation

    return Organisation.objects.get(slug="ganja-hub")


@pytest.fixture
def draft(cast: Any, academy: Any, small: Any, now: Any) -> Any:
    """Nigar's draft of the small course."""
    return actions.start_from_published(by=cast["nigar"], now=now, organisation=academy, course="small-course")


@pytest.fixture
def tiny_draft(cast: Any, academy: Any, tiny: Any, now: Any) -> Any:
    """Nigar's draft of a course of one task."""
    tiny("tiny-course")
    return actions.start_from_published(by=cast["nigar"], now=now, organisation=academy, course="tiny-course")


@pytest.fixture
def text(now: Any, cast: Any) -> Callable[..., Any]:
    """Changes a file as an author does who has just opened it: `text(draft, path, lambda old: …)`."""

    def change(draft: Any, path: str, work: Callable[[str], str], by: str = "nigar") -> Any:
        held, content = queries.content_of(draft, path)
        new = work(content.decode()).encode()
        made = actions.save_file(by=cast[by], now=now, draft=draft, path=path, content=new, opened=held.digest)
        draft.refresh_from_db()
        return made

    return change


@pytest.fixture
def checked(now: Any, cast: Any) -> Callable[..., Any]:
    """Asks for a check and lets a worker do it."""

    def make(draft: Any, by: str = "nigar", **facts: Any) -> SimpleNamespace:
        actions.ask_check(by=cast[by], now=now, draft=draft, **facts)
        check = check_next()
        draft.refresh_from_db()
        return SimpleNamespace(row=check, problems=check.findings.get("problems", []), ok=check.findings.get("ok"))

    return make
