from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthoringConfig(AppConfig):
    name = "bilik.authoring"
    label = "authoring"

    def ready(self) -> None:
        from bilik.authoring import data
        from bilik.authoring.panel import course_panel
        from bilik.authoring.queries import may_author
        from bilik.people.actions import register_eraser, register_export
        from bilik.web import navigation, panels

        register_export("authoring", data.export)
        register_eraser("authoring", data.erase)
        panels.add(panels.Panel(order=80, place="learning.course", name="authoring", draw=course_panel))
        navigation.add(
            navigation.Entry(
                order=60, label=_("Authors' desk"), url="authoring:desk", icon="edit", shown=may_author, place="person"
            )
        )
