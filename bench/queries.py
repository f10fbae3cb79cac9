"""How many queries a request makes and, with --profile, where its time goes; inside an academy's settings.

BILIK_DATA=FOLDER python bench/queries.py FOLDER [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any


def counted(academy: Any) -> dict[str, int]:
    """Queries of every measured request, warm, by name."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), str(academy.folder)],
        cwd=academy.folder,
        env=academy.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def _requests(facts: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    from django.test import Client

    learner = facts["learners"][0]
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"], client.cookies["csrftoken"] = learner["session"], learner["csrf"]

    def opened(address: str) -> Callable[[], Any]:
        return lambda: client.get(address)

    def answered(kind: str, **headers: str) -> Callable[[], Any]:
        task = facts["tasks"][kind]

        def send() -> Any:
            fields = {
                "csrfmiddlewaretoken": learner["token"],
                "key": uuid.uuid4(),
                "answer": task["answers"][0],
            }
            return client.post(task["path"] + "answer", fields, headers=headers)

        return send

    made = {f"lesson {name}": opened(address) for name, address in facts["lessons"].items()}
    for kind in facts["tasks"]:
        made[f"answer {kind}"] = answered(kind, hx_request="true")
        made[f"form {kind}"] = answered(kind)
    return made


def _count(send: Callable[[], Any]) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    send()
    with CaptureQueriesContext(connection) as caught:
        reply = send()
    if reply.status_code not in (200, 302):
        raise SystemExit(f"status {reply.status_code}: {reply.content[:500]!r}")
    return [query["sql"] for query in caught.captured_queries]


def _profile(name: str, send: Callable[[], Any], times: int) -> None:
    for _ in range(20):
        send()
    begun = time.process_time()
    for _ in range(times):
        send()
    plain = (time.process_time() - begun) / times * 1000
    print(f"\n===== {name}: {plain:.2f} ms of CPU each without the profiler, {len(_count(send))} queries")
    for number, sql in enumerate(_count(send), 1):
        print(f"  {number:2} {sql[:150]}")
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(times):
        send()
    profile.disable()
    for order in ("tottime", "cumulative"):
        print(f"-- by {order}, {times} requests")
        pstats.Stats(profile, stream=sys.stdout).strip_dirs().sort_stats(order).print_stats(45)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--times", type=int, default=100)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    import django

    django.setup()
    requests = _requests(json.loads((given.folder / "bench.json").read_text()))
    if not given.profile:
        print(json.dumps({name: len(_count(send)) for name, send in requests.items()}))
        return
    for name in ("lesson large", "lesson answered", "lesson small", "answer single_choice"):
        _profile(name, requests[name], given.times)


if __name__ == "__main__":
    _main()
