"""Checking old answers anew: programs as a regrade does them, in batches, beside one at a time.

    python bench/regrade.py [--answers 10000] [--alone 200]

Uses the sandbox and the specs of this machine, no database: what is measured is `regrade_answers` beside a plain loop
over the same function with one answer. One at a time is measured with fewer answers (`--alone`), and what all of them
would take is extrapolated from these; the table says so.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PROGRAM = "name = 'Leyla'\nprint('Salam, ' + name)  # {}\n"
EXERCISE = ROOT / "courses/python-from-zero/lessons/01-first-words/print-a-greeting"
BATCH = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--alone", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BILIK_DATA"] = folder
        from bilik.config.commands.start import django_ready

        django_ready()
        _measure(options.answers, min(options.alone, options.answers))


def _measure(many: int, alone: int) -> None:
    from bilik.submissions import runners
    from bilik.teaching import regrading

    spec = _spec()
    made = SimpleNamespace(spec=spec, page={"controls": []})
    version = SimpleNamespace(task_id=1, variants=1)
    answers: list[Any] = [
        SimpleNamespace(task_version_id=1, seed=0, answer=PROGRAM.format(number), task_version=version)
        for number in range(many)
    ]
    with patch.object(regrading, "variant", lambda *_: made):
        regrading.regrade_answers(answers[:10], {})  # The sandbox is warm before anything is measured.
        single = _timed(lambda: [regrading.regrade_answers([one], {}) for one in answers[:alone]])
        batched = _timed(
            lambda: [regrading.regrade_answers(answers[at : at + BATCH], {}) for at in range(0, many, BATCH)]
        )
    rates = alone / single, many / batched
    print("| way | answers | seconds | answers a second |\n|---|---|---|---|")
    print(f"| one at a time, measured | {alone} | {single:.1f} | {rates[0]:.0f} |")
    if alone < many:
        print(f"| one at a time, extrapolated from these | {many} | {many / rates[0]:.1f} | {rates[0]:.0f} |")
    print(f"| in batches of {BATCH}, {runners.pool().size} at a time | {many} | {batched:.1f} | {rates[1]:.0f} |")
    print(f"\nBatched is {rates[1] / rates[0]:.2f} times as fast.")
    runners.pool().close()


def _spec() -> Any:
    """The spec of an exercise of the example course."""
    from bilik.grading.folder import prepare_exercise
    from bilik.submissions import runners

    return prepare_exercise(EXERCISE, run=runners.pool().run).exercise.spec


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
