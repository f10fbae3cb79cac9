"""Pieces that upper rooms lay on the pages of lower ones: rooms add them in `AppConfig.ready()`, pages name a place.

A lower room knows nothing of the rooms above it; it only says `{% panels "learning.course" course %}`. The places:

| place | page | about |
|---|---|---|
| front.today | the top of the home of somebody who comes to work: before their own learning | None |
| front.home | the home of a person who is signed in | None |
| groups.group | a group, for those who lead it | the `Group` |
| learning.course | a course | its `CourseFacts` |
| learning.lesson | a lesson | its `LessonFacts` |
| people.guardian | a guardian who can answer, or has agreed: no names, hours or places here | the child, a `Person` |
| people.guardian_known | a guardian who showed the code: names and figures of the child's own | the child |
| people.organisation | an organisation | the `Organisation` |
| people.profile | one's own profile | None |
| web.gallery | the gallery of components | None |
| authoring.published | a draft that was published | the `Draft`, with `published` its version |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from bilik.web.requests import PageRequest

PLACES = (
    "front.home",
    "front.today",
    "groups.group",
    "learning.course",
    "learning.lesson",
    "people.guardian",
    "people.guardian_known",
    "people.organisation",
    "people.profile",
    "web.gallery",
    "authoring.published",
)
Draw = Callable[[PageRequest, Any], SafeString | None]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One piece. `draw(request, about)` gives its HTML, or None where there is nothing to say."""

    order: int
    place: str
    name: str
    draw: Draw

    def __post_init__(self) -> None:
        if self.place not in PLACES:
            raise ValueError(f"place must be one of {', '.join(PLACES)}")


_panels: dict[tuple[str, str], Panel] = {}


def add(panel: Panel) -> None:
    """Adds a panel; the same name again replaces the first."""
    _panels[panel.place, panel.name] = panel


def drawn(place: str, request: PageRequest, about: Any = None) -> list[SafeString]:
    """What the panels of a place have to say on this page, in their order."""
    wanted = sorted((one for one in _panels.values() if one.place == place), key=lambda one: (one.order, one.name))
    pieces = [panel.draw(request, about) for panel in wanted]
    return [piece for piece in pieces if piece]


@contextmanager
def only(*wanted: Panel) -> Iterator[None]:
    """For tests: just these panels, until the block ends."""
    kept = dict(_panels)
    _panels.clear()
    for panel in wanted:
        add(panel)
    try:
        yield
    finally:
        _panels.clear()
        _panels.update(kept)
