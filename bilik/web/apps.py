"""The design system: one look, one set of components, for all rooms. It has no tables."""

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "bilik.web"
    label = "web"

    def ready(self) -> None:
        from bilik.web.checks import navigation_leads_somewhere

        register(navigation_leads_somewhere)
