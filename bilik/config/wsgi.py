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

from bilik.config.browser_python import PREFIX, add_worker_policy, lay_out  # noqa: E402 - likewise

# A name made of the content, of a file or of the folder that it lies in.
_HASHED_NAME = r"^.+\.[0-9a-f]{12}[./].+$"

application = ServeStatic(
    django_application,
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    autorefresh=settings.DEBUG,
    max_age=60,
    immutable_file_test=_HASHED_NAME,
    add_headers_function=add_worker_policy,
)
_laid = lay_out(settings.BROWSER_PYTHON, settings.DATA_DIR)
if _laid is not None:
    application.add_files(str(_laid.pyodide), prefix=settings.STATIC_URL + PREFIX)
    application.add_files(str(_laid.checker), prefix=settings.STATIC_URL + PREFIX)
