"""`bilik messages …`: the sentences of the interface in every language, as gettext catalogues. Needs no gettext.

Every room keeps the catalogues of its own sentences, in `bilik/<room>/locale`, where Django finds them. What stands
in no room (the program's own words, and what is borrowed from Django) is in `bilik/locale`.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bilik.config.commands import screen

ROOT = Path(__file__).resolve().parents[2]
# Under which the catalogues lie; tests put a copy in its place.
KEPT = ROOT
NO_ROOM = ""
TRANSLATED = ("az", "uz", "ru")
# What Django's own catalogues lack in our languages and our pages show.
BORROWED = ROOT / "locale" / "borrowed.txt"
_KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

app = typer.Typer(no_args_is_help=True, help="The sentences of the interface: collect, check, compile.")


def _po(home: str, language: str) -> Path:
    return KEPT / home / "locale" / language / "LC_MESSAGES" / "django.po"


def homes() -> list[str]:
    """The rooms that have sentences of their own, and what stands in none."""
    return sorted(sentences_by_home())


def catalogues(language: str = "*") -> list[Path]:
    """The catalogues there are, of one language or of all."""
    inside = f"locale/{language}/LC_MESSAGES/django.po"
    return sorted([*KEPT.glob(inside), *KEPT.glob(f"*/{inside}")])


def compile_all() -> int:
    """Makes the .mo beside every .po that has changed since; returns how many were made."""
    made = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        made += 1
    return made


def _read(home: str, language: str) -> Catalog:
    path = _po(home, language)
    if not path.exists():
        return Catalog(locale=language, project="Bilik", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def sentences_by_home() -> dict[str, Catalog]:
    """All sentences in the code and the templates, and those borrowed from Django, by the room they belong to."""
    found: dict[str, Catalog] = defaultdict(lambda: Catalog(project="Bilik", charset="utf-8", fuzzy=False))
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]):
        inside = path.relative_to(ROOT.parent)
        if {"tests", "migrations", "static", "messages", "locale"} & set(inside.parts):
            continue
        source = io.BytesIO(_python(path).encode())
        for line, words, comments, context in extract("python", source, _KEYWORDS, ("Translators:",)):
            found[_home_of(path)].add(words, "", [(str(inside), line)], auto_comments=comments, context=context)
    for borrowed in BORROWED.read_text(encoding="utf-8").splitlines() if BORROWED.exists() else ():
        if borrowed and not borrowed.startswith("#"):
            context, _mark, words = borrowed.replace("\\n", "\n").rpartition(" :: ")
            one, bar, many = words.partition(" || ")
            found[NO_ROOM].add((one, many) if bar else one, "", context=context or None)
    return dict(found)


def _home_of(path: Path) -> str:
    """The room whose catalogue has the sentences of a file: only what Django knows as an app can have one."""
    room = path.relative_to(ROOT).parts[0]
    return room if (ROOT / room / "apps.py").is_file() else NO_ROOM


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
    """Bring the catalogues in step with the sentences in the code; what is new is empty, what is gone is dropped.

    A sentence that another room has translated already gets the same words.
    """
    _configured()
    found = sentences_by_home()
    for language in TRANSLATED:
        known = _known(language)
        for home, wanted in sorted(found.items()):
            catalogue = _read(home, language)
            # A copy, because the catalogue takes the sentences themselves over and fills them in.
            catalogue.update(deepcopy(wanted), no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            _fill(catalogue, known)
            _write(home, language, catalogue)
            empty = sum(not _is_translated(message) for message in catalogue if message.id)
            if empty:
                screen.out.print(f"{language}: {empty} sentences of {home or 'no room'} are not translated")
    for path in _left_over(set(found)):
        path.unlink()


def _known(language: str) -> dict[tuple[Any, Any], Any]:
    """What is translated anywhere, by sentence and context."""
    known = {}
    for path in catalogues(language):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        known.update({(one.id, one.context): one.string for one in catalogue if one.id and _is_translated(one)})
    return known


def _fill(catalogue: Catalog, known: Mapping[tuple[Any, Any], Any]) -> None:
    for message in catalogue:
        if message.id and not _is_translated(message) and (message.id, message.context) in known:
            message.string = known[message.id, message.context]


def _write(home: str, language: str, catalogue: Catalog) -> None:
    path = _po(home, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)


def _left_over(used: set[str]) -> list[Path]:
    """Catalogues of rooms that have no sentences any more."""
    return [path for path in catalogues() if path.is_relative_to(KEPT / path.parts[-5]) and path.parts[-5] not in used]


def _is_translated(message: Any) -> bool:
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(word.strip() for word in words) and not message.fuzzy


def missing() -> list[str]:
    """Every sentence that some language lacks, has in doubt, has with other places than the English one, or has in
    other words than another room (Django would show one of them in both places).
    """
    _configured()
    found = sentences_by_home()
    lacking: list[str] = []
    for language in TRANSLATED:
        known: dict[tuple[Any, Any], Any] = {}
        for home, wanted in sorted(found.items()):
            catalogue = _read(home, language)
            for message in wanted:
                if message.id and (trouble := _trouble(message, catalogue, known)):
                    one = message.id[0] if isinstance(message.id, tuple) else message.id
                    lacking.append(f"{language}: {one!r} {trouble}")
    return lacking


def _trouble(message: Any, catalogue: Catalog, known: dict[tuple[Any, Any], Any]) -> str:
    """What is wrong with the translation of one sentence, if anything. `known` remembers what other rooms say."""
    one = message.id[0] if isinstance(message.id, tuple) else message.id
    there = catalogue.get(one, message.context)
    if there is None or not _is_translated(there):
        return "is not translated"
    if not _same_places(message.id, there.string):
        return "has other places than its translation"
    if known.setdefault((message.id, message.context), there.string) != there.string:
        return "is translated in two ways"
    return ""


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
