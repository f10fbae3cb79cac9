"""The kinds of exercise as interactions of QTI 3.0, one function each. None for what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.exchange.exporters.qti.items import (
    Parts,
    Response,
    attribute,
    blocks,
    decimal,
    identifier,
    inline,
    scores,
    sets,
    text,
    value,
    when,
)
from bilik.exchange.exporting import Exporting, Task
from bilik.exchange.showing import STEP, Shown, asked, materials, with_gaps
from bilik.grading.kinds import KINDS
from bilik.grading.outputs import tidy_lines

MOST_LINES = 12
_FORMAT = "QTI"
_PLACE = "BilikGap{}x"
ONE = Fraction(1)


def parts_of(exporting: Exporting, shown: Shown) -> Parts:
    """The item of an exercise; a text that a person reads where nothing else fits."""
    made = _KINDS[shown.task.kind](exporting, shown) if shown.task.kind in _KINDS else None
    if made is None:
        return _read_by_person(exporting, shown)
    if shown.text.explanation:
        made.explanation = shown.prose(shown.text.explanation)
    return made


def _task(shown: Shown) -> str:
    return blocks(shown.prose(shown.text.task))


def _read_by_person(exporting: Exporting, shown: Shown) -> Parts:
    exporting.changed(shown.task.item, "essay", kind=shown.task.kind, format=_FORMAT)
    longest = shown.task.spec.get("longest", 4_000)
    field = f'<qti-extended-text-interaction response-identifier="RESPONSE" expected-length="{longest}"/>'
    points = Fraction(shown.task.exercise.points)
    return Parts(blocks(asked(shown)) + field, [Response("RESPONSE", "string")], most=points, by_person=True)


def _single(exporting: Exporting, shown: Shown) -> Parts:
    choices = shown.task.spec["choices"]
    right = [identifier(choice["id"]) for choice in choices if choice["correct"]]
    response = Response("RESPONSE", "identifier", correct=right)
    said = {identifier(choice["id"]): shown.prose(shown.text.feedback.get(choice["feedback"], ""))
            for choice in choices if choice["feedback"]}  # fmt: skip
    return Parts(_task(shown) + _choices(shown, most=1), [response], "match_correct", said=said)


def _choices(shown: Shown, *, most: int) -> str:
    shuffle = str(shown.task.spec["shuffle"]).lower()
    rows = "".join(
        f'<qti-simple-choice identifier="{identifier(choice["id"])}">{inline(shown.block("choice " + choice["id"]))}'
        "</qti-simple-choice>"
        for choice in shown.task.spec["choices"]
    )
    opened = f'<qti-choice-interaction response-identifier="RESPONSE" shuffle="{shuffle}" max-choices="{most}">'
    return f"{opened}{rows}</qti-choice-interaction>"


def _multiple(exporting: Exporting, shown: Shown) -> Parts:
    spec = shown.task.spec
    choices = spec["choices"]
    right = [identifier(choice["id"]) for choice in choices if choice["correct"]]
    if any(choice["feedback"] and choice["correct"] for choice in choices):
        exporting.left(shown.task.item, "no_feedback", format=_FORMAT)
    said = {identifier(choice["id"]): shown.prose(shown.text.feedback.get(choice["feedback"], ""))
            for choice in choices if choice["feedback"] and not choice["correct"]}  # fmt: skip
    response = Response("RESPONSE", "identifier", "multiple", right)
    body = _task(shown) + _choices(shown, most=0)
    if spec["credit"] == "all":
        return Parts(body, [response], "match_correct", said=said, several_said=True)
    if spec["credit"] == "each":
        exporting.changed(shown.task.item, "credit_minus", credit=spec["credit"], format=_FORMAT)
    response.mapping = {identifier(c["id"]): ONE if c["correct"] else -ONE for c in choices}
    response.most = Fraction(len(right))
    return Parts(body, [response], "map_response", response.most, said=said, several_said=True)


def _entry(name: str, width: int) -> str:
    return f'<qti-text-entry-interaction response-identifier="{name}" expected-length="{width}"/>'


def _numeric(exporting: Exporting, shown: Shown) -> Parts:
    spec = shown.task.spec
    right = _float(exporting, shown.task, spec["answer"])
    unit = ""
    if spec["unit"]:
        exporting.changed(shown.task.item, "unit_said", unit=spec["unit"])
        unit = f"<p>{shown.word('in_unit', unit=spec['unit'])}</p>"
    body = f"{_task(shown)}{blocks(unit)}<p>{_entry('RESPONSE', 12)}</p>"
    condition = _equal(spec, "RESPONSE", '<qti-correct identifier="RESPONSE"/>', Fraction(spec["answer"]))
    rules, said = when(condition, scores(value(ONE)), scores(value(Fraction(0)))), {}
    for number, rule in enumerate(spec["feedback"], 1):
        wrong = Fraction(rule["answer"])
        said[f"reply-{number}"] = shown.prose(shown.text.feedback.get(rule["say"], ""))
        rules += when(_equal(spec, "RESPONSE", value(wrong), wrong), sets("FEEDBACK", f"reply-{number}"))
    return Parts(body, [Response("RESPONSE", "float", correct=[right])], rules, said=said)


def _float(exporting: Exporting, task: Task, number: str) -> str:
    made = decimal(Fraction(number))
    if Fraction(made) != Fraction(number):
        exporting.changed(task.item, "cut_number", number=number)
    return made


def _equal(spec: Mapping[str, Any], name: str, other: str, target: Fraction) -> str:
    """A comparison with the larger of the two tolerances; a number that had to be cut may differ by a billionth."""
    by = max(Fraction(spec["absolute"]), Fraction(spec["relative"]) * abs(target))
    if not by and Fraction(decimal(target)) != target:
        by = abs(target) / 10**9
    how = f'tolerance-mode="absolute" tolerance="{decimal(by)} {decimal(by)}"' if by else 'tolerance-mode="exact"'
    return f'<qti-equal {how}><qti-variable identifier="{name}"/>{other}</qti-equal>'


def _short(exporting: Exporting, shown: Shown) -> Parts:
    spec = shown.task.spec
    _note_ignored(exporting, shown.task, spec["ignore"])
    response = _typed("RESPONSE", spec["answers"], spec["ignore"], ONE)
    said, rules = {}, scores('<qti-map-response identifier="RESPONSE"/>')
    for number, rule in enumerate(spec["feedback"], 1):
        said[f"reply-{number}"] = shown.prose(shown.text.feedback.get(rule["say"], ""))
        wrong = f'<qti-base-value base-type="string">{text(rule["answer"])}</qti-base-value>'
        case = str("case" not in spec["ignore"]).lower()
        same = (
            f'<qti-string-match case-sensitive="{case}"><qti-variable identifier="RESPONSE"/>{wrong}</qti-string-match>'
        )
        rules += when(same, sets("FEEDBACK", f"reply-{number}"))
    width = max(map(len, spec["answers"]))
    scoring = rules if said else "map_response"
    return Parts(f"{_task(shown)}<p>{_entry('RESPONSE', max(12, width))}</p>", [response], scoring, said=said)


def _typed(name: str, answers: Sequence[str], ignore: Sequence[str], share: Fraction) -> Response:
    return Response(
        name, "string", correct=answers[:1], mapping=dict.fromkeys(answers, share), any_case="case" in ignore
    )  # fmt: skip


def _note_ignored(exporting: Exporting, task: Task, ignore: Sequence[str]) -> None:
    if {"punctuation", "letters"} & set(ignore):
        exporting.changed(task.item, "other_ignores")


def _predict(exporting: Exporting, shown: Shown) -> Parts | None:
    """A field for each line that is printed, all or nothing."""
    lines = tidy_lines(shown.task.spec["output"] or "")
    if not 0 < len(lines) <= MOST_LINES or any(not line.strip() for line in lines):
        return None
    if shown.task.spec["feedback"]:
        exporting.left(shown.task.item, "no_feedback", format=_FORMAT)
    before = _task(shown) + blocks(materials(shown, ["program"]))
    names = [f"LINE{number}" for number in range(1, len(lines) + 1)] if len(lines) > 1 else ["RESPONSE"]
    if len(lines) > 1:
        exporting.changed(shown.task.item, "field_for_each")
    fields = "".join(f"<p>{number}. {_entry(name, 30)}</p>" for number, name in enumerate(names, 1))
    if len(lines) == 1:
        fields = f"<p>{_entry('RESPONSE', 30)}</p>"
    responses = [Response(name, "string", correct=[line.strip()]) for name, line in zip(names, lines, strict=True)]
    if len(lines) == 1:
        return Parts(before + fields, responses, "match_correct")
    matches = "".join(
        f'<qti-match><qti-variable identifier="{name}"/><qti-correct identifier="{name}"/></qti-match>'
        for name in names
    )
    rules = when(f"<qti-and>{matches}</qti-and>", scores(value(ONE)), scores(value(Fraction(0))))
    question = blocks(f"<p>{shown.word('what_is_printed')}</p>")
    return Parts(before + question + fields, responses, rules)


def _blanks(exporting: Exporting, shown: Shown) -> Parts:
    """Fields and lists in the text; the shares are added up."""
    spec = shown.task.spec
    if spec["feedback"]:
        exporting.left(shown.task.item, "no_feedback", format=_FORMAT)
    responses, rules, fields = [], scores(value(Fraction(0))), {}
    for number, blank in enumerate(spec["blanks"], 1):
        name, share = f"BLANK{number}", Fraction(blank["weight"])
        response, field = _blank(exporting, shown.task, blank, name, share)
        responses.append(response)
        fields[_PLACE.format(number)] = field
        before = '<qti-variable identifier="SCORE"/>'
        if blank["as"] == "number":
            condition = _equal(blank, name, f'<qti-correct identifier="{name}"/>', Fraction(blank["number"]))
            rules += when(condition, scores(f"<qti-sum>{before}{value(share)}</qti-sum>"))
        else:
            given = f'<qti-not><qti-is-null><qti-variable identifier="{name}"/></qti-is-null></qti-not>'
            rules += when(given, scores(f'<qti-sum>{before}<qti-map-response identifier="{name}"/></qti-sum>'))
    most = Fraction(sum(blank["weight"] for blank in spec["blanks"]))
    if spec["credit"] == "all":
        rules += when(f'<qti-lt><qti-variable identifier="SCORE"/>{value(most)}</qti-lt>', scores(value(Fraction(0))))
    marks = {blank["id"]: _PLACE.format(number) for number, blank in enumerate(spec["blanks"], 1)}
    body = blocks(with_gaps(shown, lambda place: marks[place]))
    for mark, field in fields.items():
        body = body.replace(mark, field)
    return Parts(_task(shown) + body, responses, rules, most)


def _blank(
    exporting: Exporting, task: Task, blank: Mapping[str, Any], name: str, share: Fraction
) -> tuple[Response, str]:
    if blank["as"] == "number":
        return Response(name, "float", correct=[_float(exporting, task, blank["number"])]), _entry(name, 8)
    if blank["as"] == "text":
        _note_ignored(exporting, task, blank["ignore"])
        width = max(6, *(len(answer) for answer in blank["answers"]))
        return _typed(name, blank["answers"], blank["ignore"], share), _entry(name, width)
    names = {choice: f"c-{number}" for number, choice in enumerate(blank["choices"], 1)}
    right = [names[answer] for answer in blank["answers"]]
    rows = "".join(
        f'<qti-inline-choice identifier="{names[choice]}">{text(choice)}</qti-inline-choice>' for choice in names
    )
    opened = f'<qti-inline-choice-interaction response-identifier="{name}" shuffle="false">'
    field = f"{opened}{rows}</qti-inline-choice-interaction>"
    return Response(name, "identifier", correct=right[:1], mapping=dict.fromkeys(right, share)), field


def _matching(exporting: Exporting, shown: Shown) -> Parts:
    spec = shown.task.spec
    if spec["feedback"]:
        exporting.left(shown.task.item, "no_feedback", format=_FORMAT)
    pairs = [f"p-{prompt['id']} c-{prompt['match']}" for prompt in spec["prompts"]]
    count = len(pairs)

    def row(name: str, block: str, most: int) -> str:
        words = inline(shown.block(block))
        opened = f'<qti-simple-associable-choice identifier="{name}" match-max="{most}">'
        return f"{opened}{words}</qti-simple-associable-choice>"

    prompts = "".join(row(f"p-{one['id']}", f"prompt {one['id']}", 1) for one in spec["prompts"])
    choices = "".join(row(f"c-{one['id']}", f"choice {one['id']}", count) for one in spec["choices"])
    sets_of = "".join(f"<qti-simple-match-set>{each}</qti-simple-match-set>" for each in (prompts, choices))
    opened = f'<qti-match-interaction response-identifier="RESPONSE" shuffle="true" max-associations="{count}">'
    body = f"{_task(shown)}{opened}{sets_of}</qti-match-interaction>"
    response = Response("RESPONSE", "directedPair", "multiple", pairs)
    if spec["credit"] == "all":
        return Parts(body, [response], "match_correct")
    response.mapping, response.most = dict.fromkeys(pairs, ONE), Fraction(count)
    return Parts(body, [response], "map_response", response.most)


def _ordering(exporting: Exporting, shown: Shown) -> Parts | None:
    spec = shown.task.spec
    count = len(spec["items"])
    if len(spec["pairs"]) != count * (count - 1) // 2:
        return None
    _note_order(exporting, shown.task, spec["credit"] != "all")
    mixed = [part["name"].removeprefix("answer-") for part in KINDS["ordering"].controls(spec)[0]["parts"]]
    rows = {identifier(name): inline(shown.block(f"choice {name}")) for name in mixed}
    return _ordered(shown, rows, [identifier(name) for name in spec["items"]])


def _note_order(exporting: Exporting, task: Task, has_parts: bool) -> None:
    if task.spec["feedback"]:
        exporting.left(task.item, "no_feedback", format=_FORMAT)
    if has_parts:
        exporting.changed(task.item, "credit_all")


def _ordered(shown: Shown, rows: Mapping[str, str], right: Sequence[str]) -> Parts:
    choices = "".join(f'<qti-simple-choice identifier="{n}">{words}</qti-simple-choice>' for n, words in rows.items())
    body = (
        f'{_task(shown)}<qti-order-interaction response-identifier="RESPONSE" shuffle="true">{choices}'
        "</qti-order-interaction>"
    )
    return Parts(body, [Response("RESPONSE", "identifier", "ordered", right)], "match_correct")


def _parsons(exporting: Exporting, shown: Shown) -> Parts | None:
    """The lines with their indentation, where their order is the only one that is right."""
    spec = shown.task.spec
    texts = [(line["text"], line["indent"]) for line in spec["lines"]]
    if spec["code"] or spec["free"] or len(set(texts)) != len(texts):
        return None
    _note_order(exporting, shown.task, spec["credit"] != "all")
    if not spec["given_indent"]:
        exporting.changed(shown.task.item, "indent_given")
    if spec["distractors"]:
        exporting.left(shown.task.item, "no_distractors")
    lines = {line["id"]: line for line in spec["lines"]}
    mixed = sorted(lines)
    rows = {
        identifier(
            name
        ): f"<code>{text((STEP * lines[name]['indent']).replace(' ', chr(160)) + lines[name]['text'])}</code>"
        for name in (mixed[::-1] if mixed == list(lines) else mixed)
    }
    return _ordered(shown, rows, [identifier(name) for name in lines])


def _spots(exporting: Exporting, shown: Shown) -> Parts:
    """Points on a picture. What lies in no right place takes one away, as in the course."""
    spec = shown.task.spec
    if any(area["feedback"] for area in spec["areas"]):
        exporting.left(shown.task.item, "no_feedback", format=_FORMAT)
    if spec["margin"]:
        exporting.changed(shown.task.item, "margin_grown", margin=spec["margin"])
    wanted = min(spec["pick"], sum(area["correct"] for area in spec["areas"]))
    areas = [(*_area(area, spec["margin"]), ONE if area["correct"] else -ONE) for area in spec["areas"]]
    # A point that lies in two places counts for the first one in most systems: the right ones come first.
    areas.sort(key=lambda area: -area[2])
    response = Response(
        "RESPONSE",
        "point",
        "multiple" if spec["pick"] > 1 else "single",
        areas=areas,
        default=-ONE,
        most=Fraction(wanted),
    )
    width, height = spec["size"]
    address = attribute(shown.picture(shown.task, spec["picture"]))
    alt = attribute(" ".join(shown.text.blocks.get("alt", "").split()))
    body = (
        f'{_task(shown)}<qti-select-point-interaction response-identifier="RESPONSE" max-choices="{spec["pick"]}">'
        f'<img src="{address}" alt="{alt}" width="{width}" height="{height}"/></qti-select-point-interaction>'
    )
    return Parts(body, [response], "map_response_point", Fraction(wanted))


def _area(area: Mapping[str, Any], margin: int) -> tuple[str, str]:
    """A place in QTI's way: a rectangle by two corners. Right ones are larger by the margin, but polygons."""
    at, by = area["at"], margin if area["correct"] else 0
    if area["shape"] == "circle":
        return "circle", f"{at[0]},{at[1]},{at[2] + by}"
    if area["shape"] == "rect":
        corners = (max(0, at[0] - by), max(0, at[1] - by), at[0] + at[2] + by, at[1] + at[3] + by)
        return "rect", ",".join(map(str, corners))
    return "poly", ",".join(map(str, at))


_KINDS: Mapping[str, Callable[[Exporting, Shown], Parts | None]] = {
    "single_choice": _single, "multiple_choice": _multiple, "numeric": _numeric, "short_text": _short,
    "predict_output": _predict, "fill_blanks": _blanks, "matching": _matching, "ordering": _ordering,
    "parsons": _parsons, "hot_spot": _spots,
}  # fmt: skip
