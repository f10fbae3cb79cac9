"""A served example academy and a real browser: one academy for all journeys, a fresh profile for each."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# A busy machine is no reason to fail: what matters is that the page gets there.
expect.set_options(timeout=20_000)

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# The pages that the documents show; `make pictures` takes them anew.
PICTURES = {
    "home-az-phone",
    "lesson-az-phone",
    "error-az-phone",
    "skills-az-phone",
    "practice-az-phone",
    "cells-run-az-phone",
    "group-az-phone",
    "roll-offline-en-phone",
    "translate-az-phone",
    "welcome-en-desktop",
    "course-en-desktop",
    "accepted-en-desktop",
    "steps-az-desktop",
    "calls-en-desktop",
    "clusters-en-desktop",
    "gradebook-en-desktop",
    "check-errors-en-desktop",
    "dry-run-en-desktop",
    "level-result-en-desktop",
    "guardian-looks-az-phone",
}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """The environment of an academy with its data in this folder and nothing set from outside."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BILIK_", "DATABASE_"))}
    return clean | {"BILIK_DATA": str(data), "BILIK_LOG_LEVEL": "WARNING"} | more


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demonstration academy, filled once for all processes of a test run: proving every course takes
    longer than the journeys. FILLED_ACADEMY names one that bin/run-checks has filled already.
    """
    if "FILLED_ACADEMY" in os.environ:
        return Path(os.environ["FILLED_ACADEMY"])
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    data, done = shared / "filled-academy", shared / "filled-academy.done"
    with (shared / "filled-academy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [sys.executable, "-m", "bilik.config.cli", "demo", "--load-only"]
            subprocess.run(command, cwd=ROOT, env=surroundings(data), check=True, stdout=subprocess.DEVNULL)
            done.touch()
    return data


@pytest.fixture(scope="module")
def academy(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration academy, served as `make demo` serves it, with data of its own."""
    port = free_port()
    data = tmp_path_factory.mktemp("academy") / "data"
    shutil.copytree(filled, data)
    # One web process: what a second one would cost at each start is better spent on journeys.
    environment = surroundings(data, PORT=str(port), BILIK_DEMO="1", BILIK_WEB_PROCESSES="1")
    log = (tmp_path_factory.mktemp("log") / "serve.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "bilik.config.cli", "serve", "--ready"], cwd=ROOT, env=environment, stdout=log,
        stderr=log, start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/health", process, Path(log.name))
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the academy ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the academy did not start: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after the journeys: while Playwright runs there is an event loop, beside which Django refuses to work."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert executable, "no Chromium here: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, academy: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser as somebody: `visit("az", PHONE, sign_in="leyla")`. Errors on any page fail the journey."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        language: str, size: dict, *, sign_in: str = "", javascript: bool = True, errors_wanted: bool = False
    ) -> Page:
        context = browser.new_context(
            locale=language, base_url=academy, java_script_enabled=javascript, bypass_csp=False, **size
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if not errors_wanted:
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/")
        if sign_in:
            page.click(f"form:has(input[value={sign_in}]) button")
            page.wait_for_load_state()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, with the elements."""
    # Through the debugging door: the page's own policy would rightly refuse a script of ours.
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    # A colour on its way to another is none yet: a button that a script has just enabled, for one.
    page.evaluate("() => document.getAnimations().filter((a) => a instanceof CSSTransition).forEach((a) => a.finish())")
    # What is right need not be described, which takes half of the time.
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    session.detach()
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


def nothing_is_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1"))


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Looks at a page as it stands: axe, width, and a picture when PICTURES_FOLDER names a folder."""
    folder = os.environ.get("PICTURES_FOLDER")

    def at(page: Page, name: str) -> None:
        assert violations(page) == []
        assert nothing_is_wider_than_the_screen(page)
        if folder and name in PICTURES:
            target = ROOT / folder
            target.mkdir(parents=True, exist_ok=True)
            # Hiding the caret would mean a style of Playwright's own, which our policy refuses.
            page.screenshot(path=str(target / f"{name}.png"), caret="initial")

    return at
