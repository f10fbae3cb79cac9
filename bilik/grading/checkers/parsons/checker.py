"""A program in lines that are mixed up: put them in order and give them their indentation (Parsons problem)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading.answers import InvalidAnswer, normal_of
from bilik.grading.checkers.parsons.lines import Answer, in_order, lines_of, numbered, sent_lines, source_of
from bilik.grading.checkers.parsons.reading import read_spec
from bilik.grading.checkers.parts import verdict_on
from bilik.grading.checkers.python_code import checker as python_code
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict, author

VERSION = 1
NEEDS_SANDBOX = True
BLOCKS: Mapping[str, Block] = {}


def read(table: Table, files: Any) -> dict[str, Any]:
    """`program.py`, `distractors.py`, `given_indent`; then `[[tests]]`, or `[[free]]`, `credit` and `[[feedback]]`."""
    return read_spec(table, files)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback of rules, and of tests and requirements where there are any."""
    return {rule["say"] for rule in spec["feedback"]} | (python_code.sayings(spec["code"]) if spec["code"] else set())


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """None beside those of every exercise."""
    return {}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """All lines in an order that says nothing; with their indentation only where it is given."""
    parts = []
    for line in in_order(spec):
        part = {"name": f"answer-{line['id']}", "code": line["text"]}
        parts.append(part | ({"indent": line["indent"]} if spec["given_indent"] else {}))
    return [
        {
            "control": "parsons",
            "name": "answer",
            "arranged": True,
            "given_indent": spec["given_indent"],
            "spare": bool(spec["distractors"]),
            "parts": parts,
        }
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> Answer:
    """The lines that are used, in order, as [id, indentation in steps of four spaces]."""
    return sent_lines(spec, fields)


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One field for each line that is used, with its place and its indentation.

    An author gives a program as text, or lines by their number in program.py or distractors.py ("d1").
    """
    pairs = lines_of(spec, answer) if isinstance(answer, str) else numbered(spec, answer)
    if len({name for name, _ in pairs}) != len(pairs):
        raise InvalidAnswer("invalid.each_once")
    return {f"answer-{name}": [str(place), str(indent)] for place, (name, indent) in enumerate(pairs, 1)}


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The lines in their order, each with its indentation."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: Answer, run: Any) -> Verdict:
    """By its tests where there are any, else by the order and indentation of its lines."""
    if spec["code"]:
        return python_code.check({**spec["code"], "points": spec["points"]}, source_of(spec, answer), run)
    return _check_order(spec, answer)


def _tokens(spec: Mapping[str, Any], lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """What stands for each line when lines are compared: lines that may change places are the same."""
    groups: dict[tuple[str, int], tuple[str, int]] = {}
    for number, group in enumerate(spec["free"]):
        for place in group:
            line = spec["lines"][place - 1]
            groups[line["text"], line["indent"]] = ("\n", number)  # no line holds a line break
    return [groups.get(line, line) for line in lines]


def _check_order(spec: Mapping[str, Any], answer: Answer) -> Verdict:
    """Credit "all": everything or nothing. "lines": the lines that stand right among themselves (the longest common
    subsequence with the program) less those that do not belong to it, over all lines of the program.
    """
    known = {line["id"]: line["text"] for line in [*spec["lines"], *spec["distractors"]]}
    if any(name not in known for name, _ in answer):
        raise InvalidAnswer("invalid.no_such_line")
    wanted = _tokens(spec, [(line["text"], line["indent"]) for line in spec["lines"]])
    given = _tokens(spec, [(known[name], indent) for name, indent in answer])
    extra = sum(name in {line["id"] for line in spec["distractors"]} for name, _ in answer)
    earned = Fraction(max(0, _longest_common(given, wanted) - extra))
    if given != wanted and spec["credit"] == "all":
        earned = Fraction(0)
    said = [author(name) for name in dict.fromkeys(_rules_met(spec, answer))]
    return verdict_on(earned, len(wanted), of=spec["points"], said=[*said, *_advice(spec, answer, given, wanted)])


def _longest_common(one: Sequence[Any], other: Sequence[Any]) -> int:
    """The length of the longest common subsequence; at most as many steps as lines times lines."""
    row = [0] * (len(other) + 1)
    for item in one:
        diagonal = 0
        for place, against in enumerate(other, 1):
            above = row[place]
            row[place] = diagonal + 1 if item == against else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def _rules_met(spec: Mapping[str, Any], answer: Answer) -> list[str]:
    places = {name: number for number, (name, _) in enumerate(answer)}
    indents = dict(answer)
    met = []
    for rule in spec["feedback"]:
        if "distractor" in rule:
            fits = rule["distractor"] in places
        elif "indent" in rule:
            fits = indents.get(rule["line"]) == rule["indent"]
        else:
            fits = places.get(rule["line"], len(places)) < places.get(rule["before"], -1)
        met += [rule["say"]] if fits else []
    return met


def _advice(
    spec: Mapping[str, Any], answer: Answer, given: Sequence[tuple[str, int]], wanted: Sequence[tuple[str, int]]
) -> list[Feedback]:
    """How far the lines are right, what is wrong with the next one, and whether there are too few."""
    right = next((n for n, (one, other) in enumerate(zip(given, wanted, strict=False)) if one != other), -1)
    right = min(len(given), len(wanted)) if right < 0 else right
    said = [Feedback("order.first_lines_right", {"count": right}) if right else Feedback("order.start_lines")]
    if len(answer) < len(wanted):
        said.append(Feedback("parsons.missing", {"count": len(wanted) - len(answer)}))
    if right < min(len(given), len(wanted)):
        known = {line["id"]: line["text"] for line in [*spec["lines"], *spec["distractors"]]}
        texts = {line["text"] for line, token in zip(spec["lines"], wanted, strict=True) if token == wanted[right]}
        if known[answer[right][0]] in texts:
            said.append(Feedback("parsons.indent", {"line": right + 1}))
    return said


def model_answer(spec: Mapping[str, Any], solution: str) -> Answer:
    """program.py."""
    return [[line["id"], line["indent"]] for line in spec["lines"]]
