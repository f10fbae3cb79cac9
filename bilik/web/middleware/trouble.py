"""When the server has trouble of its own (database locked or away, disk full), nothing typed is lost.

`process_exception` sees what a view raises. What an inner middleware raises (the session, the sign-in) Django
turns into the "server error" page before this middleware could see it; that page (`views.server_error`)
therefore asks `answer_trouble` too.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from bilik.web.kept import apology

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)

FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
# SQLite uses OperationalError for mistakes in our own code as well. Trying again does not help against those.
OUR_MISTAKES = ("no such ", "near ", "has no column", "ambiguous column", "too many sql variables")


class Trouble:
    """The middleware. `trouble` below gives it the name that settings use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_trouble(request, exception, stored=False)


def trouble(get_response: GetResponse) -> Trouble:
    return Trouble(get_response)


def is_trouble(exception: BaseException | None) -> bool:
    """Whether waiting a moment may help."""
    if isinstance(exception, OperationalError | InterfaceError):
        return not any(words in str(exception).lower() for words in OUR_MISTAKES)
    return isinstance(exception, OSError) and exception.errno in FULL_DISK


def answer_trouble(
    request: HttpRequest, exception: BaseException | None, *, stored: bool | None
) -> HttpResponse | None:
    """The apology, if this exception is trouble. `stored` is False, or None where nobody can know."""
    if not is_trouble(exception):
        return None
    logger.error("Trouble at %s %s: %s", request.method, request.path, exception, exc_info=exception)
    return apology(request, stored=stored)
