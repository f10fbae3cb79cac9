from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "bilik.learning"
    label = "learning"

    def ready(self) -> None:
        from bilik.learning import data
        from bilik.learning.actions import CONTEXT, apply_submission, rework_submission
        from bilik.learning.panels import for_guardian
        from bilik.people.actions import register_export
        from bilik.submissions import handlers
        from bilik.web import navigation, panels

        handlers.register(CONTEXT, apply_submission, rework_submission)
        register_export("learning", data.export)
        panels.add(panels.Panel(order=20, place="people.guardian_known", name="learning", draw=for_guardian))
        navigation.add(navigation.Entry(order=20, label=_("Courses"), url="learning:courses", icon="book"))
