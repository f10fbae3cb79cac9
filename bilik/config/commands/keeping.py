"""`bilik backup` and `bilik restore`: everything in one file that either database can read."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready

FORMAT = 1
_NOT_KEPT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "admin.logentry",
             "usersessions.usersession"}  # fmt: skip


def backup(
    path: Annotated[Path, typer.Argument(help="The file to write, for instance academy.tar.gz.", resolve_path=True)],
) -> None:
    """Write everything an academy knows into one file. It can be restored into SQLite and PostgreSQL alike.

    Sessions are left out (people sign in again), and so is the secret key.
    """
    django_ready()
    if path.exists():
        screen.stop(f"{path} is there already.", advice="Name a file that does not exist yet; nothing is overwritten.")
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        rows = write_backup(unfinished)
        unfinished.rename(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        screen.stop(
            f"The backup could not be written: {error}.", advice="Is there room on the disk? Nothing was changed."
        )
    screen.out.print(f"[green]✓[/green] {rows} rows in {path}")


def write_backup(path: Path) -> int:
    """Writes the file; returns the number of rows in it. All tables are read in one snapshot."""
    from django.db import connection, transaction

    from bilik.kit.clock import utc_now

    tables: dict[str, dict[str, Any]] = {}
    models = kept_models()
    with tarfile.open(path, "w:gz", compresslevel=5) as tar, transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with screen.progress("Backing up", len(models)) as tick:
            for label, model in models.items():
                content, count = _table_content(model)
                tables[label] = {"rows": count, "sha256": hashlib.sha256(content).hexdigest()}
                _add(tar, f"{label}.jsonl.gz", content)
                tick(label)
        manifest = {"format": FORMAT, "made_at": utc_now().isoformat(), "migrations": _migrations(), "tables": tables}
        _add(tar, "manifest.json", json.dumps(manifest, indent=1).encode())
    return sum(table["rows"] for table in tables.values())


def kept_models() -> dict[str, Any]:
    """The tables that are kept, in an order in which each comes after those it points at."""
    from django.apps import apps
    from django.core.serializers import sort_dependencies

    configs = [(config, None) for config in apps.get_app_configs() if config.models_module]
    models = sort_dependencies(configs, allow_cycles=True)
    return {m._meta.label_lower: m for m in models if m._meta.label_lower not in _NOT_KEPT and not m._meta.proxy}


def _table_content(model: Any) -> tuple[bytes, int]:
    from django.core import serializers

    exact = _exact_times()
    buffer, count = io.BytesIO(), 0
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
        for row in model._default_manager.order_by("pk").iterator(chunk_size=500):
            file.write(serializers.serialize("jsonl", [row], cls=exact).encode())
            count += 1
    return buffer.getvalue(), count


def _exact_times() -> Any:
    """Django's encoder cuts moments to milliseconds; ours writes them as they are."""
    from django.core.serializers.json import DjangoJSONEncoder

    class Exact(DjangoJSONEncoder):
        def default(self, value: Any) -> Any:
            return value.isoformat() if isinstance(value, datetime) else super().default(value)

    return Exact


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _migrations() -> list[str]:
    from django.db.migrations.recorder import MigrationRecorder

    rows = MigrationRecorder.Migration.objects.order_by("app", "name").values_list("app", "name")
    return [f"{app}.{name}" for app, name in rows]


def restore(
    path: Annotated[Path, typer.Argument(help="A file that `bilik backup` wrote.", exists=True, resolve_path=True)],
) -> None:
    """Read a backup into an empty academy. An academy that already has people in it is never touched."""
    django_ready()
    from django.core.management import call_command

    try:
        manifest, contents = opened_backup(path)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        rows = write_back(manifest, contents)
    except BadBackup as error:
        screen.stop(str(error), advice="Nothing was changed.")
    screen.out.print(f"[green]✓[/green] {rows} rows restored from {path}")


class BadBackup(Exception):
    """The file cannot be restored here; the message says why."""


def opened_backup(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What is in a backup: its manifest, and each table's content. Raises BadBackup when it cannot be restored here."""
    manifest, contents = _opened(path)
    for label, table in manifest["tables"].items():
        if hashlib.sha256(contents.get(label, b"")).hexdigest() != table["sha256"]:
            raise BadBackup(f"The table {label} is damaged in this backup.")
    if set(manifest["migrations"]) - _known_migrations():
        raise BadBackup("The backup was made by a newer version. Update this one first.")
    if unknown := manifest["tables"].keys() - kept_models().keys():
        raise BadBackup(f"The backup has tables that this version does not know: {', '.join(sorted(unknown))}.")
    return manifest, contents


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def write_back(manifest: dict[str, Any], contents: dict[str, bytes]) -> int:
    """Restores all tables in one transaction; returns the number of rows. After BadBackup nothing has changed."""
    from django.contrib.auth import get_user_model
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.models import QuerySet

    models = kept_models()
    with transaction.atomic(), screen.progress("Restoring", len(models)) as tick:
        if get_user_model()._default_manager.exists():
            raise BadBackup("There are people in this database already. Restore into an empty one.")
        # Plain querysets: the journal's own manager lets nobody clear or rewrite it, not even us.
        for model in reversed(models.values()):
            QuerySet(model)._raw_delete(using="default")
        for label, model in models.items():
            _load(model, contents.get(label, b""))
            tick(label)
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(statement)
    return sum(table["rows"] for table in manifest["tables"].values())


def _opened(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    try:
        with gzip.open(path) as stream:
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                files = {m.name: file.read() for m in tar if m.isfile() and (file := tar.extractfile(m)) is not None}
            while stream.read(1_000_000):
                pass  # to its end, where gzip compares its own sum
        manifest = json.loads(files.pop("manifest.json"))
        file_format = manifest["format"]
    except (tarfile.TarError, zlib.error, LookupError, TypeError, ValueError, EOFError, OSError) as error:
        raise BadBackup(f"{path.name} is not a backup, or it is damaged: {error}.") from error
    if file_format != FORMAT:
        raise BadBackup(f"The backup has format {file_format}, and this version reads {FORMAT}.")
    return manifest, {name.removesuffix(".jsonl.gz"): content for name, content in files.items()}


def _load(model: Any, content: bytes) -> None:
    from django.core import serializers
    from django.db.models import QuerySet

    if not content:
        return
    rows = serializers.deserialize("jsonl", _lines(content))
    while batch := list(islice(rows, 500)):
        objects: list[Any] = [row.object for row in batch]
        QuerySet(model).bulk_create(objects)
        for row in batch:
            for name, values in (row.m2m_data or {}).items():
                getattr(row.object, name).set(values)


def _lines(content: bytes) -> Iterator[str]:
    with gzip.open(io.BytesIO(content), "rt", encoding="utf-8") as file:
        yield from file
