"""Parquet into columns: flat columns of numbers and texts. Sizes are checked before anything is unpacked.

Read by pyarrow, whose reader is fuzzed all the time, with its limits on what a header may hold. Three things are added:
the footer must be small; the pages' own sizes are summed up first (`parquet_pages`); and texts stay a dictionary until
the end, because a small file may name one long text a million times.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bilik.scoring.findings import refused, shown
from bilik.scoring.parquet_pages import NotAHeader, unpacked_size
from bilik.scoring.table import Column, Limits, Table, Texts, Values, check_header

_LARGEST_FOOTER = 2_000_000
_MOST_GROUPS = 10_000
_WORDS = 200_000


def read_parquet(raw: bytes, limits: Limits) -> Table:
    """The columns of a Parquet file. Raises SubmissionRefused."""
    footer = int.from_bytes(raw[-8:-4], "little")
    if len(raw) < 12 or not raw.endswith(b"PAR1") or footer > min(_LARGEST_FOOTER, len(raw) - 12):
        raise refused("parquet.broken")
    try:
        return _read(raw, limits)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError, KeyError, MemoryError, NotAHeader):
        raise refused("parquet.broken") from None


def _open(raw: bytes, **more: object) -> pq.ParquetFile:
    return pq.ParquetFile(
        pa.BufferReader(raw), thrift_string_size_limit=_WORDS, thrift_container_size_limit=_WORDS, **more
    )


def _read(raw: bytes, limits: Limits) -> Table:
    file = _open(raw)
    metadata = file.metadata
    if metadata.num_row_groups > _MOST_GROUPS or metadata.num_rows < 0:
        raise refused("parquet.broken")
    if metadata.num_rows == 0:
        raise refused("file.no_rows")
    if metadata.num_rows > limits.rows:
        raise refused("file.rows", rows=metadata.num_rows, most=limits.rows)
    schema = file.schema_arrow
    check_header(schema.names, limits)
    texts = [field.name for field in schema if _is_text(field)]
    _check_sizes(raw, metadata, limits)
    table = _open(raw, read_dictionary=texts).read(use_threads=False, use_pandas_metadata=False)
    if table.num_rows != metadata.num_rows:
        raise refused("parquet.broken")
    columns = {name: _column(table.column(name), name, limits) for name in schema.names}
    return Table(columns, table.num_rows)


def _is_text(field: pa.Field) -> bool:
    """Whether a column holds texts. Refuses what is neither text nor number: lists, dates, truth values, decimals."""
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return True
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return False
    raise refused("parquet.type", column=shown(field.name), type=shown(str(field.type)))


def _check_sizes(raw: bytes, metadata: pq.FileMetaData, limits: Limits) -> None:
    total = 0
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(place)
            begin = chunk.data_page_offset
            if chunk.has_dictionary_page and chunk.dictionary_page_offset is not None:
                begin = min(begin, chunk.dictionary_page_offset)
            total += unpacked_size(raw, begin, chunk.total_compressed_size, limits.size)
            if total > limits.size:
                raise refused("parquet.large", most=limits.size // 1_000_000)


def _column(column: pa.ChunkedArray, name: str, limits: Limits) -> Column:
    if pa.types.is_dictionary(column.type):
        cells: list[str] = []
        for chunk in column.chunks:
            words = ["", *("" if word is None else str(word) for word in chunk.dictionary.to_pylist())]
            if max(map(len, words)) > limits.cell:
                raise refused("file.cell_long", line=len(cells) + 2, most=limits.cell)
            places = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
            cells += np.array(words, dtype=object)[places].tolist()
        return Texts(cells)
    missing = column.is_null().to_numpy(zero_copy_only=False)
    whole = pa.types.is_integer(column.type)
    filled = column.fill_null(0) if column.null_count else column
    numbers = np.asarray(filled.to_numpy())
    return Values(numbers if whole else numbers.astype(np.float64), missing, whole)
