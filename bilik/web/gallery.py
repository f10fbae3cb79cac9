"""What the gallery shows: made-up values for every component in every state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from bilik.web import icons
from bilik.web.kept import KeptField

STAR_NAMES = (
    "python-from-zero",
    "data-for-all",
    "first-models",
    "spreadsheets",
    "web-pages",
    "ai-at-work",
    "xorazm",
    "shirvan",
)
PROGRAM = '''import math

class Bazaar:
    """Where numbers are weighed."""

    def total(self, prices: list[float]) -> float:
        # 18 % tax, as everywhere
        return round(sum(p for p in prices if p is not None) * 1.18, 2)

print(f"Salam, {math.pi:.2f}!\\n", Bazaar().total([1, 2.5, 0x10]), True and not None)
'''
# What a verdict may be, its icon, its title and an explanation. The names are those of `submissions`.
VERDICTS = (
    ("accepted", "check", _("Right. All tests passed."), _("Your function gives back the initials.")),
    ("partial", "partial", _("Partly right."), _("Three of four tests passed.")),
    ("wrong", "cross", _("Not yet."), _("Your function prints the letters, but gives nothing back.")),
    ("limit", "clock", _("Your program took too long."), _("A loop may never end. Look at its condition.")),
    ("error", "warning", _("Your program stopped with an error."), _("IndexError in line 3.")),
    ("invalid", "info", _("This is not a number."), _("Write it as 12.5 or 12,5. No attempt was used up.")),
    ("fault", "server", _("We could not check this."), _("The fault is ours. No attempt was used up.")),
    ("waiting", "refresh", _("Checking: you are number 4."), _("You may leave; the verdict stays here.")),
)
TASKS = (
    ("open", _("Not tried yet"), "", "edit"),
    ("partial", _("Partly solved"), "warn", "partial"),
    ("accepted", _("Solved"), "good", "check"),
    ("locked", _("Opens after the lesson before"), "", "lock"),
)


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"), help_text=_("As it shall stand on a certificate."))
    email = forms.EmailField(label=_("Email"), required=False)
    region = forms.ChoiceField(label=_("Region"), choices=[("kh", "Xorazm"), ("sh", "Şirvan-Salyan")])
    about = forms.CharField(label=_("What do you want to learn?"), widget=forms.Textarea(attrs={"rows": 3}))
    times = forms.ChoiceField(
        label=_("When can you learn?"),
        widget=forms.RadioSelect,
        choices=[("m", _("In the morning")), ("e", _("In the evening"))],
    )
    agree = forms.BooleanField(label=_("I have read how my data is used"), help_text=_("It is one page."))
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def gallery_context() -> dict[str, Any]:
    wrong = ExampleForm({"name": "", "email": "leyla at example", "times": "x"}, auto_id="wrong_%s")
    return {
        "form": ExampleForm(initial={"name": "Gülnarə Əliyeva", "times": "m"}),
        "wrong_form": wrong,
        "icons": list(icons.SHAPES),
        "stars": STAR_NAMES,
        "verdicts": VERDICTS,
        "tasks": TASKS,
        "program": highlight(PROGRAM, PythonLexer(), HtmlFormatter(nowrap=True, classprefix="hl-")),
        "kept": {
            "fields": [KeptField("answer", "print('Salam')", "line")],
            "trusted": False,
            "stored": False,
        },
        "statuses": (400, 403, 404, 500, 503),
    }
