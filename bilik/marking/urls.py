from django.urls import path

from bilik.marking import views

app_name = "marking"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("peers/", views.peers, name="peers"),
    path("peers/<int:task_id>/start", views.start_peer, name="start_peer"),
    path("comments/<int:comment_id>/drop", views.drop_comment, name="drop_comment"),
    path("<int:submission_id>/", views.answer, name="answer"),
    path("<int:submission_id>/start", views.start, name="start"),
    path("<int:submission_id>/files/<slug:digest>", views.file, name="file"),
    path("plans/<slug:organisation_slug>/<slug:course_slug>/<slug:task_slug>/", views.plan, name="plan"),
]
