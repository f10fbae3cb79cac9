"""Things to put together: for each prompt one of several choices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bilik.grading.answers import InvalidAnswer, fields_of, normal_of, text_or_nothing
from bilik.grading.checkers.parts import count_right, known_name, read_id, verdict_on
from bilik.grading.problems import Table
from bilik.grading.text import Block
from bilik.grading.verdict import Feedback, Verdict, author

VERSION = 1
NEEDS_SANDBOX = False
BLOCKS: Mapping[str, Block] = {"prompt": Block(), "choice": Block()}
CREDITS = ("each", "all")
MOST_PARTS = 20


def read(table: Table, files: Any) -> dict[str, Any]:
    """`[[prompts]]` with `match`, `[[choices]]`, `credit`, `[[feedback]]`."""
    choices: list[str] = []
    for row in table.tables("choices"):
        choices.append(read_id(row, choices, what="choice"))
        row.leave_no_rest()
    prompts: list[dict[str, Any]] = []
    for row in table.tables("prompts"):
        name = read_id(row, [prompt["id"] for prompt in prompts], what="prompt")
        prompts.append({"id": name, "match": known_name(row, "match", choices, what="choice")})
        row.leave_no_rest()
    if not 2 <= len(choices) <= MOST_PARTS:
        table.problem("choices", f"There must be 2 to {MOST_PARTS} [[choices]].", code="choices")
    if not 1 <= len(prompts) <= MOST_PARTS:
        table.problem("prompts", f"There must be 1 to {MOST_PARTS} [[prompts]].", code="prompts")
    feedback = []
    for row in table.tables("feedback"):
        prompt = known_name(row, "prompt", [prompt["id"] for prompt in prompts], what="prompt")
        answer = known_name(row, "answer", choices, what="choice")
        feedback.append({"prompt": prompt, "answer": answer, "say": row.text("say")})
        row.leave_no_rest()
    return {
        "prompts": prompts,
        "choices": [{"id": name} for name in choices],
        "credit": table.one_of("credit", CREDITS, "each"),
        "feedback": feedback,
    }


def prepare(spec: Mapping[str, Any], run: Any) -> Mapping[str, Any]:
    """Nothing to work out."""
    return spec


def sayings(spec: Mapping[str, Any]) -> set[str]:
    """Feedback to expected wrong pairs."""
    return {rule["say"] for rule in spec["feedback"]}


def blocks(spec: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
    """The words of prompts and choices."""
    names = [f"prompt {prompt['id']}" for prompt in spec["prompts"]]
    return dict.fromkeys([*names, *(f"choice {choice['id']}" for choice in spec["choices"])], ())


def controls(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """A list to choose from for each prompt; the choices in each learner's own order."""
    return [
        {
            "control": "matching",
            "name": "answer",
            "choices": [choice["id"] for choice in spec["choices"]],
            "shuffle": True,
            "parts": [
                {"name": f"answer-{prompt['id']}", "block": f"prompt {prompt['id']}"} for prompt in spec["prompts"]
            ],
        }
    ]


def parse(spec: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The choice for each prompt. A prompt may stay without one, but not all of them."""
    known = {choice["id"] for choice in spec["choices"]}
    answer = {}
    for prompt in spec["prompts"]:
        name = text_or_nothing(fields, longest=100, name=f"answer-{prompt['id']}").strip()
        if name and name not in known:
            raise InvalidAnswer("invalid.no_such_choice", choice=name)
        answer[prompt["id"]] = name
    if not any(answer.values()):
        raise InvalidAnswer("invalid.nothing_chosen")
    return answer


def fields(spec: Mapping[str, Any], answer: Any) -> dict[str, list[str]]:
    """One field for each prompt."""
    return fields_of(answer)


def normal(spec: Mapping[str, Any], answer: Any) -> Any:
    """What was matched with each prompt."""
    return normal_of(answer)


def check(spec: Mapping[str, Any], answer: Mapping[str, str], run: Any) -> Verdict:
    """Credit "each": every right pair earns its share. "all": everything or nothing."""
    whole = len(spec["prompts"])
    wrong = [prompt["id"] for prompt in spec["prompts"] if answer.get(prompt["id"]) != prompt["match"]]
    said: list[Feedback] = []
    for rule in spec["feedback"]:
        is_wrong = any(item["id"] == rule["prompt"] and item["match"] != rule["answer"] for item in spec["prompts"])
        if is_wrong and answer.get(rule["prompt"]) == rule["answer"] and author(rule["say"]) not in said:
            said.append(author(rule["say"]))
    said.append(count_right("matching.right", of=whole, wrong=wrong, spec=spec))
    earned = whole - len(wrong) if not wrong or spec["credit"] == "each" else 0
    return verdict_on(earned, whole, of=spec["points"], said=said)


def model_answer(spec: Mapping[str, Any], solution: str) -> dict[str, str]:
    """Every prompt with its match."""
    return {prompt["id"]: prompt["match"] for prompt in spec["prompts"]}
