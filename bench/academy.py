"""A temporary academy: the example course published, learners with sessions, a server on given cores.

    python bench/academy.py make FOLDER [--learners 128]

makes the data folder once (about half a minute: every model solution is run); scripts take it with
`--academy FOLDER` and work on a copy, so that every measurement begins with the same data.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# Run as a program this file's own folder comes first on the path; as a module of run_all too.
import load
from measure import Options, say, stop_cleanly
from serving import HOST, ROOT, Served, all_cores, clean_environment, free_port

COURSE = "python-from-zero"
SMALL_COURSE = "bench-small"
LEARNERS = 128
FACTS = "bench.json"
_BY_SCRIPT = load.AS_BROWSERS_ASK + "HX-Request: true\r\n"


class Academy:
    """A copy of a made academy in a folder that goes away with the block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts: dict[str, Any] = json.loads((folder / FACTS).read_text())

    @property
    def learners(self) -> list[dict[str, str]]:
        """Who is signed in: session, csrf cookie, csrf token of the form."""
        return self.facts["learners"]

    def serve(self, cores: Sequence[int], *, processes: int = 1, worker: bool = True) -> Served:
        """`bilik serve` on these cores (a context manager)."""
        port = free_port()
        command = [sys.executable, "-m", "bilik.config.cli", "serve", "--ready", "--host", HOST]
        if not worker:
            command.append("--without-worker")
        env = self.environment() | {
            "PORT": str(port),
            "BILIK_WEB_PROCESSES": str(processes),
            "BILIK_WEB_THREADS": "4",
        }
        return Served(command, cores=cores, port=port, folder=self.folder, env=env, health="/health")

    def environment(self) -> dict[str, str]:
        """The settings of this academy."""
        return clean_environment(BILIK_DATA=str(self.folder), BILIK_LOG_LEVEL="WARNING")

    def lesson_request(self, which: str, number: int, *, compressed: bool = True) -> bytes:
        """A learner opens a lesson."""
        more = load.AS_BROWSERS_ASK if compressed else ""
        return load.get(self.facts["lessons"][which], cookies_of(self.learners[number]), more=more)

    def answer_request(self, which: str, number: int, *, by_script: bool = True) -> bytes:
        """A learner answers rightly, under a new key. `by_script` is htmx, otherwise the plain form."""
        learner, task = self.learners[number], self.facts["tasks"][which]
        fields = [
            ("csrfmiddlewaretoken", learner["token"]),
            ("key", str(uuid.uuid4())),
            *(("answer", text) for text in task["answers"][number]),
        ]
        more = _BY_SCRIPT if by_script else load.AS_BROWSERS_ASK
        return load.post(task["path"] + "answer", urlencode(fields).encode(), cookies_of(learner), more=more)

    def card_request(self, which: str, number: int) -> bytes:
        """The page that waits for a verdict looks again."""
        learner = self.learners[number]
        return load.get(self.facts["tasks"][which]["path"], cookies_of(learner), more=_BY_SCRIPT)


def cookies_of(learner: dict[str, str]) -> str:
    """The Cookie header of a signed-in learner."""
    return f"sessionid={learner['session']}; csrftoken={learner['csrf']}"


def rotating(make: Callable[[int], bytes], count: int) -> Callable[[], bytes]:
    """Requests of one learner after another."""
    numbers = itertools.cycle(range(count))
    return lambda: make(next(numbers))


@contextlib.contextmanager
def copied(options: Options) -> Iterator[Academy]:
    """A fresh copy of the academy that was made before, or of one made now."""
    with tempfile.TemporaryDirectory(prefix="bilik-bench-") as name:
        folder = Path(name) / "data"
        if options.academy is None:
            make(folder)
        else:
            shutil.copytree(options.academy, folder)
        yield Academy(folder)


def make(folder: Path, learners: int = LEARNERS) -> None:
    """Makes the data folder: database, courses, learners, sessions, files for the browser."""
    folder.mkdir(parents=True, exist_ok=True)
    env = clean_environment(BILIK_DATA=str(folder.resolve()), BILIK_LOG_LEVEL="WARNING")
    bilik = [sys.executable, "-m", "bilik.config.cli"]
    steps = [
        [*bilik, "prepare"],
        [*bilik, "course", "import", str(ROOT / "courses" / COURSE)],
        [*bilik, "course", "import", str(ROOT / "bench" / "course")],
        [
            sys.executable,
            str(Path(__file__).resolve()),
            "fill",
            str(folder.resolve()),
            "--learners",
            str(learners),
        ],
    ]
    for step in steps:
        say(f"academy: {' '.join(step[1:4])} …")
        done = subprocess.run(step, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise SystemExit(f"{' '.join(step)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")


def fill(folder: Path, count: int) -> None:
    """In a process of its own, with Django: people, sessions, right answers, one lesson done."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.config.settings"
    import django

    django.setup()
    from bilik.catalog.queries import published_course

    course, small = published_course(COURSE), published_course(SMALL_COURSE)
    people = [_learner(number) for number in range(count)]
    # The longest lesson stays fresh; another one is answered in full by everybody.
    large = max(course.lessons, key=lambda lesson: len(str(lesson.bodies["en"])))
    answered = next(lesson for lesson in course.lessons if lesson is not large)
    for person in people:
        _history(person, answered)
    places = [(course, lesson, task) for lesson in course.lessons for task in lesson.tasks]
    facts = {
        "learners": [_session(person) for person in people],
        "lessons": {
            "large": _address(course, large),
            "answered": _address(course, answered),
            "small": _address(small, small.lessons[0]),
        },
        "course": f"/learn/{course.slug}/",
        "tasks": {
            kind: _task_facts(people, *next(place for place in places if _fits(place[2], kind)))
            for kind in ("single_choice", "numeric", "python_code")
        },
    }
    (folder / FACTS).write_text(json.dumps(facts, indent=1))


def _learner(number: int) -> Any:
    from bilik.kit.clock import utc_now
    from bilik.people.actions import register

    return register(
        by=None, now=utc_now(), username=f"bench{number:04}", password=None, display_name=f"Learner {number}",
        birth_year=1999, birth_month=4, language=("az", "en")[number % 2],
    )  # fmt: skip


def _session(person: Any) -> dict[str, str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["language"] = person.language
    session.save()
    secret = _get_new_csrf_string()
    return {"session": session.session_key, "csrf": secret, "token": _mask_cipher_secret(secret)}


def _history(person: Any, lesson: Any) -> None:
    from bilik.kit.clock import utc_now
    from bilik.kit.ids import new_id
    from bilik.learning.actions import answer

    for task in lesson.tasks:
        answer(by=person, now=utc_now(), task=task, fields={"answer": _right(person, task)}, key=new_id(),
               language=person.language, wait_seconds=30)  # fmt: skip


def _right(person: Any, task: Any) -> list[str]:
    """The model answer to the variant this person has."""
    from bilik.catalog.queries import variant
    from bilik.learning.actions import seed_of

    model = variant(task.version_id, seed_of(person, task)).page["solution"]["answer"]
    return [str(item) for item in model] if isinstance(model, list) else [str(model)]


def _fits(task: Any, kind: str) -> bool:
    """A code exercise to measure is a plain one: no files, no libraries, attempts without end."""
    from bilik.catalog.queries import variant

    if task.kind != kind or task.attempts:
        return False
    spec = variant(task.version_id, 0).spec
    return not spec.get("files") and not spec.get("libraries")


def _address(course: Any, lesson: Any) -> str:
    return f"/learn/{course.slug}/{lesson.slug}/"


def _task_facts(people: list[Any], course: Any, lesson: Any, task: Any) -> dict[str, Any]:
    return {
        "slug": task.slug,
        "path": f"{_address(course, lesson)}{task.slug}/",
        "answers": [_right(person, task) for person in people],
    }


def _main() -> None:
    stop_cleanly()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["make", "fill", "serve"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    given = parser.parse_args()
    if given.verb == "make":
        make(given.folder, given.learners)
    elif given.verb == "fill":
        fill(given.folder, given.learners)
    else:
        with Academy(given.folder.resolve()).serve(all_cores()) as served:
            input(f"http://{HOST}:{served.address[1]}  Enter stops it. ")


def inside_copy(options: Options, script: str, *numbers: int) -> dict[str, Any]:
    """What `python SCRIPT inside NUMBERS` prints as JSON, run in a copy of the academy with its settings."""
    command = [sys.executable, str(Path(script).resolve()), "inside", *map(str, numbers)]
    with copied(options) as made:
        done = subprocess.run(
            command, cwd=made.folder, env=made.environment(), capture_output=True, text=True, timeout=3600, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found


if __name__ == "__main__":
    _main()
