"""Everything out in one file; nothing personal left behind."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import models

from bilik.people import actions, queries
from bilik.people.actions import data as data_module
from bilik.people.models import Consent, JournalEntry, Membership, Person

from .cast import NOW, PASSWORD, refused

pytestmark = pytest.mark.django_db
TRACES = (
    "zulfiya",
    "Zulfiya Xoʻjayeva",
    "zulfiya@example.uz",
    "Gulnora",
    "gulnora@example.uz",
    "met at the fair",
)


def everything_written():
    """Every text and JSON column of every table, as one text; sessions opened."""
    written = []
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.UUIDField)
        ]
        written += [json.dumps(list(row), default=str, ensure_ascii=False) for row in
                    model._base_manager.values_list(*fields)] if fields else []  # fmt: skip
    written += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(written)


@pytest.fixture
def rooms(monkeypatch):
    monkeypatch.setattr(data_module, "_exports", {})
    monkeypatch.setattr(data_module, "_erasers", {})


@pytest.fixture
def zulfiya(house, somebody, rooms):
    """A minor of whom everything is known that can be known."""
    person = somebody(
        "zulfiya",
        born=(2011, 4),
        region="UZ-XO",
        display_name="Zulfiya Xoʻjayeva",
        email="zulfiya@example.uz",
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    guardian, code = actions.request_guardian(
        by=person, now=NOW, person=person, name="Gulnora", relation="mother", language="uz",
        contact="gulnora@example.uz",
    )  # fmt: skip
    actions.confirm_guardian(now=NOW, guardian=guardian, code=code, language="uz", also=["photo"])
    actions.join_organisation(by=None, now=NOW, person=person, organisation=house.urgench, role="learner")
    Consent.objects.filter(person=person, purpose="photo").update(note="met at the fair")
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "password", "username": "zulfiya"}]
    session.save()
    LogEntry.objects.create(
        user=house.admin, content_type=ContentType.objects.get_for_model(Person), object_id=str(person.pk),
        object_repr="zulfiya", action_flag=CHANGE, change_message="zulfiya@example.uz",
    )  # fmt: skip
    return Person.objects.get(pk=person.pk)


def test_the_search_finds_what_it_must(zulfiya):
    written = everything_written()
    assert [trace for trace in TRACES if trace not in written] == []


def test_erasing_leaves_nothing_personal(zulfiya):
    ref, others = zulfiya.ref, Session.objects.count()
    actions.erase_person(by=zulfiya, now=NOW, person=zulfiya, password=PASSWORD)
    written = everything_written()
    assert [trace for trace in TRACES if trace in written] == []
    left = Person.objects.get(ref=ref)
    assert (left.birth_year, left.birth_month, left.region_id, left.erased_at) == (2011, None, "UZ-XO", NOW)
    assert not left.is_active
    assert not left.has_usable_password()
    assert Session.objects.count() == others - 1
    assert not Membership.objects.open().filter(person=left).exists()
    assert not Consent.objects.open().filter(person=left).exists()
    assert queries.why_not_learn(left, NOW).code == "account_closed"
    assert queries.public_name(left, None) == "Deleted account"
    assert JournalEntry.objects.filter(verb="people.erase_person", about_id=str(ref)).count() == 1


def test_erasing_needs_the_password_of_whoever_asks(zulfiya, house):
    with refused("wrong_password"):
        actions.erase_person(by=zulfiya, now=NOW, person=zulfiya, password="wrong")
    with refused("not_yours"):
        actions.erase_person(by=house.rustam, now=NOW, person=zulfiya, password=PASSWORD)
    assert Person.objects.get(pk=zulfiya.pk).display_name == "Zulfiya Xoʻjayeva"
    actions.erase_person(by=house.admin, now=NOW, person=zulfiya, password=PASSWORD)
    with refused("account_closed"):
        actions.erase_person(by=house.admin, now=NOW, person=zulfiya, password=PASSWORD)


def test_rooms_take_part_in_erasing_and_a_failure_undoes_all(zulfiya):
    erased = []
    actions.register_eraser("learning", lambda person, now: erased.append((person.pk, now)))

    def fails(person, now):
        raise RuntimeError("the disk is full")

    actions.register_eraser("submissions", fails)
    with pytest.raises(RuntimeError):
        actions.erase_person(by=zulfiya, now=NOW, person=zulfiya, password=PASSWORD)
    assert erased == [(zulfiya.pk, NOW)]
    assert Person.objects.get(pk=zulfiya.pk).username == "zulfiya"


def test_the_export_is_complete(zulfiya):
    actions.register_export("learning", lambda person: {"answers": [person.username]})
    made = json.loads(json.dumps(actions.export_my_data(by=zulfiya, now=NOW, person=zulfiya)))
    assert list(made) == [
        "made_at",
        "person",
        "organisations",
        "consents",
        "guardians",
        "signing_in",
        "external_ids",
        "journal",
        "learning",
    ]
    assert made["person"] == {
        "ref": str(zulfiya.ref),
        "username": "zulfiya",
        "name": "Zulfiya Xoʻjayeva",
        "email": "zulfiya@example.uz",
        "addresses": [{"email": "zulfiya@example.uz", "verified": True}],
        "language": "en",
        "birth_year": 2011,
        "birth_month": 4,
        "country": "UZ",
        "region": "UZ-XO",
        "access_class": "phone_only",
        "joined_at": NOW.isoformat(),
        "last_login": None,
    }
    assert [one["role"] for one in made["organisations"]] == ["learner"]
    assert {(one["purpose"], one["given_by"]) for one in made["consents"]} == {
        ("learning", "person"), ("learning", "guardian"), ("photo", "guardian"),
    }  # fmt: skip
    assert all("academy" in one["text"] for one in made["consents"] if one["language"] == "en")
    assert [one["contact"] for one in made["guardians"]] == ["gulnora@example.uz"]
    assert {one["verb"] for one in made["journal"]} == {
        "people.register", "people.give_consent", "people.request_guardian", "people.confirm_guardian",
        "people.join_organisation",
    }  # fmt: skip
    assert made["learning"] == {"answers": ["zulfiya"]}
    assert "password" not in json.dumps(made)
    assert "code_hash" not in json.dumps(made)
    assert JournalEntry.objects.filter(verb="people.export_my_data", by=zulfiya).count() == 1


def test_every_field_of_a_person_is_exported_or_said_not_to_be(zulfiya):
    exported = set(actions.export_my_data(by=zulfiya, now=NOW, person=zulfiya)["person"])
    known = {field.name for field in Person._meta.concrete_fields}
    not_exported = {
        "id", "password", "is_superuser", "is_active", "is_staff", "erased_at", "learning_consent_at",
        "guardian_consent_at", "display_name",
    }  # fmt: skip
    assert known - not_exported == exported - {"name", "addresses"}


def test_the_export_is_ones_own(zulfiya, house):
    with refused("not_yours"):
        actions.export_my_data(by=house.rustam, now=NOW, person=zulfiya)


def test_a_room_registers_once(rooms):
    def export(person):
        return {}

    actions.register_export("learning", export)
    actions.register_export("learning", export)
    with pytest.raises(ValueError, match="exports already"):
        actions.register_export("learning", lambda person: {})
    actions.register_eraser("learning", export)
    with pytest.raises(ValueError, match="erases already"):
        actions.register_eraser("learning", lambda person, now: None)
