"""What calls give and do: answers, pages of lists, ETags, costs."""

from __future__ import annotations

import base64
import csv
import io
from uuid import UUID

import pytest

from bilik.api.tests.test_same_refusals import COURSE
from bilik.kit.clock import utc_now
from bilik.kit.ids import new_id
from bilik.submissions.queries import submission_by_key
from tests.small_course import tiny_course

pytestmark = pytest.mark.django_db
ANSWERS = f"{COURSE}/capital/answers"


def test_an_answer_is_the_one_that_the_page_stores(small, leyla, caller, browser, rebuilt_equals_stored):
    program, key = caller(leyla), str(new_id())
    response = program.post(ANSWERS, {"key": key, "fields": {"answer": "ganja"}})
    assert response.status_code == 201
    told = response.json()
    assert (told["outcome"], told["score"], told["of"], told["state"]) == ("wrong", "0", 1, "graded")
    assert "Ganja is the second city." in told["said"][0]["html"]
    stored = submission_by_key(leyla, UUID(key))
    assert (stored.pk, stored.answer, stored.context) == (told["id"], "ganja", "practice")
    assert "Ganja is the second city." in browser(leyla).get(small.url("lesson", "capital")).content.decode()
    rebuilt_equals_stored(leyla)


def test_the_same_key_again_is_the_same_answer_also_from_the_page(small, leyla, caller, browser, rows):
    program, key = caller(leyla), str(new_id())
    first = program.post(ANSWERS, {"key": key, "fields": {"answer": "ganja"}})
    again = program.post(ANSWERS, {"key": key, "fields": {"answer": "baku"}})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["given"] == "ganja"
    browser(leyla).post(small.url("answer", "capital"), {"key": key, "answer": "baku"})
    assert len(rows("submissions.Submission")) == 1


def test_an_answer_that_waits_is_accepted_and_can_be_followed(small, leyla, caller, monkeypatch):
    from bilik.submissions import grading

    monkeypatch.setattr(grading, "grade", lambda submission, **_more: submission)
    program = caller(leyla)
    response = program.post(f"{COURSE}/double/answers", {"fields": {"answer": "def double(n):\n    return n"}})
    assert response.status_code == 202
    told = program.get(f"attempts/{response.json()['id']}").json()
    assert (told["outcome"], told["score"]) == (None, None)
    assert told["state"] in ("queued", "grading")


@pytest.mark.sandbox
def test_of_a_hidden_test_nothing_is_told_but_whether_it_passed(small, leyla, caller, give):
    submission = give(leyla, small.task("double"), "def double(n):\n    return n\n").submission
    told = caller(leyla).get(f"attempts/{submission.pk}").json()
    hidden = [test for test in told["tests"] if test["hidden"]]
    assert hidden
    for test in hidden:
        assert {test[name] for name in ("call", "input", "expected", "got", "error")} == {None}
    assert any(test["expected"] for test in told["tests"] if not test["hidden"] and not test["passed"])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"answer": "baku", "answr": "x"}, "fields.answr"),
        ({"": "baku"}, "fields."),
        ({"answer-file": "{}"}, "fields.answer-file"),
    ],
)
def test_fields_that_the_task_does_not_have_are_named(small, leyla, caller, rows, fields, wrong):
    response = caller(leyla).post(ANSWERS, {"fields": fields})
    assert response.status_code == 422
    assert [(one["in"], one["field"], one["code"]) for one in response.json()["errors"]] == [
        ("body", wrong, "extra_forbidden")
    ]
    assert rows("submissions.Submission") == []


def test_every_field_that_a_task_names_is_taken_back(leyla, caller, publish):
    """A client that knows only the description can build an answer: order, pairs, blanks, lines."""
    exercise = {
        "exercise.toml": 'kind = "ordering"\npoints = 2\nskills = ["ext:python-output"]\ndifficulty = 1\n'
        '[[items]]\nid = "one"\n[[items]]\nid = "two"\n[[items]]\nid = "three"\n',
        "exercise.en.md": "# In order\n\nPut them in order.\n\n::: choice one\n1\n:::\n::: choice two\n2\n:::\n"
        "::: choice three\n3\n:::\n",
    }
    publish(tiny_course("tiny", exercise=exercise))
    program = caller(leyla)
    task = program.get("courses/tiny/tasks/alone").json()
    (field,) = task["fields"]
    assert (field["name"], field["takes"], field["most"]) == ("answer", "order", 3)
    values = sorted((choice["html"], choice["value"]) for choice in field["choices"])
    response = program.post("courses/tiny/tasks/alone/answers", {"fields": {"answer": [value for _, value in values]}})
    assert response.json()["outcome"] == "accepted"


PROJECT = {
    "exercise.toml": 'kind = "project"\npoints = 3\nskills = ["ext:python-output"]\ndifficulty = 2\n'
    'files = [".txt"]\nmax_files = 2\nmax_mb = 1\n\n[[rubric]]\nid = "clear"\npoints = 3\n'
    '[[rubric.levels]]\nid = "no"\npoints = 0\n[[rubric.levels]]\nid = "yes"\npoints = 3\n',
    "exercise.en.md": "# A report\n\nWrite it.\n\n::: criterion clear\nClear\n:::\n::: level clear no\nNo\n:::\n"
    "::: level clear yes\nYes\n:::\n",
}


def test_files_are_handed_in_with_a_call(leyla, caller, publish):
    publish(tiny_course("tiny", exercise=PROJECT))
    program = caller(leyla)
    assert {field["takes"] for field in program.get("courses/tiny/tasks/alone").json()["fields"]} == {"text", "files"}
    file = {"name": "report.txt", "base64": base64.b64encode("hesabat ə".encode()).decode()}
    address = "courses/tiny/tasks/alone/answers"
    response = program.post(address, {"fields": {"answer": "Here it is."}, "files": [file]})
    assert (response.status_code, response.json()["state"]) == (202, "marking")
    stored = submission_by_key(leyla, UUID(response.json()["key"]))
    assert [one.name for one in stored.attachments.all()] == ["report.txt"]
    for bad in ({"name": "x.exe", "base64": ""}, {"name": "x.txt", "base64": "***"}, {"name": "x.txt"}):
        assert program.post(address, {"fields": {"answer": "x"}, "files": [bad]}).status_code == 422
    assert (
        program.post(ANSWERS.replace("small-course/tasks/capital", "tiny/tasks/alone"), {"fields": {}}).status_code
        == 422
    )


def test_answers_of_a_level_check_are_not_among_attempts(small, leyla, caller, give):
    """A level check keeps its verdicts until its end."""
    from bilik.submissions.models import Submission

    given = give(leyla, small.task("capital"), "ganja").submission
    program = caller(leyla)
    Submission.objects.filter(pk=given.pk).update(context="level_check")
    assert program.get(f"{COURSE}/capital/attempts").json()["items"] == []
    assert program.get(f"attempts/{given.pk}").status_code == 404


# Lists ----------------------------------------------------------------------------------------------------------------


def test_lists_come_in_pages_without_gaps_and_twice_nothing(small, leyla, caller, give):
    for _ in range(5):
        give(leyla, small.task("capital"), "ganja")
    program, seen, cursor = caller(leyla), [], ""
    for _ in range(3):
        page = program.get(f"{COURSE}/capital/attempts?limit=2&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert cursor is None
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 5


def test_courses_come_in_pages_and_by_language_and_level(tiny, leyla, caller):
    for slug in ("one", "three", "two"):
        tiny(slug)
    program = caller(leyla)
    page = program.get("courses?limit=2").json()
    assert ([one["id"] for one in page["items"]], page["next"]) == (["one", "three"], "three")
    page = program.get("courses?limit=2&cursor=three").json()
    assert ([one["id"] for one in page["items"]], page["next"]) == (["two"], None)
    assert program.get("courses?language=uz").json()["items"] == []
    assert len(program.get("courses?level=1&language=en").json()["items"]) == 3
    assert program.get("courses?level=8").json()["items"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=%00", "cursor=ə", "offset=1", "language=de"]
)
def test_what_a_list_does_not_take_is_refused_by_name(small, leyla, caller, query):
    response = caller(leyla).get(f"courses?{query}")
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == [query.partition("=")[0]]


def cost(counted, program, path):
    program.get(path)
    with counted() as seen:
        assert program.get(path).status_code == 200
    return len(seen.sql)


def test_lists_cost_the_same_with_one_and_with_three(small, tiny, leyla, give, caller, counted, group_of, house):
    program, costs = caller(leyla), []
    trainer = caller(house.aysel)
    for number in range(3):
        give(leyla, small.task("capital"), "ganja")
        give(leyla, tiny(f"course-{number}"), "zanbaq-print")
        group_of(leyla, name=f"Group {number}")
        paths = ("courses", "progress", "progress/skills", "groups", f"{COURSE}/capital/attempts")
        costs.append([cost(counted, program, path) for path in paths] + [cost(counted, trainer, "groups")])
    assert costs[0] == costs[2]
    assert max(costs[2]) <= 8


def test_a_groups_lists_cost_the_same_with_one_and_with_three(group_of, person, house, caller, counted, small, give):
    trainer, costs = caller(house.aysel), []
    for learners in (1, 3):
        people = [person(f"learner{learners}{number}") for number in range(learners)]
        group = group_of(*people, name=f"of {learners}")
        for one in people:
            give(one, small.task("capital"), "baku")
        meeting = _meeting(house, group)
        at = f"groups/{group.ref}"
        paths = (at, f"{at}/members", f"{at}/deadlines", f"{at}/meetings", f"{at}/meetings/{meeting.ref}/roll",
                 f"{at}/courses/small-course/gradebook", f"{at}/courses/small-course/gradebook.csv")  # fmt: skip
        costs.append([cost(counted, trainer, path) for path in paths])
    assert costs[0] == costs[1]


def _meeting(house, group):
    from bilik.groups.actions import plan_meeting

    return plan_meeting(by=house.aysel, now=utc_now(), group=group, starts_at=utc_now(), minutes=60)


# A group --------------------------------------------------------------------------------------------------------------


def test_a_class_comes_in_with_a_code(house, group_of, join_code, person, caller):
    nigar = person("nigar")
    response = caller(nigar).post("groups/join", {"code": join_code.lower()})
    assert response.status_code == 200
    assert response.json()["why_not_learn"] is None
    assert [one["ref"] for one in caller(nigar).get("groups").json()["items"]] == [response.json()["group"]]


def test_the_roll_is_taken_once_however_often_it_is_sent(house, group, meeting, leyla, jasur, caller, rows):
    program = caller(house.aysel)
    taps = [
        {"key": str(new_id()), "person": str(one.ref), "mark": mark, "marked_at": utc_now().isoformat()}
        for one, mark in ((leyla, "present"), (jasur, "late"), (house.rustam, "present"))
    ]
    address = f"groups/{group.ref}/meetings/{meeting.ref}/roll"
    for _ in range(2):
        told = program.post(address, {"taps": taps}).json()
        assert told["stored"] == [tap["key"] for tap in taps[:2]]
        assert [(one["key"], one["code"]) for one in told["refused"]] == [(taps[2]["key"], "not_a_member")]
    assert len(rows("groups.Attendance")) == 2
    lines = {line["name"]: line["mark"] for line in program.get(address).json()["items"]}
    assert lines == {"Leyla Əliyeva": "present", "Jasur Rahimov": "late"}


def test_a_date_that_is_set_stands_beside_the_lesson_and_can_be_taken_away(house, group, leyla, caller):
    trainer, learner = caller(house.aysel), caller(leyla)
    body = {"course": "small-course", "part": "02-numbers", "due_at": "2099-01-01T12:00:00+04:00"}
    made = trainer.post(f"groups/{group.ref}/deadlines", body)
    assert made.status_code == 201
    lessons = {one["id"]: one["due_at"] for one in learner.get("courses/small-course/lessons").json()["items"]}
    assert lessons["02-numbers"] == "2099-01-01T08:00:00Z"
    address = f"groups/{group.ref}/deadlines/{made.json()['ref']}"
    assert learner.call("DELETE", address).status_code == 403
    assert trainer.call("DELETE", address).status_code == 204
    assert trainer.call("DELETE", address).status_code == 404
    lessons = {one["id"]: one["due_at"] for one in learner.get("courses/small-course/lessons").json()["items"]}
    assert lessons["02-numbers"] is None


def test_the_gradebook_is_the_pages(house, group, leyla, give, small, caller, browser):
    give(leyla, small.task("capital"), "baku")
    program = caller(house.aysel)
    at = f"groups/{group.ref}/courses/small-course/gradebook"
    book = program.get(at).json()
    lines = {line["name"]: line for line in book["lines"]}
    assert lines["Leyla Əliyeva"]["total"] == "1"
    assert lines["Leyla Əliyeva"]["points"][0] == "1"
    assert lines["Jasur Rahimov"]["points"] == [None] * len(book["columns"])
    from django.urls import reverse

    page = browser(house.aysel).get(reverse("teaching:gradebook_csv", args=[group.ref, "small-course"]))
    file = program.get(f"{at}.csv")
    assert file.content == page.content
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    by_task = program.get(f"{at}?lesson=01-choices").json()
    assert [column["id"] for column in by_task["columns"]] == ["capital", "even-numbers"]
    assert program.get(f"{at}?lesson=nowhere").json()["code"] == "no_such_course"


# What stands around ---------------------------------------------------------------------------------------------------


def test_what_has_not_changed_costs_no_bytes(small, leyla, caller, give):
    program = caller(leyla)
    first = program.get(f"{COURSE}/capital")
    again = program.get(f"{COURSE}/capital", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "RateLimit" in again.headers
    give(leyla, small.task("capital"), "ganja")
    assert program.get(f"{COURSE}/capital", **{"if-none-match": first["ETag"]}).status_code == 200


def test_head_is_get_without_a_body(small, leyla, caller):
    program = caller(leyla)
    shown, head = program.get("courses"), program.call("HEAD", "courses")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == shown["ETag"]
    assert caller(None).call("HEAD", "courses").status_code == 401


@pytest.mark.parametrize("method", ["PUT", "TRACE", "DELETE", "PATCH", "QUERY", "ə"])
def test_a_wrong_method_is_told_the_right_ones(small, leyla, caller, method):
    response = caller(leyla).call(method, "courses")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["code"] == "method_not_allowed"


def test_options_tell_the_methods_and_open_nothing_to_other_sites(small, leyla, caller):
    response = caller(None).call("OPTIONS", "me", **{"origin": "https://evil.example"})
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS, PATCH")
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_below_the_interface_everything_is_a_problem_document(client, db):
    for path in ("", "nothing", "me/", "courses/a b", "groups/x", "%0a", "v1/../../admin"):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code in (401, 404)
        assert response["Content-Type"] == "application/problem+json"


def test_trouble_of_the_machine_is_told_in_the_same_way(small, leyla, caller, monkeypatch):
    from django.db import OperationalError

    from bilik.api.endpoints import me

    program = caller(leyla)
    for error, status, code in (
        (OperationalError("database is locked"), 503, "out_of_order"),
        (KeyError("x"), 500, "broken"),
    ):
        monkeypatch.setattr(me, "roles_of", lambda _person, error=error: (_ for _ in ()).throw(error))
        response = program.get("me")
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert "locked" not in response.content.decode()
        assert response.headers.get("Retry-After") == ("5" if status == 503 else None)
