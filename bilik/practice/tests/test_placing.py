"""The level check's choices: short, adaptive, and never more certain than its answers."""

from __future__ import annotations

import random
import tomllib
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.practice.engine.ability import authors_item
from bilik.practice.engine.placing import (
    MOST_TASKS,
    WRONG_IN_A_ROW,
    Level,
    Question,
    Reply,
    beliefs,
    level_of,
    levels_of_lessons,
    may_be_asked,
    next_question,
    own_skills,
    placed,
)
from bilik.practice.engine.plan import Plan, PlannedTask

SKILLS = ["a", "b", "c", "d", "e", "f"]


def question(task, *skills, kind="numeric", difficulty=3):
    return Question(task, kind, skills, authors_item(difficulty))


BANK = [question(10 * n + k, skill, difficulty=1 + k) for n, skill in enumerate(SKILLS) for k in range(4)]


def sitting(knows, bank=BANK, skills=SKILLS):
    """The replies of somebody who is right exactly where they know all skills of the task."""
    replies = []
    while (found := next_question(bank, replies, skills)) is not None:
        replies.append(Reply(found, set(found.skills) <= knows))
    return replies


def levels(replies, skills=SKILLS):
    believed = beliefs(replies)
    return {skill: level_of(believed.get(skill)) for skill in skills}


def test_whoever_knows_nothing_is_asked_five_times():
    replies = sitting(set())
    assert len(replies) == WRONG_IN_A_ROW
    assert set(levels(replies).values()) == {Level.NOT_SHOWN, Level.NOT_ASKED}


def test_whoever_knows_everything_shows_everything_in_twelve_tasks():
    replies = sitting(set(SKILLS))
    assert len(replies) == MOST_TASKS
    assert set(levels(replies).values()) == {Level.SHOWN}


def test_it_stops_as_soon_as_everything_is_clear():
    replies = sitting({"a"}, [one for one in BANK if one.skills[0] in "ab"], ["a", "b"])
    assert levels(replies, ["a", "b"]) == {"a": Level.SHOWN, "b": Level.NOT_SHOWN}
    assert len(replies) <= 4


@settings(max_examples=60)
@given(st.sets(st.sampled_from(SKILLS)), st.integers(0, 10_000))
def test_whatever_is_answered_it_is_short_asks_nothing_twice_and_asks_the_same_again(knows, seed):
    rng, replies = random.Random(seed), []
    while (found := next_question(BANK, replies, SKILLS)) is not None:
        assert found == next_question(BANK, replies, SKILLS)
        replies.append(Reply(found, rng.choice([found.skills[0] in knows, None])))
    asked = [reply.question.task_id for reply in replies]
    assert len(asked) == len(set(asked)) <= MOST_TASKS
    assert {skill for skill, level in levels(replies).items() if level == Level.SHOWN} <= knows


def test_one_right_answer_is_not_enough_and_neither_are_two_lucky_choices():
    assert level_of(beliefs([Reply(question(1, "a"), True)])["a"]) == Level.NOT_SHOWN
    choices = [Reply(question(n, "a", kind="single_choice"), True) for n in range(3)]
    assert level_of(beliefs(choices[:2])["a"]) == Level.NOT_SHOWN
    assert level_of(beliefs(choices)["a"]) == Level.SHOWN
    typed = [Reply(question(n, "a"), True) for n in range(2)]
    assert level_of(beliefs(typed)["a"]) == Level.SHOWN


def test_an_answer_without_a_verdict_says_nothing():
    assert beliefs([Reply(question(1, "a"), None)]) == {}


def test_a_task_that_fits_comes_before_one_that_is_too_hard():
    easy, hard = question(1, "a", difficulty=3), question(2, "a", difficulty=5)
    assert next_question([hard, easy], [], ["a"]) == easy


def test_after_right_answers_harder_tasks_come():
    right = [Reply(question(n, "a", difficulty=3), True) for n in range(5)]
    middle, hard = question(11, "b", difficulty=2), question(12, "b", difficulty=5)
    assert next_question([middle, hard], [], ["b"]) == middle
    assert next_question([middle, hard], right, ["b"]) == hard


def test_a_task_that_settles_more_comes_first():
    one, two = question(1, "a"), question(2, "a", "b")
    assert next_question([one, two], [], ["a", "b"]) == two


YES, MAYBE, NO = 0.97, 0.9, 0.1


@pytest.mark.parametrize(
    ("believed", "expected"),
    [
        ({}, "???"),
        ({"a": YES, "b": YES}, "ss?"),
        ({"a": NO}, "n??"),
        # Asked once and right is not enough, and speaks for nothing but itself.
        ({"a": MAYBE}, "n??"),
        # Two later lessons that are shown speak for what was not asked, or not asked enough.
        ({"b": YES, "c": YES, "d": YES}, "iss"),
        ({"a": MAYBE, "b": YES, "c": YES, "d": YES}, "iss"),
        # One does not, and nothing speaks for what was answered wrongly.
        ({"b": YES}, "?s?"),
        ({"a": NO, "b": YES, "c": YES, "d": YES}, "nss"),
        ({"b": YES, "c": YES, "d": NO}, "?sn"),
    ],
)
def test_what_is_said_of_lessons_that_build_on_each_other(believed, expected):
    letters = {"s": Level.SHOWN, "i": Level.IMPLIED, "n": Level.NOT_SHOWN, "?": Level.NOT_ASKED}
    assert levels_of_lessons([["a"], ["b"], ["c", "d"]], believed) == [letters[letter] for letter in expected]


def test_a_lesson_without_skills_of_its_own_is_left_out_only_with_what_stands_before_and_after_it():
    assert levels_of_lessons([[]], {}) == [Level.NOT_ASKED]
    assert levels_of_lessons([[], ["a"], ["b"]], {"a": YES, "b": YES})[0] == Level.IMPLIED


@pytest.mark.parametrize("known", range(11))
def test_the_place_to_begin_is_found_in_twelve_tasks(known):
    """Ten lessons, each with a skill of its own whose tasks need that of the lesson before, as courses are made."""
    lessons = [[f"s{n}"] for n in range(10)]
    bank = [
        Question(
            10 * n + k, "numeric", tuple(f"s{m}" for m in (n - 1, n) if m >= 0), placed(authors_item(1 + k), n / 9)
        )
        for n in range(10)
        for k in range(4)
    ]
    replies = sitting({f"s{n}" for n in range(known)}, bank, [skill for own in lessons for skill in own])
    found = levels_of_lessons(lessons, beliefs(replies))
    begin = next((n for n, level in enumerate(found) if level not in (Level.SHOWN, Level.IMPLIED)), 10)
    assert begin == known
    assert len(replies) <= MOST_TASKS


def test_a_lessons_own_skills_are_those_of_half_its_tasks():
    assert own_skills([("a", "b"), ("a",), ("a", "c"), ("b",)]) == ("a", "b")


@pytest.mark.parametrize(
    ("kind", "points", "expected"),
    [
        ("numeric", 9, True),
        ("python_code", 1, True),
        ("python_code", 2, True),
        ("python_code", 3, False),
        ("free_text", 1, False),
    ],
)
def test_only_short_tasks_are_asked(kind, points, expected):
    assert may_be_asked(kind, points) is expected


COURSE = Path(__file__).resolve().parents[3] / "courses" / "python-from-zero"


def python_from_zero():
    """Our own course as its files have it."""
    numbers, lessons = count(), []
    for lesson in tomllib.loads((COURSE / "course.toml").read_text())["lessons"]:
        tasks = []
        for file in sorted((COURSE / "lessons" / lesson["folder"]).glob("*/exercise.toml")):
            said = tomllib.loads(file.read_text())
            skills, item = tuple(said["skills"]), authors_item(said.get("difficulty", 1))
            tasks.append(PlannedTask(next(numbers), said["kind"], said.get("points", 1), skills, item))
        lessons.append(tuple(tasks))
    return Plan(tuple(lessons))


def test_a_lesson_in_which_somebody_stumbled_is_not_left_out_whatever_its_skills_look_like_from_elsewhere():
    believed = {"a": YES, "b": YES, "c": YES}
    assert levels_of_lessons([["a"], ["b"], ["c"]], believed, {2})[2] == Level.NOT_SHOWN
    assert levels_of_lessons([[], ["a"], ["b"], ["c"]], believed, {2, 3})[0] == Level.NOT_ASKED


def test_in_our_own_course_whoever_knows_the_first_lessons_begins_after_them_or_a_little_before():
    plan, missed = python_from_zero(), []
    lesson_of = {task.task_id: number for number, lesson in enumerate(plan.lessons) for task in lesson}
    for known in range(len(plan.lessons) + 1):
        replies = []
        while (found := next_question(plan.questions, replies, plan.skills)) is not None:
            replies.append(Reply(found, lesson_of[found.task_id] < known))
        levels = plan.levels(replies)
        begin = next((n for n, one in enumerate(levels) if one not in (Level.SHOWN, Level.IMPLIED)), len(levels))
        # No lesson is left out that was not known, and of the known ones at most three are to be done once more.
        missed.append(known - begin)
    assert min(missed) >= 0
    assert max(missed) <= 3
    assert sum(missed) / len(missed) < 1
