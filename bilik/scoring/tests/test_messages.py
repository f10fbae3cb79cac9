"""Every code that scoring can give has a sentence, in every language with the same places."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bilik.scoring.findings import Finding
from bilik.scoring.messages import LANGUAGES, catalogue, say

SCORING = Path(__file__).parents[1]
_TOPICS = "file|archive|columns|row|id|number|label|list|mask|parquet|metric|param|solution"
_CODE = re.compile(rf'"((?:{_TOPICS})\.[a-z_0-9]+|more)"')


def emitted() -> set[str]:
    sources = [path for path in SCORING.rglob("*.py") if "tests" not in path.parts]
    return {name for path in sources for name in _CODE.findall(path.read_text(encoding="utf-8"))}


def places_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_codes_and_sentences_are_the_same():
    assert emitted() == catalogue("en").keys()


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_language_has_the_same_sentences_with_the_same_places(language):
    assert catalogue(language).keys() == catalogue("en").keys()
    other = catalogue(language)
    assert [name for name, text in catalogue("en").items() if places_in(text) != places_in(other[name])] == []


def test_a_fact_that_is_missing_shows_as_a_dash_and_braces_in_facts_stay():
    assert "–" in say(Finding("row.blank"), "en")
    assert "{line}" in say(Finding("id.missing", {"id": "{line}"}), "en")
    assert say(Finding("row.blank", {"line": 3}), "fr") == say(Finding("row.blank", {"line": 3}), "en")
