"""A task as something to read, without a form and without a server: what is asked, and what is right. HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from bilik.catalog.source.prose import colour_code, render, render_inline, render_places
from bilik.exchange.exporting import Task
from bilik.exchange.words import out_word
from bilik.grading.kinds import KINDS
from bilik.grading.numbers import plain
from bilik.grading.text import ExerciseText

GAP = "_____"
STEP = "    "


@dataclass(frozen=True)
class Shown:
    """A task in one language, ready to be laid out. `picture` turns the picture of a task into its address."""

    task: Task
    text: ExerciseText
    language: str
    picture: Callable[[Task, str], str]

    def word(self, name: str, /, **facts: object) -> str:
        """A word of the page, safe to stand in HTML."""
        return escape(out_word(name, self.language, **facts))

    def block(self, name: str) -> str:
        """A block of the exercise's text on one line."""
        return render_inline(self.text.blocks.get(name, name.partition(" ")[2]), language=self.language)

    def prose(self, markdown: str) -> str:
        """A text of its own."""
        return render(markdown, language=self.language)


def asked(shown: Shown) -> str:
    """The task, and everything that is shown with it: choices, pairs, a program, tables, a rubric."""
    controls = KINDS[shown.task.kind].controls(shown.task.spec)
    return shown.prose(shown.text.task) + materials(shown, [control["control"] for control in controls])


def materials(shown: Shown, only: Sequence[str]) -> str:
    """What a task shows beside its words, of these controls."""
    controls = KINDS[shown.task.kind].controls(shown.task.spec)
    parts = [_CONTROLS[control["control"]](shown, control) for control in controls
             if control["control"] in only and control["control"] in _CONTROLS]  # fmt: skip
    starter = shown.task.exercise.starter
    if starter.strip() and any(control["control"] in ("code", "sql") for control in controls):
        language = "sql" if shown.task.kind == "sql" else "python"
        parts.append(f"<p>{shown.word('starter')}</p>{colour_code(starter, language)}")
    return "".join(parts)


def answer(shown: Shown) -> str:
    """The model answer in words, and the explanation; empty where the author never shows it."""
    exercise = shown.task.exercise
    if exercise.solution_policy == "never":
        return ""
    model = KINDS[exercise.kind].model_answer(exercise.spec, exercise.solution)
    made = _ANSWERS.get(exercise.kind, _plain_answer)(shown, model)
    if example := shown.text.blocks.get("example"):
        made += shown.prose(example)
    if shown.text.explanation:
        made += shown.prose(shown.text.explanation)
    return made


def with_gaps(shown: Shown, filler: Callable[[str], str]) -> str:
    """The text of a task with blanks, each filled with what `filler` gives for its name."""
    places = [blank["id"] for blank in shown.task.spec["blanks"]]
    pieces = render_places(shown.text.blocks.get("blanks", ""), places, language=shown.language)
    return "".join(filler(piece["place"]) if "place" in piece else piece["html"] for piece in pieces)


def table(rows: Sequence[Sequence[Any]], head: Sequence[str], *, caption: str = "") -> str:
    """Rows of data."""
    top = "".join(f'<th scope="col">{escape(str(cell))}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(_cell(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<p><strong>{caption}</strong></p>" if caption else ""
    return (
        f'{title}<div class="wide" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _list(tag: str, rows: Sequence[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{row}</li>" for row in rows) + f"</{tag}>"


def _choices(shown: Shown, control: Mapping[str, Any]) -> str:
    which = "choose_one" if control["control"] == "radio" else "choose_many"
    rows = [shown.block(f"choice {name}") for name in control["choices"]]
    return f"<p>{shown.word(which)}</p>{_list('ul', rows)}"


def _number(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('your_number')} {GAP} {escape(control['unit'])}</p>"


def _line(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('your_answer')} {GAP}</p>"


def _program(shown: Shown, control: Mapping[str, Any]) -> str:
    return colour_code(control["code"], "python")


def _output(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('what_is_printed')}</p>"


def _blanks(shown: Shown, control: Mapping[str, Any]) -> str:
    options = {part["place"]: part["options"] for part in control["parts"]}

    def gap(place: str) -> str:
        return f"[{' / '.join(map(escape, options[place]))}]" if options[place] else GAP

    return with_gaps(shown, gap)


def _matching(shown: Shown, control: Mapping[str, Any]) -> str:
    prompts = [shown.block(part["block"]) for part in control["parts"]]
    choices = [shown.block(f"choice {name}") for name in sorted(control["choices"])]
    return f"<p>{shown.word('match')}</p>{_list('ol', prompts)}{_list('ul', choices)}"


def _ordering(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('order')}</p>{_list('ul', [shown.block(part['block']) for part in control['parts']])}"


def _parsons(shown: Shown, control: Mapping[str, Any]) -> str:
    lines = [f"<code>{escape(STEP * part.get('indent', 0) + part['code'])}</code>" for part in control["parts"]]
    spare = f" {shown.word('not_all_lines')}" if control["spare"] else ""
    return f"<p>{shown.word('order_lines')}{spare}</p>{_list('ul', lines)}"


def _spots(shown: Shown, control: Mapping[str, Any]) -> str:
    alt, (width, height) = escape(shown.text.blocks.get("alt", "")), control["size"]
    address = escape(shown.picture(shown.task, control["picture"]))
    picture = f'<img src="{address}" alt="{alt}" width="{width}" height="{height}">'
    return f"<p>{shown.word('points_to_set', count=control['pick'])}</p><p>{picture}</p>"


def _tables(shown: Shown, control: Mapping[str, Any]) -> str:
    made = []
    for one in control["tables"]:
        caption = shown.word("table_rows", name=one["name"], count=one["count"])
        head = [" ".join(filter(None, column)) for column in one["columns"]]
        made.append(table(one["first"]["rows"], head, caption=caption))
    return "".join(made)


def _given(shown: Shown, control: Mapping[str, Any]) -> str:
    csv = f'<pre class="code" tabindex="0">{escape(control["text"])}</pre>'
    return f"<details><summary>{shown.word('given')}</summary>{csv}</details>"


def _columns(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('columns', columns=', '.join(control['columns']))}</p>"


def _cell_asked(shown: Shown, control: Mapping[str, Any]) -> str:
    words = shown.prose(shown.text.blocks.get(control["block"], ""))
    starter = colour_code(control["starter"], "python") if control["starter"].strip() else ""
    return f"<p><strong>{shown.word('cell', number=control['number'])}</strong></p>{words}{starter}"


def _files(shown: Shown, control: Mapping[str, Any]) -> str:
    return f"<p>{shown.word('files', kinds=', '.join(control['files']), most=control['max_files'])}</p>"


def _rubric(shown: Shown, control: Mapping[str, Any]) -> str:
    rows = []
    for criterion in control["rubric"]:
        name = criterion["id"]
        names = {f"level {name} {level['id']}": level["points"] for level in criterion["levels"]}
        levels = [f"{escape(str(points))}: {shown.block(block)}" for block, points in names.items()]
        rows.append(f"{shown.block(f'criterion {name}')}{_list('ul', levels)}")
    return f"<details><summary>{shown.word('rubric')}</summary>{_list('ul', rows)}</details>"


_CONTROLS: Mapping[str, Callable[[Shown, Mapping[str, Any]], str]] = {
    "radio": _choices, "checkboxes": _choices, "number": _number, "line": _line, "program": _program,
    "output": _output, "blanks": _blanks, "matching": _matching, "ordering": _ordering, "parsons": _parsons,
    "spots": _spots, "tables": _tables, "given": _given, "table": _columns, "cell": _cell_asked, "files": _files,
    "rubric": _rubric,
}  # fmt: skip


def _plain_answer(shown: Shown, model: Any) -> str:
    text = str(model)
    if not text.strip():
        return ""
    return f'<pre class="output" tabindex="0">{escape(text)}</pre>' if "\n" in text else f"<p>{escape(text)}</p>"


def _chosen(shown: Shown, model: Any) -> str:
    return _list("ul", [shown.block(f"choice {name}") for name in (model if isinstance(model, list) else [model])])


def _ordered(shown: Shown, model: Any) -> str:
    return _list("ol", [shown.block(f"choice {name}") for name in model])


def _matched(shown: Shown, model: Any) -> str:
    return _list("ul", [f"{shown.block(f'prompt {a}')} → {shown.block(f'choice {b}')}" for a, b in model.items()])


def _filled(shown: Shown, model: Any) -> str:
    numbers = {blank["id"] for blank in shown.task.spec["blanks"] if blank["as"] == "number"}
    words = {name: plain(Fraction(text)) if name in numbers else text for name, text in model.items()}
    return with_gaps(shown, lambda place: f"<mark>{escape(words[place])}</mark>")


def _assembled(shown: Shown, model: Any) -> str:
    texts = {line["id"]: line["text"] for line in shown.task.spec["lines"]}
    return colour_code("".join(f"{STEP * indent}{texts[name]}\n" for name, indent in model), "python")


def _code_answer(shown: Shown, model: Any) -> str:
    parts = model.values() if isinstance(model, Mapping) else [model]
    return "".join(colour_code(str(part), "sql" if shown.task.kind == "sql" else "python") for part in parts)


def _numbered(shown: Shown, model: Any) -> str:
    return f"<p>{plain(Fraction(str(model)))} {escape(shown.task.spec['unit'])}</p>"


def _secret(shown: Shown, model: Any) -> str:
    """expected.csv never leaves the server."""
    return ""


def _pointed(shown: Shown, model: Any) -> str:
    return _list("ul", [f"{x}, {y}" for x, y in model])


_ANSWERS: Mapping[str, Callable[[Shown, Any], str]] = {
    "single_choice": _chosen, "multiple_choice": _chosen, "ordering": _ordered, "matching": _matched,
    "fill_blanks": _filled, "parsons": _assembled, "python_code": _code_answer, "python_cells": _code_answer,
    "sql": _code_answer, "numeric": _numbered, "hot_spot": _pointed, "table": _secret,
}  # fmt: skip
