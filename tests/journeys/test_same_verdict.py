"""One checker in two places: a browser and the sandbox say the same of every program. Prints how many were compared.

Each program meets the visible tests of its task in Chromium and in the real sandbox. Compared are the outcome and, for
each visible test, whether it passed. A browser's program that has to be stopped after the time limit is `time_limit`,
as one that the sandbox stops; one that takes the interpreter with it (os._exit) is `runtime_error` in both. Where the
browser says that it lacks what the program wants (threads, sockets), it has no verdict, and that is counted apart; so
is a task that needs a library which is not laid out for browsers: its page sends the program to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bilik.config.browser_python import WORKER_POLICY
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Exercise, read_exercise
from bilik.grading.kinds import KINDS
from bilik.grading.visible import TRIED, told, visible_spec
from runner.host import Pool
from tests.journeys import hostile
from tests.journeys.conftest import QUIET  # noqa: F401 - the fixtures come with it

pytestmark = [pytest.mark.browser, pytest.mark.sandbox]
ROOT = Path(__file__).resolve().parents[2]
SQL_FROM_PYTHON = ("solution", *(f"wrong {number}" for number in range(1, 9)))
# What a browser's Python may refuse to judge, and nothing else: a fence that grows must be noticed.
MAY_BE_ELSEWHERE = {
    "a thread",
    "a thread that never ends",
    "a process",
    "a socket",
    "asyncio",
    "ctypes",
    "breakpoint",
    "help",
    # SQLite's module is not in Pyodide's standard library.
    *(f"courses/data-with-sql/lessons/05-changing-and-taking-along/sql-from-python/{one}" for one in SQL_FROM_PYTHON),
}
IN_BROWSERS = {"numpy", "pandas"}

CHECKED_HERE = """async ({script, home, worker, cases}) => {
  const { Device } = await import(script)
  const answers = []
  let device = null
  let libraries = null
  for (const request of cases) {
    // A fresh worker is there sooner without libraries that its programs do not use.
    if (libraries !== request.spec.libraries.join()) {
      if (device) device.end()
      device = new Device({ home, script: worker, language: "en" })
      libraries = request.spec.libraries.join()
    }
    try {
      const packages = await device.packages(request.spec.libraries)
      if (!packages) {
        answers.push({ lacking: true })
        continue
      }
      await device.start(packages)
      answers.push(await device.perform(request))
    } catch (error) {
      answers.push({ broken: String(error) })
    }
  }
  device.end()
  return answers
}"""


@dataclass(frozen=True)
class Case:
    """One program for one task: where it comes from, the task's spec, the text."""

    name: str
    spec: dict[str, Any]
    code: Any


def _course() -> Iterator[Case]:
    for path in sorted((ROOT / "courses").glob("*/lessons/*/*/exercise.toml")):
        exercise: Exercise | None = read_exercise(path.parent, problems=[])
        if exercise is None or exercise.kind not in TRIED:
            continue
        model = KINDS[exercise.kind].model_answer(exercise.spec, exercise.solution)
        programs = {"solution": model} | {
            f"wrong {number}": wrong.answer for number, wrong in enumerate(exercise.wrong, 1)
        }
        for name, code in programs.items():
            yield Case(f"{path.parent.relative_to(ROOT)}/{name}", dict(exercise.spec), code)


def corpus() -> list[Case]:
    """The programs of all courses and the hostile ones, those with the same libraries together."""
    cases = [*_course(), *(Case(name, spec, code) for name, (spec, code) in hostile.programs().items())]
    return sorted(cases, key=lambda case: sorted(case.spec["libraries"]))


def _tests_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [test for part in spec.get("cells", [spec]) for test in part["tests"]]


def _by_test(tests: list[dict[str, Any]]) -> dict[str, bool]:
    return {test["name"]: test["passed"] for test in tests if not test["hidden"]}


def _on_the_server(case: Case, pool: Pool) -> dict[str, Any]:
    """What the sandbox says: the outcome of the visible tests alone, and each as the verdict that counts has it."""
    seen = visible_spec(case.spec)
    alone = check(seen, case.code, run=lambda job: pool.run(job, wait_seconds=60))
    has_hidden = len(_tests_of(seen)) < len(_tests_of(case.spec))
    whole = check(case.spec, case.code, run=lambda job: pool.run(job, wait_seconds=60)) if has_hidden else alone
    words = [told([item.to_json() for item in verdict.feedback], "en") for verdict in (alone, whole)]
    return {"outcome": str(alone.outcome), "tests": _by_test(words[1]["tests"]), "said": _words(words[0]["said"])}


def _words(said: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (item["author"], item["sentence"], item["line"]) for item in said if "did not finish" not in item["sentence"]
    ]


def _in_the_browser(page: Page, cases: list[Case]) -> list[dict[str, Any]]:
    page.goto("/learn/python-from-zero/02-numbers-and-names/")
    here = page.locator("script[data-python]").first
    given = {
        "script": here.get_attribute("data-python"),
        "worker": here.get_attribute("data-python-worker"),
        "home": here.get_attribute("data-python-home"),
        "cases": [{"what": "tests", "spec": visible_spec(case.spec), "code": case.code, "typed": ""} for case in cases],
    }
    return list(page.evaluate(CHECKED_HERE, given))


def _readable(case: Case) -> bool:
    """Whether the text is an answer at all: what is none never reaches a checker."""
    try:
        parse_answer(case.spec, KINDS[case.spec["kind"]].fields(case.spec, case.code))
    except InvalidAnswer:
        return False
    return any(not test["hidden"] for test in _tests_of(case.spec))


def _for_both(case: Case) -> bool:
    """Whether browsers get the libraries that its task needs."""
    return set(case.spec["libraries"]) <= IN_BROWSERS


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(library_path=str(ROOT / ".learner"))
    yield pool
    pool.close()


def test_browser_and_sandbox_say_the_same_of_every_program(academy: str, browser: Browser, pool: Pool, capsys) -> None:
    cases = [case for case in corpus() if _readable(case)]
    page = browser.new_context(base_url=academy).new_page()
    # Both wait for programs that never end: they do it side by side.
    with ThreadPoolExecutor(1) as beside:
        on_the_server = beside.submit(lambda: [_on_the_server(case, pool) if _for_both(case) else {} for case in cases])
        answers = _in_the_browser(page, cases)
        said = on_the_server.result()
    compared, elsewhere, differing, worded = 0, [], [], []
    lacking = [case for case, answer in zip(cases, answers, strict=True) if answer.get("lacking")]
    for case, answer, server in zip(cases, answers, said, strict=True):
        if case in lacking:
            continue
        if answer.get("elsewhere"):
            elsewhere.append(case.name)
            continue
        compared += 1
        here = answer.get("told") or {"outcome": answer.get("broken", "stopped"), "tests": [], "said": []}
        found = {"outcome": here["outcome"], "tests": _by_test(here["tests"])}
        if found != {key: server[key] for key in found}:
            differing.append(f"{case.name}: browser {found}, server {server}")
        elif _words(here["said"]) != server["said"]:
            worded.append(f"{case.name}: browser {_words(here['said'])}, server {server['said']}")
    with capsys.disabled():
        print(
            f"\nSame verdict: {compared} programs compared, {len(differing)} differ"
            f" ({100 * len(differing) / compared:.2f} %), {len(worded)} in words alone;"
            f" {len(elsewhere)} only the sandbox can judge: {', '.join(elsewhere)};"
            f" {len(lacking)} need a library that browsers do not get"
        )
        print("\n".join([*differing, *worded]))
    assert differing == []
    assert set(elsewhere) <= MAY_BE_ELSEWHERE
    assert [case.name for case in lacking] == [case.name for case in cases if not _for_both(case)]


def test_the_worker_comes_with_a_policy_that_lets_it_reach_nothing(academy: str, browser: Browser) -> None:
    page = browser.new_context(base_url=academy).new_page()
    page.goto("/learn/python-from-zero/02-numbers-and-names/")
    worker = page.locator("script[data-python]").first.get_attribute("data-python-worker")
    sent = page.request.get(worker).headers
    assert sent["content-security-policy"] == WORKER_POLICY
    assert "immutable" in sent["cache-control"]
    assert "wasm" not in page.request.get("/").headers["content-security-policy"]
