from django.apps import AppConfig


class MarkingConfig(AppConfig):
    name = "bilik.marking"
    label = "marking"

    def ready(self) -> None:
        from bilik.marking import data
        from bilik.marking.panel import home_panel
        from bilik.people.actions import register_eraser, register_export
        from bilik.web import panels

        register_export("marking", data.export)
        register_eraser("marking", data.erase)
        panels.add(panels.Panel(order=30, place="front.today", name="marking", draw=home_panel))
