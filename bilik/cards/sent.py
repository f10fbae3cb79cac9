"""What a form sent as an answer: its fields that start with `answer`, the text of a file, files handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from bilik.grading.answers import InvalidAnswer
from bilik.grading.uploads import Upload, taken

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


def files_of(request: HttpRequest, controls: Sequence[Mapping[str, Any]]) -> list[Upload]:
    """The files that were handed in, as far as the task takes files. Raises InvalidAnswer for one that is not taken."""
    limits = next((control for control in controls if control["control"] == "files"), None)
    if limits is None:
        return []
    largest = limits["max_mb"] * 1_000_000
    # One byte more than is taken is read, so that a large file costs no more than that to refuse.
    return files_taken(
        ((str(file.name), partial(file.read, largest + 1)) for file in request.FILES.getlist("files") if file.name),
        limits,
    )


def files_taken(chosen: Iterable[tuple[str, Callable[[], bytes]]], limits: Mapping[str, Any]) -> list[Upload]:
    """The same from names and what reads each of them; `limits` is the control that takes files."""
    files = list(chosen)
    if len(files) > limits["max_files"]:
        raise InvalidAnswer("invalid.many_files", most=limits["max_files"])
    return [taken(name, read(), suffixes=limits["files"], max_mb=limits["max_mb"]) for name, read in files]


def download(name: str, content: bytes) -> HttpResponse:
    """A file that somebody handed in, to be saved and never to be shown: nothing in it can act as a page of ours."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
