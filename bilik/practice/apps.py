from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    name = "bilik.practice"
    label = "practice"

    def ready(self) -> None:
        from bilik.learning.queries import register_skippable
        from bilik.people.actions import register_eraser, register_export
        from bilik.practice import data, panels
        from bilik.practice.actions import apply_level_check, apply_review
        from bilik.practice.engine.picture import LEVEL_CHECK, REVIEW
        from bilik.practice.queries import skippable_lessons
        from bilik.submissions import handlers
        from bilik.web import navigation
        from bilik.web import panels as places

        handlers.register(REVIEW, apply_review, rework=apply_review)
        handlers.register(LEVEL_CHECK, apply_level_check, rework=apply_level_check)
        register_export("practice", data.export)
        register_eraser("practice", data.erase)
        register_skippable(skippable_lessons)
        places.add(places.Panel(order=10, place="front.home", name="practice", draw=panels.home))
        places.add(places.Panel(order=10, place="learning.course", name="practice", draw=panels.course))
        navigation.add(
            navigation.Entry(
                order=30,
                label=_("Practice"),
                url="practice:today",
                icon="star",
                shown=lambda user: user.is_authenticated,
            )
        )
