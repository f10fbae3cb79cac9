"""The shape of what people type. Whether it may be done is said by rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilik.api import rules
from bilik.api.states import Scope

LIVES = (7, 30, 90, 180, 365)


class TokenForm(forms.Form):
    """What a new token is called, what it may do, and for how long."""

    name = forms.CharField(
        label=_("Name of the token"),
        max_length=60,
        help_text=_("So that you know it again: which program, on which computer?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple, help_text=_("As little as the program needs.")
    )
    days = forms.TypedChoiceField(label=_("For how long?"), coerce=int, initial=rules.USUAL.days)

    def __init__(self, *args: Any, offered: Iterable[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, f"{scope.label} ({scope.value})") for scope in offered
        ]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, _("%(days)s days") % {"days": days}) for days in LIVES
        ]

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"name": data["name"], "scopes": data["scopes"], "life": timedelta(days=data["days"])}
