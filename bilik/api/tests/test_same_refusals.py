"""Pages and programs are refused the same things in the same words: for each (person, action) both are tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from bilik.groups import actions as groups
from bilik.kit.clock import utc_now
from bilik.kit.ids import new_id
from bilik.people.actions import register

pytestmark = pytest.mark.django_db
COURSE = "courses/small-course/tasks"


@dataclass
class Refused:
    """What somebody does, how a page and a program do it, and the code with which both are refused."""

    who: str
    code: str
    page: Callable[[Any, SimpleNamespace], Any]
    program: Callable[[Any, SimpleNamespace], Any]
    statuses: tuple[int, ...] = ()


def answering(slug: str, value: Any, key: str = "") -> dict[str, Any]:
    """An answer to a task of the small course, by form and by call. `key` names a key that was used before."""

    def page(browser: Any, at: SimpleNamespace) -> Any:
        fields = {"answer": value, "key": str(at.keys.get(key) or new_id())}
        return browser.post(at.small.url("answer", slug), fields, headers={"HX-Request": "true"})

    def program(caller: Any, at: SimpleNamespace) -> Any:
        body = {"fields": {"answer": value}, "key": str(at.keys.get(key) or new_id())}
        return caller.post(f"{COURSE}/{slug}/answers", body)

    return {"page": page, "program": program}


def joining(code: str) -> dict[str, Any]:
    """Coming into a group with a code; `code` names one of those that were made."""

    def page(browser: Any, at: SimpleNamespace) -> Any:
        return browser.post(reverse("groups:join"), {"code": at.codes[code], "yes": "1"})

    def program(caller: Any, at: SimpleNamespace) -> Any:
        return caller.post("groups/join", {"code": at.codes[code]})

    return {"page": page, "program": program}


def reading(page_name: str, address: str) -> dict[str, Any]:
    """Opening something of a group."""

    def page(browser: Any, at: SimpleNamespace) -> Any:
        more = {"roll": [at.meeting.ref], "gradebook": ["small-course"]}.get(page_name.partition(":")[2], [])
        return browser.get(reverse(page_name, args=[at.group.ref, *more]))

    def program(caller: Any, at: SimpleNamespace) -> Any:
        return caller.get(address.format(group=at.group.ref, meeting=at.meeting.ref))

    return {"page": page, "program": program}


def calling_the_roll(which: str) -> dict[str, Any]:
    """A mark for Leyla at a meeting, from a device and by call."""

    def page(browser: Any, at: SimpleNamespace) -> Any:
        meeting = getattr(at, which)
        tap = {"key": str(new_id()), "person": str(at.leyla.ref), "mark": "late", "at": utc_now().isoformat()}
        address = reverse("groups:roll", args=[meeting.group.ref, meeting.ref])
        return browser.post(address, json.dumps({"taps": [tap]}), content_type="application/json")

    def program(caller: Any, at: SimpleNamespace) -> Any:
        meeting = getattr(at, which)
        tap = {"key": str(new_id()), "person": str(at.leyla.ref), "mark": "late", "marked_at": utc_now().isoformat()}
        return caller.post(f"groups/{meeting.group.ref}/meetings/{meeting.ref}/roll", {"taps": [tap]})

    return {"page": page, "program": program}


def setting_a_date(days: int, which: str = "group") -> dict[str, Any]:
    """A date for the first lesson, so many days from now."""

    def page(browser: Any, at: SimpleNamespace) -> Any:
        day = (utc_now() + timedelta(days=days)).date().isoformat()
        address = reverse("groups:deadlines", args=[getattr(at, which).ref])
        return browser.post(address, {"what": "small-course/01-choices", "day": day})

    def program(caller: Any, at: SimpleNamespace) -> Any:
        due_at = (utc_now() + timedelta(days=days)).isoformat()
        body = {"course": "small-course", "part": "01-choices", "due_at": due_at}
        return caller.post(f"groups/{getattr(at, which).ref}/deadlines", body)

    return {"page": page, "program": program}


TABLE = [
    Refused("kamran", "guardian_needed", **answering("capital", "baku")),
    Refused("silent", "consent_needed", **answering("capital", "baku")),
    Refused("boss", "birth_needed", **answering("capital", "baku")),
    Refused("leyla", "no_attempts_left", **answering("two-tries", "once more")),
    Refused("leyla", "key_of_another", **answering("area", "12", key="capital")),
    Refused("leyla", "answer_invalid", **answering("capital", "atlantis")),
    Refused("leyla", "answer_invalid", **answering("capital", "")),
    Refused("leyla", "answer_invalid", **answering("area", "many")),
    Refused("leyla", "answer_invalid", **answering("even-numbers", ["seven"])),
    Refused("jasur", "wrong_join_code", **joining("none")),
    Refused("jasur", "join_code_over", **joining("revoked")),
    Refused("jasur", "group_full", **joining("full")),
    Refused("jasur", "not_found", **reading("groups:group", "groups/{group}")),
    Refused("rustam", "not_found", **reading("groups:group", "groups/{group}")),
    Refused("rustam", "not_found", **reading("teaching:gradebook", "groups/{group}/courses/small-course/gradebook")),
    Refused("rustam", "not_found", **reading("groups:roll", "groups/{group}/meetings/{meeting}/roll")),
    Refused("rustam", "not_found", **setting_a_date(3)),
    Refused("aysel", "due_in_the_past", **setting_a_date(-3)),
    Refused("aysel", "group_archived", **setting_a_date(3, "archived")),
    Refused("aysel", "too_early_for_roll", **calling_the_roll("tomorrow")),
    Refused("aysel", "meeting_cancelled", **calling_the_roll("cancelled")),
]


@pytest.fixture
def at(small, person, leyla, jasur, kamran, house, group_of, give):
    """Everything that the table speaks of, made by the verbs."""
    now, aysel = utc_now(), house.aysel
    silent = register(
        by=None, now=now, username="silent", password=None, display_name="Silent", birth_year=1990, birth_month=1,
        consent_language=None,
    )  # fmt: skip
    group, archived, full = (group_of(leyla, name=name) for name in ("open", "archived", "full"))
    plan = {"by": aysel, "now": now, "group": group, "minutes": 60}
    meeting, tomorrow, cancelled = (
        groups.plan_meeting(**plan, starts_at=now + timedelta(hours=hours)) for hours in (-1, 24, 25)
    )
    groups.cancel_meeting(by=aysel, now=now, meeting=cancelled)
    cancelled.refresh_from_db()
    codes = {
        name: groups.make_join_code(by=aysel, now=now, group=one) for name, one in (("revoked", group), ("full", full))
    }
    groups.revoke_code(by=aysel, now=now, code=codes["revoked"])
    full.refresh_from_db()
    groups.change_group(
        by=aysel, now=now, group=full, name=full.name, kind=full.kind, starts_on=full.starts_on, ends_on=None,
        capacity=1, courses=["small-course"],
    )  # fmt: skip
    groups.archive_group(by=aysel, now=now, group=archived)
    for word in ("one", "two"):
        give(leyla, small.task("two-tries"), word)
    used = give(leyla, small.task("capital"), "baku").submission
    boss = type(leyla).objects.create_superuser("boss", "a long enough password")
    return SimpleNamespace(
        small=small, leyla=leyla, jasur=jasur, kamran=kamran, silent=silent, boss=boss, aysel=aysel,
        rustam=house.rustam, group=group, archived=archived, meeting=meeting, tomorrow=tomorrow, cancelled=cancelled,
        codes={name: code.code for name, code in codes.items()} | {"none": "ZZZZZZ"}, keys={"capital": used.key},
    )  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.who}-{row.code}")
def test_page_and_program_are_refused_alike(row, at, browser, caller, rows):
    who = getattr(at, row.who)
    tables = (
        "submissions.Submission",
        "groups.GroupMember",
        "groups.Deadline",
        "groups.Attendance",
        "learning.Progress",
    )
    before = {table: rows(table) for table in tables}
    told = row.program(caller(who), at)
    shown = row.page(browser(who), at)
    problem = told.json()
    assert (problem["code"], problem["status"]) == (row.code, told.status_code)
    assert shown.status_code == told.status_code or (shown.status_code, told.status_code) in SAME
    if row.code != "not_found":
        text = shown.content.decode()
        assert escape(problem["detail"]) in text or json.dumps(problem["detail"]) in text
    assert {table: rows(table) for table in tables} == before


# Pages of forms answer 422 to whatever a form is refused, and joining 409; a call says what it is.
SAME = {(422, 409), (409, 410), (409, 422)}


def test_wrong_codes_count_for_pages_and_programs_together(at, browser, caller):
    program, page = caller(at.jasur), browser(at.jasur)
    for _ in range(5):
        assert program.post("groups/join", {"code": "ZZZZZZ"}).json()["code"] == "wrong_join_code"
        page.post(reverse("groups:join"), {"code": "ZZZZZZ"})
    assert program.post("groups/join", {"code": at.codes["full"]}).json()["code"] == "too_many_wrong_codes"


@pytest.mark.parametrize(("asked", "word"), [("az", "Bütün"), ("en", "attempts"), ("ru", "попытки"), ("", "attempts")])
def test_a_refusal_speaks_the_language_of_the_call(at, caller, asked, word):
    body = {"fields": {"answer": "x"}}
    headers = {"accept-language": asked} if asked else {}
    response = caller(at.leyla).post(f"{COURSE}/two-tries/answers", body, **headers)
    assert response["Content-Language"] == (asked or "en")
    assert word.lower() in response.json()["detail"].lower()


def test_without_a_language_the_call_speaks_the_persons(at, caller):
    program = caller(at.leyla)
    assert program.call("PATCH", "me", {"language": "az"}).json()["language"] == "az"
    assert program.get("courses")["Content-Language"] == "az"
    assert program.get("courses", **{"accept-language": "de, uz;q=0.5"})["Content-Language"] == "uz"
