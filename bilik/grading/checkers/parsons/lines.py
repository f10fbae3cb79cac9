"""The lines of a Parsons problem: what is sent, what an author writes, and the program they make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bilik.grading.answers import InvalidAnswer, sent

STEP = 4
DEEPEST = 8
MOST_LINES = 40
Answer = list[list[Any]]
_PLACE = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_INDENT = re.compile(rf"[0-{DEEPEST}]", re.ASCII)


def _all_lines(spec: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {line["id"]: line for line in [*spec["lines"], *spec["distractors"]]}


def in_order(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All lines as they are shown first: by their digests, and never as the program has them."""
    lines = sorted(_all_lines(spec).values(), key=lambda line: str(line["id"]))
    texts = [line["text"] for line in lines if line in spec["lines"]]
    return lines[::-1] if texts == [line["text"] for line in spec["lines"]] else lines


def sent_lines(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> Answer:
    """The lines in a form: the field `answer` as "id,indent" in order, or `answer-<id>` with a place and an indent.

    A line without a place is not used. Raises InvalidAnswer.
    """
    pairs = [text.partition(",")[::2] for text in sent(fields)[: MOST_LINES * 2]] or _placed(spec, fields)
    known, answer = _all_lines(spec), []
    for name, indent in pairs:
        if name not in known:
            raise InvalidAnswer("invalid.no_such_line")
        if not _INDENT.fullmatch(indent or "0"):
            raise InvalidAnswer("invalid.indent", most=DEEPEST)
        answer.append([name, known[name]["indent"] if spec["given_indent"] else int(indent or "0")])
    if not answer:
        raise InvalidAnswer("invalid.no_lines")
    if len({name for name, _ in answer}) != len(answer):
        raise InvalidAnswer("invalid.each_once")
    return answer


def _placed(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    places: dict[int, tuple[str, str]] = {}
    for name in _all_lines(spec):
        place, indent = (text.strip()[:10] for text in (*sent(fields, f"answer-{name}"), "", "")[:2])
        if not place:
            continue
        if not _PLACE.fullmatch(place):
            raise InvalidAnswer("invalid.no_place")
        if int(place) in places:
            raise InvalidAnswer("invalid.same_place", place=int(place))
        places[int(place)] = (name, indent)
    return [places[place] for place in sorted(places)]


def lines_of(spec: Mapping[str, Any], program: str) -> Answer:
    """The lines that a program is made of. Raises InvalidAnswer when it has a line that is not among them."""
    free = list(_all_lines(spec).values())
    answer = []
    for text in program.split("\n"):
        if not text.strip():
            continue
        written = text.expandtabs(STEP)
        spaces = len(written) - len(written.lstrip(" "))
        found = next((line for line in free if line["text"] == text.strip()), None)
        if found is None or spaces % STEP:
            raise InvalidAnswer("invalid.no_such_line")
        free.remove(found)
        answer.append([found["id"], spaces // STEP])
    return answer


def numbered(spec: Mapping[str, Any], answer: Any) -> list[Any]:
    """Lines by id, or as an author names them: 3, "d1", with their own indentation or as [3, 0]."""
    names = {str(number): line for number, line in enumerate(spec["lines"], 1)}
    names |= {f"d{number}": line for number, line in enumerate(spec["distractors"], 1)}
    names |= _all_lines(spec)
    pairs = []
    for item in answer if isinstance(answer, list) else ():
        name, indent = item if isinstance(item, list) and len(item) == 2 else (item, None)
        line = names.get(str(name))
        if line is None:
            raise InvalidAnswer("invalid.no_such_line")
        pairs.append([line["id"], line["indent"] if indent is None else indent])
    return pairs


def source_of(spec: Mapping[str, Any], answer: Answer) -> str:
    """The program that these lines make. Raises InvalidAnswer when a line is not known."""
    known = _all_lines(spec)
    if any(name not in known for name, _ in answer):
        raise InvalidAnswer("invalid.no_such_line")
    return "".join(f"{' ' * STEP * indent}{known[name]['text']}\n" for name, indent in answer)
