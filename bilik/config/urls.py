"""Root addresses: each room brings its own, the front door comes last."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
    path("people/", include("bilik.people.urls")),
    path("learn/", include("bilik.learning.urls")),
    path("marking/", include("bilik.marking.urls")),
    path("courses/", include("bilik.catalog.urls")),
    path("design/", include("bilik.web.urls")),
    path("", include("bilik.front.urls")),
]

handler400 = "bilik.web.views.bad_request"
handler403 = "bilik.web.views.forbidden"
handler404 = "bilik.web.views.not_found"
handler500 = "bilik.web.views.server_error"
