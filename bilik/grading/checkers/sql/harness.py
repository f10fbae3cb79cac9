"""Runs in the sandbox: lays a database in memory, runs a learner's statements on it, gives back rows.

Standard library only; its text is sent as the code of a job, so it imports nothing of ours. It knows no expected
result. SQLite itself says for each statement what it is about to do (the authorizer), before it does anything.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

MOST_ROWS = 1_000
MOST_CELLS = 15_000
MOST_CHARACTERS = 150_000  # as JSON writes them; what a value of a job may have is a little more
LONGEST_TEXT = 2_000
_LONGEST_VALUE = 1_000_000
_STEPS_BETWEEN_LOOKS = 20_000

_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_CHANGES = {
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_CREATE_TABLE,
    sqlite3.SQLITE_CREATE_VIEW,
    sqlite3.SQLITE_CREATE_INDEX,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_DROP_VIEW,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
    sqlite3.SQLITE_REINDEX,
}


class _Guard:
    """Says which actions a statement may take, and remembers whether it refused one."""

    def __init__(self, writes: bool) -> None:
        self.allowed = _READS | (_CHANGES if writes else set())
        self.refused = False

    def __call__(self, action: int, first: str | None, second: str | None, *more: object) -> int:
        if action in self.allowed and not (action == sqlite3.SQLITE_FUNCTION and second == "load_extension"):
            return sqlite3.SQLITE_OK
        self.refused = True
        return sqlite3.SQLITE_DENY


def _laid(script: str) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(script)
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    base.execute("PRAGMA temp_store = MEMORY")  # there is nowhere to put a file
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    # So that the clock of the sandbox is heard also while SQLite is busy.
    base.set_progress_handler(lambda: 0, _STEPS_BETWEEN_LOOKS)
    return base


def _cut(value: Any) -> Any:
    return value[:LONGEST_TEXT] if isinstance(value, (str, bytes)) else value


def _rows_of(cursor: sqlite3.Cursor) -> dict[str, Any]:
    """Columns and rows, and whether there were more than may be given back."""
    columns = [_cut(entry[0]) for entry in cursor.description or ()]
    rows: list[list[Any]] = []
    cells, characters = 0, 0
    for row in cursor:
        cut = [_cut(value) for value in row]
        cells += len(cut)
        characters += sum(len(json.dumps(value)) if isinstance(value, str) else 20 for value in cut)
        characters += sum(2 * len(value) for value in cut if isinstance(value, bytes))
        if len(rows) == MOST_ROWS or cells > MOST_CELLS or characters > MOST_CHARACTERS:
            return {"columns": columns, "rows": rows, "more": True}
        rows.append(cut)
    return {"columns": columns, "rows": rows, "more": False}


def ask(statements: list[str], writes: bool, then: str, *script: str) -> dict[str, Any]:
    """What comes of the statements: columns and rows (of `then`, when it is given), or SQLite's error."""
    base = _laid("".join(script))
    guard = _Guard(writes)
    base.set_authorizer(guard)
    statement = ""
    try:
        cursor = base.cursor()
        for statement in statements:
            cursor = base.execute(statement)
            if then:
                cursor.fetchall()
        if then:
            base.set_authorizer(None)
            cursor = base.execute(then)
        return _rows_of(cursor)
    except (sqlite3.Error, sqlite3.Warning) as error:
        return {
            "error": type(error).__name__,
            "message": str(error)[:500],
            "refused": statement if guard.refused else "",
        }
    except OverflowError as error:
        return {"error": "OverflowError", "message": str(error)[:500], "refused": ""}


def tables(shown: int, *script: str) -> list[dict[str, Any]]:
    """The tables of a database in the order of its script: columns with types, how many rows, the first of them."""
    base = _laid("".join(script))
    names = [
        name
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
            " ORDER BY rowid"
        )
    ]
    found = []
    for name in names:
        quoted = '"' + name.replace('"', '""') + '"'
        columns = [[row[1], row[2]] for row in base.execute(f"PRAGMA table_info({quoted})")]
        count = base.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]  # noqa: S608 - quoted above
        first = _rows_of(base.execute(f"SELECT * FROM {quoted} LIMIT {shown}"))["rows"]  # noqa: S608 - likewise
        found.append({"name": name, "columns": columns, "count": count, "rows": first})
    return found
