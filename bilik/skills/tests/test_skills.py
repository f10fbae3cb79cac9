from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.people.models import JournalEntry
from bilik.skills import actions, levels, queries, vocabulary
from bilik.skills.models import Occupation, Skill

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PYTHON = "esco:ccd0a1d9-afda-43d9-b901-96344886e14d"
PROGRAMMING = "esco:21d2f96d-35f7-4e3f-9745-c533d2dd6e97"


def test_the_files():
    entries = vocabulary.read_vocabulary()
    by_space = {space: [e for e in entries if e.startswith(space + ":")] for space in ("digcomp", "esco", "ext")}
    assert (len(by_space["digcomp"]), len(by_space["esco"])) == (21, 56)
    assert sum(map(len, by_space.values())) == len(entries)
    assert len(vocabulary.read_occupations()) == 33
    assert vocabulary.known_ids() == frozenset(entries)
    assert [entry.position for entry in entries.values()] == list(range(len(entries)))


def test_names_in_four_languages_and_in_the_right_letters():
    for entry in vocabulary.read_vocabulary().values():
        assert set(entry.names) == {"az", "uz", "ru", "en"}, entry.id
        for language, name in entry.names.items():
            assert name == name.strip() != "", entry.id
            if language != "ru":
                assert not re.search(r"[\u0400-\u04ff]", name), (entry.id, language)
            if language == "uz":
                assert not re.search(r"['’‘`]|[oOgG]ʼ", name), entry.id


@pytest.mark.parametrize(
    "name",
    [
        "output", "variables", "numbers", "strings", "input", "conditions", "loops", "lists", "functions",
        "dictionaries", "files", "errors",
    ],
)  # fmt: skip
def test_python_leads_back_to_esco(name):
    entries = vocabulary.read_vocabulary()
    assert entries[f"ext:python-{name}"].broader == PYTHON
    assert entries[PYTHON].broader == PROGRAMMING


def test_broader_never_goes_round():
    entries = vocabulary.read_vocabulary()
    for entry in entries.values():
        seen = [entry.id]
        while entry.broader:
            entry = entries[entry.broader]
            assert entry.id not in seen
            seen.append(entry.id)


def test_addresses_are_escos():
    pattern = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for entry in vocabulary.read_vocabulary().values():
        if entry.id.startswith("esco:"):
            assert entry.uri == f"http://data.europa.eu/esco/skill/{entry.id[5:]}"
        assert not entry.uri or pattern.fullmatch(entry.uri)
    without = [e.id for e in vocabulary.read_vocabulary().values() if not e.uri and not e.id.startswith("ext:")]
    assert without == ["digcomp:2.5"]


def test_the_vocabulary_is_read_without_django():
    program = (
        "import sys; from bilik.skills.vocabulary import read_vocabulary;"
        "assert 'ext:python-loops' in read_vocabulary(); assert 'django' not in sys.modules"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root, env={"PYTHONPATH": str(root)})


@pytest.mark.parametrize(
    "rows",
    [
        '[[skill]]\nid="a"\nkind="skill"\ntrack="t"\nnames={en="A"}\n' * 2,
        '[[skill]]\nid="a"\nkind="talent"\ntrack="t"\nnames={en="A"}\n',
        '[[skill]]\nid="a"\nkind="skill"\ntrack="t"\nnames={az="A"}\n',
        '[[skill]]\nid="a"\nkind="skill"\ntrack="t"\nbroader="b"\nnames={en="A"}\n',
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path, monkeypatch, rows):
    (tmp_path / "x.toml").write_text(rows)
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)
    monkeypatch.setattr(vocabulary, "FILES", ("x.toml",))
    with pytest.raises(vocabulary.VocabularyError):
        vocabulary.read_vocabulary.__wrapped__()


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    skills = len(vocabulary.read_vocabulary())
    assert actions.load_skills(now=NOW) == skills + 33
    assert actions.load_skills(now=NOW) == 0
    assert (Skill.objects.count(), Occupation.objects.count()) == (skills, 33)
    assert JournalEntry.objects.filter(verb="skills.load_skills").count() == 1
    assert set(Skill.objects.values_list("pk", flat=True)) == vocabulary.known_ids()


@pytest.mark.django_db
def test_loading_mends_and_retires():
    actions.load_skills(now=NOW)
    Skill.objects.filter(pk=PYTHON).update(names={"en": "?"}, broader=None)
    Skill.objects.create(id="ext:gone", kind="skill", names={"en": "Gone"}, position=999, track="python")
    assert actions.load_skills(now=NOW) == 2
    python = Skill.objects.get(pk=PYTHON)
    assert (python.names["uz"], python.broader_id) == ("Python", PROGRAMMING)
    assert Skill.objects.get(pk="ext:gone").is_retired
    assert "ext:gone" not in queries.skills_of_track("python").values_list("pk", flat=True)
    assert actions.load_skills(now=NOW) == 0


@pytest.mark.django_db
def test_queries(django_assert_num_queries):
    actions.load_skills(now=NOW)
    with django_assert_num_queries(1):
        found = queries.skills_by_id([PYTHON, "ext:python-loops", "ext:nothing"])
    assert set(found) == {PYTHON, "ext:python-loops"}
    with django_assert_num_queries(0):
        assert queries.name_of("ext:python-loops", "az") == "Python-da dövrlər"
        assert queries.name_of(found["ext:python-loops"], "uz") == "Pythonda sikllar"
        assert queries.name_of(found["ext:python-loops"], "ko") == "Loops in Python"
        assert queries.name_of("ext:nothing", "az") == "ext:nothing"
    assert queries.skill_by_id("ext:nothing") is None
    assert queries.occupations_of("data").count() == 4


def test_levels():
    assert [level.number for level in levels.LEVELS] == list(range(9))
    assert [level.band for level in levels.LEVELS] == [
        None, "basic", "basic", "intermediate", "intermediate", "advanced", "advanced", "highly_advanced",
        "highly_advanced",
    ]  # fmt: skip
    assert levels.band_of(3) == "intermediate"


@given(st.integers().filter(lambda number: not 0 <= number <= 8))
def test_there_are_no_other_levels(number):
    with pytest.raises(ValueError, match="0 to 8"):
        levels.level(number)
