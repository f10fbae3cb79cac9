"""One checker in two places: asks a browser and the sandbox about the same programs and compares what they say.

Each program meets the visible tests of its task in Chromium and in the real sandbox. Compared are the outcome and, for
each visible test, whether it passed. A browser's program that has to be stopped after the time limit is `time_limit`,
as one that the sandbox stops; one that takes the interpreter with it (os._exit) is `runtime_error` in both. Where the
browser says that it lacks what the program wants (threads, sockets), it has no verdict, and that is counted apart; so
is a task that needs a library which is not laid out for browsers: its page sends the program to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Exercise, read_exercise
from bilik.grading.kinds import KINDS
from bilik.grading.visible import TRIED, told, visible_spec
from runner.host import Pool
from tests.journeys import hostile

ROOT = Path(__file__).resolve().parents[2]
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


@dataclass
class Agreement:
    """What came of the programs: names of cases, and lines that say how two verdicts differ."""

    compared: int = 0
    differing: list[str] = field(default_factory=list)
    worded: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """Everything in numbers."""
        return (
            f"{self.compared} programs compared, {len(self.differing)} differ"
            f" ({100 * len(self.differing) / self.compared:.2f} %), {len(self.worded)} in words alone;"
            f" {len(self.elsewhere)} only the sandbox can judge;"
            f" {len(self.lacking)} need a library that browsers do not get"
        )


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
    return sorted(filter(_readable, cases), key=lambda case: sorted(case.spec["libraries"]))


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


def for_both(case: Case) -> bool:
    """Whether browsers get the libraries that its task needs."""
    return set(case.spec["libraries"]) <= IN_BROWSERS


def compare(page: Page, cases: list[Case], pool: Pool) -> Agreement:
    """Asks both about these programs. The page shows any page of a served academy."""
    # Both wait for programs that never end: they do it side by side.
    with ThreadPoolExecutor(1) as beside:
        on_the_server = beside.submit(lambda: [_on_the_server(case, pool) if for_both(case) else {} for case in cases])
        answers = _in_the_browser(page, cases)
        said = on_the_server.result()
    found = Agreement()
    for case, answer, server in zip(cases, answers, said, strict=True):
        if answer.get("lacking"):
            found.lacking.append(case.name)
        elif answer.get("elsewhere"):
            found.elsewhere.append(case.name)
        else:
            _compare_one(found, case, answer, server)
    return found


def _compare_one(found: Agreement, case: Case, answer: dict[str, Any], server: dict[str, Any]) -> None:
    found.compared += 1
    here = answer.get("told") or {"outcome": answer.get("broken", "stopped"), "tests": [], "said": []}
    verdict = {"outcome": here["outcome"], "tests": _by_test(here["tests"])}
    if verdict != {key: server[key] for key in verdict}:
        found.differing.append(f"{case.name}: browser {verdict}, server {server}")
    elif _words(here["said"]) != server["said"]:
        found.worded.append(f"{case.name}: browser {_words(here['said'])}, server {server['said']}")
