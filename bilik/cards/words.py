"""The words of a task in the reader's language, and HTML that was made when the course was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from bilik.grading.report import report
from bilik.grading.verdict import Feedback


def words_in(page: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The words of a task in a language, else in English, else in whatever it was written in."""
    texts = page["texts"]
    words: Mapping[str, Any] = texts.get(language) or texts.get("en") or next(iter(texts.values()))
    return words


def safe(html: str) -> SafeString:
    """HTML that was made and sanitised when the course was published."""
    return mark_safe(html)  # noqa: S308 - sanitised by nh3 at publishing, see catalog/source/prose.py


def block_html(words: Mapping[str, Any], name: str) -> SafeString:
    """What a block of the exercise's text became ("choice a", "prompt loop"), or its name where it is not there."""
    word, _, names = name.partition(" ")
    found = words["choices"].get(names) if word == "choice" else words["blocks"].get(name)
    return conditional_escape(names) if found is None else safe(found)


def invalid_sentence(feedback: Feedback, language: str) -> str:
    """Why a text is no answer, in the reader's language."""
    made = report([feedback.to_json()], None, language)
    return made.said[0].sentence if made.said else ""
