"""A text or a program with blanks to fill: words, numbers, or one of a few choices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading.answers import InvalidAnswer, fields_of, normal_of, text_or_nothing
from bilik.grading.checkers.parts import count_right, known_name, read_id, verdict_on
from bilik.grading.normal import IGNORABLE, counted_as, form, same
from bilik.grading.numbers import LONGEST, NotANumber, exactly, read_number
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict, author

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {"blanks": Block(0, "places")}
CREDITS = ("each", "all")
MOST_BLANKS = 30
MOST_CHOICES = 12
LONGEST_BLANK = 200
NARROWEST, WIDEST = 6, 24


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[blanks]]` with `answers`, `number` or `choices`; `credit`; `[[feedback]]`."""
    blanks: list[dict[str, Any]] = []
    for row in table.tables("blanks"):
        blanks.append(_read_blank(row, [blank["id"] for blank in blanks]))
        row.leave_no_rest()
    if not 1 <= len(blanks) <= MOST_BLANKS:
        table.problem("blanks", f"There must be 1 to {MOST_BLANKS} [[blanks]].", code="blanks")
    feedback = []
    for row in table.tables("feedback"):
        name = known_name(row, "blank", [blank["id"] for blank in blanks], what="blank")
        feedback.append({"blank": name, "answer": str(row.answer("answer")), "say": row.text("say")})
        row.leave_no_rest()
    return {"blanks": blanks, "credit": table.one_of("credit", CREDITS, "each"), "feedback": feedback}


def _read_blank(row: Table, known: Sequence[str]) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "id": read_id(row, known, what="blank"),
        "weight": row.whole("weight", 1, low=1, high=100),
    }
    if row.has("number"):
        return blank | _read_number(row)
    answers, choices = row.texts("answers"), row.texts("choices", ())
    if not any(answer.strip() for answer in answers):
        row.problem("answers", "`answers` needs at least one text.", code="no-answers")
    ignore = row.texts("ignore", ("case", "spaces")) if not choices else ()
    if strange := set(ignore) - set(IGNORABLE):
        row.problem("ignore", f"`ignore` takes {', '.join(IGNORABLE)}, not {', '.join(sorted(strange))}.")
    for answer in answers:
        if choices and answer not in choices:
            row.problem("answers", f"{answer!r} is not among the choices.", code="no-choice")
        elif answer.strip() and not form(answer, ignore):
            row.problem("ignore", f"Nothing is left of the answer {answer!r} when this is ignored.")
    if choices and not (2 <= len(choices) <= MOST_CHOICES and len(set(choices)) == len(choices) and all(choices)):
        row.problem("choices", f"`choices` takes 2 to {MOST_CHOICES} different texts.")
    made_of = "choices" if choices else "text"
    return blank | {"as": made_of, "answers": list(answers), "ignore": list(ignore), "choices": list(choices)}


def _read_number(row: Table) -> dict[str, Any]:
    numbers = {key: row.exact(key, "0") or Fraction(0) for key in ("number", "absolute", "relative")}
    for key in ("absolute", "relative"):
        if numbers[key] < 0:
            row.problem(key, f"`{key}` cannot be negative.")
    return {"as": "number", **{key: str(value) for key, value in numbers.items()}}


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong fillings."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The text with a place for each blank."""
    return {"blanks": tuple(blank["id"] for blank in spec["blanks"])}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The text with a field for each blank. All fields are as wide, so that width tells nothing."""
    answers = [answer for blank in spec["blanks"] for answer in blank.get("answers", ())]
    parts = [
        {
            "name": f"answer-{blank['id']}",
            "place": blank["id"],
            "as": blank["as"],
            "options": list(blank.get("choices", ())),
            "longest": LONGEST if blank["as"] == "number" else LONGEST_BLANK,
        }
        for blank in spec["blanks"]
    ]
    width = min(WIDEST, max([NARROWEST, *(len(answer) + 2 for answer in answers)]))
    return [{"control": "blanks", "name": "answer", "pieces": "blanks", "parts": parts, "width": width}]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What stands in each blank. A blank may stay empty, but not all of them."""
    answer = {blank["id"]: _parse_blank(blank, fields) for blank in spec["blanks"]}
    if not any(answer.values()):
        raise InvalidAnswer("invalid.empty")
    return answer


def _parse_blank(blank: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> str:
    longest = LONGEST if blank["as"] == "number" else LONGEST_BLANK
    text = text_or_nothing(fields, longest=longest, name=f"answer-{blank['id']}")
    if blank["as"] == "choices":
        if text and text not in blank["choices"]:
            raise InvalidAnswer("invalid.no_such_choice", choice=text[:100])
        return text
    if blank["as"] == "number" and text.strip():
        _number(text)
    return text.strip()


def _number(text: str) -> Fraction:
    try:
        return read_number(text)
    except NotANumber:
        raise InvalidAnswer("invalid.not_a_number", text=text.strip()[:40]) from None


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One field for each blank."""
    return fields_of(answer)


def _same(blank: Mapping[str, Any], filled: str, other: str) -> bool:
    """Whether a blank holds this, by its own measure."""
    if blank["as"] != "number":
        return filled == other if blank["as"] == "choices" else same(filled, other, blank["ignore"])
    try:
        target = read_number(other)
    except NotANumber:
        return False
    return abs(_number(filled) - target) <= max(Fraction(blank["absolute"]), Fraction(blank["relative"]) * abs(target))


def _right(blank: Mapping[str, Any], filled: str) -> bool:
    answers = (blank["number"],) if blank["as"] == "number" else blank["answers"]
    return bool(filled) and any(_same(blank, filled, answer) for answer in answers)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """What stands in each blank, numbers by their value."""
    if not isinstance(answer, Mapping):
        return normal_of(answer)
    blanks = {blank["id"]: blank for blank in spec["blanks"]}
    return {str(name): _filling(blanks.get(name), str(filled)) for name, filled in answer.items()}


def _filling(blank: Mapping[str, Any] | None, filled: str) -> str:
    if blank is None or blank["as"] == "choices":
        return filled
    if blank["as"] == "text":
        return counted_as(filled, blank["ignore"])
    try:
        return exactly(read_number(filled))
    except NotANumber:
        return filled.strip()


def check(spec: Mapping[str, Any], answer: Mapping[str, str], run: Any) -> Verdict:
    """Credit "each": every right blank earns its weight's share. "all": everything or nothing."""
    wrong = [blank for blank in spec["blanks"] if not _right(blank, answer.get(blank["id"], ""))]
    whole = sum(blank["weight"] for blank in spec["blanks"])
    earned = whole - sum(blank["weight"] for blank in wrong)
    if wrong and spec["credit"] == "all":
        earned = 0
    return verdict_on(earned, whole, of=spec["points"], said=_advice(spec, answer, wrong))


def _advice(
    spec: Mapping[str, Any], answer: Mapping[str, str], wrong: Sequence[Mapping[str, Any]]
) -> Sequence[Feedback]:
    """The author's word for each blank that has one, then how many are right, then what is nearly right."""
    said = []
    for blank in wrong:
        filled = answer.get(blank["id"], "")
        rules = (rule for rule in spec["feedback"] if rule["blank"] == blank["id"])
        rule = next((rule for rule in rules if filled and _same(blank, filled, rule["answer"])), None)
        if rule is not None and author(rule["say"]) not in said:
            said.append(author(rule["say"]))
    if len(spec["blanks"]) > 1:
        names = [blank["id"] for blank in wrong]
        said.append(count_right("blanks.right", of=len(spec["blanks"]), wrong=names, spec=spec))
    if any(blank["as"] == "text" and _nearly(blank, answer.get(blank["id"], "")) for blank in wrong):
        said.append(Feedback("text.nearly"))
    return said


def _nearly(blank: Mapping[str, Any], filled: str) -> bool:
    return bool(form(filled, IGNORABLE)) and any(same(filled, right, IGNORABLE) for right in blank["answers"])


def model_answer(spec: Mapping[str, Any], solution: str) -> dict[str, str]:
    """The first alternative of each blank."""
    return {
        blank["id"]: str(blank["number"]) if blank["as"] == "number" else next(iter(blank["answers"]), "")
        for blank in spec["blanks"]
    }
