"""What pages weigh as a browser receives them, and when they are seen on a weak link. Needs Chromium."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from academy import Academy, copied
from measure import Options, Table, main, reached, say, spread
from serving import all_cores

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SETTLE_MS = 700
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"
# Notes the moment at which the main heading has a place on the screen and the page its styles.
WATCH = """
(() => {
  const look = () => {
    const heading = document.querySelector('main h1')
    if (heading && heading.getBoundingClientRect().height > 0 && document.styleSheets.length) {
      window.benchSeen = performance.now()
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""


@dataclass
class Visit:
    """One opening of a page."""

    bytes_of: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    first_paint: float = 0.0
    seen: float = 0.0
    failed: list[str] = field(default_factory=list)

    @property
    def all_bytes(self) -> int:
        return sum(self.bytes_of.values())

    def without_editor(self) -> tuple[int, int]:
        """Bytes and requests without the code editor."""
        kept = [size for name, size in self.bytes_of.items() if "editor" not in name]
        return sum(kept), self.requests - (len(self.bytes_of) - len(kept))


@dataclass
class Kind:
    """A page to weigh; budgets in bytes (first and second visit) and requests."""

    name: str
    address: str
    signed_in: bool
    needs_editor: bool = False
    most: int | None = None
    most_again: int | None = None
    most_requests: int | None = None
    most_seen_ms: int | None = None


def kinds(academy: Academy) -> list[Kind]:
    """The pages of the budgets."""
    lessons = academy.facts["lessons"]
    return [
        Kind("first page, a visitor", "/", False, False, 40_000, 10_000, 6, 2500),
        Kind("course page, signed in", academy.facts["course"], True),
        Kind("lesson without code (1 exercise)", lessons["small"], True, False, 60_000, 10_000, None, 3000),
        Kind("lesson with code, editor loaded", lessons["large"], True, True),
        Kind("lesson with code, all answered", lessons["answered"], True, True),
    ]


def browser_path() -> str | None:
    """Chromium as the system has it."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextlib.contextmanager
def browser(player: Any, academy: Academy, kind: Kind, base: str) -> Iterator[Any]:
    """A phone's browser with an empty cache, signed in or not."""
    with tempfile.TemporaryDirectory(prefix="bilik-chromium-") as profile:
        context = player.chromium.launch_persistent_context(
            profile, executable_path=browser_path(), args=FLAGS, locale="en", **PHONE
        )
        try:
            context.add_init_script(WATCH)
            if kind.signed_in:
                learner = academy.learners[1]
                pairs = (("sessionid", learner["session"]), ("csrftoken", learner["csrf"]))
                context.add_cookies([{"name": name, "value": value, "url": base} for name, value in pairs])
            yield context
        finally:
            context.close()


def visit(context: Any, kind: Kind, base: str, *, slow: bool) -> Visit:
    """Opens the page in a tab of its own and notes what travelled."""
    page, seen = context.new_page(), Visit()
    client = context.new_cdp_session(page)
    names: dict[str, str] = {}
    client.on("Network.requestWillBeSent", lambda e: names.__setitem__(e["requestId"], e["request"]["url"]))
    client.on("Network.responseReceived", lambda e: _failed(seen, e))
    client.on("Network.loadingFinished", lambda e: _arrived(seen, names.get(e["requestId"], ""), e))
    client.send("Network.enable")
    if slow:
        client.send("Network.emulateNetworkConditions", SLOW)
    page.goto(base + kind.address, wait_until="load", timeout=60_000)
    if kind.needs_editor:
        _bring_editor(page)
    page.wait_for_timeout(SETTLE_MS * (3 if slow else 1))
    seen.seen = float(page.evaluate("window.benchSeen || 0"))
    seen.first_paint = float(page.evaluate(f"({PAINT} || {{startTime: 0}}).startTime"))
    page.close()
    return seen


def _bring_editor(page: Any) -> None:
    """Scrolls to the first program to write and waits until the editor stands there."""
    page.locator("textarea.code").first.scroll_into_view_if_needed(timeout=10_000)
    page.wait_for_selector(".editor", state="attached", timeout=60_000)


def _failed(seen: Visit, event: dict[str, Any]) -> None:
    if event["response"]["status"] >= 400:
        seen.failed.append(f"{event['response']['status']} {urlsplit(event['response']['url']).path}")


def _arrived(seen: Visit, url: str, event: dict[str, Any]) -> None:
    size = int(event["encodedDataLength"])
    if size <= 0 or not url.startswith("http"):
        return  # from the cache: nothing travelled
    name = urlsplit(url).path
    seen.bytes_of[name] = seen.bytes_of.get(name, 0) + size
    seen.requests += 1


def weigh(player: Any, academy: Academy, base: str, options: Options) -> list[Table]:
    """Two tables: bytes and requests; times on the weak link."""
    weight = Table(
        "What a page weighs (bytes over the wire, headers included)",
        (
            "page",
            "first visit",
            "requests",
            "second visit",
            "requests ",
            "of these: page",
            "budget",
            "reached",
        ),
    )
    speed = Table(
        "On 400 kbit/s with 400 ms, first visit (s)",
        ("page", "first contentful paint", "content visible", "budget", "reached"),
    )
    times = options.count(3, 1)
    for kind in kinds(academy):
        say(f"weights: {kind.name}")
        with browser(player, academy, kind, base) as context:
            first = visit(context, kind, base, slow=False)
            again = visit(context, kind, base, slow=False)
        slow = []
        for _ in range(times):
            with browser(player, academy, kind, base) as context:
                slow.append(visit(context, kind, base, slow=True))
        weight.add(*_weight_row(kind, first, again))
        if kind.needs_editor:
            weight.add(f"{kind.name.split(',')[0]} ({kind.name.split(', ')[1]}), its editor left out",
                       *_without_editor(first, again))  # fmt: skip
        parts = ", ".join(f"{name} {size}" for name, size in sorted(first.bytes_of.items()))
        weight.notes.append(f"{kind.name}: {parts}")
        weight.notes += [f"{kind.name}: failed {what}" for what in (*first.failed, *again.failed)]
        speed.add(*_speed_row(kind, slow))
    speed.notes.append(
        f"{times} visits with an empty cache; median (min–max). Chromium's own throttling: it delays each "
        "answer by 400 ms but not the opening of the connection. Visible: the main heading has a "
        "place and the styles are there. "
        "Budgets: 40 KB in 6 requests, 60 KB, 10 KB again."
    )
    return [weight, speed]


def _weight_row(kind: Kind, first: Visit, again: Visit) -> list[object]:
    budgets, kept = [], []
    for most, value, words in (
        (kind.most, first.all_bytes, "first <= {} B"), (kind.most_requests, first.requests, "<= {} requests"),
        (kind.most_again, again.all_bytes, "second <= {} B"),
    ):  # fmt: skip
        if most is not None:
            budgets.append(words.format(most))
            kept.append(value <= most)
    document = first.bytes_of.get(kind.address, 0)
    return [kind.name, first.all_bytes, first.requests, again.all_bytes, again.requests, document,
            ", ".join(budgets) or "–", reached(all(kept) if kept else None)]  # fmt: skip


def _without_editor(first: Visit, again: Visit) -> list[object]:
    """HTML, CSS and JS of a lesson without the editor, so the budget for pages without code applies."""
    (size, requests), (size_again, requests_again) = first.without_editor(), again.without_editor()
    budget = "first <= 60000 B, second <= 10000 B"
    return [
        size,
        requests,
        size_again,
        requests_again,
        "",
        budget,
        reached(size <= 60_000 and size_again <= 10_000),
    ]


def _speed_row(kind: Kind, slow: list[Visit]) -> list[object]:
    paints, seen = [v.first_paint / 1000 for v in slow], [v.seen / 1000 for v in slow]
    most = kind.most_seen_ms
    is_reached = None if most is None else sorted(seen)[len(seen) // 2] * 1000 <= most
    return [
        kind.name,
        spread(paints, 2),
        spread(seen, 2),
        f"<= {most / 1000:g} s" if most else "–",
        reached(is_reached),
    ]


def run(options: Options) -> list[Table]:
    """Measures and returns the tables; one line instead where there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [Table("What a page weighs", ("left out",), [("playwright is not installed",)])]
    if browser_path() is None:
        return [Table("What a page weighs", ("left out",), [("Chromium is not installed",)])]
    with copied(options) as academy, academy.serve(all_cores()) as served, sync_playwright() as player:
        time.sleep(1.0)
        return weigh(player, academy, f"http://{served.address[0]}:{served.address[1]}", options)


if __name__ == "__main__":
    main(__doc__, run)
