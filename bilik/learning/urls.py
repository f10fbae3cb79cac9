from django.urls import path

from bilik.learning.views import card, courses, earlier, lesson, trying

app_name = "learning"
urlpatterns = [
    path("", courses.courses, name="courses"),
    path("skills/", courses.skills, name="skills"),
    path("<slug:course_slug>/", courses.course, name="course"),
    path("<slug:course_slug>/<slug:lesson_slug>/", lesson.lesson, name="lesson"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/", card.task, name="task"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/answer", card.answer, name="answer"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/seen", trying.seen, name="seen"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/run", trying.run, name="run"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/hint", card.hint, name="hint"),
    path("<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/attempts", earlier.attempts, name="attempts"),
    path(
        "<slug:course_slug>/<slug:lesson_slug>/<slug:task_slug>/files/<int:submission_id>/<slug:digest>",
        earlier.file,
        name="file",
    ),
]
