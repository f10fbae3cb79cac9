"""Turns a finding into a sentence. A language without a sentence falls back to English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bilik.scoring.findings import Finding

LANGUAGES = ("az", "uz", "ru", "en")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of one language by code; empty for a language that we do not have."""
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if language in LANGUAGES and path.exists() else {}


class _Facts(dict[str, Any]):
    """Facts for a sentence: a fact that is missing shows as a dash instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def say(finding: Finding, language: str) -> str:
    """The sentence for a finding, or its code when there is none in any language."""
    sentence = catalogue(language).get(finding.code) or catalogue("en").get(finding.code) or finding.code
    facts = {name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
             for name, value in finding.facts.items()}  # fmt: skip
    return sentence.format_map(_Facts(facts))
