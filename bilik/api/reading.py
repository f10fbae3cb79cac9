"""Reading what programs send: JSON with bounds. A body that means two things, or nothing, is refused."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from ninja.parser import Parser

from bilik.api import errors

DEEPEST = 64


class StrictParser(Parser):
    """JSON as RFC 8259 has it, without what different readers read differently: names twice, NaN, half characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What a body holds. Raises BodyUnreadable."""
        return read_json(request.body)


def body_of(request: HttpRequest) -> bytes:
    """The whole body, and that it claims to be JSON. Raises BodyTooLarge, BodyUnreadable, MediaTypeUnknown."""
    try:
        body = request.body
    except RequestDataTooBig:
        raise errors.BodyTooLarge() from None
    except UnreadablePostError:
        raise errors.BodyUnreadable() from None
    if body and request.content_type != "application/json":
        raise errors.MediaTypeUnknown()
    return body


def read_json(body: bytes) -> Any:
    """The value in a JSON text. Raises BodyUnreadable."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise errors.BodyUnreadable() from None
    if _depth(value) > DEEPEST:
        raise errors.BodyUnreadable()
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _depth(value: Any) -> int:
    """How deep lists and objects lie in each other; without recursion, because that is what it guards."""
    deepest, level = 0, [value]
    while level := [one for one in level if isinstance(one, list | dict)]:
        deepest += 1
        if deepest > DEEPEST:
            break
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one)]
    return deepest
