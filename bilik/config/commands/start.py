"""Getting Django ready, for the commands that need it. The others start without it and so at once."""

from __future__ import annotations

import os

from bilik.config.commands import screen
from bilik.config.environment import BadSetting


def django_ready() -> None:
    """Loads the settings and the rooms. Ends the program with a sentence when a setting cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
    import django

    try:
        django.setup()
    except BadSetting as error:
        screen.stop(str(error), advice="docs/settings.md lists all settings.")
