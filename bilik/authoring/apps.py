from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "bilik.authoring"
    label = "authoring"

    def ready(self) -> None:
        from bilik.authoring import data
        from bilik.authoring.panel import course_panel, home_panel
        from bilik.people.actions import register_eraser, register_export
        from bilik.web import panels

        register_export("authoring", data.export)
        register_eraser("authoring", data.erase)
        panels.add(panels.Panel(order=80, place="learning.course", name="authoring", draw=course_panel))
        panels.add(panels.Panel(order=60, place="front.home", name="authoring", draw=home_panel))
