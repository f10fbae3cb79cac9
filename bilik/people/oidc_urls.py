"""Addresses of sign-in by OpenID Connect, below /account/providers/. The names are those that allauth looks up."""

from django.urls import path

from bilik.people import oidc

urlpatterns = [
    path("<slug:provider_id>/login/", oidc.sign_in, name="openid_connect_login"),
    path("<slug:provider_id>/login/callback/", oidc.come_back, name="openid_connect_callback"),
]
