"""Every page that each of the cast can reach, on a desktop in English."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESKTOP
from tests.journeys.crawl import every_page

pytestmark = pytest.mark.browser


def test_every_page_is_good_on_a_desktop_in_english(visit):
    found = every_page(visit, "en", DESKTOP)
    assert found.wrong == []
    # The walk got somewhere, and not everybody gets everywhere.
    roll, status = "groups/<uuid:ref>/meetings/<uuid:meeting>/roll/", "status/"
    assert {roll, "author/", "teaching/groups/<uuid:ref>/calls/"} <= found.reached["aysel"]
    assert not {roll, status, "author/"} & found.reached["leyla"]
    assert status in found.reached["admin"]
