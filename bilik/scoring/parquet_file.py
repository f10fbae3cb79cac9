"""Parquet into columns: flat columns of numbers and texts. Sizes are checked before anything is unpacked.

Read by pyarrow, whose reader is fuzzed all the time, with its limits on what a header may hold. Three things are added:
the footer must be small; the pages' own sizes are summed up first (`parquet_pages`); and texts stay a dictionary until
the end, because a small file may name one long text a million times.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bilik.scoring.findings import refused, shown
from bilik.scoring.parquet_pages import NotAHeader, unpacked_size
from bilik.scoring.table import Column, Limits, Table, check_header, check_rows, one_array

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
    check_rows(metadata.num_rows, limits)
    schema = file.schema_arrow
    check_header(schema.names, limits)
    texts = [field.name for field in schema if _is_text(field)]
    _check_sizes(raw, metadata, limits)
    table = _open(raw, read_dictionary=texts).read(use_threads=False, use_pandas_metadata=False)
    if table.num_rows != metadata.num_rows:
        raise refused("parquet.broken")
    # Indices must lie in their dictionaries and texts be UTF-8: the reader trusts the file in both.
    table.validate(full=True)
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


def _column(chunks: pa.ChunkedArray, name: str, limits: Limits) -> Column:
    if not pa.types.is_dictionary(chunks.type):
        return Column(one_array(chunks))
    total = 0
    for chunk in chunks.chunks:
        lengths = pc.fill_null(pc.take(pc.binary_length(chunk.dictionary), chunk.indices), 0)
        total += pc.sum(lengths, min_count=0).as_py()
        if len(lengths) and pc.max(lengths).as_py() > 4 * limits.cell:
            raise refused(
                "file.cell_long", line=int(np.argmax(lengths.to_numpy(zero_copy_only=False))) + 2, most=limits.cell
            )
    if total > limits.size:
        raise refused("parquet.large", most=limits.size // 1_000_000)
    return Column(one_array(pc.cast(chunks, pa.string())))
