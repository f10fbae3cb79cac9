from django.urls import path

from bilik.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.today, name="today"),
    path("streak", views.streak, name="streak"),
    path("review/", views.review, name="review"),
    path("review/<int:task_id>/", views.review_task, name="review_task"),
    path("review/<int:task_id>/answer", views.review_answer, name="review_answer"),
    path("review/<int:task_id>/hint", views.review_hint, name="review_hint"),
    path("level-check/<slug:course_slug>/", views.level_check, name="level_check"),
    path("level-check/<slug:course_slug>/start", views.level_start, name="level_start"),
    path("level-check/<slug:course_slug>/answer", views.level_answer, name="level_answer"),
    path("level-check/<slug:course_slug>/finish", views.level_finish, name="level_finish"),
]
