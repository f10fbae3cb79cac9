"""`bilik demo`: an example academy with named people, a real course and a little history, then the web server."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.course import proven_course
from bilik.config.commands.demo_group import example_group
from bilik.config.commands.running import prepare, serve
from bilik.config.commands.start import django_ready

COURSES = Path(__file__).resolve().parents[3] / "courses"


def demo(
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")] = 8000,
    load_only: Annotated[bool, typer.Option("--load-only", help="Fill the example academy and stop.")] = False,
    courses: Annotated[Path, typer.Option(help="Folder with the courses to publish.", file_okay=False)] = COURSES,
) -> None:
    """Fill an example academy and serve it. The first time takes about a minute; afterwards it keeps what is there."""
    os.environ["BILIK_DEMO"] = "1"
    prepare()
    django_ready()
    _courses(courses)
    _people()
    if not load_only:
        serve(port=port, ready=True)


def _courses(courses: Path) -> None:
    from bilik.catalog.actions import publish_course
    from bilik.catalog.queries import is_published
    from bilik.catalog.source.course import read_course
    from bilik.kit.clock import utc_now

    for folder in sorted(path for path in courses.iterdir() if (path / "course.toml").exists()):
        read = read_course(folder, problems=[])
        if read is not None and is_published(read):
            continue
        screen.err.print(f"Checking {folder.name}: every model solution and usual mistake is run once …")
        course, findings = proven_course(folder, quiet=False)
        if course is None or findings.errors:
            screen.stop(f"The course {folder.name} has errors.", advice=f"Run: bilik course check {folder}")
        publish_course(course=course, findings=findings, by=None, now=utc_now())
        screen.err.print(f"[green]✓[/green] {course.slug} published")


def _people() -> None:
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from bilik.front.cast import CAST
    from bilik.kit.clock import utc_now
    from bilik.learning.queries import where_to_continue

    people = get_user_model()._default_manager
    now = utc_now()
    if not people.filter(username=CAST[0].username).exists():
        # All of them or none: a demonstration that was interrupted here starts again here.
        with transaction.atomic():
            organisations = _organisations(now)
            for actor in CAST:
                _person(actor, organisations, now)
        screen.err.print(f"[green]✓[/green] {len(CAST)} people")
    learners = [actor for actor in CAST if actor.role == "learner"]
    with screen.progress("What they learnt", len(learners)) as tick:
        for actor in learners:
            person = people.get(username=actor.username)
            if where_to_continue(person) is None:
                _history(person, now)
                _reviews(person, now)
            tick(actor.name)
    example_group(now)


def _organisations(now: Any) -> dict[str, Any]:
    from bilik.people.actions import found_organisation

    academy = found_organisation(by=None, now=now, kind="academy", name="Bilik Academy", slug="academy")
    rows = (
        ("ganja-hub", "centre", "Gəncə IT Hub", "AZ-GANJA-DASHKASAN", academy),
        ("urganch-hub", "centre", "Urganch IT Hub", "UZ-XO", academy),
        ("khazar-soft", "employer", "Khazar Soft", "AZ-BAKU", None),
    )
    made = {
        slug: found_organisation(by=None, now=now, kind=kind, name=name, slug=slug, region=region, parent=parent)
        for slug, kind, name, region, parent in rows
    }
    return made | {"academy": academy}


def _person(actor: Any, organisations: dict[str, Any], now: Any) -> Any:
    from bilik.people.actions import join_organisation, register

    person = register(
        by=None,
        now=now - timedelta(days=30),
        username=actor.username,
        # Nobody signs in with a password in the demonstration; the cards are the door.
        password=None,
        display_name=actor.name,
        birth_year=actor.birth_year,
        birth_month=5,
        language=actor.language,
        region=actor.region,
        access_class=actor.access_class,
    )
    join_organisation(by=None, now=now, person=person, organisation=organisations[actor.organisation], role=actor.role)
    return person


def _history(person: Any, now: Any) -> None:
    """A few days of learning, through the same verbs as everybody's: a slip here and there, then the right answer."""
    from bilik.catalog.queries import published_courses, variant
    from bilik.kit.ids import new_id
    from bilik.learning.actions import answer, seed_of

    courses = sorted(published_courses(), key=lambda course: course.slug != "python-from-zero")
    tasks = [task for course in courses for task in course.tasks][:9]
    for number, task in enumerate(tasks):
        model = variant(task.version_id, seed_of(person, task)).page["solution"]["answer"]
        right = model if isinstance(model, list) else [str(model)]
        tries = [["print(Salam)"], right] if task.kind == "python_code" and number % 3 == 0 else [right]
        for offset, fields in enumerate(tries):
            when = now - timedelta(days=6 - number // 2, minutes=30 - offset)
            answer(
                by=person, now=when, task=task, fields={"answer": fields}, key=new_id(),
                language=person.language, wait_seconds=10,
            )  # fmt: skip


def _reviews(person: Any, now: Any) -> None:
    """What came back yesterday was reviewed, the first of it from memory and the second with a slip."""
    from django.utils import timezone

    from bilik.catalog.queries import published_courses, variant
    from bilik.kit.ids import new_id
    from bilik.practice import queries
    from bilik.practice.actions import answer_review, keep_up

    yesterday = now - timedelta(days=1)
    where = queries.places(published_courses())
    for number in range(2):
        picture = queries.standing(person, yesterday).picture
        due = queries.reviews(picture, where, yesterday).due
        if not due:
            break
        task = due[0].at.task
        model = variant(task.version_id, queries.review_seed(person, task, timezone.localdate(yesterday))).page
        right = model["solution"]["answer"]
        for offset, fields in enumerate([["1"], right] if number and task.kind != "single_choice" else [right]):
            answer_review(
                by=person, now=yesterday + timedelta(minutes=3 * number + offset), task=task,
                trace=picture.tasks[task.task_id],
                fields={"answer": fields if isinstance(fields, list) else [str(fields)]}, key=new_id(),
                language=person.language, wait_seconds=10, shown_at=yesterday - timedelta(seconds=40),
            )  # fmt: skip
    keep_up(person=person, now=now)
