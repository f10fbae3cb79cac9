"""Addresses below /people/."""

from django.urls import path

from bilik.people.views import account, guardian, organisation, roles, roster, slips

app_name = "people"

urlpatterns = [
    path("", account.profile, name="profile"),
    path("consents/", account.consents, name="consents"),
    path("consents/<slug:purpose>/give/", account.give_consent, name="give_consent"),
    path("consents/<slug:purpose>/withdraw/", account.withdraw_consent, name="withdraw_consent"),
    path("my-data/", account.my_data, name="my_data"),
    path("my-data/file/", account.export, name="export"),
    path("guardian/", guardian.ask, name="guardian"),
    path("agree/", guardian.letter, name="letter"),
    path("agree/<str:token>/", guardian.agree, name="agree"),
    path("organisations/<slug:slug>/", organisation.organisation, name="organisation"),
    path("organisations/<slug:slug>/roles/", roles.roles, name="roles"),
    path("organisations/<slug:slug>/roles/<int:number>/end/", roles.end_role, name="end_role"),
    path("organisations/<slug:slug>/invitations/<uuid:ref>/withdraw/", roles.withdraw, name="withdraw_invitation"),
    path("organisations/<slug:slug>/slips/", slips.slips, name="slips"),
    path("organisations/<slug:slug>/import/", roster.bring, name="import"),
    path("organisations/<slug:slug>/import/letters/", roster.send_letters, name="send_letters"),
    path("organisations/<slug:slug>/import/<uuid:ref>/", roster.dry_run, name="dry_run"),
    path("invitations/<str:token>/", roles.invitation, name="invitation"),
    path("first-sign-in/", slips.first_sign_in, name="first_sign_in"),
    path("journal/", organisation.journal, name="journal"),
]
