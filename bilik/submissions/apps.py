from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "bilik.submissions"
    label = "submissions"

    def ready(self) -> None:
        from bilik.people.actions import register_eraser, register_export
        from bilik.submissions import data

        register_export("submissions", data.export)
        register_eraser("submissions", data.erase)
