"""Figures on tasks from first attempts: plain data in, plain data out, exact where counts allow it.

A *first attempt* is a person's first answer to a task that had a verdict. Later ones say how people mend their answers
and not how hard the task is, so they count for nothing here but where it says so. No figure is shown for fewer than
`LEAST_PEOPLE` people, and no answer that fewer than `LEAST_SAME` of them gave.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from bilik.grading.kinds import KINDS

if TYPE_CHECKING:
    from bilik.submissions.queries import AnswerFacts

LEAST_PEOPLE = 10
LEAST_SAME = 3
MOST_ANSWERS = 8
LONGEST_SHOWN = 400
# What people write in their own words is theirs: it is not shown to anybody here.
OWN_WORDS = frozenset({"free_text", "project"})
LONGEST_PAUSE = 30 * 60.0
FEWEST_OTHERS = 3
Z_95 = 1.959963984540054

VERY_HARD, VERY_EASY = 0.2, 0.97
WEAK, OFTEN_GIVEN_UP, OFTEN_HINTED, LONG = 0.1, 0.4, 0.6, 15 * 60.0


@dataclass(frozen=True)
class Interval:
    """A figure with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass
class Item:
    """What is known of one task. What is None has too few people behind it, or the data do not allow it."""

    task_id: int
    slug: str
    kind: str
    lesson: str
    people: int = 0
    answers: int = 0
    earlier: int = 0
    facility: Interval | None = None
    discrimination: Interval | None = None
    pairs: int = 0
    seconds: float | None = None
    timed: int = 0
    solved: Interval | None = None
    hinted: Interval | None = None
    options: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class TaskInfo:
    """What the figures need to know of a task as it is published, and the ids of its right choices."""

    task_id: int
    version_id: int
    slug: str
    kind: str
    lesson: str
    spec: Mapping[str, Any]
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


def wilson(part: int, whole: int, *, z: float = Z_95) -> Interval:
    """The score interval of a share: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.

    centre = (p + z²/2n) / (1 + z²/n), half width = z/(1 + z²/n) * sqrt(p(1-p)/n + z²/4n²). Raises ValueError for no
    cases or a part that is none of them.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError("a share needs cases, and a part of them")
    share = part / whole
    below = 1 + z * z / whole
    centre = (share + z * z / (2 * whole)) / below
    half = z / below * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation; with the first of each pair 0 or 1 it is the point-biserial one. None without spread."""
    count = len(pairs)
    if count < 2:
        return None
    mean_x, mean_y = (math.fsum(pair[side] for pair in pairs) / count for side in (0, 1))
    xx = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    yy = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    if xx <= 1e-12 or yy <= 1e-12:
        return None
    xy = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, xy / math.sqrt(xx * yy)))


def discrimination(pairs: Sequence[tuple[float, float]], *, z: float = Z_95) -> Interval | None:
    """The corrected item-total correlation: of being right here with how well one does in all *other* tasks.

    The task itself is left out of the total, because it would correlate with itself (S. Henrysson, Psychometrika 28
    (1963), 211-218). The interval is Fisher's: tanh(artanh r ± z / sqrt(n - 3)). `pairs` are (right here: 0 or 1, mean
    share of points elsewhere). None for fewer than four pairs or without spread.
    """
    value = correlation(pairs)
    if value is None or len(pairs) < 4:
        return None
    if abs(value) >= 1 - 1e-12:
        return Interval(value, value, value)
    turned, width = math.atanh(value), z / math.sqrt(len(pairs) - 3)
    return Interval(value, math.tanh(turned - width), math.tanh(turned + width))


def in_words(normal: Any) -> str:
    """The normal form of an answer as a page shows it: parts below each other, items one after the other."""
    if isinstance(normal, Mapping):
        return "\n".join(f"{name}: {in_words(part)}" for name, part in sorted(normal.items()))
    if isinstance(normal, list):
        return ", ".join(" ".join(one) if isinstance(one, list) else in_words(one) for one in normal)
    return str(normal)


def figures(tasks: Sequence[TaskInfo], answers: Iterable[AnswerFacts], hints: Mapping[int, int]) -> dict[str, Any]:
    """Figures on each task of a course. `answers` are all that count, in the order in which they came; `hints` says how
    many people took one, by task. Names and persons are not in what comes back.
    """
    seen = _Seen({task.task_id: task for task in tasks})
    for answer in answers:
        seen.add(answer)
    items = [_item(task, seen, hints.get(task.task_id, 0)) for task in tasks]
    return {"items": [item.to_json() for item in items], "people": len(seen.points), "answers": seen.count}


class _Seen:
    """What is kept while the answers go by once: nothing that grows with more than people times tasks."""

    def __init__(self, tasks: Mapping[int, TaskInfo]) -> None:
        self.tasks = tasks
        self.count = 0
        # Of each person, the share of points of the first attempt at each task.
        self.points: dict[int, dict[int, float]] = defaultdict(dict)
        self.first: dict[int, dict[int, AnswerFacts]] = defaultdict(dict)
        self.pauses: dict[int, list[float]] = defaultdict(list)
        self.solved: dict[int, set[int]] = defaultdict(set)
        self.answers: Counter[int] = Counter()
        self.earlier: Counter[int] = Counter()
        self._last: dict[int, AnswerFacts] = {}

    def add(self, answer: AnswerFacts) -> None:
        task = self.tasks.get(answer.task_id)
        if task is None:
            return
        self.count += 1
        current = answer.version_id == task.version_id
        self.answers[task.task_id] += current
        self.earlier[task.task_id] += not current
        if answer.task_id not in self.points[answer.person_id]:
            self.points[answer.person_id][answer.task_id] = float(answer.score) / answer.of if answer.of else 0.0
            if current:
                self.first[task.task_id][answer.person_id] = answer
                self._note_pause(answer)
        if answer.outcome == "accepted":
            self.solved[task.task_id].add(answer.person_id)
        self._last[answer.person_id] = answer

    def _note_pause(self, answer: AnswerFacts) -> None:
        before = self._last.get(answer.person_id)
        if before is not None:
            seconds = (answer.received_at - before.received_at).total_seconds()
            if 0 <= seconds <= LONGEST_PAUSE:
                self.pauses[answer.task_id].append(seconds)


def _item(task: TaskInfo, seen: _Seen, hinted: int) -> Item:
    first = seen.first[task.task_id]
    item = Item(task.task_id, task.slug, task.kind, task.lesson, people=len(first))
    item.answers, item.earlier = seen.answers[task.task_id], seen.earlier[task.task_id]
    if item.people < LEAST_PEOPLE:
        return item
    right = {person for person, answer in first.items() if answer.outcome == "accepted"}
    item.facility = wilson(len(right), item.people)
    item.solved = wilson(len(seen.solved[task.task_id] & first.keys()), item.people)
    item.hinted = wilson(min(hinted, item.people), item.people)
    pairs = _pairs(task.task_id, first, right, seen)
    item.pairs = len(pairs)
    item.discrimination = discrimination(pairs) if item.pairs >= LEAST_PEOPLE else None
    item.timed = len(seen.pauses[task.task_id])
    item.seconds = median(seen.pauses[task.task_id]) if item.timed >= LEAST_PEOPLE else None
    item.options = _options(task, first.values())
    item.wrong = [] if task.options or task.kind in OWN_WORDS else _wrong(task, first.values())
    item.said = _said(first.values())
    item.flags = flags(item, task)
    return item


def _pairs(task_id: int, first: Iterable[int], right: set[int], seen: _Seen) -> list[tuple[float, float]]:
    pairs = []
    for person in first:
        others = [share for other, share in seen.points[person].items() if other != task_id]
        if len(others) >= FEWEST_OTHERS:
            pairs.append((float(person in right), math.fsum(others) / len(others)))
    return pairs


def _options(task: TaskInfo, first: Iterable[AnswerFacts]) -> list[dict[str, Any]]:
    """How often each choice was taken; of a task with several, how often its box was ticked."""
    if not task.options:
        return []
    taken: Counter[str] = Counter()
    for answer in first:
        given = answer.answer if isinstance(answer.answer, list) else [answer.answer]
        taken.update({str(one) for one in given})
    return [{"name": name, "right": name in task.right, "people": taken[name]} for name in task.options]


def _wrong(task: TaskInfo, first: Iterable[AnswerFacts]) -> list[dict[str, Any]]:
    """The wrong answers that were given most, each in its normal form."""
    counted: Counter[str] = Counter()
    for answer in first:
        if answer.outcome != "accepted" and answer.answer not in ("", None):
            counted[in_words(KINDS[task.kind].normal(task.spec, answer.answer))] += 1
    return [
        {"answer": key[:LONGEST_SHOWN], "people": people}
        for key, people in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ANSWERS]
        if people >= LEAST_SAME
    ]


def _said(first: Iterable[AnswerFacts]) -> list[dict[str, Any]]:
    """What the engine said of wrong answers: the author's feedback, errors and sentences, each once for a person."""
    counted: Counter[tuple[str, str]] = Counter()
    for answer in first:
        if answer.outcome != "accepted":
            counted.update({_saying(item) for item in answer.feedback if item.get("code") not in ("test", "mark")})
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ANSWERS]
    return [{"code": code, "name": name, "people": people} for (code, name), people in rows if people >= LEAST_SAME]


def _saying(item: Mapping[str, Any]) -> tuple[str, str]:
    code = str(item.get("code", ""))
    name = item.get("name") if code == "author" else item.get("type") if code == "error" else ""
    return code, str(name or "")


def flags(item: Item, task: TaskInfo) -> list[str]:
    """Why an author should look at a task; the sentences are with the page. Bounds of intervals decide, not the
    figures: a task is flagged when the data say so and not when they might.
    """
    found = []
    if item.facility and item.facility.high < VERY_HARD:
        found.append("very_hard")
    if item.facility and item.facility.low > VERY_EASY:
        found.append("very_easy")
    if item.discrimination and item.discrimination.high < 0:
        found.append("key_doubtful")
    elif item.discrimination and item.discrimination.high < 2 * WEAK and item.discrimination.value < WEAK:
        found.append("says_little")
    if task.kind == "single_choice" and _wrong_beats_right(item):
        found.append("wrong_preferred")
    if item.solved and 1 - item.solved.high > OFTEN_GIVEN_UP:
        found.append("given_up")
    if item.hinted and item.hinted.low > OFTEN_HINTED:
        found.append("hints_needed")
    if item.seconds is not None and item.seconds > LONG:
        found.append("long")
    return found


def _wrong_beats_right(item: Item) -> bool:
    right = max((one["people"] for one in item.options if one["right"]), default=0)
    wrong = max((one["people"] for one in item.options if not one["right"]), default=0)
    return wrong > right
