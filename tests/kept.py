"""What a builder of the tests wrote through the real verbs, kept in this process and put back for the next test.

Walking the verbs again would give the same rows and cost most of a run: a published course is two hundred of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, BigAutoField, Model


@dataclass(frozen=True)
class _Table:
    """Rows of one table as the database gave them. `keys` is empty where they may have others: a journal's, for one."""

    model: type[Model]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    keys: tuple[Any, ...]


class Kept:
    """Rows of one builder. `put(build)` builds the first time, and whenever the kept rows would meet others."""

    def __init__(self) -> None:
        self._tables: tuple[_Table, ...] | None = None

    def put(self, build: Callable[[], Any]) -> bool:
        """Whether the rows are those that are kept, keys and all. Else they were built, and their keys may differ."""
        if self._tables is None:
            before = {model: _keys(model) for model in apps.get_models(include_auto_created=True)}
            build()
            made = {model: _keys(model) - keys for model, keys in before.items()}
            self._tables = tuple(_read(model, keys) for model, keys in made.items() if keys)
            return True
        if any(_are_met(table) for table in self._tables):
            build()
            return False
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self._tables:
                cursor.executemany(_insert(table), table.rows)
        return True


def _keys(model: type[Model]) -> set[Any]:
    return set(model._base_manager.values_list("pk", flat=True)) if model._meta.managed else set()


def _is_numbered(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoField | BigAutoField)


def _is_pointed_at(model: type[Model]) -> bool:
    return any(field.auto_created and not field.concrete for field in model._meta.get_fields())


def _read(model: type[Model], keys: set[Any]) -> _Table:
    quoted, key = connection.ops.quote_name, model._meta.pk
    stored = [key.get_db_prep_value(one, connection) for one in keys]
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(stored))
        cursor.execute(
            f"SELECT * FROM {quoted(model._meta.db_table)} WHERE {quoted(key.column)} IN ({places}) ORDER BY 1", stored
        )
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    anew = _is_numbered(model) and not _is_pointed_at(model)
    wanted = [place for place, column in enumerate(columns) if not (anew and column == key.column)]
    return _Table(
        model,
        tuple(columns[place] for place in wanted),
        tuple(tuple(row[place] for place in wanted) for row in rows),
        keys=() if anew else tuple(keys),
    )


def _are_met(table: _Table) -> bool:
    """Whether rows are there that these could meet. Where the database numbers rows, any row may have their numbers."""
    there = table.model._base_manager
    if not table.keys:
        return False
    return (there.all() if _is_numbered(table.model) else there.filter(pk__in=table.keys)).exists()


def _insert(table: _Table) -> str:
    quoted = connection.ops.quote_name
    columns, places = ", ".join(map(quoted, table.columns)), ", ".join(["%s"] * len(table.columns))
    return f"INSERT INTO {quoted(table.model._meta.db_table)} ({columns}) VALUES ({places})"
