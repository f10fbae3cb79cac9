"""The processes of an academy: really started, really stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.small_course import tiny_course, write

from .conftest import other_environment
from .test_keeping import contents

PATIENCE_SECONDS = 120


@pytest.fixture
def courses(tmp_path):
    write(tmp_path / "courses" / "tiny", tiny_course("tiny"))
    (tmp_path / "courses" / "no-course").mkdir()
    return tmp_path / "courses"


def test_the_demonstration_is_filled_once_and_the_second_time_changes_nothing(elsewhere, courses, tmp_path):
    files = []
    for number in range(2):
        loaded = elsewhere("demo", "--load-only", "--courses", courses)
        assert loaded.returncode == 0, loaded.stderr
        assert ("tiny published" in loaded.stderr) is (number == 0)
        files.append(tmp_path / f"{number}.tar.gz")
        assert elsewhere("backup", files[-1]).returncode == 0
    first, second = map(contents, files)
    assert first == second
    assert len(first["people.person"]) == 13
    assert len(first["groups.group"]) == 1
    assert {row["fields"]["outcome"] for row in first["submissions.submission"]} == {"accepted"}


def test_a_course_with_errors_is_named_and_nothing_of_it_is_published(elsewhere, courses):
    write(courses / "tiny", {"lessons/04-one/alone/exercise.toml": 'kind = "short_text"\n'})
    loaded = elsewhere("demo", "--load-only", "--courses", courses)
    assert loaded.returncode == 1
    assert "The course tiny has errors." in loaded.stderr
    assert "Traceback" not in loaded.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BILIK_DEBBUG", "1", "BILIK_DEBBUG is not a setting."),
        ("BILIK_RUNNERS", "two", "takes a whole number"),
        ("DATABASE_URL", "mysql://localhost/x", "takes an address such as postgresql://"),
    ],
)
def test_a_setting_that_cannot_be_used_ends_the_program_with_a_sentence(elsewhere, name, value, sentence):
    done = elsewhere("worker", "--once", **{name: value})
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_command(bilik):
    shown = bilik("--help").stdout
    for command in ("serve", "worker", "demo", "prepare", "grade", "doctor", "backup", "restore", "course", "sandbox"):
        assert command in shown


def test_publishing_exporting_and_importing_again(elsewhere, courses, tmp_path):
    assert elsewhere("prepare").returncode == 0
    assert "tiny version 1 published" in elsewhere("course", "import", courses / "tiny").stdout
    assert "is published already, unchanged" in elsewhere("course", "import", courses / "tiny").stdout
    assert elsewhere("course", "export", "tiny", tmp_path / "out").returncode == 0
    for folder in (tmp_path / "out", courses / "tiny"):
        assert (folder / "course.toml").is_file()
    here, there = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (courses / "tiny", tmp_path / "out")
    )
    assert here == there
    assert elsewhere("course", "export", "tiny", tmp_path / "out").returncode == 1
    assert elsewhere("course", "export", "other", tmp_path / "other").returncode == 1
    assert not (tmp_path / "other").exists()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


@pytest.mark.sandbox
def test_serving_answers_and_ends_with_everything_it_started(elsewhere, tmp_path):
    data, port = tmp_path / "elsewhere", free_port()
    assert elsewhere("prepare").returncode == 0
    command = [sys.executable, "-m", "bilik.config.cli", "serve", "--ready", "--port", str(port)]
    with subprocess.Popen(command, env=other_environment(data), stderr=subprocess.PIPE, text=True) as server:
        try:
            assert json.loads(answer_of(f"http://127.0.0.1:{port}/health", server)) == {"ok": True}
            started = children_of(server.pid)
            assert len(started) >= 2
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(PATIENCE_SECONDS)
    assert code == 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(os.path.exists(f"/proc/{pid}") for pid in started):
        # The sandbox's own processes notice that nobody needs them any more.
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answer_of(address, server):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, server.stderr.read()
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return response.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
