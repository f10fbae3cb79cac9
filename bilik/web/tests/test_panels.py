"""What upper rooms lay on the pages of lower ones."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from bilik.web import panels


def panel(name, order, draw, place="learning.course"):
    return panels.Panel(order=order, place=place, name=name, draw=draw)


def page(place="learning.course", about=None):
    template = engines["django"].from_string(f'{{% panels "{place}" about %}}')
    return template.render({"about": about}, request=RequestFactory().get("/"))


def test_panels_of_a_place_are_drawn_in_their_order_with_what_the_page_is_about():
    late = panel("late", 20, lambda request, about: format_html("<p>{} is late</p>", about))
    early = panel("early", 10, lambda request, about: format_html("<p>{} at {}</p>", about, request.path))
    elsewhere = panel("elsewhere", 1, lambda request, about: mark_safe("<p>elsewhere</p>"), place="front.home")
    with panels.only(late, early, elsewhere):
        assert page(about="<b>") == "<p>&lt;b&gt; at /</p><p>&lt;b&gt; is late</p>"


def test_a_panel_with_nothing_to_say_leaves_no_trace():
    with panels.only(panel("silent", 1, lambda request, about: None)):
        assert page() == ""


def test_the_same_name_again_replaces_the_first():
    with panels.only(
        panel("one", 1, lambda request, about: mark_safe("old")),
        panel("one", 1, lambda request, about: mark_safe("new")),
    ):
        assert page() == "new"


def test_an_unknown_place_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="place must be one of"):
        panel("lost", 1, lambda request, about: None, place="nowhere")
