"""Whatever is handed in gives a course with a report, or a refusal in words; never another exception."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilik.exchange.convert import format_of, read_package
from bilik.exchange.errors import NotReadable
from bilik.exchange.importers import IMPORTERS
from bilik.exchange.importers.common_cartridge.tests.test_common_cartridge import condition, equal, labels
from bilik.exchange.importers.common_cartridge.tests.test_common_cartridge import question as old_question
from bilik.exchange.importers.common_cartridge.tests.test_common_cartridge import quiz as cartridge
from bilik.exchange.importers.exercism.tests.test_exercism import track
from bilik.exchange.importers.moodle_xml.tests.test_moodle_xml import ONE
from bilik.exchange.importers.moodle_xml.tests.test_moodle_xml import quiz as moodle
from bilik.exchange.importers.olx.tests.test_olx import course as olx
from bilik.exchange.importers.qti.tests.test_qti import CHOICES, declared
from bilik.exchange.importers.qti.tests.test_qti import item as qti
from bilik.exchange.packages import Package, package_of
from bilik.exchange.tests.making import tarred, zipped
from bilik.exchange.writer import Wishes, write

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": "# T"},
    {
        "cell_type": "code",
        "metadata": {"nbgrader": {"solution": True, "grade": False}},
        "source": "x = 1",
        "outputs": [],
    },
    {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade": True, "points": 1}},
        "source": "assert x == 1",
        "outputs": [],
    },
]
SAMPLES: dict[str, dict[str, str | bytes]] = {
    "olx": olx("<problem><multiplechoiceresponse><choicegroup><choice correct='true'>a</choice><choice>b</choice>"
               "</choicegroup></multiplechoiceresponse></problem><video youtube='1.00:abcdefghijk'/>"),
    "common_cartridge": cartridge(old_question("cc.true_false.v0p1", labels("a", "b"), condition(equal("a")))),
    "qti": {"a.xml": qti(declared("A"), CHOICES.format(most=1))},
    "moodle_xml": {"a.xml": moodle(ONE)},
    "notebook": {"a.ipynb": json.dumps({"cells": CELLS, "metadata": {}, "nbformat": 4})},
    "exercism": track(),
    "gift": {"a.gift": "::Q::Which? {=a ~%50%b#c}\n\n::N::How many? {#3:0.1}\n\n{T}\n\n::M::? {=a -> b =c -> d}"},
}  # fmt: skip


def read(package: Package, format: str) -> None:
    """Reads and writes a package in memory."""
    try:
        course, report = read_package(package, format=format)
    except NotReadable:
        return
    counts = report.counts()
    written = write(course, Wishes(skills=("ext:x",)), report)
    assert counts["found"] == counts["kept"] + counts["changed"] + counts["left"] == len(report.items)
    for name, content in written.files.items():
        assert ".." not in name.split("/")
        assert not name.startswith("/")
        if name.endswith((".toml", ".md")):
            content.decode("utf-8")
    json.dumps(report.to_json())


def test_there_is_a_sample_for_every_format():
    assert SAMPLES.keys() == IMPORTERS.keys()
    for name, files in SAMPLES.items():
        assert format_of(package_of(zipped(files), "x.zip")) == name


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["x.zip", "x.xml", "x.gift", "x.ipynb", "x.txt", "x"]))
def test_any_bytes(raw, name):
    for content in (raw, b"PK\x03\x04" + raw, b"\x1f\x8b\x08" + raw):
        try:
            package = package_of(content, name)
        except NotReadable:
            continue
        for format in IMPORTERS:
            read(package, format)
        with contextlib.suppress(NotReadable):
            format_of(package)


@pytest.mark.parametrize("format", list(SAMPLES))
@QUICK
@given(data=st.data())
def test_samples_with_a_piece_changed(format, data):
    files = dict(SAMPLES[format])
    name = data.draw(st.sampled_from(sorted(files)))
    text = files[name] if isinstance(files[name], str) else ""
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    piece = data.draw(st.one_of(st.text(max_size=12), st.sampled_from(_PIECES)))
    files[name] = text[:start] + piece + text[start + length :]
    packed = data.draw(st.sampled_from([zipped, tarred]))(_encodable(files))
    read(package_of(packed, "x.zip"), format)


_PIECES = ["<", ">", "</", "<![CDATA[", "]]>", "&x;", "&#0;", "\0", "{", "}", '"', "'", "[]", "{}", "null", "-1",
           "1e999", "<p>", "<problem/>", "<item/>", "\\", "\n\n", "$$", ":::", "::: hint",
           "[[b1]]", "../", "9" * 50]  # fmt: skip


def _encodable(files: dict[str, str | bytes]) -> dict[str, str | bytes]:
    return {name: text.encode("utf-8", "replace") if isinstance(text, str) else text for name, text in files.items()}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["cells", "cell_type", "source", "metadata", "nbgrader", "grade", "solution", "points", "outputs", "data",
         "text/plain", "attachments", "exercises", "practice", "slug", "files", "test", "concepts"]),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@QUICK
@given(_JSON, _JSON)
def test_any_json_as_a_notebook_and_as_a_track(one: Any, other: Any):
    cells = json.dumps({"cells": one, "metadata": other, "nbformat": 4})
    read(package_of(cells.encode(), "a.ipynb"), "notebook")
    cells = json.dumps({"cells": [one, {"cell_type": "code", "source": other, "metadata": one}], "nbformat": 4})
    read(package_of(cells.encode(), "a.ipynb"), "notebook")
    config = json.dumps({"slug": "python", "exercises": {"practice": [one, {"slug": "double"}]}, "concepts": other})
    files: dict[str, str | bytes] = {
        "config.json": config,
        "exercises/practice/double/.meta/config.json": json.dumps(one),
    }
    read(package_of(zipped(files), "a.zip"), "exercism")


@QUICK
@given(st.text(alphabet="{}=~#%:->\\\n\"'TFabc 0.5[]()$", max_size=120))
def test_any_gift(text):
    read(package_of(text.encode(), "a.gift"), "gift")
