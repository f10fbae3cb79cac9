"""The few words that the exchange adds itself, in four languages: words.toml for what comes in, out_words.toml for
packages and reports that go out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _words(file: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))


def word(name: str, language: str, /, **facts: object) -> str:
    """A word of words.toml."""
    return _said("words.toml", name, language, facts)


def out_word(name: str, language: str, /, **facts: object) -> str:
    """A word or a sentence of out_words.toml."""
    return _said("out_words.toml", name, language, facts)


def out_pattern(name: str, language: str) -> str:
    """The same with its places open, for pages that fill them themselves."""
    row = _words("out_words.toml")[name]
    return row.get(language) or row["en"]


def _said(file: str, name: str, language: str, facts: Mapping[str, object]) -> str:
    row = _words(file)[name]
    return (row.get(language) or row["en"]).format(**facts)
