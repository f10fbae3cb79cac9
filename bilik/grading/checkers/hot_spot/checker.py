"""Points to set on a picture."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bilik.grading.answers import InvalidAnswer, fields_of, sent
from bilik.grading.checkers.hot_spot.shapes import NUMBERS, inside, middle
from bilik.grading.checkers.parts import read_id, verdict_on
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict, author

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {"alt": Block(0, "plain")}
MOST_AREAS = 30
LARGEST = 4_000
_COARSEST, _FINEST = 6, 12
_POINT = re.compile(r"\s*([0-9]{1,4})\s*,\s*([0-9]{1,4})\s*", re.ASCII)

Point = list[int]


def read(table: Table, files: Any) -> dict[str, Any]:
    """`picture`, `size`, `[[areas]]`, `pick`, `margin`."""
    picture = table.text("picture")
    if picture and picture not in files.pictures:
        table.problem("picture", f"There is no picture {picture} in the exercise's folder.", code="no-picture")
    size = table.wholes("size", low=1, high=LARGEST)
    if len(size) != 2:
        table.problem("size", "`size` takes the picture's width and height, such as [400, 300].")
        size = (LARGEST, LARGEST)
    areas: list[dict[str, Any]] = []
    for row in table.tables("areas"):
        areas.append(_read_area(row, [area["id"] for area in areas], size))
        row.leave_no_rest()
    correct = sum(area["correct"] for area in areas)
    if not correct or len(areas) > MOST_AREAS:
        table.problem(
            "areas", f"There are 1 to {MOST_AREAS} [[areas]], at least one with `correct = true`.", code="areas"
        )
    spec = {
        "picture": picture,
        "size": list(size),
        "areas": areas,
        "pick": table.whole("pick", max(1, correct), low=1, high=MOST_AREAS),
        "margin": table.whole("margin", 0, low=0, high=100),
    }
    spec["grid"] = list(_grid(spec))
    if missed := _missed_by_grid(spec):
        message = (
            f"{', '.join(missed)} would be missed by whoever chooses from a grid and cannot point. "
            "Make the area larger, or raise `margin`."
        )
        table.problem("areas", message, code="small-area", level="warning")
    return spec


def _read_area(row: Table, known: Sequence[str], size: Sequence[int]) -> dict[str, Any]:
    shape, at = row.one_of("shape", tuple(NUMBERS)), row.wholes("at", low=0, high=LARGEST)
    wanted = NUMBERS[shape]
    if len(at) != wanted and not (shape == "polygon" and len(at) > wanted and len(at) % 2 == 0):
        numbers = {
            "circle": "[x, y, radius]",
            "rect": "[x, y, width, height]",
            "polygon": "[x1, y1, x2, y2, x3, y3, …]",
        }
        row.problem("at", f"`at` of a {shape} is {numbers[shape]}.")
        at = (0,) * wanted
    area = {"id": read_id(row, known, what="area"), "shape": shape, "at": list(at), "correct": row.flag("correct")}
    x, y = middle(shape, at)
    if x > size[0] or y > size[1]:
        row.problem("at", f"The area lies outside of the picture of {size[0]} by {size[1]}.")
    return area | {"feedback": row.text("feedback", "")}


def _grid(spec: Mapping[str, Any]) -> tuple[int, int]:
    """Columns and rows of the coarsest grid in which every right area holds the middle of a cell, else the finest."""
    width, height = spec["size"]
    found = (_FINEST, _FINEST)
    for cells in range(_COARSEST, _FINEST + 1):
        share = Fraction(min(width, height), max(width, height))
        other = max(1, round(cells * share))
        found = (cells, other) if width >= height else (other, cells)
        if not _missed_by_grid({**spec, "grid": found}):
            break
    return found


def cell_middles(spec: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The middle of each cell of the grid, row by row."""
    (width, height), (columns, rows) = spec["size"], spec["grid"]
    xs = [(2 * column + 1) * width // (2 * columns) for column in range(columns)]
    ys = [(2 * row + 1) * height // (2 * rows) for row in range(rows)]
    return [(x, y) for y in ys for x in xs]


def _missed_by_grid(spec: Mapping[str, Any]) -> list[str]:
    cells = cell_middles(spec)
    return [
        area["id"]
        for area in spec["areas"]
        if area["correct"] and not any(_hits(area, point, spec["margin"]) for point in cells)
    ]


def _hits(area: Mapping[str, Any], point: Sequence[int], margin: int) -> bool:
    return inside(area["shape"], area["at"], point[0], point[1], margin=margin)


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback named by the areas."""
    return {area["feedback"] for area in spec["areas"] if area["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The picture in words."""
    return {"alt": ()}


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The picture, how many points may be set, and a grid for whoever cannot point."""
    return [
        {
            "control": "spots",
            "name": "answer",
            "picture": spec["picture"],
            "size": spec["size"],
            "pick": spec["pick"],
            "grid": spec["grid"],
            "cells": [f"{x},{y}" for x, y in cell_middles(spec)],
        }
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> list[Point]:
    """The points, in the picture's own coordinates. The same point twice is one; a field may stay empty."""
    points: list[Point] = []
    for text in filter(str.strip, sent(fields)):
        match = _POINT.fullmatch(text[:40])
        if match is None or int(match[1]) > spec["size"][0] or int(match[2]) > spec["size"][1]:
            raise InvalidAnswer("invalid.not_a_point")
        point = [int(match[1]), int(match[2])]
        points += [point] if point not in points else []
        if len(points) > spec["pick"]:
            raise InvalidAnswer("invalid.too_many_points", most=spec["pick"])
    if not points:
        raise InvalidAnswer("invalid.no_point")
    return points


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """The field `answer`, once for each point, as "x,y"."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """The points, whose order says nothing."""
    return sorted(fields_of(answer).get("answer", ()))


def check(spec: Mapping[str, Any], answer: Sequence[Point], run: Any) -> Verdict:
    """Every right area with a point in it earns its share, every point in no right area takes one away.

    As many right areas are wanted as points may be set, at most all of them.
    """
    right = [area for area in spec["areas"] if area["correct"]]
    wanted = min(spec["pick"], len(right))
    hit = sum(any(_hits(area, point, spec["margin"]) for point in answer) for area in right)
    missed = [point for point in answer if not any(_hits(area, point, spec["margin"]) for area in right)]
    earned = max(0, min(hit, wanted) - len(missed))
    return verdict_on(earned, wanted, of=spec["points"], said=_advice(spec, missed, min(hit, wanted), wanted))


def _advice(spec: Mapping[str, Any], missed: Sequence[Point], hit: int, wanted: int) -> list[Feedback]:
    said: list[Feedback] = []
    for point in missed:
        areas = (area for area in spec["areas"] if not area["correct"] and area["feedback"])
        found = next((area["feedback"] for area in areas if _hits(area, point, 0)), "")
        if found and author(found) not in said:
            said.append(author(found))
    return [*said, Feedback("spots.right", {"right": hit, "of": wanted})]


def model_answer(spec: Mapping[str, Any], solution: str) -> list[Point]:
    """A point in each right area, or in as many as are wanted."""
    right = [area for area in spec["areas"] if area["correct"]]
    return [list(middle(area["shape"], area["at"])) for area in right[: spec["pick"]]]
