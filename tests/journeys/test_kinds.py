"""Every kind of exercise that is more than a field: by keyboard alone, by touch on a phone, and without JavaScript."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, nothing_is_wider_than_the_screen, violations

pytestmark = pytest.mark.browser

COURSE = "/learn/python-from-zero/"
LESSONS = Path(__file__).resolve().parents[2] / "courses" / "python-from-zero" / "lessons"
SMALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 740}}
CALL = ["note", "call", "parameter", "back", "name", "show"]


def keys_of(lesson: str, exercise: str) -> dict[str, Any]:
    return tomllib.loads((LESSONS / lesson / exercise / "exercise.toml").read_text(encoding="utf-8"))


def task(page: Page, lesson: str, exercise: str) -> Locator:
    if f"/{lesson}/" not in page.url:
        page.goto(f"{COURSE}{lesson}/")
    found = page.locator(f"#{exercise}")
    found.scroll_into_view_if_needed()
    return found


def is_solved(page: Page, exercise: str) -> None:
    expect(page.locator(f"#{exercise} > .verdict")).to_have_class("verdict accepted")
    assert violations(page) == []
    assert nothing_is_wider_than_the_screen(page)


def heard(page: Page) -> str:
    return page.locator("#announcer").inner_text()


def press(page: Page, target: Locator, *keys: str) -> None:
    target.focus()
    for key in keys:
        page.keyboard.press(key)


def send_by_key(page: Page, found: Locator) -> None:
    press(page, found.locator("form[data-draft] button[type=submit]"), "Enter")


def choose_by_key(page: Page, select: Locator, value: str) -> None:
    select.focus()
    for _ in range(20):
        if select.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the list has no {value}")


def line(found: Locator, text: str) -> Locator:
    return found.locator("[data-arrange] li").filter(
        has=found.page.locator(".arrange-words").get_by_text(text, exact=True)
    )


def order_of(found: Locator) -> list[str]:
    return [
        name.removeprefix("answer-")
        for name in found.locator("[data-arrange] > ol:not(.arrange-spare) select:first-of-type").evaluate_all(
            "all => all.filter(one => one.value).map(one => one.name)"
        )
    ]


def test_every_kind_is_answered_by_keyboard_alone(visit):
    page = visit("en", DESKTOP, sign_in="jasur")

    found = task(page, "02-numbers-and-names", "signs-and-their-work")
    for prompt in keys_of("02-numbers-and-names", "signs-and-their-work")["prompts"]:
        choose_by_key(page, found.locator(f"select[name=answer-{prompt['id']}]"), prompt["match"])
    send_by_key(page, found)
    is_solved(page, "signs-and-their-work")

    found = task(page, "05-deciding", "blanks-in-a-question")
    choose_by_key(page, found.locator("[name=answer-sign]"), "<")
    page.keyboard.press("Tab")
    page.keyboard.type(":")
    page.keyboard.press("Tab")
    page.keyboard.type("if:")
    page.keyboard.press("Enter")
    expect(found.locator(".part-look.pass")).to_have_count(2)
    expect(found.locator(".part-look.fail")).to_have_count(1)
    found.locator("[name=answer-other]").fill("else:")
    page.keyboard.press("Enter")
    is_solved(page, "blanks-in-a-question")

    found = task(page, "09-functions", "what-a-call-does")
    for place, name in enumerate(CALL):
        button = found.locator(f"li:has([name=answer-{name}]) .arrange-up")
        for _ in range(order_of(found).index(name) - place):
            press(page, button, "Enter")
    assert order_of(found) == CALL
    assert re.search(r"[1-6]\D+6$", heard(page)), "which place of how many"
    send_by_key(page, found)
    is_solved(page, "what-a-call-does")

    found = task(page, "09-functions", "lines-of-a-function")
    for text, steps in [
        ("def cheaper(first, second):", 0),
        ("if first < second:", 1),
        ("return first", 2),
        ("return second", 1),
    ]:
        press(page, line(found, text).locator(".arrange-use"), "Enter")
        press(page, line(found, text).locator(".arrange-leave"), *["ArrowRight"] * steps)
    assert re.search(r"^return second: \D*4\D+4\D+1$", heard(page)), "which line of how many, and how far to the right"
    send_by_key(page, found)
    is_solved(page, "lines-of-a-function")

    found = task(page, "06-while", "flow-of-a-loop")
    press(page, found.locator(".spots-stage"), *["Shift+ArrowUp"] * 2, "ArrowUp", "ArrowLeft")
    assert re.findall(r"\d+", heard(page)) == ["196", "156"]
    page.keyboard.press("Enter")
    assert re.findall(r"\d+", heard(page)) == ["196", "156", "1", "1"]
    send_by_key(page, found)
    is_solved(page, "flow-of-a-loop")


def drag(page: Page, handle: Locator, to: Locator, *, right: int = 0) -> None:
    """Drags with a finger: the handle to the middle of something, and so many pixels to the right."""
    start, end = handle.bounding_box(), to.bounding_box()
    assert start
    assert end
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    target = end["y"] + end["height"] / 2
    for step in range(1, 11):
        touch("touchMove", {"x": x + right * step / 10, "y": y + (target - y) * step / 10})
    touch("touchEnd")
    session.detach()


def test_every_kind_is_answered_by_touch_on_a_small_phone_and_what_was_done_survives_a_reload(visit):
    page = visit("az", SMALL_PHONE, sign_in="leyla")

    found = task(page, "01-first-words", "where-is-the-line")
    box = found.locator(".spots-shown").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * 278 / 600, box["y"] + box["height"] * 94 / 280)
    expect(found.locator(".draft-hint")).not_to_be_empty()
    page.reload()
    found = task(page, "01-first-words", "where-is-the-line")
    expect(found.locator("svg .mark")).to_have_count(1)
    found.locator("form[data-draft] button[type=submit]").tap()
    is_solved(page, "where-is-the-line")

    found = task(page, "07-for-and-range", "blanks-in-a-loop")
    for name, text in [("loop", "for"), ("between", "in"), ("end", "6")]:
        found.locator(f"[name=answer-{name}]").tap()
        page.keyboard.type(text)
        expect(found.locator(f"[name=answer-{name}]")).to_have_value(text)
    found.locator("[name=answer-times]").select_option("*")
    expect(found.locator(".draft-hint")).not_to_be_empty()
    page.reload()
    found = task(page, "07-for-and-range", "blanks-in-a-loop")
    expect(found.locator("[name=answer-end]")).to_have_value("6")
    found.locator("form[data-draft] button[type=submit]").tap()
    is_solved(page, "blanks-in-a-loop")

    found = task(page, "07-for-and-range", "lines-of-a-sum")
    for text in ("total = 0", "for number in range(1, 11):", "print(total)", "total = total + number"):
        line(found, text).locator(".arrange-use").tap()
    last = line(found, "total = total + number")
    last.locator(".arrange-grip").scroll_into_view_if_needed()
    drag(page, last.locator(".arrange-grip"), line(found, "print(total)").locator(".arrange-words"), right=30)
    expect(found.locator("[data-arrange] > ol:not(.arrange-spare) .arrange-words")).to_have_text(
        ["total = 0", "for number in range(1, 11):", "total = total + number", "print(total)"]
    )
    assert last.get_attribute("data-indent") == "1"
    expect(found.locator(".draft-hint")).not_to_be_empty()
    page.reload()
    found = task(page, "07-for-and-range", "lines-of-a-sum")
    expect(found.locator("[data-arrange] > ol:not(.arrange-spare) > li")).to_have_count(4)
    found.locator("form[data-draft] button[type=submit]").tap()
    is_solved(page, "lines-of-a-sum")
    page.goto(f"{COURSE}07-for-and-range/lines-of-a-sum/attempts")
    assert "    total = total + number" in page.locator("pre.code").first.inner_text()

    found = task(page, "14-a-report", "report-in-order")
    for name in ("look", "clean", "days", "towns", "print"):
        # Everything goes to the end, one after another.
        button = found.locator(f"li:has([name=answer-{name}]) .arrange-down")
        while button.is_enabled():
            button.tap()
    found.locator("form[data-draft] button[type=submit]").tap()
    is_solved(page, "report-in-order")

    found = task(page, "05-deciding", "what-each-line-gives")
    for prompt in keys_of("05-deciding", "what-each-line-gives")["prompts"]:
        found.locator(f"select[name=answer-{prompt['id']}]").select_option(prompt["match"])
    found.locator("form[data-draft] button[type=submit]").tap()
    is_solved(page, "what-each-line-gives")


def test_every_kind_is_answered_without_javascript(visit):
    page = visit("en", SMALL_PHONE, sign_in="jasur", javascript=False, errors_wanted=True)

    found = task(page, "01-first-words", "where-is-the-line")
    cells = found.locator(".spots-grid input")
    inside = [
        value
        for value in cells.evaluate_all("all => all.map(one => one.value)")
        if 230 <= int(value.split(",")[0]) <= 326 and 76 <= int(value.split(",")[1]) <= 112
    ]
    found.locator(f".spots-grid label:has([value='{inside[0]}'])").click()
    found.locator("form[data-draft] button[type=submit]").click()
    assert "accepted" in (page.locator("#where-is-the-line > .verdict").get_attribute("class") or "")

    found = task(page, "09-functions", "what-a-call-does")
    for place, name in enumerate(CALL, 1):
        found.locator(f"[name=answer-{name}]").select_option(str(place))
    found.locator("form[data-draft] button[type=submit]").click()
    assert "accepted" in (page.locator("#what-a-call-does > .verdict").get_attribute("class") or "")

    found = task(page, "07-for-and-range", "lines-of-a-sum")
    for place, (text, steps) in enumerate(
        [("total = 0", 0), ("for number in range(1, 11):", 0), ("total = total + number", 1), ("print(total)", 1)], 1
    ):
        line(found, text).locator("select").first.select_option(str(place))
        line(found, text).locator("select").last.select_option(str(steps))
    found.locator("form[data-draft] button[type=submit]").click()
    found = page.locator("#lines-of-a-sum")
    assert "wrong" in (found.locator("> .verdict").get_attribute("class") or "")
    assert "`print`" not in found.locator("> .verdict").inner_text()
    assert "print" in found.locator("> .verdict").inner_text(), "what the author says of this mistake"
    assert line(found, "print(total)").locator("select").first.input_value() == "4", "what was sent stands there again"
    line(found, "print(total)").locator("select").last.select_option("0")
    found.locator("form[data-draft] button[type=submit]").click()
    assert "accepted" in (page.locator("#lines-of-a-sum > .verdict").get_attribute("class") or "")
