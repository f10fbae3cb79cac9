"""Addresses for these tests alone: the rooms above are not needed to test the design system."""

from __future__ import annotations

import errno

from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def full(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def broken(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no such table: learning_attempt")


def fine(request: HttpRequest) -> HttpResponse:
    request.user = AnonymousUser()
    return render(request, "web/404.html", {"status": 404})


urlpatterns = [
    path("", fine, name="home"),
    path("locked/", locked, name="locked"),
    path("full/", full, name="full"),
    path("broken/", broken, name="broken"),
    path("design/", include("bilik.web.urls")),
]

handler400 = "bilik.web.views.bad_request"
handler403 = "bilik.web.views.forbidden"
handler404 = "bilik.web.views.not_found"
handler500 = "bilik.web.views.server_error"
