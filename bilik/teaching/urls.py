"""Addresses below /teaching/."""

from django.urls import path

from bilik.teaching.views import answers, calls, gradebook, regrades, similar

app_name = "teaching"

_GROUP = "groups/<uuid:ref>/"
_COURSE = _GROUP + "<slug:course_slug>/"

urlpatterns = [
    path("regrades/", regrades.regrades, name="regrades"),
    path("regrades/<uuid:ref>/", regrades.regrade, name="regrade"),
    path("regrades/<uuid:ref>/decide/", regrades.decide, name="decide"),
    path(_GROUP + "calls/", calls.calls, name="calls"),
    path(_GROUP + "calls/<uuid:person>/", calls.note, name="note_call"),
    path(_COURSE + "answers/", answers.tasks, name="tasks"),
    path(_COURSE + "answers/<slug:task_slug>/", answers.clusters, name="clusters"),
    path(_COURSE + "answers/<slug:task_slug>/comment/", answers.comment, name="comment"),
    path(_COURSE + "alike/<slug:task_slug>/", similar.similar, name="similar"),
    path(_COURSE + "gradebook/", gradebook.page, name="gradebook"),
    path(_COURSE + "gradebook.csv", gradebook.file, {"form": "csv"}, name="gradebook_csv"),
    path(_COURSE + "gradebook.xlsx", gradebook.file, {"form": "xlsx"}, name="gradebook_xlsx"),
]
