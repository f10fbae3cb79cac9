from django.urls import path

from bilik.exams import views

app_name = "exams"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("sitting/<uuid:ref>/<int:position>/", views.task, name="task"),
    path("sitting/<uuid:ref>/<int:position>/save", views.save, name="save"),
    path("sitting/<uuid:ref>/finish/", views.finish, name="finish"),
    path("sitting/<uuid:ref>/hand-in", views.hand_in, name="hand_in"),
    path("sitting/<uuid:ref>/", views.result, name="result"),
    path("<slug:course_slug>/<slug:exam_slug>/", views.exam, name="exam"),
    path("<slug:course_slug>/<slug:exam_slug>/begin", views.begin, name="begin"),
]
