"""The abuse cases that are not about a running program: the runner's tests have the others, by number too."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from django.urls import get_resolver

from bilik.catalog.source.course import read_course
from bilik.grading.folder import BrokenExercise, prepare_exercise
from bilik.submissions.states import MOVES, State
from runner.host import Pool
from tests.small_course import write

pytestmark = pytest.mark.django_db

HOSTILE_VARIANTS = {
    "loops": "def variant(seed):\n    while True:\n        pass\n",
    "forks": "import os\n\ndef variant(seed):\n    return {'pid': os.fork()}\n",
    "reads": "def variant(seed):\n    return {'secret': open('/etc/passwd').read()}\n",
    "floods": "def variant(seed):\n    return {'x': 'a' * 10**9}\n",
    "leaves": "import os\n\ndef variant(seed):\n    os._exit(0)\n",
}
EXERCISE = 'kind = "numeric"\nskills = ["ext:python-numbers"]\nvariants = 2\nanswer = "{{ x }}"\n'


@pytest.mark.sandbox
@pytest.mark.parametrize("name", HOSTILE_VARIANTS)
def test_case_34_an_authors_hostile_code_is_sandboxed_and_is_an_error_of_the_task(tmp_path: Path, name: str):
    write(tmp_path / "task", {"exercise.toml": EXERCISE, "exercise.en.md": "# T\n\nSay {{ x }}.\n"})
    (tmp_path / "task" / "variant.py").write_text(HOSTILE_VARIANTS[name], encoding="utf-8")
    with Pool(size=1) as pool, pytest.raises(BrokenExercise) as broken:
        prepare_exercise(tmp_path / "task", seed=1, run=pool.run)
    assert any(problem.code == "variant" for problem in broken.value.problems)


def test_case_35_nobody_can_take_an_answer_back_to_keep_an_earlier_score(small, leyla, give, browser, rows):
    sent = give(leyla, small.task("capital"), "ganja").submission
    page = browser(leyla)
    for method in ("delete", "put", "patch"):
        assert getattr(page, method)(small.url("task", "capital")).status_code == 405
        assert getattr(page, method)(small.url("answer", "capital")).status_code == 405
    assert [row["id"] for row in rows("submissions.Submission")] == [sent.pk]
    # No state leads away from a verdict, and no address offers to delete a submission.
    assert MOVES[State.GRADED] == ()
    names = {str(name) for name in get_resolver("bilik.learning.urls").reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "delete" in name or "cancel" in name or "withdraw" in name}


def test_case_36_a_raw_post_reaches_only_what_is_published_and_in_ones_own_name(small, leyla, jasur, browser, rows):
    page = browser(leyla)
    for address in (
        "/learn/no-such-course/first/capital/answer",
        small.url("answer", "capital").replace("capital", "no-such-task"),
    ):
        assert page.post(address, {"answer": "baku"}).status_code == 404
    page.post(small.url("answer", "capital"), {"answer": "baku", "person": jasur.pk, "person_id": jasur.pk})
    assert [row["person_id"] for row in rows("submissions.Submission")] == [leyla.pk]


def test_case_36_the_servers_clock_counts_and_not_the_clients(small, leyla, browser, rows):
    late = {"answer": "baku", "received_at": "1999-01-01T00:00:00Z", "now": "1999-01-01T00:00:00Z"}
    browser(leyla).post(small.url("answer", "capital"), late)
    assert [row["received_at"].year > 2020 for row in rows("submissions.Submission")] == [True]


def test_case_37_no_address_in_a_course_or_an_answer_is_ever_called(tmp_path, small, leyla, give, monkeypatch):
    def refuse(*arguments: object) -> None:
        raise AssertionError("somebody opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    inside = "http://169.254.169.254/latest"
    write(
        tmp_path / "c",
        {
            "course.toml": f'id = "c"\nsource_language = "en"\n[[lessons]]\nfolder = "a"\n# {inside}\n',
            "lessons/a/lesson.en.md": f"![x]({inside}/x.png) [y]({inside})\n\n::: video {inside} V\nText\n:::\n",
        },
    )
    read_course(tmp_path / "c", problems=[])
    give(leyla, small.task("word"), inside)
