"""A regrade of 10,000 programs as it happens: asked for, checked in batches beside the old verdicts, applied.

    python bench/regrade.py [--quick] [--academy FOLDER]

Everything runs in one process inside a copy of an academy, with its database and its sandbox. Beside it stands what a
loop of one answer at a time takes, with the same function and fewer answers.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from academy import COURSE, inside_copy
from measure import Options, Table, main

ANSWERS, ALONE = 10_000, 500
PROGRAM = "print('Salam')  # {}\n"


def run(options: Options) -> list[Table]:
    """Fills a copy of the academy and regrades in it."""
    many, alone = options.count(ANSWERS, 200), options.count(ALONE, 20)
    found = inside_copy(options, __file__, many, alone)
    table = Table("Regrade of code answers", ("what", "answers", "seconds", "answers a second", "beside one at a time"))
    single = found["alone"] / found["one_at_a_time"]
    table.add("one at a time, no database", found["alone"], f"{found['one_at_a_time']:.1f}", f"{single:.0f}", "1")
    for what, seconds in (("checked anew, before and after stored", found["checked"]), ("applied", found["applied"])):
        rate = found["answers"] / seconds
        table.add(what, found["answers"], f"{seconds:.1f}", f"{rate:.0f}", f"{rate / single:.2f}")
    table.notes.append(
        f"{found['places']} programs at a time; {found['changed']:,} of {found['answers']:,} verdicts changed, each "
        "replaced in a transaction that keeps the earlier one and tells the rooms that count on it"
    )
    return [table]


def _inside(many: int, alone: int) -> None:
    """In a process of its own, with Django."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    import django

    django.setup()
    from bilik.catalog.queries import published_course
    from bilik.kit.clock import utc_now
    from bilik.submissions import runners
    from bilik.submissions.models import Submission
    from bilik.teaching.actions import apply_regrade, request_regrade, work_on_regrades
    from bilik.teaching.queries.regrades import counts_of
    from bilik.teaching.regrading import regrade_answers

    course = published_course(COURSE)
    task = next(task for task in course.tasks if task.slug == "print-a-greeting")
    _answers(task, many)
    first = list(Submission.objects.filter(task_version_id=task.version_id).select_related("task_version")[:alone])
    regrade_answers(first[:10], {})  # The sandbox is warm before anything is measured.
    one_at_a_time = _timed(lambda: [regrade_answers([one], {}) for one in first])
    asked = request_regrade(by=None, now=utc_now(), course=course, reason="Measured", task_id=task.task_id)

    def through() -> None:
        while work_on_regrades(now=utc_now()):
            pass

    checked = _timed(through)
    asked.refresh_from_db()
    apply_regrade(by=None, now=utc_now(), regrade=asked, wanted="all")
    applied = _timed(through)
    counts = counts_of(asked)
    facts = {"answers": asked.total, "alone": len(first), "places": runners.pool().size, "changed": counts.applied}
    print(json.dumps(facts | {"one_at_a_time": one_at_a_time, "checked": checked, "applied": applied}))
    runners.pool().close()


def _answers(task: Any, many: int) -> None:
    """Right programs that a wrong key has called wrong, of all learners in turn."""
    from django.contrib.auth import get_user_model

    from bilik.grading.verdict import wrong
    from bilik.kit.clock import utc_now
    from bilik.kit.ids import new_id
    from bilik.submissions.actions import submit

    people = list(get_user_model()._default_manager.filter(username__startswith="bench").order_by("pk"))
    for number in range(many):
        submit(
            by=people[number % len(people)], now=utc_now(), task_version_id=task.version_id, seed=0, context="practice",
            key=new_id(), answer=PROGRAM.format(number), language="en", verdict=wrong(task.points),
        )  # fmt: skip


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        _inside(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(__doc__ or "", run)
