"""Where people live: the regions by which need, seats and results are counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bilik.people.states import Country, RegionKind
from bilik.web.requests import shown_language


class Region(models.Model):
    """One of the 14 economic regions of Azerbaijan or the 14 regions of Uzbekistan.

    From data/regions.toml.
    """

    code = models.CharField(max_length=32, primary_key=True)
    country = models.CharField(max_length=2, choices=Country)
    kind = models.CharField(max_length=20, choices=RegionKind)
    names = models.JSONField()
    is_capital = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["country", "position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language now shown, English if there is none."""
        names: dict[str, str] = self.names
        return names.get(shown_language()) or names["en"]
