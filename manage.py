#!/usr/bin/env python3
"""Django's own commands. People use `bilik`; this is for makemigrations and the like."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
