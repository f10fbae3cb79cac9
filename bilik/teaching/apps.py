from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeachingConfig(AppConfig):
    name = "bilik.teaching"
    label = "teaching"
    verbose_name = _("Trainers' desk")

    def ready(self) -> None:
        from bilik.people.actions import register_eraser, register_export
        from bilik.teaching import data
        from bilik.teaching.panels import at_group, at_home
        from bilik.web import panels

        register_export("teaching", data.export)
        register_eraser("teaching", data.erase)
        panels.add(panels.Panel(order=10, place="groups.group", name="teaching", draw=at_group))
        panels.add(panels.Panel(order=20, place="front.today", name="teaching", draw=at_home))
