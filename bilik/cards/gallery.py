"""The controls of tasks in the gallery: each as it comes, as it was filled, and the answer to read."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from bilik.cards.answers import answer_view
from bilik.cards.controls import controls_for
from bilik.web.requests import PageRequest

WORDS: dict[str, Any] = {
    "choices": {"for": "<code>for</code>", "while": "<code>while</code>", "if": "<code>if</code>"},
    "blocks": {
        "prompt each": "<code>range(3)</code>",
        "prompt until": "<code>n &gt; 0</code>",
        "blanks": [
            {"html": '<pre class="code" tabindex="0"><code>'},
            {"place": "loop"},
            {"html": ' n <span class="hl-ow">in</span> <span class="hl-nb">range</span>('},
            {"place": "end"},
            {"html": "):\n    "},
            {"place": "call"},
            {"html": "(n)\n</code></pre>"},
        ],
        "alt": "★",
    },
}
_BLANKS = [
    {"name": "answer-loop", "place": "loop", "as": "choices", "options": ["for", "while"], "longest": 20},
    {"name": "answer-end", "place": "end", "as": "number", "options": [], "longest": 60},
    {"name": "answer-call", "place": "call", "as": "text", "options": [], "longest": 200},
]
_LINES = [
    {"name": "answer-a1", "code": "total = total + n"},
    {"name": "answer-b2", "code": "total = 0"},
    {"name": "answer-c3", "code": "for n in range(3):"},
]
_CELLS = [f"{x},{y}" for y in (25, 75) for x in (25, 75)]
# Each: the control, what was typed into it, and the answer that this is.
EXAMPLES: tuple[tuple[dict[str, Any], dict[str, list[str]], Any], ...] = (
    (
        {"control": "blanks", "pieces": "blanks", "parts": _BLANKS, "width": 8},
        {"answer-loop": ["for"], "answer-end": ["3"], "answer-call": ["print"]},
        {"loop": "for", "end": "3", "call": "print"},
    ),
    (
        {
            "control": "matching",
            "choices": ["for", "while", "if"],
            "parts": [
                {"name": "answer-each", "block": "prompt each"},
                {"name": "answer-until", "block": "prompt until"},
            ],
        },
        {"answer-each": ["for"], "answer-until": ["while"]},
        {"each": "for", "until": "while"},
    ),
    (
        {
            "control": "ordering",
            "arranged": True,
            "parts": [{"name": f"answer-{name}", "block": f"choice {name}"} for name in ("while", "if", "for")],
        },
        {"answer-if": ["1"], "answer-for": ["2"], "answer-while": ["3"]},
        ["if", "for", "while"],
    ),
    (
        {"control": "parsons", "arranged": True, "given_indent": False, "spare": True, "parts": _LINES},
        {"answer-b2": ["1", "0"], "answer-c3": ["2", "0"]},
        [["b2", 0], ["c3", 0], ["a1", 1]],
    ),
    (
        {"control": "spots", "picture": "star.svg", "size": [100, 100], "pick": 2, "grid": [2, 2], "cells": _CELLS},
        {"answer": ["25,25", "60,70"]},
        [[25, 25], [60, 70]],
    ),
)


def draw(request: PageRequest, about: None) -> SafeString:
    """The section of the gallery."""
    shown = []
    for control, typed, answer in EXAMPLES:
        name = control["control"]
        control = control | ({"address": static("web/star.svg")} if name == "spots" else {})
        states = [
            controls_for({"controls": [control]}, WORDS, place=f"{name}-{number}", order="", typed=state)[0]
            for number, state in enumerate(({}, typed))
        ]
        given = answer_view({"controls": [control]}, WORDS, answer)
        shown.append({"name": name, "states": states, "given": given})
    return render_to_string("cards/gallery.html", {"shown": shown}, request=request)
