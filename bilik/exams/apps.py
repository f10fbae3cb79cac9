from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "bilik.exams"
    label = "exams"

    def ready(self) -> None:
        from bilik.exams import data
        from bilik.exams.actions import CONTEXT, apply_submission
        from bilik.exams.panel import course_panel
        from bilik.people.actions import register_eraser, register_export
        from bilik.submissions import handlers
        from bilik.web import panels

        handlers.register(CONTEXT, apply_submission, apply_submission)
        register_export("exams", data.export)
        register_eraser("exams", data.erase)
        panels.add(panels.Panel(order=20, place="learning.course", name="exams", draw=course_panel))
