import re

import pytest

from bilik.web.middleware.policy import policy


@pytest.mark.parametrize("address", ["/", "/locked/", "/broken/", "/nothing/here/", "/design/language/"])
def test_every_answer_carries_the_policy(browser, address):
    headers = browser.get(address).headers
    assert headers["Content-Security-Policy"] == policy()
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_view_may_ask_for_more():
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy(script_src="'self' 'wasm-unsafe-eval'")


@pytest.mark.parametrize("address", ["/", "/locked/", "/broken/", "/design/"])
def test_no_page_has_anything_inline(browser, settings, address):
    settings.DEMO = True
    html = browser.get(address).content.decode()
    assert "<style" not in html
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
