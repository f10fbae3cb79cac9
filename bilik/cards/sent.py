"""What a form sent as an answer: all its fields whose name starts with `answer`, and the text of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from bilik.grading.answers import InvalidAnswer

MOST_FIELDS = 200
LARGEST_FILE = 1_000_000


def fields_of(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of an answer by name, as `grading.parse_answer` takes them. A file that was chosen comes in the place
    of the text field of the same name. Raises InvalidAnswer for a file that is no text or too large.
    """
    names = [name for name in request.POST if name.startswith("answer")][:MOST_FIELDS]
    fields = {name: [str(value) for value in request.POST.getlist(name)] for name in names}
    for name in request.FILES:
        file = request.FILES.getlist(name)[-1]
        if name.startswith("answer") and file.size:
            fields[name] = [_text_of(file)]
    return fields


def typed_in(request: HttpRequest) -> Mapping[str, list[str]]:
    """The same without files: what is put back into the form."""
    return {
        name: [str(value) for value in request.POST.getlist(name)] for name in request.POST if name.startswith("answer")
    }


def _text_of(file: Any) -> str:
    if file.size > LARGEST_FILE:
        raise InvalidAnswer("invalid.large_file", longest=LARGEST_FILE)
    content = file.read()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return str(content.decode(encoding))
    except UnicodeDecodeError:
        raise InvalidAnswer("invalid.not_text") from None
