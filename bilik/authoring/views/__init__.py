"""Pages of the authors' desk, one file for each thing that people do there."""

from bilik.authoring.views.checks import ask_check, check
from bilik.authoring.views.desk import change_state, desk, draft, export, start
from bilik.authoring.views.files import add_file, edit, exercises
from bilik.authoring.views.formats import course_formats, draft_formats
from bilik.authoring.views.items import course_items
from bilik.authoring.views.preview import answer, picture, preview, pulse
from bilik.authoring.views.publishing import publish, take_newer
from bilik.authoring.views.translating import completeness, translate

__all__ = [
    "add_file", "answer", "ask_check", "change_state", "check", "completeness", "course_formats", "course_items",
    "desk", "draft", "draft_formats", "edit", "exercises", "export", "picture", "preview", "publish", "pulse", "start",
    "take_newer", "translate",
]  # fmt: skip
