"""The few words that an import adds itself, in four languages: words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def word(name: str, language: str, **facts: object) -> str:
    """A word of words.toml."""
    row = _words()[name]
    return (row.get(language) or row["en"]).format(**facts)
