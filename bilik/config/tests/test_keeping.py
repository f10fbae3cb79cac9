"""Backup and restore: everything comes back equal, in either database, and nothing is ever half restored."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import call_command
from django.db import connection

from bilik.config.commands.keeping import BadBackup, kept_models, opened_backup, write_back, write_backup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived_in(small, leyla, jasur, kamran, orxan, give, now):
    """An academy in which things have happened: roles, consents, letters to guardians, answers, hints, faults."""
    from bilik.kit.clock import utc_now
    from bilik.learning.actions import take_hint
    from bilik.people.actions import request_guardian

    give(leyla, small.task("capital"), "ganja")
    give(leyla, small.task("capital"), "baku", now=utc_now())
    give(leyla, small.task("even-numbers"), "two")
    give(jasur, small.task("double"), "def double(n):\n    return '\N{LATIN SMALL LETTER SCHWA} \N{SNOWMAN}'")
    take_hint(by=jasur, now=now, task=small.task("capital"), shown=0)
    request_guardian(by=kamran, now=now, person=kamran, name="Dilbar", relation="mother", language="uz")


@pytest.fixture
def file(lived_in, tmp_path):
    path = tmp_path / "academy.tar.gz"
    assert write_backup(path) > 100
    return path


def everything():
    return {label: list(model._base_manager.order_by("pk").values()) for label, model in kept_models().items()}


def empty():
    call_command("flush", interactive=False, verbosity=0)


def test_what_comes_back_is_equal_in_every_table(file):
    before = everything()
    empty()
    rows = write_back(*opened_backup(file))
    assert everything() == before
    assert rows == sum(map(len, before.values()))


def test_life_goes_on_after_restoring(file, small, leyla, give, browser):
    empty()
    write_back(*opened_backup(file))
    submission = give(leyla, small.task("word"), "zanbaq-print").submission
    assert submission.outcome == "accepted"
    assert browser(leyla).get(small.url("attempts", "capital")).status_code == 200
    from bilik.people.actions import register

    register(by=None, now=submission.received_at, username="newcomer", password=None, display_name="New",
             birth_year=1990, birth_month=1)  # fmt: skip


def test_it_replaces_what_a_fresh_academy_is_prepared_with(file, now):
    from bilik.people.actions import load_reference_data
    from bilik.skills.actions import load_skills

    before = everything()
    empty()
    load_reference_data(now=now)
    load_skills(now=now)
    write_back(*opened_backup(file))
    assert everything() == before


def contents(path):
    """The rows of each table as they stand in a backup."""
    _, tables = opened_backup(path)
    return {
        label: [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]
        for label, content in tables.items()
    }


def test_a_backup_of_this_database_restores_into_sqlite_and_back(file, elsewhere, tmp_path):
    before = everything()
    restored = elsewhere("restore", file)
    assert restored.returncode == 0, restored.stderr
    second = tmp_path / "second.tar.gz"
    assert elsewhere("backup", second).returncode == 0
    assert contents(second) == contents(file)
    empty()
    write_back(*opened_backup(second))
    assert everything() == before


def test_neither_sessions_nor_the_secret_key_are_in_it(file, settings):
    assert not [label for label in contents(file) if "session" in label]
    with tarfile.open(file) as tar:
        whole = b"".join(tar.extractfile(member).read() for member in tar)
    assert settings.SECRET_KEY.encode() not in whole


def test_the_commands_say_what_they_did_and_overwrite_nothing(lived_in, bilik, tmp_path):
    path = tmp_path / "academy.tar.gz"
    done = bilik("backup", path)
    assert done.exit_code == 0
    assert f"rows in {path}" in done.stdout.replace("\n", "")
    content = path.read_bytes()
    assert bilik("backup", path).exit_code == 1
    assert path.read_bytes() == content
    assert list(tmp_path.glob("*.unfinished")) == []

    before = everything()
    refused = bilik("restore", path)
    assert refused.exit_code == 1
    assert "There are people in this database already." in refused.stderr.replace("\n", " ")
    assert everything() == before


def test_a_backup_that_cannot_be_written_leaves_no_file(lived_in, bilik, tmp_path):
    done = bilik("backup", tmp_path / "no-such-folder" / "academy.tar.gz")
    assert done.exit_code == 1
    assert "could not be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def rewritten(path, change):
    """The same backup with another manifest."""
    other = path.with_name("other.tar.gz")
    with tarfile.open(path) as tar, tarfile.open(other, "w:gz") as out:
        for member in tar:
            content = tar.extractfile(member).read()
            if member.name == "manifest.json":
                content = json.dumps(change(json.loads(content))).encode()
            member.size = len(content)
            out.addfile(member, io.BytesIO(content))
    return other


CHANGES = {
    "newer": lambda manifest: manifest | {"migrations": [*manifest["migrations"], "learning.9999_next_year"]},
    "format": lambda manifest: manifest | {"format": 2},
    "foreign": lambda manifest: ["something", "else"],
    "table": lambda manifest: manifest | {"tables": manifest["tables"] | {"other.thing": EMPTY}},
    "swapped": lambda manifest: manifest | {"tables": dict.fromkeys(manifest["tables"], NO_TABLE)},
}
EMPTY = {"rows": 0, "sha256": hashlib.sha256(b"").hexdigest()}
NO_TABLE = {"rows": 0, "sha256": "0"}


@pytest.mark.parametrize("change", CHANGES)
def test_a_newer_or_foreign_file_is_refused_and_nothing_changes(file, bilik, change):
    other = rewritten(file, CHANGES[change])
    empty()
    refused = bilik("restore", other)
    assert refused.exit_code == 1
    assert "Nothing was changed." in refused.stderr
    assert not any(everything().values())


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no tar", mtime=0), b"\x1f\x8b\x08\x00"])
def test_what_is_no_backup_is_refused(lived_in, tmp_path, content):
    path = tmp_path / "other.tar.gz"
    path.write_bytes(content)
    with pytest.raises(BadBackup, match="is not a backup"):
        opened_backup(path)


def test_a_damaged_or_shortened_file_is_refused_wherever_the_damage_is(file):
    whole = file.read_bytes()
    places = range(100, len(whole), len(whole) // 40)
    damaged = {f"damaged at {at}": whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] for at in places}
    shortened = {f"cut at {at}": whole[:at] for at in places}
    assert [name for name, content in (damaged | shortened).items() if not is_refused(file, content)] == []


def is_refused(file, content):
    file.write_bytes(content)
    try:
        opened_backup(file)
    except BadBackup:
        return True
    return False


def test_when_restoring_breaks_off_nothing_is_there(file, monkeypatch):
    from bilik.config.commands import keeping

    empty()
    opened = opened_backup(file)
    load, calls = keeping._load, []

    def break_off(model, content):
        calls.append(model)
        if len(calls) == 8:
            raise OSError("the power failed")
        load(model, content)

    monkeypatch.setattr(keeping, "_load", break_off)
    with pytest.raises(OSError, match="power"):
        write_back(*opened)
    assert not any(everything().values())
    assert not connection.in_atomic_block
