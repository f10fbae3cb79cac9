"""The cast: Leyla and Jasur learn, Dilbar answers for Jasur, Aysel trains, Rustam manages a centre."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from bilik.people import actions
from bilik.people.states import OrganisationKind, Role

from .cast import NOW, PASSWORD


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def regions(db):
    actions.load_reference_data(now=NOW)


@pytest.fixture
def somebody(regions):
    """Opens an account through the real verb."""

    def make(username, *, born=(1990, 5), region="AZ-BAKU", **facts):
        facts = {"display_name": username.title(), "language": "en", "access_class": "phone_only"} | facts
        return actions.register(
            by=None,
            now=NOW,
            username=username,
            password=PASSWORD,
            birth_year=born[0],
            birth_month=born[1],
            region=region,
            **facts,
        )

    return make


@pytest.fixture
def leyla(somebody):
    return somebody("leyla", born=(2004, 3), region="AZ-GANJA-DASHKASAN", display_name="Leyla Məmmədova", language="az")


@pytest.fixture
def jasur(somebody):
    return somebody("jasur", born=(2010, 6), region="UZ-XO", display_name="Jasur Karimov", language="uz")


@pytest.fixture
def stranger(somebody):
    return somebody("stranger")


@pytest.fixture
def house(leyla, jasur, somebody):
    """An academy with a ministry's tree: academy > ganja > ganja-school, and academy > urgench."""
    found = {"by": None, "now": NOW}
    academy = actions.found_organisation(**found, kind=OrganisationKind.ACADEMY, name="Academy", slug="academy")
    centre = OrganisationKind.CENTRE
    ganja = actions.found_organisation(**found, kind=centre, name="Ganja", slug="ganja", parent=academy)
    school = actions.found_organisation(
        **found, kind=OrganisationKind.SCHOOL, name="School 1", slug="ganja-school", parent=ganja
    )
    urgench = actions.found_organisation(**found, kind=centre, name="Urgench", slug="urgench", parent=academy)
    aysel, rustam = somebody("aysel", display_name="Aysel Quliyeva"), somebody("rustam")
    manager, admin = somebody("nigar"), somebody("sabir")
    for person, organisation, role in (
        (leyla, ganja, Role.LEARNER),
        (jasur, urgench, Role.LEARNER),
        (aysel, ganja, Role.TRAINER),
        (rustam, ganja, Role.CENTRE_MANAGER),
        (manager, academy, Role.PROGRAMME_MANAGER),
        (admin, academy, Role.ADMINISTRATOR),
    ):
        actions.join_organisation(by=None, now=NOW, person=person, organisation=organisation, role=role)
    return SimpleNamespace(
        academy=academy, ganja=ganja, school=school, urgench=urgench,
        leyla=leyla, jasur=jasur, aysel=aysel, rustam=rustam, manager=manager, admin=admin,
    )  # fmt: skip


@pytest.fixture
def asked(jasur):
    """Jasur asked his mother Dilbar; the link and its code."""
    return actions.request_guardian(
        by=jasur, now=NOW, person=jasur, name="Dilbar Karimova", relation="mother", language="uz"
    )


@pytest.fixture
def signed_in(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def entered(client):
    """Signed in, and "is it you?" answered a moment ago."""

    def enter(person):
        client.force_login(person)
        session = client.session
        session["account_authentication_methods_user"] = str(person.pk)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session.save()
        return client

    return enter
