"""Calls of programs beside the pages that do the same: time, queries and bytes, one right after the other.

    python bench/api.py [--quick] [--academy FOLDER]

Everything runs in one process inside a copy of an academy, without a server: what a call costs more or less than its
page is what is measured. Buckets are refilled before each call.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from academy import COURSE, copied
from measure import Options, Table, main, milliseconds, spread

TIMES, TURNS = 100, 5


def run(options: Options) -> list[Table]:
    """Measures in a copy of the academy."""
    times, turns = options.count(TIMES, 3), options.count(TURNS, 1)
    with copied(options) as academy:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "inside", str(academy.folder), str(times), str(turns)],
            cwd=academy.folder, env=academy.environment(), capture_output=True, text=True, timeout=1800, check=True,
        )  # fmt: skip
        rows = json.loads(done.stdout)
    table = Table(
        "Programs beside pages", ("what", "page p50 ms", "call p50 ms", "call / page", "queries", "page kB", "call kB")
    )
    for row in rows:
        page, call = row["page"], row["call"]
        table.add(
            row["what"], milliseconds(page["seconds"])[0], milliseconds(call["seconds"])[0], spread(row["ratios"], 2),
            f"{page['queries']} / {call['queries']}", f"{page['bytes'] / 1000:.1f}", f"{call['bytes'] / 1000:.1f}",
        )  # fmt: skip
    table.notes += [
        f"{turns} repetitions of {times} requests each, in turn; median (min–max); ratios within a repetition.",
        "Without a server and uncompressed; the page has a session, the call a token. Page / call are their queries.",
    ]
    return [table]


def _inside(folder: Path, times: int, turns: int) -> None:
    """In a process of its own, with Django."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    import django

    django.setup()
    rows = []
    for what, page, call in _pairs(json.loads((folder / "bench.json").read_text())):
        row: dict[str, Any] = {"what": what, "page": _facts(page), "call": _facts(call), "ratios": []}
        for _ in range(turns):
            mine, theirs = _seconds(page, times), _seconds(call, times)
            row["page"]["seconds"] += mine
            row["call"]["seconds"] += theirs
            row["ratios"].append(sum(theirs) / sum(mine))
        rows.append(row)
    print(json.dumps(rows))


def _pairs(facts: dict[str, Any]) -> list[tuple[str, Callable[[], Any], Callable[[], Any]]]:
    """What is measured: its name, the page, the call."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from bilik.api import signing
    from bilik.api.actions import make_token
    from bilik.kit.clock import utc_now

    learner = facts["learners"][0]
    person = get_user_model()._default_manager.get(username="bench0000")
    scopes = ["courses:read", "answers:write", "progress:read"]
    _token, text = make_token(by=person, now=utc_now(), name="bench", scopes=scopes)
    browser, program = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    browser.cookies["sessionid"], browser.cookies["csrftoken"] = learner["session"], learner["csrf"]
    headers = {"authorization": f"Bearer {text}"}

    def called(path: str, body: Callable[[], Any] | None = None) -> Callable[[], Any]:
        def send() -> Any:
            signing.TOKENS.forget()
            signing.ADDRESSES.forget()
            address = f"/api/v1/{path}"
            if body is None:
                return program.get(address, headers=headers)
            return program.post(address, json.dumps(body()), content_type="application/json", headers=headers)

        return send

    def opened(address: str, **more: str) -> Callable[[], Any]:
        return lambda: browser.get(address, headers=more)

    def key() -> str:
        return str(uuid.uuid4())

    task = facts["tasks"]["single_choice"]
    at, right = f"courses/{COURSE}/tasks/{task['slug']}", task["answers"][0]
    large = facts["lessons"]["large"].strip("/").rpartition("/")[2]
    by_script = {"hx_request": "true"}

    def answered() -> Any:
        return browser.post(task["path"] + "answer", {"key": key(), "answer": right}, headers=by_script)

    return [
        ("all courses", opened("/learn/"), called("courses")),
        ("a lesson, 6 exercises", opened(facts["lessons"]["large"]), called(f"courses/{COURSE}/lessons/{large}")),
        ("an exercise", opened(task["path"], **by_script), called(at)),
        (
            "an answer, one choice",
            answered,
            called(f"{at}/answers", lambda: {"key": key(), "fields": {"answer": right}}),
        ),
        ("answers to an exercise, a page of 30", opened(task["path"] + "attempts"), called(f"{at}/attempts")),
        ("progress", opened(f"/learn/{COURSE}/"), called("progress")),
    ]


def _facts(send: Callable[[], Any]) -> dict[str, Any]:
    """Queries and bytes of a request, warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    send()
    with CaptureQueriesContext(connection) as caught:
        reply = send()
    if reply.status_code not in (200, 201):
        raise SystemExit(f"status {reply.status_code}: {reply.content[:500]!r}")
    return {"queries": len(caught.captured_queries), "bytes": len(reply.content), "seconds": []}


def _seconds(send: Callable[[], Any], times: int) -> list[float]:
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        send()
        found.append(time.perf_counter() - begun)
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        _inside(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(__doc__ or "", run)
