"""`bilik people`, and what the doctor says about providers of sign-in."""

from __future__ import annotations

import pytest
import typer

from bilik.config.commands import doctor, people
from bilik.config.environment import OidcProvider
from bilik.people.models import Letter, Person
from bilik.people.tests.provider import Provider, serving

pytestmark = pytest.mark.django_db
LIST = (
    "id;name;e-mail;birth year;birth month;role\n1;Kamran Aliyev;;2013;3;\n2;X;x@example.az;2024;1;\n3;Y;not one;;;\n"
)


@pytest.fixture
def file(tmp_path, orxan):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_dry_run_from_the_terminal(file, capsys):
    people.import_(path=file, organisation="academy", dry_run=True)
    told = capsys.readouterr()
    assert "list.csv:4: e-mail" in told.err
    assert "line 3: X: Learning here begins at the age of 6." in " ".join(told.out.split())
    assert not Person.objects.filter(username="kamran.aliyev").exists()


def test_an_import_from_the_terminal(file):
    people.import_(path=file, organisation="academy", dry_run=False)
    assert Person.objects.get(username="kamran.aliyev").birth_year == 2013
    with pytest.raises(typer.Exit):
        people.import_(path=file, organisation="academy", dry_run=False)


def test_an_organisation_that_is_not_there(file):
    with pytest.raises(typer.Exit):
        people.import_(path=file, organisation="nowhere", dry_run=True)


def test_letters_need_the_address_of_the_site(file, settings):
    settings.CSRF_TRUSTED_ORIGINS = []
    with pytest.raises(typer.Exit):
        people.letters(address="", most=10)
    file.write_text("name;e-mail\nKamran;kamran@example.az\n")
    people.import_(path=file, organisation="academy", dry_run=False)
    people.letters(address="https://academy.example", most=10)
    assert not Letter.objects.exists()


def test_the_doctor_asks_each_provider(settings):
    provider = Provider()
    with serving(provider) as address:
        settings.OIDC = [
            OidcProvider("edu", "e-School", address, "c", "s"),
            OidcProvider("gone", "Gone", "http://127.0.0.1:1", "c", "s"),
        ]
        assert [(check.name, check.ok) for check in doctor._providers()] == [
            ("Sign-in with e-School", True), ("Sign-in with Gone", False),
        ]  # fmt: skip
        provider.says = {"issuer": "https://elsewhere.example"}
        assert next(doctor._providers()).ok is False
