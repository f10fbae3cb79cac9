"""Practice: what a page costs while answers are not stored, taking 10,000 answers in, working out what comes next.

    python bench/practice.py [--quick] [--academy FOLDER]

Everything runs in one process inside a copy of an academy, without a server: what is measured is the room itself.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

from academy import COURSE, inside_copy
from measure import Options, Table, main, milliseconds

ANSWERS, PEOPLE, TIMES = 10_000, 20, 50


def run(options: Options) -> list[Table]:
    """Fills a copy of the academy and measures in it."""
    answers, times = options.count(ANSWERS, 400), options.count(TIMES, 3)
    found = inside_copy(options, __file__, answers, times)
    table = Table("Practice", ("what", "answers", "p50 ms", "p95 ms", "p99 ms"))
    for row in found["rows"]:
        table.add(row["what"], row["answers"], *milliseconds(row["seconds"]))
    table.notes.append(
        f"{found['people']} people; taking all {answers:,} answers in took {found['catch_up']:.1f} s, "
        f"{answers / found['catch_up']:,.0f} answers a second, one transaction for each person"
    )
    return [table]


def _inside(answers: int, times: int) -> None:
    """In a process of its own, with Django."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model

    from bilik.kit.clock import utc_now
    from bilik.practice import actions, queries

    people = list(get_user_model()._default_manager.filter(username__startswith="bench").order_by("pk")[:PEOPLE])
    now = utc_now()
    _answers(people, answers // len(people), now)
    one, mine, rows = people[0], answers // len(people), []

    def measure(what: str, function: Any) -> None:
        function()
        rows.append({"what": what, "answers": mine, "seconds": [_took(function) for _ in range(times)]})

    later = now + timedelta(hours=1)
    measure("a picture, nothing stored", lambda: queries.standing(one, later))
    measure("what next, nothing stored", lambda: queries.today(one, later))
    begun = time.perf_counter()
    while actions.catch_up(now=later):
        pass
    caught_up = time.perf_counter() - begun
    measure("a picture, all stored", lambda: queries.standing(one, later))
    measure("what next, all stored", lambda: queries.today(one, later))
    print(json.dumps({"rows": rows, "people": len(people), "catch_up": caught_up}))


def _took(function: Any) -> float:
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def _answers(people: list[Any], each: int, now: Any) -> None:
    """Graded answers to the tasks of the course in turn, two of three right, spread over the last months."""
    from bilik.catalog.queries import published_course
    from bilik.grading.verdict import accepted, wrong
    from bilik.kit.ids import new_id
    from bilik.submissions.actions import submit

    tasks = published_course(COURSE).tasks
    for person in people:
        for number in range(each):
            task = tasks[(number // 2) % len(tasks)]
            submit(
                by=person, now=now - timedelta(hours=4 * (each - number)), task_version_id=task.version_id, seed=0,
                context="practice", key=new_id(), answer="x", language="en",
                verdict=wrong(task.points) if number % 3 == 0 else accepted(task.points),
            )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        _inside(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(__doc__ or "", run)
