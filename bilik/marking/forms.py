"""The shapes of input: marks on a rubric, and how an organisation wants a task marked."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bilik.marking.actions import Marks


def marks_in(sent: QueryDict) -> Marks:
    """What a marking form sent: `level-<criterion>` and `comment-<criterion>`, `comment` for the whole."""
    levels = {name.removeprefix("level-"): str(sent[name]) for name in sent if name.startswith("level-")}
    comments = {name.removeprefix("comment-"): str(sent[name]) for name in sent if name.startswith("comment-")}
    return Marks(levels, comments | {"": str(sent.get("comment", ""))})


class PlanForm(forms.Form):
    """How answers to a task are marked."""

    anonymous = forms.BooleanField(
        required=False, label=_("Without names"), help_text=_("Markers see no names. Second markers never see marks.")
    )
    second_percent = forms.IntegerField(
        min_value=0, max_value=100, initial=0, label=_("Share marked by two people, in percent"),
        help_text=_("Which answers these are is drawn by lot. 0 is none, 100 is every answer."),
    )  # fmt: skip
    tolerance = forms.DecimalField(
        min_value=Decimal(0), max_value=Decimal(100), max_digits=6, decimal_places=2, initial=Decimal(0),
        label=_("Points by which two markers may differ"),
        help_text=_("Within this their mean counts. Beyond it a third person decides."),
    )  # fmt: skip
