"""Whatever becomes of a course's files, checking gives problems and never an exception."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.catalog.source import course
from bilik.catalog.source.tests.example import FILES, prove, write
from bilik.grading.problems import Problem

NAMES = st.sampled_from(sorted(FILES))
PIECES = st.sampled_from(
    [
        "\n", "\x00", "\ufeff", "\u2028", '"""', "'''", "[[", "]]", "{", "}", "[" * 400, "::: ", ":::", "```", "$$",
        "{{ x }}",
        "= 1", "= true", "= []", "= {}", "9" * 40, "1e999", "nan", "<script>", "![x](", "../../../etc/passwd", "\ud7ff",
        "# ", "<!-- source: 000000000000 -->\n", "id", "kind", "numeric", "python_code", "en", "fr", "boxes", "/", "-",
    ]
)  # fmt: skip
CUT = st.tuples(st.just("cut"), NAMES, st.integers(0, 300), st.integers(0, 60))
PUT = st.tuples(st.just("put"), NAMES, st.integers(0, 300), st.one_of(PIECES, st.text(max_size=8)))
RAW = st.tuples(st.just("raw"), NAMES, st.just(0), st.binary(max_size=40))
GONE = st.tuples(st.just("gone"), NAMES, st.just(0), st.none())
LINK = st.tuples(
    st.just("link"), NAMES, st.just(0), st.sampled_from(["/etc/passwd", "/etc", ".", "nowhere", "course.toml"])
)
FOLDER = st.tuples(st.just("folder"), NAMES, st.just(0), st.none())
COPY = st.tuples(st.just("copy"), NAMES, st.just(0), NAMES)


def spoil(root: Path, how: str, name: str, at: int, what: object) -> None:
    file = root / name
    if not file.is_file() or file.is_symlink():
        return
    content = file.read_bytes()
    if how == "cut":
        file.write_bytes(content[:at] + content[at + int(str(what)) :])
    elif how == "put":
        file.write_bytes(content[:at] + str(what).encode() + content[at:])
    elif how == "raw":
        file.write_bytes(bytes(what))
    else:
        file.unlink()
        if how == "link":
            file.symlink_to(str(what))
        elif how == "folder":
            file.mkdir()
        elif how == "copy":
            file.write_text(FILES[str(what)])


@given(st.lists(st.one_of(CUT, PUT, RAW, GONE, LINK, FOLDER, COPY), min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_a_course_spoilt_in_any_way_gives_problems_that_can_be_printed(changes):
    root = Path(tempfile.mkdtemp())
    try:
        write(root)
        for change in changes:
            spoil(root, *change)
        read, findings = prove(root, run=refuse)
    finally:
        shutil.rmtree(root)
    for problem in findings.problems:
        assert isinstance(problem, Problem)
        assert str(problem).encode()
        assert problem.line >= 0
        assert problem.message
    json.dumps(findings.to_json(read)).encode()


def refuse(job):
    """Programs that a mutation brings in are not worth the sandbox's time here."""
    raise ValueError("not run in this test")


def test_a_name_that_is_not_utf8_is_reported(tmp_path):
    root = write(tmp_path)
    (root / b"lessons/01-boxes/\xff.md".decode("utf-8", "surrogateescape")).write_text("x")
    _, findings = prove(root)
    assert [(problem.file, problem.code) for problem in findings.problems] == [
        ("lessons/01-boxes/\\udcff.md", "file-name")
    ]


def test_a_course_of_too_many_files_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "_MOST_FILES", 9)  # five thousand files take five seconds to write
    root = write(tmp_path)
    assert "too-large" in {problem.code for problem in prove(root)[1].problems}


def test_a_course_of_too_many_bytes_is_reported_before_they_are_read(tmp_path):
    root = write(tmp_path)
    with (root / "huge.bin").open("wb") as file:
        file.truncate(10**12)
    assert "too-large" in {problem.code for problem in prove(root)[1].problems}


def test_folders_nested_deeply_are_read(tmp_path):
    root = write(tmp_path)
    (root / "/".join(["a"] * 200)).mkdir(parents=True)
    assert prove(root)[1].errors == []
