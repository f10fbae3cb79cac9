from django.urls import path

from bilik.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("demo/sign-in", views.demo_sign_in, name="demo_sign_in"),
    path("status/", views.status, name="status"),
    path("health", views.health, name="health"),
]
