"""Addresses below /api/, and of the page of one's tokens."""

from django.urls import include, path

from bilik.api import v1
from bilik.api.views import about, tokens

app_name = "api"
urlpatterns = [
    path("api/", about.about, name="about"),
    path("api/v1/", include((v1.urls(), "v1"))),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/revoke-all/", tokens.revoke_all, name="revoke_all"),
    path("account/tokens/<uuid:ref>/revoke/", tokens.revoke, name="revoke"),
]
