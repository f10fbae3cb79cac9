"""Turns a code and its facts into a sentence. A language without a sentence falls back to English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

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


def say(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence for a code, or an empty text when there is none in any language."""
    sentence = catalogue(language).get(code) or catalogue("en").get(code, "")
    return sentence.format_map(_Facts({key: _word(value, language) for key, value in facts.items()}))


def _word(value: Any, language: str) -> str:
    """A fact in words: lists with commas, and constructs such as f_string by the name a learner knows."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    word = f"word.{value}"
    return catalogue(language).get(word) or catalogue("en").get(word) or str(value)


def explain_error(error: Mapping[str, Any], language: str) -> str:
    """A learner's error in words they can use: by its type and form, by a base type, or as Python says it."""
    data = error.get("data") or {}
    kind = data.get("kind") or _syntax_kind(error)
    if kind in {"operands", "concatenation", "comparison"} and "NoneType" in (data.get("left"), data.get("right")):
        kind = "nothing"
    facts = {"type": error.get("type", ""), "message": error.get("message") or "–", **data}
    for name in (error.get("type", ""), *error.get("bases", ())):
        for code in (f"error.{name}.{kind}", f"error.{name}"):
            if code in catalogue("en"):
                return say(code, facts, language)
    return say("error.other", facts, language)


def _syntax_kind(error: Mapping[str, Any]) -> str:
    """Which of the usual slips a syntax error is, from CPython's own message."""
    message = str(error.get("message", ""))
    for part, kind in (
        ("expected ':'", "colon"),
        ("was never closed", "bracket"),
        ("unterminated", "quote"),
        ("Missing parentheses in call to 'print'", "print"),
        ("instead of '='", "equals"),
        ("expected an indented block", "expected"),
    ):
        if part in message:
            return kind
    return ""
