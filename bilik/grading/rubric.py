"""Rubrics: what a person looks at who marks an answer, and what their marks come to.

A rubric is a list of criteria; each has points and levels, and each level earns a part of the points. A *marking* says
for every criterion which level was reached. Points are exact all the way (texts in the spec, fractions here).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

from bilik.grading.problems import Table
from bilik.grading.verdict import Feedback, Outcome, Verdict, accepted, part_of, wrong

Levels = Mapping[str, str]
"""One marking: the level that was reached, by criterion."""


def is_marked(spec: Mapping[str, Any]) -> bool:
    """Whether answers to this task are marked by people."""
    return bool(spec.get("rubric"))


def needs_marking(of: int) -> Verdict:
    """What a checker says of an answer that only people can judge."""
    return Verdict(Outcome.NEEDS_MARKING, part_of(0, 1, of=of), of)


def read_rubric(table: Table) -> list[dict[str, Any]]:
    """`[[rubric]]` with `id`, `points` and `[[rubric.levels]]` with `id` and `points`; problems are noted.

    The points of all criteria make the points of the exercise, and each criterion has a level for nothing and one for
    all of its points.
    """
    rubric = [_criterion(row) for row in table.tables("rubric")]
    if not rubric:
        table.problem("rubric", "A task that people mark needs at least one [[rubric]].", code="no-rubric")
    if len({criterion["id"] for criterion in rubric}) != len(rubric):
        table.problem("rubric", "Two criteria have the same `id`.", code="double-criterion")
    points = table.whole("points", 1, low=1, high=100)
    total = sum((Fraction(criterion["points"]) for criterion in rubric), Fraction(0))
    if rubric and total != points:
        message = f"The criteria are worth {total} points together, the exercise {points}: make them equal."
        table.problem("points", message, code="rubric-points")
    return rubric


def _criterion(row: Table) -> dict[str, Any]:
    points = row.exact("points", "1") or Fraction(1)
    levels = []
    for level in row.tables("levels"):
        levels.append({"id": level.text("id"), "points": str(level.exact("points") or Fraction(0))})
        level.leave_no_rest()
    worth = [Fraction(level["points"]) for level in levels]
    if len({level["id"] for level in levels}) != len(levels):
        row.problem("levels", "Two levels of a criterion have the same `id`.", code="double-level")
    if not worth or min(worth) != 0 or max(worth) != points:
        message = f"The levels go from 0 points to {points}, the points of their criterion."
        row.problem("levels", message, code="level-points")
    criterion = {"id": row.text("id"), "points": str(points), "levels": levels}
    row.leave_no_rest()
    return criterion


def rubric_blocks(rubric: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The blocks that must be there in every language: each criterion and each of its levels in words."""
    found: dict[str, tuple[str, ...]] = {}
    for criterion in rubric:
        found[f"criterion {criterion['id']}"] = ()
        found |= {f"level {criterion['id']} {level['id']}": () for level in criterion["levels"]}
    return found


def why_incomplete(rubric: Sequence[Mapping[str, Any]], levels: Levels) -> list[str]:
    """The criteria for which no level of theirs was chosen, in the rubric's order."""
    known = {criterion["id"]: {level["id"] for level in criterion["levels"]} for criterion in rubric}
    return [name for name, choices in known.items() if levels.get(name) not in choices]


def points_of(rubric: Sequence[Mapping[str, Any]], levels: Levels) -> dict[str, Fraction]:
    """The points that a complete marking gives, by criterion."""
    return {
        criterion["id"]: next(
            Fraction(level["points"]) for level in criterion["levels"] if level["id"] == levels[criterion["id"]]
        )
        for criterion in rubric
    }


def total_of(rubric: Sequence[Mapping[str, Any]], levels: Levels) -> Fraction:
    """The points of a complete marking together."""
    return sum(points_of(rubric, levels).values(), Fraction(0))


def mean_points(rubric: Sequence[Mapping[str, Any]], markings: Sequence[Levels]) -> dict[str, Fraction]:
    """The mean of several markings, criterion by criterion: what two markers who agree come to."""
    each = [points_of(rubric, levels) for levels in markings]
    return {name: sum((points[name] for points in each), Fraction(0)) / len(each) for name in each[0]}


def median_points(rubric: Sequence[Mapping[str, Any]], markings: Sequence[Levels]) -> dict[str, Fraction]:
    """The median of several markings, criterion by criterion: one careless or unkind peer does not move it."""
    each = [points_of(rubric, levels) for levels in markings]
    return {name: median([points[name] for points in each]) for name in each[0]}


def marked_verdict(
    spec: Mapping[str, Any], points: Mapping[str, Fraction], comments: Sequence[Mapping[str, str]] = ()
) -> Verdict:
    """The verdict that marks come to. `points` by criterion; a comment has its `text` and perhaps its `criterion`."""
    rubric, of = spec["rubric"], int(spec["points"])
    earned = sum(points.values(), Fraction(0))
    said = [_mark(criterion, points[criterion["id"]]) for criterion in rubric]
    said += [Feedback("comment", {"criterion": "", **comment}) for comment in comments if comment["text"].strip()]
    if earned == of:
        return accepted(of, *said)
    if earned == 0:
        return wrong(of, *said)
    return Verdict(Outcome.PARTIAL, part_of(earned, of, of=of), of, tuple(said))


def _mark(criterion: Mapping[str, Any], points: Fraction) -> Feedback:
    """The mark for one criterion; between two levels (a mean of two markers) it has no level's words."""
    level = next((one["id"] for one in criterion["levels"] if Fraction(one["points"]) == points), "")
    data = {"criterion": criterion["id"], "level": level, "points": str(points), "of": criterion["points"]}
    return Feedback("mark", data)
