"""The door for the web server: files for the browser at once, everything else to Django.

ServeStatic stands around Django and not among its middleware: its middleware is asynchronous only, and a synchronous
server would run an event loop for every request, which costs more than most of our pages.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings exist once Django is set up
from servestatic import ServeStatic  # noqa: E402

_HASHED_NAME = r"^.+\.[0-9a-f]{12}\..+$"

application = ServeStatic(
    django_application,
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    autorefresh=settings.DEBUG,
    max_age=60,
    immutable_file_test=_HASHED_NAME,
)
