"""Wrong answers that are the same mistake. Pure: plain data in, clusters out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bilik.grading.answers import InvalidAnswer
from bilik.grading.checkers.numeric.checker import value_of
from bilik.grading.normal import form
from bilik.teaching.codeform import code_form

# Capital I may stand for two letters (see grading.normal); within a cluster all three are one.
_ONE_I = str.maketrans({"\ue000": "i", "ı": "i"})
_TEXT = ("case", "spaces", "punctuation")


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
    """An answer without what does not matter: texts as a person would compare them, numbers by value, choices as a set,
    programs without their names and values.
    """
    kind = spec["kind"]
    if kind == "numeric":
        try:
            value, right = value_of(spec, str(answer)), Fraction(spec["answer"])
            # Values may be drawn for each learner: the same mistake is the same multiple of what is right.
            return str(value / right) if right else str(value)
        except InvalidAnswer:
            return _text_form(answer, _TEXT)
    if kind == "short_text":
        return _text_form(answer, spec["ignore"])
    if kind == "predict_output":
        return "\n".join(line.rstrip() for line in str(answer).strip().splitlines())
    if kind == "multiple_choice":
        return sorted(map(str, answer)) if isinstance(answer, list) else str(answer)
    if kind == "python_code":
        return code_form(str(answer))
    if kind == "python_cells" and isinstance(answer, Mapping):
        return {str(name): code_form(str(part)) for name, part in answer.items()}
    if kind == "sql":
        return " ".join(str(answer).casefold().rstrip("; \n").split())
    return answer


def _text_form(answer: Any, ignore: Sequence[str]) -> str:
    return form(str(answer), ignore).translate(_ONE_I)


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
