"""Who hears of a submission: exactly one function for each context, registered once when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bilik.submissions.models import Submission

Handler = Callable[[Submission, datetime], Any]
_HANDLERS: dict[str, Handler] = {}
_REWORKERS: dict[str, Handler] = {}


def register(context: str, handler: Handler, rework: Handler) -> None:
    """Names the handlers of a context: `handler` hears of an answer and of its verdict, `rework` of a verdict that took
    the place of another, where something that was added up has to be added up anew. A second registration is a mistake
    in the program.
    """
    if _HANDLERS.get(context, handler) is not handler:
        raise ValueError(f"the context {context!r} has a handler already")
    _HANDLERS[context] = handler
    _REWORKERS[context] = rework


def tell(submission: Submission, now: datetime) -> None:
    """Tells the handler that an answer was stored or has its verdict, inside the transaction that stores it. What the
    handler returns is kept on the submission as `projection`, so that nobody has to read it again.
    """
    submission.projection = _HANDLERS[submission.context](submission, now)


def tell_replaced(submission: Submission, now: datetime) -> None:
    """Tells that a verdict was replaced, or that an answer that waited to be marked was withdrawn."""
    submission.projection = _REWORKERS[submission.context](submission, now)
