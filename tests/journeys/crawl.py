"""Walks every page that a person can reach from home, one of each address pattern, and looks at each in the browser.

Addresses are found by plain requests, which are quick; a page is drawn and looked at by whoever reaches its pattern
first, and the homes of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import nothing_is_wider_than_the_screen, violations

# Nobody has more; who does has found a circle of addresses.
MOST_PAGES = 120
# Learner, trainer, managers, organiser, employer, administrator: one of each role.
CAST = ("leyla", "aysel", "rustam", "nigar", "timur", "sevda", "admin")
# Django's own administration and the files of the design system are nobody's page.
LEFT_OUT = ("/admin/", "/static/", "/design/")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
# Words that stand in every English sentence, and are words of none of our other languages.
ENGLISH = """() => {
  const words = new Set("the and of is are was you your this that with for from not have can will when".split(" "))
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement
    if (within.closest("code, pre, script, style, [translate=no], .cm-editor, textarea")) continue
    if (within.closest("[lang]").lang !== "az") continue
    const said = node.textContent.toLowerCase().match(/\\p{L}+/gu) || []
    if (said.filter((word) => words.has(word)).length > 1) found.push(node.textContent.trim().slice(0, 100))
  }
  return found
}"""

# What is done with a page: its address, and where to say what is wrong with it.
Look = Callable[[Page, str, Callable[[str], None]], None]


@dataclass
class Found:
    """What was wrong, by address, and which patterns were looked at."""

    wrong: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    reached: dict[str, set[str]] = field(default_factory=dict)


def pattern_of(address: str) -> str:
    """The pattern behind an address, "" for one that is not ours to walk."""
    path = urlsplit(address).path
    if path.startswith(LEFT_OUT):
        return ""
    try:
        return resolve(path).route or "/"
    except Resolver404:
        return path


def walk(page: Page, who: str, found: Found, look: Look) -> None:
    """Everything that somebody who is signed in on this page can reach from home."""
    here = page.url
    waiting = [urljoin(here, "/")]
    seen = {pattern_of(waiting[0])}
    for address in _until_done(waiting):
        answer = page.request.get(address)
        if answer.status != 200:
            found.wrong.append(f"{who} {address}: {answer.status}")
        if "text/html" not in answer.headers.get("content-type", "") or "attachment" in answer.headers.get(
            "content-disposition", ""
        ):
            continue
        pattern = pattern_of(answer.url)
        if pattern not in found.looked_at or pattern == "/":
            found.looked_at.add(pattern)
            look(page, answer.url, lambda what, at=address: found.wrong.append(f"{who} {at}: {what}"))
        for link in LINK.findall(answer.text()):
            there = urljoin(answer.url, unescape(link)).partition("#")[0]
            same = urlsplit(there).netloc == urlsplit(here).netloc
            if same and (pattern := pattern_of(there)) and pattern not in seen:
                seen.add(pattern)
                waiting.append(there)
    found.reached[who] = seen


def _until_done(waiting: list[str]) -> Iterator[str]:
    done = 0
    while waiting:
        done += 1
        assert done <= MOST_PAGES, waiting
        yield waiting.pop(0)


def look_at(page: Page, address: str, say: Callable[[str], None]) -> None:
    """One page as it stands in the browser: console, width, axe; on pages in Azerbaijani no English sentence."""
    errors: list[str] = []

    def console(message: object) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", console)
    page.goto(address)
    page.remove_listener("console", console)
    for what in [*errors, *violations(page)]:
        say(what)
    if not nothing_is_wider_than_the_screen(page):
        say("wider than the screen")
    if page.locator("html").get_attribute("lang") == "az":
        for sentence in page.evaluate(ENGLISH):
            say(f"in English: {sentence}")


def every_page(visit: Callable[..., Page], language: str, size: dict) -> Found:
    """Walks as a visitor and as each of the cast, in this language."""
    found = Found()
    for who in ("", *CAST):
        page = visit(language, size, sign_in=who)
        if page.locator("html").get_attribute("lang") != language:
            page.click(f".languages button[value={language}]")
            page.wait_for_load_state()
        walk(page, who or "a visitor", found, look_at)
        page.context.close()
    return found
