"""Wrong answers that are the same mistake. Pure: plain data in, clusters out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bilik.grading.kinds import KINDS
from bilik.teaching.codeform import code_form


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: of whom, to which spec, and what was said of it (the stored feedback)."""

    submission_id: int
    person_id: int
    answer: Any
    spec: Mapping[str, Any]
    feedback: Sequence[Mapping[str, Any]]
    outcome: str


@dataclass(frozen=True)
class Cluster:
    """Answers with one mistake; `people` counts everybody once. The example is the newest."""

    key: str
    answers: tuple[Wrong, ...]

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(sorted({one.person_id for one in self.answers}))

    @property
    def example(self) -> Wrong:
        return self.answers[-1]


def clusters_of(wrong: Iterable[Wrong]) -> list[Cluster]:
    """The clusters of wrong answers to one task, the one with the most people first; then with the most answers."""
    together: dict[str, list[Wrong]] = {}
    for one in sorted(wrong, key=lambda one: one.submission_id):
        together.setdefault(key_of(one), []).append(one)
    found = [Cluster(key, tuple(answers)) for key, answers in together.items()]
    return sorted(found, key=lambda one: (-len(one.people), -len(one.answers), one.key))


def key_of(one: Wrong) -> str:
    """The digest of what equal mistakes share: kind, normal form of the answer, what failed."""
    parts = [one.spec["kind"], answer_form(one.spec, one.answer), _failed(one)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def answer_form(spec: Mapping[str, Any], answer: Any) -> Any:
    """What the same mistake looks like: the normal form of the answer, but programs without their names and values, and
    numbers as multiples of what is right.
    """
    kind = spec["kind"]
    if kind == "python_code":
        return code_form(str(answer))
    if kind == "python_cells" and isinstance(answer, Mapping):
        return {str(name): code_form(str(part)) for name, part in answer.items()}
    normal = KINDS[kind].normal(spec, answer)
    return _multiple(spec, normal) if kind == "numeric" else normal


def _multiple(spec: Mapping[str, Any], value: str) -> str:
    """A number as a multiple of what is right: values may be drawn for each learner, and the mistake be the same."""
    try:
        given, right = Fraction(value), Fraction(spec["answer"])
    except ValueError:
        return value
    return str(given / right) if right else value


def _failed(one: Wrong) -> list[str]:
    """Of programs: how they ended, which tests failed, which error stopped them. The form of other answers says all."""
    if not one.spec["kind"].startswith("python_"):
        return []
    said = [one.outcome]
    for item in one.feedback:
        if item["code"] == "test":
            said += [] if item.get("passed") else [f"test {item.get('cell', '')} {item.get('name')}"]
        else:
            said.append(f"{item['code']} {item.get('type') or item.get('name') or ''}")
    return said
