from django.urls import path

from bilik.authoring import views

app_name = "authoring"
_DRAFT = "drafts/<uuid:ref>/"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("start", views.start, name="start"),
    path("courses/<slug:slug>/", views.course_items, name="items"),
    path("courses/<slug:slug>/formats/", views.course_formats, name="course_formats"),
    path(_DRAFT, views.draft, name="draft"),
    path(_DRAFT + "state", views.change_state, name="change_state"),
    path(_DRAFT + "export.zip", views.export, name="export"),
    path(_DRAFT + "formats/", views.draft_formats, name="draft_formats"),
    path(_DRAFT + "files/", views.add_file, name="add_file"),
    path(_DRAFT + "exercises", views.exercises, name="exercises"),
    path(_DRAFT + "edit/<path:path>", views.edit, name="edit"),
    path(_DRAFT + "checks/", views.ask_check, name="ask_check"),
    path(_DRAFT + "checks/<int:check_id>/", views.check, name="check"),
    path(_DRAFT + "preview/pulse", views.pulse, name="pulse"),
    path(_DRAFT + "preview/<slug:lesson>/", views.preview, name="preview"),
    path(_DRAFT + "preview/<slug:lesson>/<slug:exercise>/answer", views.answer, name="answer"),
    path(_DRAFT + "pictures/<slug:digest>/<str:name>", views.picture, name="picture"),
    path(_DRAFT + "translate/<slug:language>/", views.completeness, name="completeness"),
    path(_DRAFT + "translate/<slug:language>/<path:path>", views.translate, name="translate"),
    path(_DRAFT + "publish/", views.publish, name="publish"),
    path(_DRAFT + "newer", views.take_newer, name="take_newer"),
]
