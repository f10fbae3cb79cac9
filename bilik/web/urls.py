from django.urls import path

from bilik.web import views

app_name = "web"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("language/", views.set_language, name="set_language"),
]
