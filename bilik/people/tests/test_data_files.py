"""The files that come with this room: complete, in the right letters, and never changed once shown."""

from __future__ import annotations

import re
import tomllib

import pytest

from bilik.people import texts
from bilik.people.actions.reference import REGIONS
from bilik.people.states import Purpose

# What somebody agreed to must stay provable.
# A new wording is a new file with a new version and a new line here.
SHOWN = {
    ("employer_sharing", 1): "2e73eda152355455",
    ("follow_up", 1): "454d8c3a7406ce93",
    ("learning", 1): "f0a177907e18a389",
    ("learning", 2): "1ddcd25ebda66d32",
    ("photo", 1): "3ecfb807829e743e",
    ("register_match", 1): "625efeb64c2b2034",
    ("research", 1): "8021ec343e9d089b",
}


def all_words():
    for (purpose, version), text in texts.all_texts().items():
        for language in texts.LANGUAGES:
            yield f"{purpose} {version}", language, f"{text.title(language)} {text.body(language)}"
    for row in tomllib.loads(REGIONS.read_text(encoding="utf-8"))["region"]:
        for language, name in row["names"].items():
            yield row["code"], language, name


def test_every_purpose_has_words_in_four_languages():
    assert {purpose for purpose, _ in texts.all_texts()} == set(Purpose.values)
    for text in texts.all_texts().values():
        assert len({text.digest(language) for language in texts.LANGUAGES}) == 4
        assert len({len(text.paragraphs(language)) for language in texts.LANGUAGES}) == 1
    with pytest.raises(KeyError):
        texts.current_text("advertising")


def test_words_that_were_shown_are_not_changed():
    now = {key: "".join(text.digest(one)[:4] for one in texts.LANGUAGES) for key, text in texts.all_texts().items()}
    assert now == SHOWN


def test_letters():
    for where, language, words in all_words():
        if language != "ru":
            assert not re.search(r"[\u0400-\u04ff]", words), (where, language)
        if language == "uz":
            assert not re.search(r"[oOgG]['’‘`ʼ]", words), where
            assert not re.search(r"['’‘`]", words), where


def test_28_regions_with_names_in_four_languages():
    rows = tomllib.loads(REGIONS.read_text(encoding="utf-8"))["region"]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) == 28
    assert all(set(row["names"]) == {"az", "uz", "ru", "en"} for row in rows)
    uz = {code for code in codes if code.startswith("UZ-")}
    assert uz == {
        f"UZ-{x}" for x in ["AN", "BU", "FA", "JI", "NG", "NW", "QA", "QR", "SA", "SI", "SU", "TK", "TO", "XO"]
    }
