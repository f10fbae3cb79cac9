"""Lists in pages: a limit, and a cursor that says where the next page begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query

from bilik.web.requests import whole_number_in

USUAL, MOST = 30, 100
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Cursor = Annotated[
    str, Query(max_length=100, pattern="^[A-Za-z0-9-]*$", description="`next` of the page before; empty for the first")
]
Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)


def page_of(rows: Iterable[Row], name: Callable[[Row], str], limit: int, cursor: str) -> tuple[list[Row], str | None]:
    """A page of rows that are in memory, in the order of their names, and the cursor of the next."""
    left = [row for row in sorted(rows, key=name) if name(row) > cursor]
    return left[:limit], name(left[limit - 1]) if len(left) > limit else None


def newest_of(rows: QuerySet[Stored], limit: int, cursor: str) -> tuple[list[Stored], str | None]:
    """A page of stored rows, the newest first. One query. A cursor that is none of ours gives the first page."""
    number = whole_number_in(cursor)
    if number is not None:
        rows = rows.filter(pk__lt=number)
    found = list(rows.order_by("-pk")[: limit + 1])
    return found[:limit], str(found[limit - 1].pk) if len(found) > limit else None
