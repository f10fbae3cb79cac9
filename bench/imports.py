"""How long it takes to take over a large generated course: reading, writing, and proving it."""

from __future__ import annotations

import io
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import Options, Table, main, say, spread

from bilik.exchange.convert import FALLBACK_SKILL, convert, read_package
from bilik.exchange.markup import read_xml
from bilik.exchange.packages import package_of
from bilik.exchange.report import Report
from bilik.exchange.writer import Wishes, write
from bilik.skills.vocabulary import read_vocabulary
from runner.host import Pool

PROBLEMS = 1_000
REPEATS = 5
_CHOICES = "".join(
    f'<choice correct="{str(number == 2).lower()}">Answer <b>{number}</b> with $x_{number}$'
    f"<choicehint>Look at line {number} again.</choicehint></choice>"
    for number in range(4)
)


def olx(problems: int) -> bytes:
    """A course of Open edX as tar.gz: ten problems to a lesson, a third each of choice, number and word."""
    files = {"course/course.xml": '<course url_name="r" org="Bench" course="Large"/>'}
    chapters = []
    for start in range(0, problems, 10):
        names = [f"p{number}" for number in range(start, min(start + 10, problems))]
        inner = "".join(f'<problem url_name="{name}"/>' for name in names)
        chapters.append(
            f'<chapter display_name="Chapter {start}"><sequential display_name="Lesson {start}"><vertical>'
            f"<html>{'<p>Some words to <i>read</i>.</p>' * 20}</html>{inner}</vertical></sequential></chapter>"
        )
        for number, name in enumerate(names, start):
            files[f"course/problem/{name}.xml"] = _problem(number)
    files["course/course/r.xml"] = f'<course display_name="Large">{"".join(chapters)}</course>'
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def _problem(number: int) -> str:
    inside = (
        f"<multiplechoiceresponse><label>Which is right?</label><choicegroup>{_CHOICES}</choicegroup>"
        "</multiplechoiceresponse>",
        f'<numericalresponse answer="{number}"><label>How many?</label>'
        '<responseparam type="tolerance" default="1%"/></numericalresponse>',
        '<stringresponse answer="loop" type="ci"><label>What repeats?</label></stringresponse>',
    )[number % 3]
    hint = "<demandhint><hint>Read the lesson again.</hint></demandhint>"
    return f'<problem display_name="Problem {number}"><p>Look at <code>x = {number}</code>.</p>{inside}{hint}</problem>'


def moodle(problems: int) -> bytes:
    """A question bank of Moodle in one file: choices with feedback."""
    answers = "".join(
        f'<answer fraction="{100 if number == 1 else 0}" format="html"><text><![CDATA[<p>Answer {number}</p>]]></text>'
        f"<feedback><text>Reply {number}</text></feedback></answer>"
        for number in range(4)
    )
    rows = (
        f'<question type="multichoice"><name><text>Question {number}</text></name><questiontext format="html">'
        f"<text><![CDATA[<p>Which of these <b>{number}</b>?</p>]]></text></questiontext><single>true</single>"
        f"{answers}</question>"
        for number in range(problems)
    )
    return f"<quiz>{''.join(rows)}</quiz>".encode()


def run(options: Options) -> list[Table]:
    """Measures and returns the table."""
    problems, repeats = options.count(PROBLEMS, 50), options.count(REPEATS, 1)
    table = Table(
        f"Taking over a course of {problems} problems",
        ("what", "package, kB", "read and written, s", "problems/s", "parsing the XML alone, s", "with its proof, s"),
    )
    for name, raw, file in (
        ("Open edX OLX (tar.gz)", olx(problems), "large.tar.gz"),
        ("Moodle XML", moodle(problems), "large.xml"),
    ):
        say(f"{name}: {len(raw) // 1000} kB")
        times = [_seconds(lambda raw=raw, file=file: _convert(raw, file)) for _ in range(repeats)]
        alone = [_seconds(lambda raw=raw, file=file: _parse(raw, file)) for _ in range(repeats)]
        rate = spread([problems / seconds for seconds in times])
        proof = _proof(raw, file)
        table.add(name, len(raw) // 1000, spread(times, 2), rate, spread(alone, 2), f"{proof:.1f}")
    table.notes.append(
        f"{repeats} repetitions; median (min–max). The proof grades every model answer and is done once."
    )
    return [table]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _convert(raw: bytes, file: str) -> Report:
    course, report = read_package(package_of(raw, file))
    write(course, Wishes(skills=(FALLBACK_SKILL,)), report)
    if report.counts()["left"]:
        raise RuntimeError(f"{report.counts()['left']} items of the generated course were left out")
    return report


def _parse(raw: bytes, file: str) -> None:
    package = package_of(raw, file)
    for name in package.names:
        read_xml(package.read(name))


def _proof(raw: bytes, file: str) -> float:
    """The whole command once, with files and proof."""
    with tempfile.TemporaryDirectory(prefix="bilik-bench-") as folder, Pool() as pool:
        source = Path(folder) / file
        source.write_bytes(raw)
        begun = time.perf_counter()
        _, findings = convert(
            source, Path(folder) / "out", wishes=Wishes(), run=pool.run, known_skills=read_vocabulary().keys()
        )
        if findings.errors:
            raise RuntimeError(str(findings.errors[0]))
        return time.perf_counter() - begun


if __name__ == "__main__":
    main(__doc__, run)
