"""Things to put together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.tests.helpers import codes, graded_as_written, graded_form, no_run, read, spec_of
from bilik.grading.verdict import Outcome

PAIRS = """
[[prompts]]
id = "loop"
match = "repeat"
[[prompts]]
id = "branch"
match = "choose"
[[prompts]]
id = "else"
match = "choose"
[[choices]]
id = "repeat"
[[choices]]
id = "choose"
[[choices]]
id = "stop"
[[feedback]]
prompt = "loop"
answer = "stop"
say = "goes-on"
"""
RIGHT = {"loop": "repeat", "branch": "choose", "else": "choose"}


def pairs(credit: str = "each") -> dict[str, Any]:
    return spec_of("matching", f'credit = "{credit}"\n{PAIRS}')


@pytest.mark.parametrize(
    ("credit", "changed", "score", "said"),
    [
        ("each", {}, "3", []),
        ("each", {"loop": "stop"}, "2", ["goes-on", "matching.right"]),
        ("each", {"loop": ""}, "2", ["matching.right"]),
        ("each", {"loop": "choose", "branch": "stop"}, "1", ["matching.right"]),
        ("each", {"loop": "stop", "branch": "stop", "else": "stop"}, "0", ["goes-on", "matching.right"]),
        ("all", {"loop": "stop"}, "0", ["goes-on", "matching.right"]),
        ("all", {}, "3", []),
        ("each", {"loop": "", "branch": "", "else": ""}, "0", ["invalid.nothing_chosen"]),
        ("each", {"loop": "start"}, "0", ["invalid.no_such_choice"]),
    ],
)
def test_every_right_pair_earns_its_share_unless_all_must_be_right(credit, changed, score, said):
    verdict = graded_as_written(pairs(credit), RIGHT | changed)
    assert (verdict.score, codes(verdict)) == (Decimal(score), said)


def test_it_is_told_how_many_pairs_are_right_and_which_are_not_where_each_counts():
    wrong = RIGHT | {"loop": "choose"}
    assert graded_as_written(pairs(), wrong).feedback[0].data == {"right": 2, "of": 3, "wrong": ["loop"]}
    assert graded_as_written(pairs("all"), wrong).feedback[0].data == {"right": 2, "of": 3}


def test_what_the_page_gets_does_not_hold_the_key():
    (control,) = KINDS["matching"].controls(pairs())
    assert control == {
        "control": "matching",
        "name": "answer",
        "choices": ["repeat", "choose", "stop"],
        "shuffle": True,
        "parts": [
            {"name": "answer-loop", "block": "prompt loop"},
            {"name": "answer-branch", "block": "prompt branch"},
            {"name": "answer-else", "block": "prompt else"},
        ],
    }


def test_prompts_and_choices_have_their_words():
    wanted = ["prompt loop", "prompt branch", "prompt else", "choice repeat", "choice choose", "choice stop"]
    assert list(KINDS["matching"].blocks(pairs())) == wanted


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('match = "repeat"', 'match = "again"', "no-choice"),
        ('match = "repeat"', "", "missing-key"),
        ('id = "branch"', 'id = "loop"', "double-id"),
        ('id = "stop"', 'id = "choose"', "double-id"),
        ('id = "stop"', 'id = "St op"', "bad-value"),
        ('prompt = "loop"', 'prompt = "lop"', "no-prompt"),
        ('answer = "stop"', 'answer = "start"', "no-choice"),
        ('say = "goes-on"', "", "missing-key"),
        (PAIRS, '[[choices]]\nid = "a"\n[[choices]]\nid = "b"\n', "prompts"),
        (PAIRS, '[[prompts]]\nid = "a"\nmatch = "a"\n[[choices]]\nid = "a"\n', "choices"),
    ],
)
def test_a_broken_exercise_is_reported(old, new, code):
    assert old in PAIRS
    assert code in {problem.code for problem in read("matching", PAIRS.replace(old, new, 1))[1]}


def test_the_model_answer_is_right():
    assert graded_as_written(pairs(), KINDS["matching"].model_answer(pairs(), "")).outcome is Outcome.ACCEPTED


@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=12),
    st.sampled_from(["each", "all"]),
    st.integers(1, 100),
    st.data(),
)
def test_any_pairs_score_between_nothing_and_all_and_only_the_right_ones_score_all(matches, credit, points, data):
    spec = {
        "kind": "matching",
        "points": points,
        "prompts": [{"id": f"p{number}", "match": match} for number, match in enumerate(matches)],
        "choices": [{"id": name} for name in "abcd"],
        "credit": credit,
        "feedback": [],
    }
    chosen = {f"p{number}": data.draw(st.sampled_from("abcd")) for number in range(len(matches))}
    verdict = graded_as_written(spec, chosen)
    is_right = list(chosen.values()) == matches
    assert 0 <= verdict.score <= points
    assert (verdict.outcome is Outcome.ACCEPTED) == (verdict.score == points) == is_right


FIELD = st.sampled_from(["answer", "answer-loop", "answer-branch", "answer-else"])
TEXT = st.one_of(st.text(), st.sampled_from(["repeat", "choose", "stop"]))


@given(st.dictionaries(FIELD, st.one_of(st.none(), TEXT, st.lists(TEXT), st.integers())))
def test_parsing_raises_nothing_but_invalid_answer_and_what_is_parsed_gets_a_verdict(fields):
    try:
        parsed = parse_answer(pairs(), fields)
    except InvalidAnswer as error:
        str(error.feedback.to_json()).encode()
        return
    verdict = check(pairs(), parsed, run=no_run)
    assert verdict.outcome is not Outcome.INVALID
    assert graded_form(pairs(), KINDS["matching"].fields(pairs(), parsed)).score == verdict.score
