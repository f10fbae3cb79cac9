from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "bilik.api"
    label = "api"
    verbose_name = _("Interface for programs")

    def ready(self) -> None:
        from bilik.api import data
        from bilik.api.panels import at_profile
        from bilik.people.actions import register_eraser, register_export, register_sign_out
        from bilik.web import panels

        register_export("api", data.export)
        register_eraser("api", data.erase)
        register_sign_out("api", data.sign_out)
        panels.add(panels.Panel(order=10, place="people.profile", name="api", draw=at_profile))
