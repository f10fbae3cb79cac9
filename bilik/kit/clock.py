"""What time it is. Verbs take `now=`; only the edges (a view, a command, a worker's loop) ask the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
