"""How much of the interface and of the courses stands in each language. Nothing is timed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction

from measure import Options, Table, main
from serving import ROOT


def _interface() -> Table:
    """Sentences of the code and the templates that have a translation, counted by the command that the build uses."""
    from bilik.config.commands import messages

    lacking = messages.missing()
    wanted = sum(len([one for one in found if one.id]) for found in messages.sentences_by_home().values())
    table = Table("Sentences of the interface", ("language", "sentences", "translated as they should be", "%"))
    table.add("en", wanted, wanted, "100.0")
    for language in messages.TRANSLATED:
        there = wanted - sum(line.startswith(f"{language}:") for line in lacking)
        table.add(language, wanted, there, f"{float(100 * Fraction(there, wanted)):.1f}")
    table.notes.append("A translation counts when it is there, beyond doubt, with the same places for values.")
    return table


def _courses() -> Table:
    """Files of prose in each language beside those of the source language, course by course."""
    from bilik.catalog.source.course import read_course
    from bilik.grading.exercise import LANGUAGES

    head = ("course", "language", "files of the source", "translated", "from an older source", "%")
    table = Table("Prose of the courses", head)
    for folder in sorted((ROOT / "courses").iterdir()):
        course = read_course(folder, problems=[])
        if course is None:
            continue
        texts = {path: content.decode() for path, content in course.files.items() if path.endswith(".md")}
        sources = [path for path in texts if path.endswith(f".{course.source_language}.md")]
        for language in LANGUAGES:
            table.add(folder.name, language, len(sources), *_standing(texts, sources, course.source_language, language))
    table.notes.append("`bilik course check` names the files. A lesson without translation shows its source.")
    return table


def _standing(texts: Mapping[str, str], sources: Sequence[str], source: str, language: str) -> tuple[int, int, str]:
    from bilik.catalog.source.fingerprints import fingerprint
    from bilik.grading.text import split_stamp

    there = older = 0
    for path in sources:
        own = path.removesuffix(f"{source}.md") + f"{language}.md"
        if own not in texts:
            continue
        there += 1
        stamp = split_stamp(texts[own])[0]
        older += language != source and stamp != fingerprint(texts[path])
    return there, older, f"{float(100 * Fraction(there - older, len(sources))):.1f}"


def run(options: Options) -> list[Table]:
    """Both tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
    return [_interface(), _courses()]


if __name__ == "__main__":
    main(__doc__, run)
