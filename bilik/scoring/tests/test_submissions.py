"""Files that people send, good and bad: abuse cases 38 to 46. None of the bad ones reaches a metric."""

from __future__ import annotations

import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.scoring.findings import CompetitionBroken, NotScored
from bilik.scoring.messages import say
from bilik.scoring.metrics import METRICS
from bilik.scoring.score import score_submission, text_of
from bilik.scoring.solution import Split, read_solution
from bilik.scoring.table import Limits
from bilik.scoring.tests.files import RIGHT, TRUTH, codes, findings, gzipped, scored, solution, zipped


def test_a_right_file_gets_a_public_and_a_private_score_as_texts_of_doubles():
    found = scored(RIGHT)
    assert found.scores.keys() == {"public", "private"}
    assert found.rows == {"public": 2, "private": 2}
    assert float(found.scores["public"]) == pytest.approx(0.10536051565782628)
    assert text_of(float(found.scores["public"])) == found.scores["public"]


def test_a_solution_without_splits_gives_one_score_and_one_split_can_be_asked_for():
    assert scored(b"id,y\n1,0.5\n2,0.5\n", solution(b"id,y\n1,0\n2,1\n")).scores.keys() == {"all"}
    assert score_submission(RIGHT, solution(), splits=(Split.PRIVATE,)).scores.keys() == {"private"}


def test_ignored_rows_must_be_there_and_do_not_count():
    assert codes(RIGHT.replace(b"5,0.5\n", b"")) == ["id.missing"]
    assert scored(RIGHT.replace(b"5,0.5", b"5,0.0001")).scores == scored(RIGHT).scores


FINE = {
    "as it is": RIGHT,
    "other order of rows": b"id,y\n5,0.5\n3,0.8\n1,0.1\n4,0.2\n2,0.9\n",
    "other order of columns": b"y,id\n0.1,1\n0.9,2\n0.8,3\n0.2,4\n0.5,5\n",
    "mark of UTF-8": b"\xef\xbb\xbf" + RIGHT,
    "line ends of Windows": RIGHT.replace(b"\n", b"\r\n"),
    "line ends of old Macs": RIGHT.replace(b"\n", b"\r"),
    "no last line end": RIGHT.rstrip(b"\n"),
    "empty lines at the end": RIGHT + b"\n\r\n\n",
    "quotes": b'"id","y"\n"1","0.1"\n2,"0.9"\n3,0.8\n4,0.2\n5,0.5\n',
    "quotes of Windows": b'"id","y"\r\n"1","0.1"\r\n2,"0.9"\r\n3,0.8\r\n4,0.2\r\n5,0.5\r\n\r\n',
    "exponents and spaces": b"id,y\n1,1e-1\n2, 9E-1\n3,.8\n4,+0.2 \n5,0.5\n",
    "zip": zipped(("predictions.csv", RIGHT)),
    "zip of a Mac": zipped(("p.csv", RIGHT), ("__MACOSX/._p.csv", b"x"), (".DS_Store", b"y")),
    "gzip": gzipped(RIGHT),
}  # fmt: skip


@pytest.mark.parametrize("raw", FINE.values(), ids=FINE)
def test_case_42_what_does_not_matter_changes_no_score(raw):
    assert scored(raw).scores == scored(RIGHT).scores


def with_value(text: str) -> bytes:
    return RIGHT.replace(b"0.8", text.encode())


TABLES = {
    "empty": (b"", ["file.empty"]),
    "only spaces": (b" \n\n", ["file.empty"]),
    "only a header": (b"id,y\n", ["file.no_rows"]),
    "semicolons": (RIGHT.replace(b",", b";"), ["columns.separator"]),
    "tabs": (RIGHT.replace(b",", b"\t"), ["columns.separator"]),
    "wrong column": (RIGHT.replace(b"y", b"z", 1), ["columns.missing", "columns.extra", "columns.wanted"]),
    "column more": (b"id,y,z\n1,0,0\n", ["columns.extra", "columns.wanted"]),
    "index of pandas": (b",id,y\n0,1,0\n", ["columns.index", "columns.wanted"]),
    "column twice": (b"id,y,y\n1,0,0\n", ["columns.double"]),
    "10^5 columns": (b"id," + b"y," * 100_000 + b"\n1,2\n", ["file.header_long"]),
    "10^4 columns": (b"id," + b",".join(b"%d" % n for n in range(10_000)) + b"\n1,2\n", ["columns.many"]),
    "cell more": (RIGHT.replace(b"0.8", b"0,8"), ["row.cells"]),
    "decimal comma in quotes": (with_value('"0,8"'), ["number.comma"]),
    "cell less": (RIGHT.replace(b",0.8", b""), ["row.cells"]),
    "empty line": (RIGHT.replace(b"3,0.8", b""), ["row.blank"]),
    "quote not closed": (RIGHT.replace(b"0.8", b'"0.8'), ["row.quote"]),
    "line end in quotes": (with_value('"0.\n8"'), ["number.not"]),
    "id not known": (RIGHT.replace(b"3,", b"7,"), ["id.unknown"]),
    "id as a decimal": (RIGHT.replace(b"3,", b"3.0,"), ["id.float"]),
    "spaces around an id": (RIGHT.replace(b"3,", b" 3,"), ["id.spaces"]),
    "no id": (RIGHT.replace(b"3,", b","), ["id.empty"]),
    "id twice": (RIGHT.replace(b"3,", b"2,"), ["id.double", "id.missing"]),
    "row more": (RIGHT + b"1,0.1\n", ["id.double"]),
    "row less": (RIGHT.replace(b"3,0.8\n", b""), ["id.missing"]),
    "far too many rows": (RIGHT + b"1,0.1\n" * 2000, ["file.rows"]),
    "one gigantic line": (b"id,y\n" + b"1" * 200_000, ["row.cells"]),
    "one gigantic cell": (b"id,y\n1," + b"1" * 200_000 + b"\n", ["file.cell_long"]),
    "one gigantic cell in quotes": (b'id,y\n1,"' + b"1" * 200_000 + b'"\n', ["file.cell_long"]),
}


@pytest.mark.parametrize(("raw", "expected"), TABLES.values(), ids=TABLES)
def test_case_42_tables_that_are_wrong_are_refused_for_their_reason(raw, expected):
    assert codes(raw) == expected


VALUES = {
    "nan": "number.nan", "NaN": "number.nan", "null": "number.nan", "N/A": "number.nan", "None": "number.nan",
    "inf": "number.infinite", "-Infinity": "number.infinite", "1e400": "number.infinite", "": "number.empty",
    " ": "number.empty", "0x1p-2": "number.hex", "0xff": "number.hex", "True": "number.truth", "false": "number.truth",
    "٠": "number.digits", "０.５": "number.digits", "1_0": "number.not", "1e": "number.not", "0.5.1": "number.not",
    "1\u00a0000": "number.not", "−0.5": "number.not", "=cmd|' /C calc'!A0": "number.not", "-0.1": "number.low",
    "1.0000001": "number.high", "1e300": "number.high",
}  # fmt: skip


@pytest.mark.parametrize(("value", "code"), VALUES.items(), ids=VALUES)
def test_case_43_values_that_are_no_probability_are_refused_with_their_line(value, code):
    (found,) = findings(with_value(value))
    assert (found.code, found.facts["line"], found.facts["column"]) == (code, 4, "y")


def test_case_43_domains_of_other_metrics():
    amounts = b"id,y\n1,1\n2,2\n"
    assert codes(b"id,y\n1,-0.5\n2,1\n", solution(amounts, "rmsle")) == ["number.low"]
    assert codes(b"id,y\n1,0\n2,1\n", solution(amounts, "gamma_deviance")) == ["number.low"]
    assert codes(b"id,y\n1,1e200\n2,1\n", solution(amounts, "mse")) == ["number.high"]
    classes = solution(b"id,y\n1,a\n2,b\n3,c\n")
    assert codes(b"id,a,b,c\n1,1,0,0\n2,0.5,0.5,0.1\n3,0,0,1\n", classes) == ["row.sum"]
    assert codes(b"id,a,b,c\n1,1,0,0\n2,0.3333,0.3333,0.3333\n3,0,0,1\n", classes) == []


def test_values_of_labels_lists_masks_and_columns_of_0_and_1():
    labels = solution(b"id,y\n1,1\n2,2\n", "accuracy")
    assert scored(b"id,y\n1,1.0\n2,2\n", labels).scores == {"all": "1.0"}
    assert codes(b"id,y\n1,3\n2,\n", labels) == ["label.unknown", "label.empty"]
    lists = solution(b"id,y\n1,a b\n2,c\n", "map_at_k", k=2)
    assert scored(b"id,y\n1,b a\n2,\n", lists).scores == {"all": "0.5"}
    assert codes(b"id,y\n1,a a\n2,c\n", lists) == ["list.double"]
    assert codes(b"id,y\n1," + b" ".join(b"%d" % n for n in range(2000)) + b"\n2,c\n", lists) == ["list.long"]
    masks = solution(b"id,y\n1,1 3\n2,\n", "dice")
    assert scored(b"id,y\n1,2 3\n2,\n", masks).scores == {"all": str((4 / 6 + 1) / 2)}
    for wrong in ("1", "0 1", "1 0", "5 2 1 1", "1 3 2 1", "1 -1", "1 x", "1.0 2", "1 99999999999999999999"):
        assert codes(f"id,y\n1,{wrong}\n2,\n".encode(), masks) == ["mask.runs"], wrong
    bits = solution(b"id,a,b\n1,0,1\n2,1,1\n", "hamming_loss")
    assert scored(b"id,b,a\n1,1,1\n2,1,1\n", bits).scores == {"all": "0.25"}
    assert codes(b"id,a,b\n1,0,2\n2,1,1\n", bits) == ["number.bit"]


def test_only_the_first_few_mistakes_are_told_and_the_others_are_counted():
    truth = solution(b"id,y\n" + b"".join(b"%d,%d\n" % (n, n % 2) for n in range(100)))
    found = findings(b"id,y\n" + b"".join(b"%d,x\n" % n for n in range(100)), truth)
    assert [one.code for one in found] == ["number.not"] * 5 + ["more"]
    assert found[-1].facts == {"count": 95}
    assert [one.facts["line"] for one in found[:-1]] == [2, 3, 4, 5, 6]


def test_lines_are_those_of_the_file_also_after_cells_with_line_ends():
    truth = solution(b'id,y\n"a\nb",1\nc,0\nd,1\n')
    (found,) = findings(b'id,y\n"a\nb",1\nc,x\nd,1\n', truth)
    assert found.facts["line"] == 4


ENCODINGS = {
    "UTF-16": (RIGHT.decode().encode("utf-16"), "file.utf16", ""),
    "UTF-16 without a mark": (RIGHT.decode().encode("utf-16-le"), "file.utf16", ""),
    "Windows-1251": (RIGHT + "6,Привет мир\n".encode("cp1251"), "file.encoding_guess", "Windows-1251"),
    "Windows-1254": (RIGHT + "6,ışığı görüş\n".encode("cp1254"), "file.encoding_guess", "Windows-1254"),
    "broken": (RIGHT + b"6,\x81\x82\n", "file.encoding", ""),
    "NUL": (RIGHT + b"6,\x00\n", "file.nul", ""),
}


@pytest.mark.parametrize(("raw", "code", "guess"), ENCODINGS.values(), ids=ENCODINGS)
def test_case_42_encodings_are_named(raw, code, guess):
    (found,) = findings(raw)
    assert (found.code, found.facts.get("guess", "")) == (code, guess)
    if "line" in found.facts:
        assert found.facts["line"] == 7


KINDS = {
    "pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x02os",
    "npy": b"\x93NUMPY\x01\x00v\x00{'descr': '|O'}",
    "HDF5": b"\x89HDF\r\n\x1a\n" + b"\x00" * 20,
    "EXE": b"MZ\x90\x00" + b"\x00" * 20,
    "ELF": b"\x7fELF\x02\x01\x01" + b"\x00" * 20,
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "SVG": b"<svg onload=alert(1)>",
    "JSON": b'{"id": [1], "y": [NaN]}',
    "PDF": b"%PDF-1.7",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "npz": zipped(("arr_0.npy", b"\x93NUMPY")),
    "torch": zipped(("archive/data.pkl", b"\x80\x02")),
    "xlsx": zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")),
    "pickle in a zip": zipped(("p.csv", b"\x80\x04abc")),
}


@pytest.mark.parametrize("raw", KINDS.values(), ids=KINDS)
def test_cases_45_and_46_other_kinds_of_files_are_refused_by_what_they_are(raw):
    assert codes(raw) == ["file.kind"]


def test_case_46_a_file_that_is_a_table_and_something_else_is_refused():
    assert codes(RIGHT + zipped(("a", b"b"))) != []
    assert codes(b"PAR1" + RIGHT) == ["parquet.broken"]


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("p.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def many(count: int) -> bytes:
    return zipped(*[(f"{n}.csv", b"") for n in range(count)])


ARCHIVES = {
    "bomb": (zipped(("p.csv", b"0" * 50_000_000)), "archive.large"),
    "gzip bomb": (gzipped(b"0" * 50_000_000), "archive.large"),
    "zip in a zip": (zipped(("p.zip", zipped(("p.csv", RIGHT)))), "archive.nested"),
    "gzip in a gzip": (gzipped(gzipped(RIGHT)), "archive.nested"),
    "gzip in a zip": (zipped(("p.csv", gzipped(RIGHT))), "archive.nested"),
    "two files": (zipped(("a.csv", RIGHT), ("b.csv", RIGHT)), "archive.count"),
    "no file": (zipped(), "archive.count"),
    "many entries": (many(2000), "archive.count"),
    "way up": (zipped(("../../p.csv", RIGHT)), "archive.name"),
    "absolute": (zipped(("/etc/p.csv", RIGHT)), "archive.name"),
    "drive": (zipped(("C:\\p.csv", RIGHT)), "archive.name"),
    "link": (zipped((link(), b"/etc/passwd")), "archive.name"),
    "cut off": (zipped(("p.csv", RIGHT))[:-30], "archive.broken"),
    "gzip cut off": (gzipped(RIGHT)[:-10], "archive.broken"),
    "gzip of two parts": (gzipped(RIGHT) * 2, "archive.broken"),
}


@pytest.mark.parametrize(("raw", "code"), ARCHIVES.values(), ids=ARCHIVES)
def test_cases_38_and_39_archives_are_refused_for_their_reason(raw, code):
    assert codes(raw) == [code]


def test_case_38_a_zip_that_lies_about_its_size_is_refused():
    raw = zipped(("p.csv", b"0" * 50_000_000))
    assert codes(raw.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 50))) in (
        ["archive.large"],
        ["archive.broken"],
    )


def test_case_38_a_file_over_the_cap_is_not_looked_at():
    with pytest.raises(NotScored) as caught:
        score_submission(RIGHT * 10, solution(), limits=Limits(size=100))
    assert caught.value.findings[0].code == "file.large"


SOLUTIONS = {
    "metric": (TRUTH, "log_los", {}, "metric.unknown"),
    "parameter": (TRUTH, "log_loss", {"eps": 1}, "param.unknown"),
    "split": (TRUTH.replace(b"public", b"pubic", 1), "log_loss", {}, "solution.split"),
    "id twice": (TRUTH.replace(b"\n3,", b"\n2,"), "log_loss", {}, "id.double"),
    "no target": (b"id,split\n1,public\n", "log_loss", {}, "solution.no_target"),
    "two targets": (b"id,a,b\n1,0,1\n2,1,0\n", "log_loss", {}, "solution.one_target"),
    "one class": (b"id,y\n1,1\n2,1\n", "log_loss", {}, "metric.one_class"),
    "positive": (b"id,y\n1,no\n2,yes\n", "log_loss", {}, "metric.no_positive"),
    "numbers as labels": (b"id,y\n" + b"".join(b"%d,%d\n" % (n, n) for n in range(1500)), "accuracy", {},
                          "solution.many_classes"),
    "nan": (b"id,y\n1,nan\n2,1\n", "mae", {}, "solution.file"),
    "nothing relevant": (b"id,y\n1,\n2,a\n", "map_at_k", {}, "solution.empty_list"),
    "negative amounts": (b"id,y\n1,-1\n2,1\n", "rmsle", {}, "solution.file"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "metric", "params", "code"), SOLUTIONS.values(), ids=SOLUTIONS)
def test_what_is_wrong_with_a_solution_is_the_organisers(raw, metric, params, code):
    with pytest.raises(CompetitionBroken) as caught:
        read_solution(raw, metric, params)
    assert caught.value.findings[0].code == code


def test_labels_that_the_organiser_names_may_be_predicted_though_the_solution_lacks_them():
    truth = read_solution(b"id,y\n1,a\n2,b\n", "accuracy", labels=("a", "b", "c"))
    assert scored(b"id,y\n1,c\n2,b\n", truth).scores == {"all": "0.5"}


def test_two_classes_with_names_take_one_column_and_more_take_one_for_each():
    two = solution(b"id,y\n1,no\n2,yes\n", "auc", positive="yes")
    assert scored(b"id,y\n1,-3\n2,7\n", two).scores == {"all": "1.0"}
    many = solution(b"id,y\n1,10\n2,9\n3,8\n", "log_loss")
    assert many.columns == ("8", "9", "10")


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_bytes_are_sent_there_is_a_score_or_a_reason_with_a_sentence(raw):
    for beginning in (b"", b"id,y\n", b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08", b'id,y\n"'):
        for finding in findings(beginning + raw):
            assert say(finding, "az")


@given(st.permutations(range(5)))
def test_the_order_of_rows_never_changes_a_score(order):
    rows = RIGHT.decode().splitlines()[1:]
    raw = "id,y\n" + "\n".join(rows[place] for place in order)
    assert scored(raw.encode()).scores == scored(RIGHT).scores


def test_cells_that_are_shown_cannot_change_a_terminal():
    (found,) = findings(with_value("\x1b[2J"))
    assert "\x1b" not in say(found, "en")


def test_no_metric_runs_on_a_file_that_is_refused(monkeypatch):
    truth = solution()

    def never(*_: object) -> float:
        raise AssertionError("a metric saw a value that was not validated")

    monkeypatch.setattr(type(METRICS["log_loss"]), "score", never)
    for raw, _ in TABLES.values():
        assert codes(raw, truth)
    for value in VALUES:
        assert codes(with_value(value), truth)


def test_labels_that_were_written_as_decimals_are_the_same_labels():
    truth = solution(b"id,y\n1,0.0\n2,1.0\n")
    assert truth.classes == ("0", "1")
    assert scored(b"id,y\n1,0.5\n2,0.5\n", truth).scores == {"all": repr(0.6931471805599453)}
    assert scored(b"id,y\n1,0\n2,1.00\n", solution(b"id,y\n1,0.0\n2,1.0\n", "accuracy")).scores == {"all": "1.0"}
