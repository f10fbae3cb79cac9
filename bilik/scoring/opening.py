"""From the bytes that somebody sent to a table: CSV or Parquet, alone or packed."""

from __future__ import annotations

from bilik.scoring.archives import ungzipped, unzipped
from bilik.scoring.csv_file import read_csv
from bilik.scoring.findings import refused
from bilik.scoring.parquet_apart import read_parquet_apart
from bilik.scoring.sniffing import kind_of
from bilik.scoring.table import Limits, Table

_UNPACK = {"zip": unzipped, "gzip": ungzipped}


def open_table(raw: bytes, limits: Limits | None = None) -> Table:
    """The table in a file. What it is called does not matter, only what it is. Raises SubmissionRefused."""
    limits = limits or Limits()
    if len(raw) > limits.size:
        raise refused("file.large", most=limits.size // 1_000_000)
    kind = kind_of(raw)
    if kind in _UNPACK:
        raw = _UNPACK[kind](raw, limits)
        kind = kind_of(raw)
        if kind in _UNPACK:
            raise refused("archive.nested")
    return read_parquet_apart(raw, limits) if kind == "parquet" else read_csv(raw, limits)
