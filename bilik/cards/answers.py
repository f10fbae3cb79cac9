"""An answer to read, not to change: what was given earlier, or what the author holds to be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from bilik.cards.controls import pieces_of, readable
from bilik.cards.words import block_html

STEP = "    "
# How large a mark is drawn on a picture.
MARK_PERCENT = 6


@dataclass(frozen=True)
class AnswerView:
    """An answer in one of the ways in which people read it; `cards/answer.html` draws whichever is there.

    `text` is a plain text or a program. `items` is a list of words, `is_ordered` whether its order counts. `pairs` are
    words that belong together. `pieces` are HTML and what was put between. `marks` lie on the picture of `control`: a
    point, and the square that is drawn around it.
    """

    text: str = ""
    items: Sequence[SafeString | str] = ()
    is_ordered: bool = False
    pairs: Sequence[tuple[SafeString, SafeString | str]] = ()
    pieces: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[Mapping[str, int]] = ()
    control: Mapping[str, Any] = field(default_factory=dict)


def answer_view(page: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    """A stored answer, or the model answer, to a variant with this page."""
    for control in page["controls"]:
        make = _VIEWS.get(control["control"])
        if make is not None and answer:
            return make(control, words, answer)
    return AnswerView(text=readable(answer))


def _chosen(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    names = answer if isinstance(answer, list) else [answer]
    return AnswerView(items=[block_html(words, f"choice {name}") for name in names])


def _ordered(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    return AnswerView(items=[block_html(words, f"choice {name}") for name in answer], is_ordered=True)


def _matched(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    pairs = []
    for part in control["parts"]:
        name = answer.get(part["name"].removeprefix("answer-"))
        pairs.append((block_html(words, part["block"]), block_html(words, f"choice {name}") if name else ""))
    return AnswerView(pairs=pairs)


def _filled(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    parts = [{"place": part["place"], "filled": answer.get(part["place"], "")} for part in control["parts"]]
    return AnswerView(pieces=pieces_of({**control, "parts": parts}, words))


def _program(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    code = {part["name"].removeprefix("answer-"): part["code"] for part in control["parts"]}
    return AnswerView(text="\n".join(STEP * indent + code.get(name, "") for name, indent in answer))


def _pointed(control: Mapping[str, Any], words: Mapping[str, Any], answer: Any) -> AnswerView:
    size = max(4, max(control["size"]) * MARK_PERCENT // 100)
    marks = [{"across": x, "down": y, "x": x - size // 2, "y": y - size // 2, "size": size} for x, y in answer]
    return AnswerView(marks=marks, control={**control, "alt": words["blocks"].get("alt", "")})


_VIEWS = {
    "radio": _chosen,
    "checkboxes": _chosen,
    "ordering": _ordered,
    "matching": _matched,
    "blanks": _filled,
    "parsons": _program,
    "spots": _pointed,
}
