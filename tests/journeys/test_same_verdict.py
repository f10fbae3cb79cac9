"""A browser and the sandbox say the same of every program. Prints how many were compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bilik.config.browser_python import WORKER_POLICY
from runner.host import Pool
from tests.journeys.agreement import ROOT, compare, corpus, for_both

pytestmark = [pytest.mark.browser, pytest.mark.sandbox]
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


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(library_path=str(ROOT / ".learner"))
    yield pool
    pool.close()


def test_browser_and_sandbox_say_the_same_of_every_program(academy: str, browser: Browser, pool: Pool, capsys) -> None:
    cases = corpus()
    found = compare(browser.new_context(base_url=academy).new_page(), cases, pool)
    with capsys.disabled():
        print("\nSame verdict: " + found.sentence())
        print("\n".join([*found.elsewhere, *found.differing, *found.worded]))
    assert found.differing == []
    assert set(found.elsewhere) <= MAY_BE_ELSEWHERE
    assert found.lacking == [case.name for case in cases if not for_both(case)]


def test_the_worker_comes_with_a_policy_that_lets_it_reach_nothing(academy: str, browser: Browser) -> None:
    page = browser.new_context(base_url=academy).new_page()
    page.goto("/learn/python-from-zero/02-numbers-and-names/")
    worker = page.locator("script[data-python]").first.get_attribute("data-python-worker")
    sent = page.request.get(worker).headers
    assert sent["content-security-policy"] == WORKER_POLICY
    assert "immutable" in sent["cache-control"]
    assert "wasm" not in page.request.get("/").headers["content-security-policy"]
