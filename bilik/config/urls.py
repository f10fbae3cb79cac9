"""Root addresses: each room brings its own, the front door comes last."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# Django's own sign-in page knows no second factor: the admin is entered by the front door only.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("bilik.api.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/providers/", include("allauth.socialaccount.urls")),
    path("account/providers/", include("bilik.people.oidc_urls")),
    path("people/", include("bilik.people.urls")),
    path("practice/", include("bilik.practice.urls")),
    path("learn/", include("bilik.learning.urls")),
    path("exams/", include("bilik.exams.urls")),
    path("marking/", include("bilik.marking.urls")),
    path("teaching/", include("bilik.teaching.urls")),
    path("groups/", include("bilik.groups.urls")),
    path("author/", include("bilik.authoring.urls")),
    path("courses/", include("bilik.catalog.urls")),
    path("design/", include("bilik.web.urls")),
    path("", include("bilik.front.urls")),
]

handler400 = "bilik.web.views.bad_request"
handler403 = "bilik.web.views.forbidden"
handler404 = "bilik.web.views.not_found"
handler500 = "bilik.web.views.server_error"
