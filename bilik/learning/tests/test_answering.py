"""Answering: what is graded, stored, counted and refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilik.catalog.queries import variant
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.learning.actions import seed_of

pytestmark = pytest.mark.django_db

RIGHT = {
    "capital": ["baku"],
    "even-numbers": ["two", "four"],
    "area": ["7341,5 m"],
    "word": ["  Zanbaq-Print "],
    "what-prints": ["48151 62342\n"],
    "two-tries": ["nargiz-once"],
    "double": ["def double(n):\r\n    return n + n\r\n"],
    "say-salam": ["print('salam')"],
}
WRONG = {
    "capital": ["ganja"],
    "even-numbers": ["three"],
    "area": ["8341.5"],
    "word": ["input"],
    "what-prints": ["48151"],
    "two-tries": ["no"],
    "double": ["def double(n):\n    print(n)"],
    "say-salam": ["print('hello')"],
}


@pytest.mark.parametrize("slug", RIGHT)
def test_a_right_answer_has_all_points(small, leyla, give, slug):
    submission = give(leyla, small.task(slug), *RIGHT[slug]).submission
    assert (submission.outcome, submission.score) == ("accepted", small.task(slug).points)


@pytest.mark.parametrize("slug", WRONG)
def test_a_wrong_answer_has_none_and_costs_one_attempt(small, leyla, give, rows, slug):
    submission = give(leyla, small.task(slug), *WRONG[slug]).submission
    assert submission.outcome in {"wrong", "partial", "runtime_error"}
    assert submission.score < small.task(slug).points
    assert [row["attempts"] for row in rows("learning.Progress")] == [1]


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("capital", []),
        ("capital", ["atlantis"]),
        ("even-numbers", []),
        ("even-numbers", ["six"]),
        ("area", ["about seven"]),
        ("area", ["7341.5 kg"]),
        ("word", ["   "]),
        ("word", ["x" * 2000]),
        ("two-tries", [""]),
        ("double", ["\x00"]),
    ],
)
def test_what_is_no_answer_is_not_stored_and_costs_nothing(small, leyla, give, rows, slug, answers):
    journal = len(rows("people.JournalEntry"))
    given = give(leyla, small.task(slug), *answers)
    assert given.submission is None
    assert given.invalid.code.startswith("invalid.")
    assert rows("submissions.Submission") == rows("learning.Progress") == []
    assert len(rows("people.JournalEntry")) == journal


def test_the_same_key_gives_what_came_of_it_and_counts_once(small, leyla, give, rows):
    key = new_id()
    first = give(leyla, small.task("two-tries"), "no", key=key).submission
    again = give(leyla, small.task("two-tries"), "nargiz-once", key=key).submission
    assert (again.pk, again.outcome) == (first.pk, "wrong")
    assert [row["attempts"] for row in rows("learning.Progress")] == [1]


def test_the_key_of_the_last_attempt_still_gives_its_verdict(small, leyla, give):
    key = new_id()
    give(leyla, small.task("two-tries"), "no")
    last = give(leyla, small.task("two-tries"), "nein", key=key).submission
    assert give(leyla, small.task("two-tries"), "nein", key=key).submission.pk == last.pk


def test_the_same_key_after_a_new_version_of_the_task_is_still_the_same_answer(small, publish, leyla, give, rows):
    from tests.small_course import CHOICES, small_course

    key = new_id()
    first = give(leyla, small.task("capital"), "baku", key=key).submission
    files = small_course()
    files[f"lessons/{CHOICES}/capital/exercise.toml"] += "\n# changed\n"
    publish(files)
    assert small.task("capital").version_id != first.task_version_id
    assert give(leyla, small.task("capital"), "baku", key=key).submission.pk == first.pk
    assert len(rows("submissions.Submission")) == 1


def test_a_key_of_another_task_is_refused(small, leyla, give, refused):
    key = new_id()
    give(leyla, small.task("word"), "x", key=key)
    with refused("key_of_another"):
        give(leyla, small.task("area"), "1", key=key)


def test_attempts_run_out_and_then_the_explanation_is_there(small, leyla, give, refused, browser):
    task = small.task("two-tries")
    give(leyla, task, "no")
    give(leyla, task, "nein")
    for answer in ("nargiz-once", ""):
        with refused("no_attempts_left"):
            give(leyla, task, answer)
    html = browser(leyla).get(small.url("lesson", "two-tries")).content.decode()
    assert "SECRET-EXPLANATION of two tries." in html
    assert "All attempts at this task are used up." in html


@pytest.mark.parametrize(("slug", "answers"), [("two-tries", ["no", "nein"]), ("say-salam", ["print(1)", "print(2)"])])
def test_two_answers_at_once_cannot_both_be_the_last_one(small, leyla, give, together, rows, slug, answers):
    task = small.task(slug)
    give(leyla, task, answers[0])
    done = together(*(lambda answer=answer: give(leyla, task, answer) for answer in answers))
    refusals = [one.code for one in done if isinstance(one, Refusal)]
    assert len(refusals) == 1
    assert set(refusals) <= {"no_attempts_left", "still_waiting"}
    assert [row["attempts"] for row in rows("learning.Progress")] == [2]
    assert len(rows("submissions.Submission")) == 2


def test_a_double_click_on_the_last_attempt_is_one_answer_and_no_refusal(small, leyla, give, together, rows):
    task, key = small.task("two-tries"), new_id()
    give(leyla, task, "no")
    done = together(*[lambda: give(leyla, task, "nein", key=key)] * 3)
    assert len({one.submission.pk for one in done}) == 1
    assert [row["attempts"] for row in rows("learning.Progress")] == [2]


def test_several_answers_to_one_task_at_once_are_all_counted(small, leyla, give, together, rows):
    task = small.task("capital")
    together(*(lambda choice=choice: give(leyla, task, choice) for choice in ("ganja", "sheki", "baku")))
    (progress,) = rows("learning.Progress")
    assert (progress["attempts"], progress["best_score"], progress["of"]) == (3, Decimal(1), 1)


@pytest.mark.parametrize("slug", ["capital", "two-tries", "double"])
def test_a_minor_without_a_guardian_is_refused_and_nothing_is_kept(small, kamran, give, refused, rows, slug):
    with refused("guardian_needed"):
        give(kamran, small.task(slug), *RIGHT[slug])
    assert rows("submissions.Submission") == rows("learning.Progress") == []


def test_a_minor_whose_guardian_agreed_answers(small, kamran, give, now):
    from bilik.people.actions import confirm_guardian, request_guardian

    link, code = request_guardian(
        by=kamran, now=now, person=kamran, name="Dilbar", relation="mother", language="uz", contact=""
    )
    confirm_guardian(now=now, guardian=link, code=code, language="uz")
    kamran.refresh_from_db()
    assert give(kamran, small.task("capital"), "baku").submission.outcome == "accepted"


def test_who_took_back_the_consent_is_refused(small, leyla, give, refused, now):
    from bilik.people.actions import withdraw_consent

    withdraw_consent(by=leyla, now=now, person=leyla, purpose="learning")
    leyla.refresh_from_db()
    with refused("consent_needed"):
        give(leyla, small.task("capital"), "baku")


def test_a_person_keeps_their_variant_and_others_get_others(small, person, give):
    task = small.task("boxes")
    people = [person(f"learner{number}") for number in range(12)]
    seeds = {one.pk: seed_of(one, task) for one in people}
    assert len(set(seeds.values())) > 1
    assert all(0 <= seed < task.variants for seed in seeds.values())
    for one in people:
        totals = {seed: variant(task.version_id, seed).page["solution"]["answer"] for seed in set(seeds.values())}
        for seed, total in totals.items():
            submission = give(one, task, total).submission
            assert submission.seed == seeds[one.pk] == seed_of(one, task)
            assert submission.outcome == ("accepted" if seed == seeds[one.pk] else "wrong")


def test_the_page_shows_a_persons_own_variant(small, leyla, jasur, browser):
    for one in (leyla, jasur):
        boxes = 3 + seed_of(one, small.task("boxes"))
        html = browser(one).get(small.url("lesson", "boxes")).content.decode()
        assert f"There are {boxes} boxes with 1013 apples" in html
        assert "{{" not in html
