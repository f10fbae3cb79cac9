"""`bilik messages …`: the sentences of the interface in every language, as gettext catalogues. Needs no gettext."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bilik.config.commands import screen

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
TRANSLATED = ("az", "uz", "ru")
# What Django's own catalogues lack in our languages and our pages show.
BORROWED = LOCALE / "borrowed.txt"
_KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

app = typer.Typer(no_args_is_help=True, help="The sentences of the interface: collect, check, compile.")


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    """Makes the .mo beside every .po that has changed since; returns how many were made."""
    made = 0
    for language in TRANSLATED:
        source, target = _po(language), _po(language).with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with target.open("wb") as file:
            write_mo(file, _read(language))
        made += 1
    return made


def _read(language: str) -> Catalog:
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def sentences() -> Catalog:
    """All sentences in the code and the templates, and those borrowed from Django, with where they stand."""
    catalogue = Catalog(project="Bilik", charset="utf-8", fuzzy=False)
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]):
        inside = path.relative_to(ROOT.parent)
        if {"tests", "migrations", "static", "messages", "locale"} & set(inside.parts):
            continue
        source = io.BytesIO(_python(path).encode())
        for line, words, comments, context in extract("python", source, _KEYWORDS, ("Translators:",)):
            catalogue.add(words, "", [(str(inside), line)], auto_comments=comments, context=context)
    for borrowed in BORROWED.read_text(encoding="utf-8").splitlines() if BORROWED.exists() else ():
        if borrowed and not borrowed.startswith("#"):
            context, _mark, words = borrowed.replace("\\n", "\n").rpartition(" :: ")
            one, bar, many = words.partition(" || ")
            catalogue.add((one, many) if bar else one, "", context=context or None)
    return catalogue


def _python(path: Path) -> str:
    """What the file says to gettext, as Python; of a template its sentences alone, the rest blanked out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    from django.utils.translation.template import templatize

    # In one pair of brackets, because the indentation of a template is not that of Python.
    return f"({templatize(text, origin=str(path))}\n)"


@app.command("compile")
def compile_() -> None:
    """Compile the catalogues that changed."""
    screen.out.print(f"{compile_all()} catalogues compiled.")


@app.command()
def collect() -> None:
    """Bring the catalogues in step with the sentences in the code; what is new is empty, what is gone is dropped."""
    _configured()
    found = sentences()
    for language in TRANSLATED:
        path = _po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _read(language) if path.exists() else Catalog(locale=language, project="Bilik", fuzzy=False)
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)
        empty = sum(not _is_translated(message) for message in catalogue if message.id)
        screen.out.print(f"{language}: {len(catalogue)} sentences, {empty} not translated")


def _is_translated(message: Any) -> bool:
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(word.strip() for word in words) and not message.fuzzy


def missing() -> list[str]:
    """Every sentence that some language lacks, has in doubt, or has with other places than the English one."""
    _configured()
    found = sentences()
    lacking = []
    for language in TRANSLATED:
        catalogue = _read(language) if _po(language).exists() else Catalog(locale=language)
        for message in found:
            if not message.id:
                continue
            one = message.id[0] if isinstance(message.id, tuple) else message.id
            there = catalogue.get(one, message.context)
            if there is None or not _is_translated(there):
                lacking.append(f"{language}: {one!r} is not translated")
            elif not _same_places(message.id, there.string):
                lacking.append(f"{language}: {one!r} has other places than its translation")
    return lacking


_PLACE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text.replace("%%", "")))


def _same_places(source: Any, translation: Any) -> bool:
    sources = source if isinstance(source, tuple) else (source,)
    texts = translation if isinstance(translation, tuple) else (translation,)
    wanted = set[str]().union(*map(_places, sources))
    # A single form may say "one" in words; all forms together have every place, and none of their own.
    return set[str]().union(*map(_places, texts)) == wanted


@app.command()
def check(most: Annotated[int, typer.Option(help="How many to print.")] = 40) -> None:
    """Say which sentences lack a translation. Exits with 1 when any does."""
    lacking = missing()
    for line in lacking[:most]:
        screen.out.print(line, markup=False)
    screen.out.print(f"{len(lacking)} sentences are not translated as they should be.")
    if lacking:
        raise typer.Exit(1)


def _configured() -> None:
    """templatize needs Django's settings and nothing else of it."""
    from bilik.config.commands.start import django_ready

    django_ready()
