"""Settings: all of them documented, each refused with a sentence when its value cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilik.config.environment import ROLES, SETTINGS, BadSetting, read_environment, settings_page

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_of_settings_is_the_table():
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_every_setting_has_a_sentence_and_a_line_on_the_page():
    page = settings_page()
    for setting in SETTINGS:
        assert f"| `{setting.name}` |" in page
        assert setting.about.endswith(".")


def test_how_many_proxies_are_said_or_left_to_https():
    assert read_environment({})["BILIK_PROXIES"] is None
    assert read_environment({"BILIK_PROXIES": "2"})["BILIK_PROXIES"] == 2
    with pytest.raises(BadSetting):
        read_environment({"BILIK_PROXIES": "one"})


def test_without_an_environment_everything_has_its_default():
    values = read_environment({})
    assert set(values) == {setting.name for setting in SETTINGS}
    assert (values["BILIK_DEBUG"], values["BILIK_DEMO"], values["BILIK_HTTPS"]) == (False, False, False)
    assert values["BILIK_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert values["BILIK_DATA"] == Path("var")


def test_other_programs_variables_are_none_of_our_business():
    assert read_environment({"PATH": "/bin", "POSTGRES_PASSWORD": "x"})


@pytest.mark.parametrize("name", ["BILIK_DEBBUG", "BILIK_", "BILIK_SECRET"])
def test_a_variable_that_is_no_setting_is_refused_by_name(name):
    with pytest.raises(BadSetting, match=name + " is not a setting"):
        read_environment({name: "1"})


@pytest.mark.parametrize(
    ("name", "value", "what_it_takes"),
    [
        ("BILIK_DEBUG", "maybe", "takes 1 or 0"),
        ("BILIK_DEMO", "2", "takes 1 or 0"),
        ("BILIK_RUNNERS", "-1", "takes a whole number"),
        ("BILIK_RUNNERS", "two", "takes a whole number"),
        ("BILIK_WEB_THREADS", "4.5", "takes a whole number"),
        ("BILIK_RUNNER_WAIT_MS", "", "takes a whole number"),
        ("BILIK_TIME_ZONE", "Baku", "such as Asia/Tashkent"),
        ("BILIK_TIME_ZONE", "../etc", "such as Asia/Tashkent"),
        ("BILIK_LOG_LEVEL", "LOUD", "takes DEBUG, INFO"),
        ("BILIK_MAIL_URL", "smtp://mail:port", "smtp://user:password@host:587"),
        ("BILIK_MAIL_URL", "https://mail", "smtp://user:password@host:587"),
        ("DATABASE_URL", "mysql://root@host/bilik", "postgresql://user:password@host/name"),
        ("DATABASE_URL", "postgresql://host:eighty/bilik", "postgresql://user:password@host/name"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_it_takes(name, value, what_it_takes):
    with pytest.raises(BadSetting) as caught:
        read_environment({name: value})
    assert str(caught.value).startswith(f"{name}=")
    assert what_it_takes in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("BILIK_DEBUG", "yes", True),
        ("BILIK_DEBUG", "", False),
        ("BILIK_HOSTS", " a.az , b.uz ,", ["a.az", "b.uz"]),
        ("BILIK_RUNNERS", "0", 0),
        ("BILIK_TIME_ZONE", "Asia/Tashkent", "Asia/Tashkent"),
        ("DATABASE_URL", "postgresql:///bilik?host=/run/pg", "postgresql:///bilik?host=/run/pg"),
    ],
)
def test_values_are_read(name, value, read):
    assert read_environment({name: value})[name] == read


@pytest.mark.parametrize(
    "text",
    [
        "{", "{}", '[{"id": "x"}]', '["x"]',
        '[{"id": "X Y", "name": "n", "server": "https://a.b", "client_id": "c", "secret": "s"}]',
        '[{"id": "x", "name": "n", "server": "http://a.b", "client_id": "c", "secret": "s3cret"}]',
        '[{"id": "x", "name": "", "server": "https://a.b", "client_id": "c", "secret": "s"}]',
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_says_why_and_no_secret(text):
    with pytest.raises(BadSetting) as caught:
        read_environment({"BILIK_OIDC": text})
    assert str(caught.value).startswith("BILIK_OIDC=…:")
    assert "s3cret" not in str(caught.value)


def test_providers_and_roles_are_read():
    row = '{"id": "edu", "name": "e-School", "server": "https://a.example", "client_id": "c", "secret": "s"}'
    found = read_environment({"BILIK_OIDC": f"[{row}]", "BILIK_SECOND_FACTOR_REQUIRED": "administrator, trainer"})
    assert [(one.id, one.server) for one in found["BILIK_OIDC"]] == [("edu", "https://a.example")]
    assert found["BILIK_SECOND_FACTOR_REQUIRED"] == ["administrator", "trainer"]
    for text in (f"[{row}, {row}]", "[[]]"):
        with pytest.raises(BadSetting):
            read_environment({"BILIK_OIDC": text})
    with pytest.raises(BadSetting, match="knows no role boss"):
        read_environment({"BILIK_SECOND_FACTOR_ASKED": "boss"})


def test_the_roles_of_settings_are_the_roles_of_people():
    from bilik.people.states import Role

    assert set(ROLES) == set(Role.values)
