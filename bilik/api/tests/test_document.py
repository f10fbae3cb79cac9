"""docs/api.md does what it says, against a served academy; and the document holds together."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bilik.api import errors, signing, v1
from bilik.api.describing import _FIELDS, _MATERIALS
from bilik.api.document import operations_in
from bilik.grading.kinds import KINDS
from bilik.kit.errors import Refusal

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
SHELL, PYTHON = (re.search(rf"```{name}\n(.*?)```", PAGE, re.DOTALL)[1] for name in ("sh", "python"))


@pytest.fixture
def surroundings(live_server, small, leyla, caller):
    """The environment in which the examples of the page run."""
    program = caller(leyla, "courses:read", "answers:write", "progress:read")
    return os.environ | {
        "BILIK": live_server.url, "TOKEN": program.text, "COURSE": "small-course", "TASK": "capital", "ANSWER": "baku",
        "no_proxy": "*",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_example_in_python_runs_as_it_stands(surroundings):
    done = subprocess.run([sys.executable, "-c", PYTHON], env=surroundings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["The capital", "answer choice ['baku', 'ganja', 'sheki']", "accepted 1 of 1"]
    refused = subprocess.run(
        [sys.executable, "-c", PYTHON], env=surroundings | {"ANSWER": "x"}, capture_output=True, text=True, timeout=60
    )
    assert refused.stderr.startswith("answer_invalid: ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_examples_with_curl_run_as_they_stand(surroundings):
    done = subprocess.run(["sh", "-ec", SHELL], env=surroundings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    decoder, rest, found = json.JSONDecoder(), done.stdout.strip(), []
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    task, attempt, attempts = found
    assert (task["id"], attempt["outcome"], attempt["key"][:8]) == ("capital", "wrong", "018f3a1e")
    assert [one["id"] for one in attempts["items"]] == [attempt["id"]]


def test_the_page_names_real_codes_only():
    table = PAGE.partition("## When something is refused")[2].partition("Others come")[0]
    codes = {one.code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Refusal)}
    named = {
        code
        for row in table.splitlines()
        if row.startswith("| `")
        for code in re.findall("`([a-z_]+)`", row.split("|")[1])
    }
    assert named <= codes
    assert len(named) >= 10


def test_the_page_explains_everything_that_a_field_may_take():
    takes = v1.document()["components"]["schemas"]["AnswerField"]["properties"]["takes"]["enum"]
    table = PAGE.partition("## What a field takes")[2].partition("## When")[0]
    assert [take for take in takes if f"`{take}`" not in table] == []


def test_every_control_of_every_kind_has_a_description():
    folder = Path(__file__).resolve().parents[2] / "grading" / "checkers"
    named = {
        name
        for kind in KINDS
        for name in re.findall(r'"control": "([a-z_]+)"', (folder / kind / "checker.py").read_text(encoding="utf-8"))
    } | {"radio", "checkboxes"}
    assert named <= _FIELDS.keys() | _MATERIALS.keys()


def test_the_document_is_the_same_each_time_and_in_the_language_that_is_asked_for(client, db):
    first, again = (client.get("/api/v1/openapi.json", headers={"accept-language": "en"}) for _ in range(2))
    assert first.content == again.content
    assert first["Cache-Control"] == "public, max-age=300"
    document = first.json()
    assert document["openapi"] == "3.1.0"
    assert (
        document["paths"].keys()
        == client.get("/api/v1/openapi.json", headers={"accept-language": "az"}).json()["paths"].keys()
    )
    for _path, _method, operation in operations_in(document):
        assert operation["summary"].endswith((".", "?"))
        assert {"401", "403", "404", "422", "429"} <= operation["responses"].keys()


def test_nobody_needs_a_token_to_read_the_document(client, db, counted):
    client.get("/api/v1/openapi.json")
    with counted() as seen:
        assert client.get("/api/v1/openapi.json").status_code == 200
        assert client.get("/api/").status_code == 200
    assert seen.sql == []
    assert signing.ADDRESSES.most > signing.TOKENS.most
