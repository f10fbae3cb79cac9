"""What a bare Django site does on the same server: the ceiling our pages are measured against.

One file, `startproject`'s own middleware and context processors, sessions in the database, the database
opened and the server started as Bilik does it. Three addresses: `/page` (session, user, CSRF, one SELECT of
20 rows, a template of 10 kB), `/row` (the POST of one row with its user), `/plain` (a line, no session).

`BENCH_BARE=FOLDER python bench/bare.py make` fills the database; the server imports `bare:application`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ.get("BENCH_BARE", "."))
FACTS = "bench.json"
ROWS = 20
LEARNERS = 64

TEMPLATE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/site.css"></head><body><header><a href="/">Site</a>
{% if user.is_authenticated %}<span>{{ user.username }}</span>{% else %}<a href="/in">Sign in</a>
{% endif %}</header>
<main><h1>{{ title }}</h1>
<form method="post" action="/row">{% csrf_token %}<input name="text"><button>Send</button></form>
<ol>{% for row in rows %}<li id="row-{{ row.pk }}"><h2>{{ row.title }}</h2><p>{{ row.text }}</p></li>
{% endfor %}</ol></main></body></html>"""


def configure() -> None:
    """Settings as `startproject` writes them, with our database options."""
    settings.configure(
        SECRET_KEY="bench-only" * 5,
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
                "loaders": [("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE})],
            },
        }],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "bare.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 15,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
                    "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
                ),
            },
            "CONN_MAX_AGE": None,
        }},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )  # fmt: skip
    django.setup()


if not settings.configured:
    configure()

from django.contrib.auth.decorators import login_required  # noqa: E402 - Django must be set up first
from django.contrib.auth.models import User  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.utils import timezone  # noqa: E402


class Article(models.Model):
    """What the page shows."""

    title = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """What the POST writes."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"{self.pk}"


def page(request: HttpRequest) -> HttpResponse:
    """Session, user, CSRF, one SELECT, 10 kB."""
    return render(request, "page.html", {"title": "Articles", "rows": Article.objects.all()})


@login_required
def row(request: HttpRequest) -> HttpResponse:
    """One row, with who wrote it."""
    made = Row.objects.create(user=request.user, text=request.POST["text"], at=timezone.now())
    return HttpResponse(f"stored {made.pk}")


def plain(_request: HttpRequest) -> HttpResponse:
    """Nothing at all."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("page", page, name="page"), path("row", row), path("plain", plain)]
application = get_wsgi_application()


def make(count: int = LEARNERS) -> None:
    """Database, articles, users, sessions."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Article)
        editor.create_model(Row)
    words = "What a person reads here is about as long as a short paragraph. " * 7
    Article.objects.bulk_create(Article(title=f"Article {number}", text=words) for number in range(ROWS))
    users = [User.objects.create(username=f"bench{number:04}", password="!") for number in range(count)]
    (FOLDER / FACTS).write_text(json.dumps({"learners": [_session(user) for user in users]}))


def _session(user: Any) -> dict[str, str]:
    from academy import _session as session

    user.language = "en"
    return session(user)


if __name__ == "__main__":
    if sys.argv[1:] != ["make"]:
        raise SystemExit("BENCH_BARE=FOLDER python bench/bare.py make")
    make()
