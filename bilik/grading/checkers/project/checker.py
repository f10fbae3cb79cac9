"""Work handed in as a text, files or a web address, marked by people with a rubric."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bilik.grading.answers import LONGEST_TEXT, InvalidAnswer, normal_of, one_text, sent
from bilik.grading.checkers.marked import MARKED_BLOCKS, marked_blocks, read_marked
from bilik.grading.problems import Table
from bilik.grading.rubric import needs_marking
from bilik.grading.text import Block
from bilik.grading.uploads import SUFFIXES, described
from bilik.grading.verdict import Verdict

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = MARKED_BLOCKS
MOST_FILES, MOST_MEGABYTES = 10, 20
LONGEST_LINK = 500
_HOST = re.compile(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?")


def read(table: Table, files: Any) -> dict[str, Any]:
    """The rubric; `files` (suffixes), `max_files`, `max_mb`, `links`, `shortest`, `longest`."""
    spec = read_marked(table)
    suffixes = table.texts("files", ())
    for suffix in suffixes:
        if suffix not in SUFFIXES:
            table.problem("files", f"`files` takes {', '.join(sorted(SUFFIXES))}, not {suffix!r}.")
    spec |= {
        "files": [suffix for suffix in suffixes if suffix in SUFFIXES],
        "max_files": table.whole("max_files", 3, low=1, high=MOST_FILES),
        "max_mb": table.whole("max_mb", 5, low=1, high=MOST_MEGABYTES),
        "links": table.flag("links"),
        "shortest": table.whole("shortest", 0, low=0, high=LONGEST_TEXT),
        "longest": table.whole("longest", 8_000, low=1, high=LONGEST_TEXT),
    }
    return spec


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """No feedback of the author's: people write it."""
    return set()


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words of the rubric."""
    return marked_blocks(spec)


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """A text, an address and files, as far as the task takes them, and the rubric."""
    found: list[dict[str, Any]] = [
        {"control": "text", "name": "answer", "shortest": spec["shortest"], "longest": spec["longest"]}
    ]
    if spec["links"]:
        found.append({"control": "link", "name": "answer-link", "longest": LONGEST_LINK})
    if spec["files"]:
        limits = {key: spec[key] for key in ("files", "max_files", "max_mb")}
        found.append({"control": "files", "name": "answer-file", "upload": True, **limits})
    return [*found, {"control": "rubric", "rubric": spec["rubric"]}]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """`{"text", "link", "files"}`. Files come as descriptions (see `uploads.py`); their contents lie elsewhere."""
    text = one_text(fields, longest=spec["longest"]).strip() if "".join(sent(fields)).strip() else ""
    link = _link(fields) if spec["links"] else ""
    files = [described(item) for item in sent(fields, "answer-file")] if spec["files"] else []
    if len(files) > spec["max_files"]:
        raise InvalidAnswer("invalid.many_files", most=spec["max_files"])
    if not text and not link and not files:
        raise InvalidAnswer("invalid.empty_project")
    if len(text) < spec["shortest"]:
        raise InvalidAnswer("invalid.too_short", shortest=spec["shortest"], length=len(text))
    return {"text": text, "link": link, "files": files}


def _link(fields: Mapping[str, Sequence[str]]) -> str:
    link = "".join(sent(fields, "answer-link")[:1]).strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        raise InvalidAnswer("invalid.link") from None
    if len(link) > LONGEST_LINK or parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        raise InvalidAnswer("invalid.link")
    return link


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """Text and address in their fields, each file as its description."""
    if not isinstance(answer, Mapping):
        return {"answer": [str(answer)]}
    files = answer.get("files")
    return {
        "answer": [str(answer.get("text", ""))],
        "answer-link": [str(answer.get("link", ""))],
        "answer-file": [json.dumps(file, sort_keys=True) for file in files] if isinstance(files, list) else [],
    }


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """Text, address and files."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: Any, run: Any) -> Verdict:
    """People decide."""
    return needs_marking(spec["points"])


def model_answer(spec: Mapping[str, Any], solution: str) -> str:
    """None that could be sent: what good work looks like is the block `example`."""
    return ""
