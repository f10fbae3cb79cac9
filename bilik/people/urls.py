"""Addresses below /people/."""

from django.urls import path

from bilik.people.views import account, guardian, organisation

app_name = "people"

urlpatterns = [
    path("", account.profile, name="profile"),
    path("consents/", account.consents, name="consents"),
    path("consents/<slug:purpose>/give/", account.give_consent, name="give_consent"),
    path("consents/<slug:purpose>/withdraw/", account.withdraw_consent, name="withdraw_consent"),
    path("my-data/", account.my_data, name="my_data"),
    path("my-data/file/", account.export, name="export"),
    path("guardian/", guardian.ask, name="guardian"),
    path("agree/<str:token>/", guardian.agree, name="agree"),
    path("organisations/<slug:slug>/", organisation.organisation, name="organisation"),
    path("journal/", organisation.journal, name="journal"),
]
