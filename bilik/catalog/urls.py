from django.urls import path

from bilik.catalog import views

app_name = "catalog"
urlpatterns = [path("files/<str:digest>/<str:name>", views.picture, name="picture")]
