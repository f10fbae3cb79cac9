"""Parquet is read in a process of its own, because some damaged files end the process that reads them.

pyarrow's reader lets C++ exceptions out of a few functions (seen: a histogram of the wrong length in the statistics of
a column), and then nothing can be caught. So the child reads, with limited memory and time, and hands the columns over
as an Arrow stream; whatever else happens to it is a file that cannot be read.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict

import pyarrow as pa

from bilik.scoring.findings import Finding, SubmissionRefused, refused
from bilik.scoring.parquet_file import read_parquet
from bilik.scoring.table import Column, Limits, Table, one_array

_REFUSED = 3
_SECONDS = 60
_MEMORY = 8_000_000_000


def read_parquet_apart(raw: bytes, limits: Limits) -> Table:
    """The columns of a Parquet file. Raises SubmissionRefused."""
    command = [sys.executable, "-I", "-m", "bilik.scoring.parquet_apart", json.dumps(asdict(limits))]
    try:
        ended = subprocess.run(command, input=raw, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise refused("parquet.broken") from None
    if ended.returncode == _REFUSED:
        raise SubmissionRefused(*(Finding(code, facts) for code, facts in json.loads(ended.stdout)))
    if ended.returncode:
        raise refused("parquet.broken")
    table = pa.ipc.open_stream(pa.BufferReader(ended.stdout)).read_all()
    columns = {name: Column(one_array(table.column(name))) for name in table.column_names}
    return Table(columns, table.num_rows)


def _main() -> None:
    """The child: limits as an argument, the file on standard input, columns or findings on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        table = read_parquet(sys.stdin.buffer.read(), Limits(**json.loads(sys.argv[1])))
    except SubmissionRefused as refusal:
        sys.stdout.write(json.dumps([(finding.code, finding.facts) for finding in refusal.findings]))
        sys.exit(_REFUSED)
    columns = pa.table({name: column.array for name, column in table.columns.items()})
    with pa.ipc.new_stream(sys.stdout.buffer, columns.schema) as stream:
        stream.write_table(columns)


if __name__ == "__main__":
    _main()
