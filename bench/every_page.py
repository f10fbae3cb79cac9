"""What every page weighs that somebody of the demonstration can reach, as a phone receives it. Needs Chromium."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from measure import Options, Table, main, reached, say
from serving import HOST, ROOT, Served, all_cores, clean_environment, free_port
from weights import FLAGS, PHONE, browser_path

sys.path.insert(0, str(ROOT))
from tests.journeys.crawl import CAST, Found, pattern_of, walk

MOST_BYTES, MOST_AGAIN = 60_000, 10_000
_SETTLE_MS = 400


@dataclass
class Weighed:
    """One page: who reached its pattern first, bytes with an empty cache, of the document alone, and requests."""

    pattern: str
    who: str
    document: int
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return sum(self.sizes.values())


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration academy with everything that `make demo` loads."""
    with tempfile.TemporaryDirectory(prefix="bilik-bench-") as name:
        folder, port = Path(name), free_port()
        env = clean_environment(BILIK_DATA=name, BILIK_LOG_LEVEL="WARNING", BILIK_DEMO="1", PORT=str(port))
        bilik = [sys.executable, "-m", "bilik.config.cli"]
        say("every_page: filling the demonstration")
        subprocess.run([*bilik, "demo", "--load-only"], cwd=ROOT, env=env, check=True, capture_output=True)
        command = [*bilik, "serve", "--ready", "--host", HOST]
        with Served(command, cores=all_cores(), port=port, folder=folder, env=env, health="/health") as served:
            yield f"http://{served.address[0]}:{served.address[1]}"


def _scale(who: str, weighed: list[Weighed]) -> Callable[[Any, str, Callable[[str], None]], None]:
    """Weighs each page that the walk looks at, with an empty cache."""

    def look(page: Any, address: str, say_wrong: Callable[[str], None]) -> None:
        client = page.context.new_cdp_session(page)
        names: dict[str, str] = {}
        one = Weighed(pattern_of(address), who, 0)

        def arrived(event: dict[str, Any]) -> None:
            url, size = names.get(event["requestId"], ""), int(event["encodedDataLength"])
            if url.startswith("http"):
                one.sizes[url] = one.sizes.get(url, 0) + size

        client.on("Network.requestWillBeSent", lambda e: names.__setitem__(e["requestId"], e["request"]["url"]))
        client.on("Network.loadingFinished", arrived)
        client.send("Network.enable")
        client.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.goto(address, wait_until="load")
        page.wait_for_timeout(_SETTLE_MS)
        client.detach()
        one.document = one.sizes.get(address.partition("#")[0], 0)
        weighed.append(one)

    return look


def run(options: Options) -> list[Table]:
    """Walks as a visitor and as each of the cast, on a phone in Azerbaijani."""
    from playwright.sync_api import sync_playwright

    weighed: list[Weighed] = []
    found = Found()
    # Addresses are told apart by the patterns of the academy.
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    django.setup()
    with demonstration() as base, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path(), args=FLAGS)
        for who in ("", *CAST)[: options.count(99, 2)]:
            say(f"every_page: {who or 'a visitor'}")
            context = browser.new_context(locale="az", base_url=base, **PHONE)
            page = context.new_page()
            page.goto("/")
            if who:
                page.click(f"form:has(input[value={who}]) button")
                page.wait_for_load_state()
            walk(page, who or "a visitor", found, _scale(who or "a visitor", weighed))
            context.close()
        browser.close()
    return [_table(weighed, found)]


def _table(weighed: list[Weighed], found: Found) -> Table:
    table = Table(
        "Every page on a phone in Azerbaijani, bytes over the wire with an empty cache",
        ("page", "first reached by", "all", "requests", "the page itself", "bare <= 60000 B", "page <= 10000 B"),
    )  # fmt: skip
    for one in sorted(weighed, key=lambda one: -one.whole):
        bare = sum(size for name, size in one.sizes.items() if "editor" not in name)
        row = (one.pattern, one.who, one.whole, len(one.sizes), one.document)
        table.add(*row, reached(bare <= MOST_BYTES), reached(one.document <= MOST_AGAIN))
    table.notes += [
        f"{len(weighed)} pages. A walk follows every link from home and looks at one page of each address pattern;"
        " a home is looked at for each person.",
        "Bare is without the editor of programs, which comes when a program to write is near the screen.",
        *(f"wrong: {what}" for what in found.wrong),
    ]
    return table


if __name__ == "__main__":
    main(__doc__, run)
