"""A task for a program: its fields and what is to be looked at, from the card that pages draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bilik.api.schemas.courses import AnswerField, Choice, Material
from bilik.grading.uploads import SUFFIXES

Control = Mapping[str, Any]


def fields_of(controls: Iterable[Control], starter: str) -> list[AnswerField]:
    """The fields of an answer, by the controls of a card; `starter` is what the author begins the answer with.
    Controls that are only looked at have none.
    """
    found: list[AnswerField] = []
    for control in controls:
        make = _FIELDS.get(control["control"])
        found += make(control) if make else []
    for field in found:
        if starter and field.name == "answer" and field.takes == "text":
            field.starter = starter
    return found


def materials_of(controls: Iterable[Control]) -> list[Material]:
    """What is to be looked at beside the words of a task."""
    found = []
    for control in controls:
        shown = _MATERIALS.get(control["control"])
        if shown is not None:
            found.append(Material(kind=shown[0], content=shown[1](control)))
    return found


def _choices(pairs: Iterable[tuple[str, Any]]) -> list[Choice]:
    return [Choice(value=value, html=str(words)) for value, words in pairs]


def _radio(control: Control) -> list[AnswerField]:
    return [AnswerField(name=control["field"], takes="choice", choices=_choices(control["choices"]), most=1)]


def _checkboxes(control: Control) -> list[AnswerField]:
    choices = _choices(control["choices"])
    return [AnswerField(name=control["field"], takes="choices", choices=choices, most=len(choices))]


def _text(control: Control) -> list[AnswerField]:
    return [
        AnswerField(
            name=control["field"],
            takes="text",
            html=str(control["words"]) if control.get("words") else None,
            longest=control.get("longest"),
            shortest=control.get("shortest") or None,
            most=1,
            language=control.get("language"),
            starter=control.get("starter") or None,
        )
    ]


def _number(control: Control) -> list[AnswerField]:
    unit = control.get("unit") or None
    return [AnswerField(name=control["field"], takes="number", longest=control["longest"], most=1, unit=unit)]


def _blanks(control: Control) -> list[AnswerField]:
    takes: dict[str, Any] = {"choices": "choice", "number": "number", "text": "text"}
    return [
        AnswerField(
            name=part["field"],
            takes=takes[part["as"]],
            choices=[Choice(value=option, html="") for option in part["options"]],
            longest=part["longest"],
            most=1,
        )
        for part in control["parts"]
    ]


def _matching(control: Control) -> list[AnswerField]:
    choices = _choices(control["choices"])
    return [
        AnswerField(name=part["field"], takes="choice", html=str(part["words"]), choices=choices, most=1)
        for part in control["parts"]
    ]


def _ordering(control: Control) -> list[AnswerField]:
    choices = _choices((_id(part), part["words"]) for part in control["parts"])
    return [AnswerField(name=control["field"], takes="order", choices=choices, most=len(choices))]


def _parsons(control: Control) -> list[AnswerField]:
    choices = _choices((_id(part), part["code"]) for part in control["parts"])
    return [AnswerField(name=control["field"], takes="lines", choices=choices, most=len(choices))]


def _id(part: Control) -> str:
    return str(part["field"]).removeprefix("answer-")


def _spots(control: Control) -> list[AnswerField]:
    return [AnswerField(name=control["field"], takes="points", most=control["pick"])]


def _files(control: Control) -> list[AnswerField]:
    suffixes = [suffix for suffix in control["files"] if suffix in SUFFIXES]
    return [
        AnswerField(name="files", takes="files", most=control["max_files"], suffixes=suffixes, max_mb=control["max_mb"])
    ]


def _lines(control: Control) -> dict[str, Any]:
    """The lines of a program, and whether one has to say how far each is indented."""
    return {
        "indents_given": control["given_indent"],
        "spare": control["spare"],
        "lines": [
            {"value": _id(part), "code": part["code"], "indent": part.get("indent")} for part in control["parts"]
        ],
    }


def _pieces(control: Control) -> list[dict[str, str]]:
    return [
        {"html": str(piece["html"])} if "html" in piece else {"field": piece["part"]["field"]}
        for piece in control["pieces"]
    ]


def _rubric(control: Control) -> list[dict[str, Any]]:
    return [
        {**row, "words": str(row["words"]), "levels": [{**one, "words": str(one["words"])} for one in row["levels"]]}
        for row in control["rubric"]
    ]


def _picture(control: Control) -> dict[str, Any]:
    return {"address": control["address"], "size": control["size"], "alt": control["alt"]}


def _given(control: Control) -> dict[str, Any]:
    return {"csv": control["text"]}


_FIELDS: dict[str, Callable[[Control], list[AnswerField]]] = {
    "radio": _radio,
    "checkboxes": _checkboxes,
    "number": _number,
    **dict.fromkeys(("line", "text", "code", "cell", "sql", "output", "link", "table"), _text),
    "blanks": _blanks,
    "matching": _matching,
    "ordering": _ordering,
    "parsons": _parsons,
    "spots": _spots,
    "files": _files,
}
_MATERIALS: dict[str, tuple[str, Callable[[Control], Any]]] = {
    "program": ("program", lambda control: control["code"]),
    "tables": ("tables", lambda control: control["tables"]),
    "given": ("data", _given),
    "rubric": ("rubric", _rubric),
    "blanks": ("text_with_blanks", _pieces),
    "parsons": ("program_lines", _lines),
    "spots": ("picture", _picture),
    "table": ("columns", lambda control: control["columns"]),
}
