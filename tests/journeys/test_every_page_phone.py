"""Every page that each of the cast can reach, on a small phone in Azerbaijani."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import PHONE
from tests.journeys.crawl import every_page

pytestmark = pytest.mark.browser

SMALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 740}}


def test_every_page_is_good_on_a_small_phone_in_azerbaijani(visit):
    found = every_page(visit, "az", SMALL_PHONE)
    assert found.wrong == []
