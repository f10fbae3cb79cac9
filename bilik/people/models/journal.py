"""Who did what, when: rows are added and then never touched."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from bilik.kit.ids import new_id


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what was written down."""


def _never(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise AppendOnlyError("The journal is only ever added to.")


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Adds and reads; every other road is closed, also the private ones that `save()` takes."""

    update = delete = bulk_update = update_or_create = _never
    aupdate = adelete = abulk_update = aupdate_or_create = _never
    _update = _raw_delete = _never

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            _never()
        return super().bulk_create(objs, *args, **kwargs)


class JournalEntry(models.Model):
    """One entry.

    `about_id` and `data` hold references and field names, never a name, an address or an answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=100)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+", db_index=False)
    data = models.JSONField(default=dict)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        base_manager_name = "objects"
        verbose_name_plural = "journal entries"
        indexes: ClassVar = [
            models.Index(fields=["by", "-at"], name="people_journal_by"),
            models.Index(fields=["about_type", "about_id", "-at"], name="people_journal_about"),
            models.Index(fields=["-at"], name="people_journal_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.about_type}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        _never()
