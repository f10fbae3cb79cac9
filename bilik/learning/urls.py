from django.urls import path

from bilik.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.courses, name="courses"),
    path("skills/", views.skills, name="skills"),
    path("<slug:course_slug>/", views.course, name="course"),
    path("<slug:course_slug>/<slug:lesson_slug>/", views.lesson, name="lesson"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/", views.task, name="task"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/answer", views.answer, name="answer"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/seen", views.seen, name="seen"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/run", views.run, name="run"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/hint", views.hint, name="hint"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/attempts", views.attempts, name="attempts"),
    path(
        "<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/files/<int:submission_id>/<slug:digest>",
        views.file,
        name="file",
    ),
]
