"""Parquet as people write it, and as somebody would who means harm: case 45."""

from __future__ import annotations

import datetime
import io
from contextlib import suppress

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilik.scoring.cells import numbers_of
from bilik.scoring.findings import NotScored, SubmissionRefused
from bilik.scoring.metrics.metric import ANY
from bilik.scoring.opening import open_table
from bilik.scoring.parquet_pages import NotAHeader, unpacked_size
from bilik.scoring.table import Column, Limits
from bilik.scoring.tests.files import RIGHT, codes, findings, scored, solution, zipped

IDS, VALUES = [1, 2, 3, 4, 5], [0.1, 0.9, 0.8, 0.2, 0.5]


def parquet(columns, **options) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


WRITTEN = {
    "whole numbers": parquet({"id": IDS, "y": VALUES}),
    "texts": parquet({"id": [str(one) for one in IDS], "y": VALUES}),
    "texts as numbers": parquet({"id": IDS, "y": [str(one) for one in VALUES]}),
    "categories": parquet({"id": pa.array([str(one) for one in IDS]).dictionary_encode(), "y": VALUES}),
    "large texts": parquet({"id": pa.array([str(one) for one in IDS], pa.large_string()), "y": VALUES}),
    "other order": parquet({"y": VALUES[::-1], "id": IDS[::-1]}),
    "groups of rows": parquet({"id": IDS, "y": VALUES}, row_group_size=2),
    "zstd": parquet({"id": IDS, "y": VALUES}, compression="zstd"),
    "gzip": parquet({"id": IDS, "y": VALUES}, compression="gzip"),
    "nothing packed": parquet({"id": IDS, "y": VALUES}, compression="none", use_dictionary=False),
    "pages of version 2": parquet({"id": IDS, "y": VALUES}, data_page_version="2.0", version="2.6"),
    "in a zip": zipped(("p.parquet", parquet({"id": IDS, "y": VALUES}))),
}


@pytest.mark.parametrize("raw", WRITTEN.values(), ids=WRITTEN)
def test_however_it_is_written_the_score_is_that_of_the_csv(raw):
    assert scored(raw).scores == scored(RIGHT).scores


def test_ids_beyond_what_a_double_holds_stay_exact():
    large = 2**63 - 1
    truth = solution(f"id,y\n{large},0\n{large - 1},1\n".encode())
    assert codes(parquet({"id": [large, large - 1], "y": [0.5, 0.5]}), truth) == []


REFUSED = {
    "ids as decimals": (parquet({"id": [float(one) for one in IDS], "y": VALUES}), "id.type"),
    "lists": (parquet({"id": IDS, "y": [[one] for one in VALUES]}), "parquet.type"),
    "structs": (parquet({"id": IDS, "y": [{"a": one} for one in VALUES]}), "parquet.type"),
    "truth values": (parquet({"id": IDS, "y": [True] * 5}), "parquet.type"),
    "dates": (parquet({"id": IDS, "y": [datetime.date(2026, 1, 1)] * 5}), "parquet.type"),
    "bytes": (parquet({"id": IDS, "y": [b"1"] * 5}), "parquet.type"),
    "nothing": (parquet({"id": IDS, "y": [*VALUES[:4], None]}), "number.empty"),
    "nan": (parquet({"id": IDS, "y": [*VALUES[:4], float("nan")]}), "number.nan"),
    "infinite": (parquet({"id": IDS, "y": [*VALUES[:4], float("inf")]}), "number.infinite"),
    "no id": (parquet({"id": [*IDS[:4], None], "y": VALUES}), "id.empty"),
    "no rows": (parquet({"id": pa.array([], pa.int64()), "y": pa.array([], pa.float64())}), "file.no_rows"),
    "many rows": (parquet({"id": list(range(5000)), "y": [0.5] * 5000}), "file.rows"),
    "many columns": (parquet({f"c{n}": [1] for n in range(1100)}), "columns.many"),
    "cut off": (parquet({"id": IDS, "y": VALUES})[:-20], "parquet.broken"),
    "nothing but its mark": (b"PAR1" * 5, "parquet.broken"),
    "a long footer": (b"PAR1" + b"\xff\xff\xff\x7fPAR1", "parquet.broken"),
}


@pytest.mark.parametrize(("raw", "code"), REFUSED.values(), ids=REFUSED)
def test_case_45_parquet_that_cannot_be_scored_is_refused_for_its_reason(raw, code):
    assert codes(raw)[0] == code


def test_case_45_one_long_text_that_is_named_a_thousand_times_is_not_written_out():
    raw = parquet({"id": ["x" * 90_000] * 2000, "y": [0.5] * 2000}, compression="zstd")
    assert len(raw) < 10_000
    with pytest.raises(SubmissionRefused) as caught:
        open_table(raw, Limits(size=100_000_000))
    assert caught.value.findings[0].code == "parquet.large"


def test_case_45_pages_that_would_grow_too_large_are_not_unpacked():
    raw = parquet({"id": list(range(2_000_000)), "y": [0.0] * 2_000_000}, compression="zstd", use_dictionary=False)
    with pytest.raises(SubmissionRefused) as caught:
        open_table(raw, Limits(size=20_000_000))
    assert caught.value.findings[0].code == "parquet.large"


def test_pages_say_the_size_that_they_have():
    raw = parquet({"y": VALUES * 1000}, compression="zstd", use_dictionary=False)
    chunk = pq.ParquetFile(io.BytesIO(raw)).metadata.row_group(0).column(0)
    size = unpacked_size(raw, chunk.data_page_offset, chunk.total_compressed_size, 10**9)
    assert 40_000 <= size <= chunk.total_uncompressed_size


@given(st.binary(max_size=200))
def test_whatever_stands_where_a_header_should_be_ends_at_once(raw):
    with suppress(NotAHeader):
        assert unpacked_size(b"PAR1" + raw, 4, len(raw), 10**9) >= 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
@example(2239, 128)  # a text that is no UTF-8
@example(244, 0)  # ends the process that reads it (pyarrow 26)
def test_case_45_a_file_with_one_byte_changed_is_scored_or_refused(place, byte):
    raw = bytearray(WRITTEN["texts"])
    raw[place % len(raw)] = byte
    assert isinstance(findings(bytes(raw)), list | tuple)


@given(st.from_regex(r"\A *[+-]?([0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20})([eE][+-]?[0-9]{1,3})? *\Z"))
def test_numbers_are_read_as_python_reads_them(text):
    column = Column(pa.array([text, "0"]))
    try:
        (value, _) = numbers_of(column, "y", lambda row: row, ANY)
    except NotScored:
        assert abs(float(text)) > 1e100
    else:
        assert value == float(text)
