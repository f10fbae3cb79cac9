"""A browser that looks at the addresses of tests/urls.py, and gets error pages instead of exceptions."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def _english_and_plain_files(settings):
    settings.ROOT_URLCONF = "bilik.web.tests.urls"
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    with translation.override("en"):
        yield


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.fixture
def careful_browser():
    """One that checks tokens, as in real life."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)
