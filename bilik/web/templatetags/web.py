"""The tags every template has without loading them (a builtin in settings.TEMPLATES)."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe

from bilik.web import icons, stars
from bilik.web import panels as panels_of_rooms

register = template.Library()

NOTICE_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "cross"}
_DRAWN = {name: mark_safe(icons.icon(name)) for name in icons.SHAPES}  # noqa: S308 - our own drawings


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check" %}`: a small drawing in the colour of the text. Names: bilik/web/icons.py."""
    return _DRAWN[name]


@register.simple_tag
def course_star(name: str) -> SafeString:
    """`{% course_star course.slug %}`: the tile of a course, always the same for the same name."""
    return mark_safe(stars.star(str(name)))  # noqa: S308 - the name only seeds the drawing


@register.simple_tag
def asset(name: str) -> str:
    """`{% asset "bilik.css" %}`: the address of a file that esbuild made."""
    return static(f"web/built/{name}")


@register.simple_tag(takes_context=True)
def panels(context: Any, place: str, about: Any = None) -> SafeString:
    """`{% panels "learning.course" course %}`: what upper rooms have to say here. Places: bilik/web/panels.py."""
    pieces = panels_of_rooms.drawn(place, context["request"], about)
    return mark_safe("".join(pieces))  # noqa: S308 - every panel gives safe HTML


@register.simple_block_tag
def notice(content: str, kind: str, title: Any = "") -> str:
    """`{% notice "warn" _("Title") %}…{% endnotice %}`; kinds: info, good, warn, bad."""
    context = {"kind": kind, "icon": NOTICE_ICONS[kind], "title": title, "content": content}
    return render_to_string("web/components/notice.html", context)


@register.inclusion_tag("web/components/progress.html")
def progress(done: float, of: float, label: Any) -> dict[str, Any]:
    """`{% progress 3 10 _("Lessons done") %}`: a bar, and the same in words."""
    return {"done": done, "of": of, "label": label, "full": bool(of) and done >= of}


@register.simple_tag
def field(bound: BoundField) -> str:
    """`{% field form.name %}`: label, control, help and errors, joined for screen readers."""
    about = _described_by(bound)
    attributes: dict[str, str | bool] = {"aria-describedby": about} if about else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return render_to_string(
        "web/components/field.html",
        {
            "field": bound,
            "control": bound.as_widget(attrs=attributes),
            "tick": isinstance(bound.field.widget, CheckboxInput),
            "group": bound.field.widget.use_fieldset,
            "about": about,
        },
    )


@register.inclusion_tag("web/components/uncertain.html")
def uncertain(value: Any, low: Any, high: Any, unit: str = "") -> dict[str, Any]:
    """`{% uncertain 54 48 61 "%" %}`: a number never stands without the interval it was estimated with."""
    return {"value": localize(value), "low": localize(low), "high": localize(high), "unit": unit}


def _described_by(bound: BoundField) -> str:
    parts = [
        f"{bound.auto_id}_help" if bound.help_text else "",
        f"{bound.auto_id}_errors" if bound.errors else "",
    ]
    return " ".join(part for part in parts if part)
