"""Runs every measurement and writes one Markdown page.

python bench/run_all.py [--quick] [--out FILE] [--only NAME] [--academy FOLDER]
"""

from __future__ import annotations

import argparse
import tempfile
import time
import traceback
from pathlib import Path

import academy
import api
import browser_python
import every_page
import imports
import languages
import memory
import pages
import practice
import regrade
import same_verdict
import scoring
import verdicts
import weights
from measure import Options, Table, machine, say, stop_cleanly

_INTRODUCTION = """Made by `make bench`, which takes about 20 minutes; bench/README.md says how to read it. Ratios are
taken between things measured in turn in the same run; times of a shared machine are noise. Where a budget was not
reached, it says **no**.
"""
SCRIPTS = {
    "pages": pages,
    "practice": practice,
    "api": api,
    "verdicts": verdicts,
    "memory": memory,
    "weights": weights,
    "browser_python": browser_python,
    "imports": imports,
    "regrade": regrade,
    "scoring": scoring,
    "same_verdict": same_verdict,
    "every_page": every_page,
    "languages": languages,
}


def run(options: Options, names: list[str]) -> list[tuple[str, list[Table]]]:
    """Each script in turn. One that fails leaves its reason and does not stop the others."""
    found = []
    for name in names:
        begun = time.monotonic()
        say(f"== {name}")
        try:
            tables = SCRIPTS[name].run(options)
        except Exception as error:
            traceback.print_exc()
            why = f"{type(error).__name__}: {str(error)[-500:]}"
            tables = [Table(f"{name}: did not run", ("why",), [(why,)])]
        tables[-1].notes.append(f"took {time.monotonic() - begun:.0f} s; {machine()}")
        found.append((name, tables))
    return found


def page(begun: str, options: Options, found: list[tuple[str, list[Table]]]) -> str:
    """The whole page."""
    head = f"# Benchmarks\n\nMeasured {time.strftime('%Y-%m-%d %H:%M')} UTC on: {begun}\n\n{_INTRODUCTION}"
    if options.quick:
        head += "\n**A smoke test (`--quick`): these figures mean nothing.**\n"
    return head + "\n" + "\n".join(table.markdown() for _, tables in found for table in tables)


def _main() -> None:
    stop_cleanly()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test: small numbers, no meaning")
    parser.add_argument("--out", type=Path, help="where to write; the screen by default")
    parser.add_argument("--only", action="append", choices=sorted(SCRIPTS), help="this alone; repeatable")
    parser.add_argument("--academy", type=Path, help="made by `academy.py make`; else made now")
    given = parser.parse_args()
    begun = machine()
    with tempfile.TemporaryDirectory(prefix="bilik-bench-") as name:
        folder = given.academy
        if folder is None:
            folder = Path(name) / "academy"
            academy.make(folder)
        options = Options(given.quick, folder)
        text = page(begun, options, run(options, given.only or list(SCRIPTS)))
    if given.out:
        given.out.write_text(text, encoding="utf-8")
        say(f"written to {given.out}")
    else:
        print(text)


if __name__ == "__main__":
    _main()
