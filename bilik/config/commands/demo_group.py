"""The example group of the demonstration: people, meetings with their rolls, dates; all through the real verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

COURSE = "python-from-zero"
WEEKS = 3
# How often somebody is late or away, by place in the class: a roll that is all "present" shows nothing.
MARKS = ("present", "present", "late", "present", "absent", "present", "excused")


def example_group(now: datetime) -> None:
    """Fills one group in Ganja, once: all of it or nothing."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from bilik.groups.queries import groups_of

    people = get_user_model()._default_manager
    trainer = people.get(username="aysel")
    if groups_of(trainer).exists():
        return
    with transaction.atomic():
        group = _found(trainer, now)
        learners = [people.get(username="leyla"), *_classmates(group, now)]
        _come_in(group, learners, now)
        _meet(trainer, group, learners, now)
        _due(trainer, group, learners[0], now)
    _mistakes(learners[1:], now)


def _found(trainer: Any, now: datetime) -> Any:
    from bilik.catalog.queries import published_courses
    from bilik.groups.actions import found_group
    from bilik.people.queries import organisation_by_slug

    organisation = organisation_by_slug("ganja-hub", trainer)
    assert organisation is not None
    start = now - timedelta(days=28)
    courses = [course.slug for course in published_courses() if course.slug == COURSE]
    return found_group(
        by=trainer, now=start, organisation=organisation, name="Python, payız qrupu", kind="course_group",
        starts_on=start.date(), ends_on=(now + timedelta(days=60)).date(), capacity=20, courses=courses,
    )  # fmt: skip


def _classmates(group: Any, now: datetime) -> list[Any]:
    from bilik.front.cast import CLASSMATES
    from bilik.people.actions import confirm_guardian, register, request_guardian

    made = []
    for one in CLASSMATES:
        person = register(
            by=None, now=now - timedelta(days=27), username=one.username, password=None, display_name=one.name,
            birth_year=one.birth_year, birth_month=5, language="az", region="AZ-GANJA-DASHKASAN",
            access_class="shared",
        )  # fmt: skip
        if one.guardian:
            link, code = request_guardian(
                by=person, now=now - timedelta(days=5), person=person, name="Nərgiz", relation="mother", language="az"
            )
            if one.guardian == "confirmed":
                confirm_guardian(now=now - timedelta(days=4), guardian=link, code=code, language="az")
        made.append(person)
    return made


def _come_in(group: Any, learners: list[Any], now: datetime) -> None:
    from bilik.groups.actions import join_by_code, make_join_code

    code = make_join_code(by=None, now=now - timedelta(days=27), group=group, days=60, most_uses=30)
    for learner in learners:
        join_by_code(by=learner, now=now - timedelta(days=26), code=code.code)


def _meet(trainer: Any, group: Any, learners: list[Any], now: datetime) -> None:
    from bilik.groups.actions import Tap, plan_meeting, plan_weekly, take_roll
    from bilik.kit.ids import new_id

    first = (now - timedelta(weeks=WEEKS)).replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    about = {"by": trainer, "now": first - timedelta(days=2), "group": group, "minutes": 90, "place": "Otaq 3"}
    meetings = plan_weekly(starts_at=first, times=WEEKS + 4, topic="Python", **about)
    for number, meeting in enumerate(meetings[:WEEKS]):
        taps = [
            Tap(
                new_id(), person.ref, MARKS[(place + 2 * number) % len(MARKS)], meeting.starts_at + timedelta(minutes=5)
            )
            for place, person in enumerate(learners)
        ]
        take_roll(by=trainer, now=meeting.starts_at + timedelta(minutes=20), meeting=meeting, taps=taps)
    # One that runs now, so that the roll can be called.
    plan_meeting(starts_at=now - timedelta(minutes=10), topic="Dövrlər", **about)


def _due(trainer: Any, group: Any, learner: Any, now: datetime) -> None:
    from bilik.catalog.errors import NoSuchCourse
    from bilik.catalog.queries import published_course
    from bilik.groups.actions import extend_deadline, set_deadline

    try:
        lessons = published_course(COURSE).lessons
    except NoSuchCourse:
        return
    about = {"by": trainer, "now": now - timedelta(days=20), "group": group, "course_slug": COURSE}
    for place, days in ((0, -3), (1, 4), (2, 11)):
        if place < len(lessons):
            last = set_deadline(matter="lesson", slug=lessons[place].slug, due_at=_evening(now, days), **about)
    set_deadline(matter="course", due_at=_evening(now, 55), **about)
    extend_deadline(
        by=trainer, now=now, deadline=last, person=learner, due_at=_evening(now, 18), reason="Telefonu təmirdə idi."
    )


# What the classmates answered three days ago: the same mistake of several is what a trainer looks for.
GIVEN = {
    "read-the-message": ("spelling", "spelling", "first-line", "spelling", "spelling"),
    "apples-left-over": ("3000", "3000", "3000", "3000", "3000"),
}


def _mistakes(learners: list[Any], now: datetime) -> None:
    """Answers of those who may answer: a minor whose guardian has not agreed gives none."""
    from bilik.catalog.errors import NoSuchCourse
    from bilik.catalog.queries import published_course
    from bilik.kit.errors import Refusal
    from bilik.kit.ids import new_id
    from bilik.learning.actions import answer

    try:
        tasks = {task.slug: task for task in published_course(COURSE).tasks}
    except NoSuchCourse:
        return
    for slug, given in GIVEN.items():
        for learner, text in zip(learners, given, strict=False):
            if slug not in tasks:
                continue
            try:
                answer(
                    by=learner, now=now - timedelta(days=3), task=tasks[slug], fields={"answer": [text]}, key=new_id(),
                    language="az", wait_seconds=0,
                )  # fmt: skip
            except Refusal:
                continue


def _evening(now: datetime, days: int) -> datetime:
    from django.utils import timezone

    return timezone.localtime(now + timedelta(days=days)).replace(hour=23, minute=59, second=0, microsecond=0)
