"""The words people agree to, from data/consents/.

A text that was ever shown is kept: a new wording is a new file.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bilik.people.states import Purpose

FOLDER = Path(__file__).parent / "data" / "consents"
LANGUAGES = ("az", "uz", "ru", "en")


@dataclass(frozen=True)
class ConsentText:
    """One version of the words for one purpose, in four languages."""

    purpose: str
    version: int
    titles: dict[str, str]
    bodies: dict[str, str]

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["en"]

    def body(self, language: str) -> str:
        return self.bodies.get(language) or self.bodies["en"]

    def paragraphs(self, language: str) -> list[str]:
        return [part.strip() for part in self.body(language).split("\n\n") if part.strip()]

    def digest(self, language: str) -> str:
        """SHA-256 of exactly what was shown, so that it can be proved later which words were agreed to."""
        shown = f"{self.purpose}\n{self.version}\n{self.title(language)}\n\n{self.body(language)}"
        return hashlib.sha256(shown.encode()).hexdigest()


@cache
def all_texts() -> dict[tuple[str, int], ConsentText]:
    """Every version of every purpose, by (purpose, version)."""
    texts = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        text = ConsentText(
            purpose=Purpose(data["purpose"]).value,
            version=data["version"],
            titles={language: data[language]["title"] for language in LANGUAGES},
            bodies={language: data[language]["body"].strip() for language in LANGUAGES},
        )
        texts[text.purpose, text.version] = text
    return texts


def current_text(purpose: str) -> ConsentText:
    """The words now asked for; KeyError for a purpose that has none."""
    versions = [version for known, version in all_texts() if known == purpose]
    if not versions:
        raise KeyError(purpose)
    return all_texts()[purpose, max(versions)]
