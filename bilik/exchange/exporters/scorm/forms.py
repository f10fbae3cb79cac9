"""A task as a form that its page checks by itself. The fields are those that `bilik.grading` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from bilik.exchange.showing import Shown, materials, with_gaps
from bilik.grading.kinds import KINDS


def form(shown: Shown) -> str:
    """The task with fields, a button, and a place for what is said of the answer."""
    kind, slug = shown.task.kind, shown.task.slug
    controls = KINDS[kind].controls(shown.task.spec)
    fields = "".join(_FIELDS[each["control"]](shown, each) for each in controls if each["control"] in _FIELDS)
    before = materials(shown, ["program"])
    button = f'<p><button class="button">{shown.word("check")}</button></p>'
    return (
        f"{shown.prose(shown.text.task)}{before}"
        f'<form data-task="{slug}" novalidate>{fields}{button}</form><div class="verdict" role="status"></div>'
    )


def _fieldset(title: str, inside: str, *, about: str = "") -> str:
    return f"<fieldset{about}><legend>{title}</legend>{inside}</fieldset>"


def _choices(shown: Shown, control: Mapping[str, Any]) -> str:
    kind, title = ("radio", "choose_one") if control["control"] == "radio" else ("checkbox", "choose_many")
    rows = "".join(
        f'<label class="choice"><input type="{kind}" name="answer" value="{escape(name)}">'
        f"<span>{shown.block(f'choice {name}')}</span></label>"
        for name in control["choices"]
    )
    return _fieldset(shown.word(title), rows, about=" data-shuffle" if control["shuffle"] else "")


def _number(shown: Shown, control: Mapping[str, Any]) -> str:
    return _labelled(shown, "your_number", 'inputmode="decimal"', control["longest"], escape(control["unit"]))


def _line(shown: Shown, control: Mapping[str, Any]) -> str:
    return _labelled(shown, "your_answer", 'autocapitalize="off" spellcheck="false"', control["longest"], "")


def _labelled(shown: Shown, word: str, more: str, longest: int, after: str) -> str:
    name = f"{shown.task.slug}-answer"
    return (
        f'<p><label for="{name}">{shown.word(word)}</label> <input id="{name}" name="answer" autocomplete="off" {more} '
        f'maxlength="{longest}"> {after}</p>'
    )


def _output(shown: Shown, control: Mapping[str, Any]) -> str:
    name = f"{shown.task.slug}-answer"
    return (
        f'<p><label for="{name}">{shown.word("what_is_printed")}</label><textarea id="{name}" name="answer" rows="4" '
        'autocomplete="off" autocapitalize="off" spellcheck="false"></textarea></p>'
    )


def _blanks(shown: Shown, control: Mapping[str, Any]) -> str:
    parts = {part["place"]: (number, part) for number, part in enumerate(control["parts"], 1)}

    def field(place: str) -> str:
        number, part = parts[place]
        label = f'name="{escape(part["name"])}" aria-label="{shown.word("blank", number=number)}"'
        if part["options"]:
            rows = "".join(f"<option>{escape(option)}</option>" for option in part["options"])
            return f'<select {label}><option value="">…</option>{rows}</select>'
        mode = ' inputmode="decimal"' if part["as"] == "number" else ""
        return (
            f'<input {label} size="{control["width"]}" maxlength="{part["longest"]}"{mode} autocomplete="off" '
            'autocapitalize="off" spellcheck="false">'
        )

    return f'<div class="blanks">{with_gaps(shown, field)}</div>'


def _matching(shown: Shown, control: Mapping[str, Any]) -> str:
    # Words of a list hold no HTML.
    rows = []
    names = sorted(control["choices"], key=lambda name: shown.text.blocks.get(f"choice {name}", ""))
    options = "".join(
        f'<option value="{escape(name)}">{_bare(shown.block(f"choice {name}"))}</option>' for name in names
    )
    for part in control["parts"]:
        field = f"{shown.task.slug}-{part['name']}"
        rows.append(
            f'<div class="pair"><label for="{field}">{shown.block(part["block"])}</label><select id="{field}" '
            f'name="{escape(part["name"])}"><option value="">…</option>{options}</select></div>'
        )
    return _fieldset(shown.word("match"), "".join(rows))


def _bare(html: str) -> str:
    """The words of a piece of HTML; formulas lose their shape."""
    parts, inside = [], False
    for letter in html:
        inside = letter == "<" or (inside and letter != ">")
        parts.append("" if inside or letter == ">" else letter)
    return "".join(parts)


def _ordering(shown: Shown, control: Mapping[str, Any]) -> str:
    rows = [_row(part, f'<span class="words">{shown.block(part["block"])}</span>') for part in control["parts"]]
    return _fieldset(shown.word("order"), f"<ol data-arrange>{''.join(rows)}</ol>")


def _parsons(shown: Shown, control: Mapping[str, Any]) -> str:
    rows = [
        _row(
            part,
            f'<code class="words" translate="no">{escape(part["code"])}</code>',
            about=f' data-indent="{part.get("indent", 0)}"',
        )
        for part in control["parts"]
    ]
    flags = ("" if control["given_indent"] else " data-indents") + (" data-spare" if control["spare"] else "")
    spare = f"<p>{shown.word('not_all_lines')}</p>" if control["spare"] else ""
    return _fieldset(shown.word("order_lines"), f"{spare}<ol data-arrange{flags}>{''.join(rows)}</ol>")


def _row(part: Mapping[str, Any], words: str, *, about: str = "") -> str:
    return f'<li data-value="{escape(part["name"].removeprefix("answer-"))}"{about}>{words}</li>'


def _spots(shown: Shown, control: Mapping[str, Any]) -> str:
    (width, height), (columns, _) = control["size"], control["grid"]
    address = escape(shown.picture(shown.task, control["picture"]))
    alt = escape(" ".join(shown.text.blocks.get("alt", "").split()))
    cells = "".join(
        f'<label><input type="checkbox" name="answer" value="{value}"><span>{number}</span></label>'
        for number, value in enumerate(control["cells"], 1)
    )
    grid = f'<div class="grid" data-columns="{columns}" role="group" aria-label="{shown.word("cells")}">{cells}</div>'
    stage = f'<div class="stage"><img src="{address}" alt="{alt}" width="{width}" height="{height}">{grid}</div>'
    return _fieldset(
        shown.word("points_to_set", count=control["pick"]),
        stage,
        about=f' data-spots data-size="{width},{height}" data-pick="{control["pick"]}"',
    )


_FIELDS: Mapping[str, Callable[[Shown, Mapping[str, Any]], str]] = {
    "radio": _choices, "checkboxes": _choices, "number": _number, "line": _line, "output": _output, "blanks": _blanks,
    "matching": _matching, "ordering": _ordering, "parsons": _parsons, "spots": _spots,
}  # fmt: skip
