"""What all tests share: the named cast, a small published course, and a scratch academy that forgets everything.

Builders walk the real verbs: people register and consent, courses are read, proven in the sandbox and published.
The scratch data folder is made before Django's settings are read, by bilik/config/tests/scratch.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bilik.catalog import queries as catalog
from bilik.catalog.source.check import Findings, check_course
from bilik.catalog.source.course import CourseSource, read_course
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.learning import drawing
from bilik.practice import queries as practice
from bilik.submissions import runners
from tests.kept import Kept
from tests.small_course import small_course, tiny_course, write

# A slow machine is no reason to fail: times belong to bench/.
hypothesis.settings.register_profile("bilik", deadline=None)
# What a build has found stays found, and what it has not is looked for by whoever runs pytest alone.
hypothesis.settings.register_profile("build", deadline=None, derandomize=True)
hypothesis.settings.load_profile("bilik")

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only speed tests up or spare them files: nothing that a test could be about."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django_settings.STORAGES = django_settings.STORAGES | {"staticfiles": plain}
    near = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}
    django_settings.CACHES = django_settings.CACHES | {"default": near}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--of-the-database", action="store_true", help="only tests that are given the database")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database only what touches it says anything new."""
    if config.getoption("--of-the-database"):
        touching = [item for item in items if _is_given_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in touching])
        items[:] = touching


def _is_given_the_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the sandbox's warm processes."""
    if runners._pool is not None:
        runners._pool.close()
        runners._pool = None


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Nothing is remembered from one test to the next, as rows of another test have the same keys."""
    catalog.forget()
    drawing.forget()
    practice.forget()
    for cache in caches.all():
        cache.clear()
    yield
    catalog.forget()
    drawing.forget()
    practice.forget()


# Refusals and queries -------------------------------------------------------------------------------------------------


@contextmanager
def _refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code


@pytest.fixture
def refused() -> Callable[[str], Any]:
    """`with refused("no_attempts_left"):` the block must be refused with exactly this code."""
    return _refused


@contextmanager
def _counted() -> Iterator[SimpleNamespace]:
    seen = SimpleNamespace(sql=[], writes=[])
    with CaptureQueriesContext(connection) as context:
        yield seen
    seen.sql = [query["sql"] for query in context.captured_queries]
    seen.writes = [sql for sql in seen.sql if sql.lstrip().upper().startswith(WRITING)]


@pytest.fixture
def counted() -> Callable[[], Any]:
    """`with counted() as seen:` then `seen.sql` are the queries of the block and `seen.writes` those that write."""
    return _counted


# At the same moment ---------------------------------------------------------------------------------------------------


@pytest.fixture
def together(transactional_db: None) -> Callable[..., list[Any]]:
    """Runs functions in threads that start at the same moment; what each returned, or the Refusal it met."""

    def run(*functions: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(functions))

        def one(function: Callable[[], Any]) -> Any:
            start.wait()
            try:
                return function()
            except Refusal as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(len(functions)) as pool:
            return list(pool.map(one, functions))

    return run


# Rows, for tests that look behind the doors ---------------------------------------------------------------------------


@pytest.fixture
def rows() -> Callable[[str], list[dict[str, Any]]]:
    """All rows of a table as plain values, in the order of their keys: `rows("catalog.TaskVersion")`."""

    def read(label: str) -> list[dict[str, Any]]:
        return list(apps.get_model(label)._base_manager.order_by("pk").values())

    return read


# The cast -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def kept() -> dict[str, Kept]:
    """What builders wrote once in this process."""
    return defaultdict(Kept)


@pytest.fixture
def vocabulary(db: Any, kept: dict[str, Kept]) -> bool:
    """Regions and skills, as `bilik prepare` loads them. Whether they have the keys that they had before."""

    def build() -> None:
        from bilik.people.actions import load_reference_data
        from bilik.skills.actions import load_skills

        load_reference_data(now=NOW)
        load_skills(now=NOW)

    return kept["vocabulary"].put(build)


@pytest.fixture
def person(vocabulary: bool) -> Callable[..., Any]:
    """Opens an account through the real verb, with consent to learning."""
    from bilik.people.actions import register

    def make(username: str, *, born: tuple[int, int] = (1995, 5), **facts: Any) -> Any:
        facts = {"display_name": username.title(), "language": "en", "region": "AZ-BAKU"} | facts
        year, month = born
        return register(by=None, now=NOW, username=username, password=None, birth_year=year, birth_month=month, **facts)

    return make


@pytest.fixture
def leyla(person: Callable[..., Any]) -> Any:
    """A learner."""
    return person("leyla", display_name="Leyla Əliyeva")


@pytest.fixture
def jasur(person: Callable[..., Any]) -> Any:
    """Another learner: what is Leyla's is none of his."""
    return person("jasur", display_name="Jasur Rahimov", region="UZ-XO")


@pytest.fixture
def kamran(person: Callable[..., Any]) -> Any:
    """A boy of thirteen whose guardian has not answered."""
    return person("kamran", born=(2013, 3))


@pytest.fixture
def orxan(person: Callable[..., Any]) -> Any:
    """The administrator of the academy."""
    from bilik.people.actions import found_organisation, join_organisation

    admin = person("orxan")
    academy = found_organisation(by=None, now=NOW, kind="academy", name="Academy", slug="academy")
    join_organisation(by=None, now=NOW, person=admin, organisation=academy, role="administrator")
    return admin


@pytest.fixture
def cast(vocabulary: bool, kept: dict[str, Kept]) -> dict[str, Any]:
    """The named people of the demonstration by username, as `bilik demo` makes them, without their history."""
    from bilik.config.commands.demo import _organisations, _person
    from bilik.front.cast import CAST

    def build() -> None:
        organisations = _organisations(NOW)
        for actor in CAST:
            _person(actor, organisations, NOW)

    _put(kept["cast"], build, vocabulary)
    people = apps.get_model("people.Person")._base_manager.in_bulk(
        [actor.username for actor in CAST], field_name="username"
    )
    return {actor.username: people[actor.username] for actor in CAST}


def _put(kept: Kept, build: Callable[[], Any], with_kept_keys: bool) -> None:
    """Kept rows point at the keys of the vocabulary: beside another one they are built."""
    if with_kept_keys:
        kept.put(build)
    else:
        build()


# Courses --------------------------------------------------------------------------------------------------------------


def prove(folder: Path) -> tuple[CourseSource, Findings]:
    """Reads and checks a course as `bilik course import` does, in this process's sandbox."""
    from bilik.skills.vocabulary import read_vocabulary

    problems: list[Any] = []
    course = read_course(folder, problems=problems)
    assert course is not None, problems
    known = read_vocabulary().keys()
    findings = check_course(
        course, run=runners.pool().run, known_skills=known, problems=problems, progress=lambda _: None
    )
    return course, findings


@pytest.fixture(scope="session")
def proven_small_course(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseSource, Findings]:
    """The small course, proven once: what is slow is the sandbox, not the publishing."""
    course, findings = prove(write(tmp_path_factory.mktemp("small"), small_course()))
    assert findings.errors == []
    return course, findings


@pytest.fixture
def publish(vocabulary: bool, tmp_path: Path) -> Callable[..., Any]:
    """Publishes a course from files: `publish(small_course() | {"course.toml": "…"})` gives version and is_new."""
    from bilik.catalog.actions import publish_course

    numbers = count()

    def make(files: Mapping[str, str | bytes]) -> Any:
        course, findings = prove(write(tmp_path / f"course-{next(numbers)}", dict(files)))
        return publish_course(course=course, findings=findings, by=None, now=NOW)

    return make


@pytest.fixture
def small(
    vocabulary: bool, proven_small_course: tuple[CourseSource, Findings], kept: dict[str, Kept]
) -> SimpleNamespace:
    """The small course, published: `small.task("capital")` gives facts, `small.url("answer", "capital")` an address."""
    from bilik.catalog.actions import publish_course

    course, findings = proven_small_course
    _put(kept["small"], lambda: publish_course(course=course, findings=findings, by=None, now=NOW), vocabulary)
    version = apps.get_model("catalog.CourseVersion")._base_manager.get(course__slug=course.slug)
    return SimpleNamespace(version=version, source=course, findings=findings, task=_task, url=_url)


def _task(slug: str, course: str = "small-course") -> Any:
    return next(task for task in catalog.published_course(course).tasks if task.slug == slug)


def _url(page: str, slug: str, course: str = "small-course") -> str:
    """The address of a task's page: `task`, `answer`, `hint`, `attempts`, or of its `lesson`."""
    from django.urls import reverse

    lesson = next(
        lesson.slug
        for lesson in catalog.published_course(course).lessons
        if slug in {task.slug for task in lesson.tasks}
    )
    return reverse(f"learning:{page}", args=[course, lesson] + ([] if page == "lesson" else [slug]))


@pytest.fixture
def tiny(publish: Callable[..., Any]) -> Callable[..., Any]:
    """Publishes a course of one lesson with one task."""

    def make(slug: str, exercise: Mapping[str, str | bytes] | None = None) -> Any:
        publish(tiny_course(slug, exercise=None if exercise is None else dict(exercise)))
        return _task("alone", slug)

    return make


@pytest.fixture
def give(now: datetime) -> Callable[..., Any]:
    """Answers a task through the real verb: `give(leyla, small.task("capital"), "baku")`."""
    from bilik.learning.actions import answer

    def make(by: Any, task: Any, *answers: str, **more: Any) -> Any:
        facts = {"now": now, "key": new_id(), "language": "en", "wait_seconds": 10.0} | more
        return answer(by=by, task=task, fields={"answer": list(answers)}, **facts)

    return make


@pytest.fixture
def rebuilt_equals_stored(rows: Any) -> Callable[[Any], None]:
    """A person's progress, worked out again from their answers, is what is stored."""
    from bilik.learning.actions import rebuild_progress

    def check(person: Any) -> None:
        before = rows("learning.Progress")
        rebuild_progress(person=person)
        assert rows("learning.Progress") == before

    return check


@pytest.fixture
def browser(client: Any) -> Callable[..., Any]:
    """A browser in which somebody has signed in; `browser()` is a visitor's."""

    def make(person: Any = None) -> Any:
        if person is not None:
            client.force_login(person)
        return client

    return make
