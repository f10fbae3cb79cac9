"""Things to put into an order: one right order, or every order in which some things come after others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from bilik.grading.answers import InvalidAnswer, fields_of, normal_of, sent, storable, text_or_nothing
from bilik.grading.checkers.parts import known_name, read_id, verdict_on
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict, author

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {"choice": Block()}
CREDITS = ("all", "pairs")
MOST_ITEMS = 20
_PLACE = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[items]]` with `after`, `credit`, `[[feedback]]`."""
    items: list[dict[str, Any]] = []
    for row in table.tables("items"):
        above = [item["id"] for item in items]
        name = read_id(row, above, what="item")
        after = list(row.texts("after")) if row.has("after") else None
        if strange := set(after or ()) - set(above):
            message = f"`after` names items that stand above this one, not {', '.join(sorted(strange))}."
            row.problem("after", message, code="no-item")
        items.append({"id": name, "after": after})
        row.leave_no_rest()
    if not 2 <= len(items) <= MOST_ITEMS:
        table.problem("items", f"There must be 2 to {MOST_ITEMS} [[items]].", code="items")
    ids = [item["id"] for item in items]
    has_after = any(item["after"] is not None for item in items)
    pairs = _closed(items) if has_after else [list(pair) for pair in combinations(ids, 2)]
    if has_after and not pairs:
        table.problem("items", "With these `after` every order would be right.", code="items")
    return {
        "items": ids,
        "pairs": pairs,
        "credit": table.one_of("credit", CREDITS, "all"),
        "feedback": [_read_rule(row, ids) for row in table.tables("feedback")],
    }


def _closed(items: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """All pairs (earlier, later) that follow from `after`, also over several steps."""
    before: dict[str, set[str]] = {}
    for item in items:
        direct = [name for name in item["after"] or () if name in before]
        before[item["id"]] = set(direct).union(*(before[name] for name in direct))
    return [[earlier["id"], item["id"]] for item in items for earlier in items if earlier["id"] in before[item["id"]]]


def _read_rule(row: Table, ids: Sequence[str]) -> dict[str, Any]:
    rule = {"say": row.text("say")}
    if row.has("first"):
        rule["first"] = known_name(row, "first", ids, what="item")
    else:
        rule |= {key: known_name(row, key, ids, what="item") for key in ("item", "before")}
    row.leave_no_rest()
    return rule


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong orders."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words of the items."""
    return {f"choice {name}": () for name in spec["items"]}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The items in an order that says nothing and is not right."""
    parts = [{"name": f"answer-{name}", "block": f"choice {name}"} for name in _mixed(spec)]
    return [{"control": "ordering", "name": "answer", "arranged": True, "parts": parts}]


def _mixed(spec: Mapping[str, Any]) -> list[str]:
    """The items mixed by their names alone. What is turned round breaks every rule that a right order keeps."""
    names = "/".join(sorted(spec["items"]))
    mixed = sorted(spec["items"], key=lambda name: hashlib.blake2b(f"{names}/{name}".encode()).digest())
    return mixed[::-1] if _kept(spec, mixed) == len(spec["pairs"]) else mixed


def _kept(spec: Mapping[str, Any], order: Sequence[str]) -> int:
    """How many of the pairs that must stand in their order do."""
    place = {name: number for number, name in enumerate(order)}
    return sum(place[earlier] < place[later] for earlier, later in spec["pairs"])


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids in order: the field `answer` in order, or a place number in `answer-<id>` for each item."""
    order = [storable(name[:100]) for name in sent(fields)[: MOST_ITEMS * 2]] or _numbered(spec, fields)
    if strange := set(order) - set(spec["items"]):
        raise InvalidAnswer("invalid.no_such_choice", choice=sorted(strange)[0])
    if len(order) != len(spec["items"]) or set(order) != set(spec["items"]):
        raise InvalidAnswer("invalid.each_once")
    return order


def _numbered(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> list[str]:
    places: dict[int, str] = {}
    for name in spec["items"]:
        text = text_or_nothing(fields, longest=20, name=f"answer-{name}").strip()
        if not _PLACE.fullmatch(text):
            raise InvalidAnswer("invalid.no_place")
        if int(text) in places:
            raise InvalidAnswer("invalid.same_place", place=int(text))
        places[int(text)] = name
    return [places[place] for place in sorted(places)]


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One field for each item, with the number of its place."""
    if isinstance(answer, list) and sorted(map(str, answer)) == sorted(spec["items"]):
        return {f"answer-{name}": [str(place)] for place, name in enumerate(answer, 1)}
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The items in their order."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: Sequence[str], run: Any) -> Verdict:
    """Right when every pair that must stand in its order does.

    Credit "all": everything or nothing. "pairs": the pairs in their right order less those the other way round, over
    all such pairs, never below nothing, so that a blind guess earns little. That is the rank correlation of
    M. G. Kendall (A new measure of rank correlation, Biometrika 30, 1938), cut at 0.
    """
    if sorted(answer) != sorted(spec["items"]):
        raise InvalidAnswer("invalid.each_once")
    whole, kept = len(spec["pairs"]), _kept(spec, answer)
    earned = Fraction(max(0, 2 * kept - whole))
    if kept < whole and spec["credit"] == "all":
        earned = Fraction(0)
    return verdict_on(earned, whole, of=spec["points"], said=_advice(spec, answer))


def _advice(spec: Mapping[str, Any], answer: Sequence[str]) -> list[Feedback]:
    place = {name: number for number, name in enumerate(answer)}
    said: list[Feedback] = []
    for rule in spec["feedback"]:
        fits = answer[0] == rule["first"] if "first" in rule else place[rule["item"]] < place[rule["before"]]
        if fits and author(rule["say"]) not in said:
            said.append(author(rule["say"]))
    # How far the order is right: up to the first item that stands above one it must come after.
    late = {earlier for earlier, later in spec["pairs"] if place[later] < place[earlier]}
    early = {later for earlier, later in spec["pairs"] if place[later] < place[earlier]}
    count = next((number for number, name in enumerate(answer) if name in early | late), len(answer))
    said.append(Feedback("order.first_right", {"count": count}) if count else Feedback("order.start"))
    return said


def model_answer(spec: Mapping[str, Any], solution: str) -> list[str]:
    """The order in which the author listed the items."""
    return list(spec["items"])
