"""Python in the browser: bytes over the wire, first and second start, and how long the tests take. Needs Chromium."""

from __future__ import annotations

import tempfile
from typing import Any

from academy import Academy, copied
from measure import Options, Table, main, reached, say, spread
from serving import ROOT, all_cores
from weights import FLAGS, browser_path

_BUDGET_BYTES = 13_000_000
SPEC = {
    "kind": "python_code", "points": 1, "mode": "calls",
    "require": {"uses": [], "lacks": [], "functions": [], "say": {}},
    "tests": [{
        "name": "two", "hidden": False, "weight": 1, "absolute": "0", "relative": "0", "mode": "calls",
        "call": "double(2)", "expect": "4", "prints": None, "compare": "equal", "strict": False,
    }],
    "feedback": [], "files": {}, "writes": False, "limits": {"cpu_seconds": 10, "memory_mb": 1024, "output_kb": 64},
}  # fmt: skip
# One start in a page, then a run and the visible tests; the second worker starts from what the page holds already.
STARTED = """async ({ script, worker, home, libraries, spec, rounds }) => {
  const { Device } = await import(script)
  const timed = async (work) => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  const device = new Device({ home, script: worker, language: "en" })
  const packages = await device.packages(libraries)
  const request = { spec: { ...spec, libraries }, code: "def double(x):\\n    return 2 * x\\n", typed: "" }
  const start = await timed(() => device.start(packages))
  const tests = []
  const once = () => device.perform({ ...request, what: "tests" })
  for (let round = 0; round < rounds; round++) tests.push(await timed(once))
  device.stop()
  const again = await timed(() => device.wake())
  device.end()
  return { start, again, tests }
}"""


def _visit(context: Any, base: str, lesson: str, libraries: list[str], rounds: int) -> dict[str, Any]:
    """Starts Python in a page of its own; what it took, and the bytes that travelled for it."""
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(base + lesson, wait_until="load")
    client, sizes = context.new_cdp_session(page), []
    client.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    client.send("Network.enable")
    tag = page.locator("script[data-python]").first
    given = {"script": "data-python", "worker": "data-python-worker", "home": "data-python-home"}
    settings = {name: tag.get_attribute(attribute) for name, attribute in given.items()}
    more = {"libraries": libraries, "spec": SPEC, "rounds": rounds}
    found = page.evaluate(STARTED, settings | more)
    page.close()
    return {**found, "bytes": sum(sizes)}


def run(options: Options) -> list[Table]:
    """One table: a row for plain Python, for numpy and for numpy with pandas."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [Table("Python in the browser", ("left out",), [("playwright is not installed",)])]
    if browser_path() is None or not (ROOT / ".browser-python" / "manifest.json").exists():
        return [Table("Python in the browser", ("left out",), [("needs Chromium and `make browser-python`",)])]
    table = Table(
        "Python in the browser",
        ("with", "bytes, first", "bytes, second", "start, empty cache (s)", "start, next page (s)",
         "start after Stop (s)", "visible tests (ms)", "budget", "reached"),
    )  # fmt: skip
    with copied(options) as academy, academy.serve(all_cores()) as served, sync_playwright() as player:
        base = f"http://{served.address[0]}:{served.address[1]}"
        for libraries in ([], ["numpy"], ["numpy", "pandas"]):
            name = ", ".join(libraries) or "plain Python"
            say(f"browser_python: {name}")
            rows = [_two_visits(player, academy, base, libraries, options) for _ in range(options.count(3, 1))]
            firsts, seconds = [first for first, _ in rows], [second for _, second in rows]
            weight = firsts[0]["bytes"]
            table.add(
                name, weight, seconds[0]["bytes"], _seconds(firsts, "start"), _seconds(seconds, "start"),
                _seconds(firsts, "again"), spread([ms for visit in firsts for ms in visit["tests"]]),
                f"{_BUDGET_BYTES // 1_000_000} MB", reached(weight <= _BUDGET_BYTES),
            )  # fmt: skip
    table.notes.append("Headless Chromium on this machine, no throttling; a phone takes several times as long.")
    return [table]


def _seconds(visits: list[dict[str, Any]], name: str) -> str:
    return spread([visit[name] / 1000 for visit in visits], 1)


def _two_visits(
    player: Any, academy: Academy, base: str, libraries: list[str], options: Options
) -> tuple[dict[str, Any], dict[str, Any]]:
    lesson, rounds = academy.facts["lessons"]["large"], options.count(10, 2)
    with tempfile.TemporaryDirectory(prefix="bilik-chromium-") as profile:
        context = player.chromium.launch_persistent_context(profile, executable_path=browser_path(), args=FLAGS)
        try:
            first = _visit(context, base, lesson, libraries, rounds)
            return first, _visit(context, base, lesson, libraries, rounds)
        finally:
            context.close()


if __name__ == "__main__":
    main(__doc__, run)
