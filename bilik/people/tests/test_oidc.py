"""Sign-in by OpenID Connect, against a provider that is really asked: what is believed, and whom it lets in."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from bilik.people.models import JournalEntry, Person

from .cast import PASSWORD
from .provider import CLIENT, SECRET, Provider, serving

pytestmark = pytest.mark.django_db


def edu(server):
    """A provider as settings have it."""
    return SimpleNamespace(id="edu", name="e-School", server=server, client_id=CLIENT, secret=SECRET)


@pytest.fixture
def provider(settings, regions):
    one = Provider()
    one.claims = {"sub": "u-17", "email": "nodira@example.uz", "email_verified": True, "name": "Nodira Aliyeva"}
    with serving(one) as address:
        settings.OIDC = [edu(address)]
        yield one


@pytest.fixture
def walk(client, provider):
    """Presses the provider's button, signs in there and comes back."""

    def go(*, nonce=None, **query):
        page = client.post(reverse("openid_connect_login", args=["edu"]) + "?process=" + query.pop("process", "login"))
        assert page.status_code == 200, page
        asked = parse_qs(urlsplit(page.context["address"]).query)
        provider.nonce = asked["nonce"][0] if nonce is None else nonce
        back = {"code": "c", "state": asked["state"][0]} | query
        return client.get(reverse("openid_connect_callback", args=["edu"]), back)

    return go


def somebody_with(somebody, username, email, *, verified=True):
    person = somebody(username, email=email)
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return person


FORM = {
    "username": "nodira", "display_name": "Nodira Aliyeva", "birth_year": "1999", "birth_month": "7", "language": "uz",
    "region": "UZ-XO", "access_class": "phone_only", "consent": "on",
}  # fmt: skip


def test_the_button_leads_to_the_provider_with_everything_that_binds_the_answer(client, provider):
    page = client.post(reverse("openid_connect_login", args=["edu"]))
    address = urlsplit(page.context["address"])
    asked = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}" == provider.issuer
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    assert "http-equiv" in page.content.decode()
    # Nobody starts a sign-in by a link or by a picture.
    assert client.get(reverse("openid_connect_login", args=["edu"])).url == reverse("account_login")
    assert client.post(reverse("openid_connect_login", args=["unknown"])).status_code == 404


def test_a_newcomer_is_asked_for_birth_month_and_consent(client, provider, walk):
    answer = walk()
    assert answer.url == reverse("socialaccount_signup")
    page = client.get(answer.url)
    assert "web/base.html" in [one.name for one in page.templates]
    assert {"birth_year", "consent"} <= set(page.context["form"].fields)
    assert not {"email", "password1"} & set(page.context["form"].fields)
    assert client.post(answer.url, FORM | {"consent": ""}).status_code == 200
    assert not Person.objects.exists()
    client.post(answer.url, FORM)
    person = Person.objects.get()
    assert (person.username, person.birth_year, person.has_usable_password()) == ("nodira", 1999, False)
    assert person.learning_consent_at
    assert EmailAddress.objects.get(user=person).verified is True
    assert client.session["_auth_user_id"] == str(person.pk)
    assert provider.asked[0]["client_secret"] == SECRET
    assert "code_verifier" in provider.asked[0]
    verbs = set(JournalEntry.objects.filter(by=person).values_list("verb", flat=True))
    assert verbs == {"people.register", "people.give_consent", "people.change_sign_in"}
    client.logout()
    assert walk().url == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_minor_goes_on_to_the_guardian(client, walk):
    answer = walk()
    assert client.post(answer.url, FORM | {"birth_year": "2012"}).url == reverse("people:guardian")


@pytest.mark.parametrize(
    "lie",
    [
        {"signed_by": "stranger"},
        {"changes": {"aud": "somebody-else"}},
        {"changes": {"aud": [CLIENT, "somebody-else"]}},
        {"changes": {"iss": "https://elsewhere.example"}},
        {"changes": {"exp": 1_600_000_000}},
        {"changes": {"exp": None}},
        {"changes": {"sub": None}},
        {"changes": {"nonce": "of-another-attempt"}},
        {"changes": {"nonce": None}},
        {"header": {"kid": "two"}},
        {"algorithm": "none", "signed_by": ""},
        {"algorithm": "HS256", "signed_by": SECRET},
        {"says": {"issuer": "https://elsewhere.example"}},
        {"says": {"jwks_uri": None}},
    ],
    ids=str,
)
def test_no_lie_gets_in(client, provider, somebody, lie):
    person = somebody_with(somebody, "nodira", "nodira@example.uz")
    SocialAccount.objects.create(user=person, provider="edu", uid="u-17")
    page = client.post(reverse("openid_connect_login", args=["edu"]))
    for name, value in lie.items():
        setattr(provider, name, provider.stranger if value == "stranger" else value)
    if provider.signed_by == "":
        provider.token = lambda: jwt.encode(provider.claims, None, "none")
    asked = parse_qs(urlsplit(page.context["address"]).query)
    provider.nonce = asked["nonce"][0]
    answer = client.get(reverse("openid_connect_callback", args=["edu"]), {"code": "c", "state": asked["state"][0]})
    assert answer.status_code == 401
    assert "web/base.html" in [one.name for one in answer.templates]
    assert "_auth_user_id" not in client.session


def test_the_same_walk_without_a_lie_gets_in(client, provider, walk, somebody):
    """What the lies above are measured against."""
    person = somebody_with(somebody, "nodira", "nodira@example.uz")
    SocialAccount.objects.create(user=person, provider="edu", uid="u-17")
    assert walk().url == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_state_works_once_and_in_its_own_browser(client, provider, walk):
    assert client.get(reverse("openid_connect_callback", args=["edu"]), {"code": "c", "state": "x"}).status_code == 401
    assert walk(state="of-somebody-else").status_code == 401


def test_a_provider_that_is_away_is_said(client, provider, settings):
    settings.OIDC = [edu("http://127.0.0.1:1")]
    page = client.post(reverse("openid_connect_login", args=["edu"]))
    assert page.status_code == 401
    assert "web/base.html" in [one.name for one in page.templates]


def test_stopping_on_the_way(client, walk):
    answer = walk(error="access_denied", code="")
    assert answer.url == reverse("socialaccount_login_cancelled")
    assert "web/base.html" in [one.name for one in client.get(answer.url).templates]


def test_a_learner_is_known_again_by_the_confirmed_address(client, provider, walk, somebody):
    person = somebody_with(somebody, "nodira", "nodira@example.uz")
    assert walk().url == "/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get(user=person).uid == "u-17"
    assert JournalEntry.objects.filter(verb="people.change_sign_in", by=person).exists()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("who", ["aysel", "rustam", "manager", "admin"])
def test_a_role_above_learner_is_never_opened_by_an_address(client, provider, walk, house, who):
    person = getattr(house, who)
    EmailAddress.objects.create(user=person, email="nodira@example.uz", verified=True, primary=True)
    assert walk().url == reverse("account_login")
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_staff_is_never_opened_by_an_address(client, provider, walk, somebody):
    person = somebody_with(somebody, "root", "nodira@example.uz")
    person.is_staff = True
    person.save()
    assert walk().url == reverse("account_login")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("there", "here"),
    [(False, True), ("true", True), (None, True), (True, False)],
    ids=["not verified there", "a text", "not said", "not confirmed here"],
)
def test_an_address_that_one_side_has_not_confirmed_opens_nothing(client, provider, walk, somebody, there, here):
    somebody_with(somebody, "nodira", "nodira@example.uz", verified=here)
    provider.claims["email_verified"] = there
    answer = walk()
    assert answer.url == reverse("socialaccount_signup")
    assert not SocialAccount.objects.exists()
    client.post(answer.url, FORM | {"username": "second"})
    assert not EmailAddress.objects.get(user__username="second").verified


def test_with_a_role_one_connects_it_oneself(client, provider, walk, house, entered):
    EmailAddress.objects.create(user=house.aysel, email="nodira@example.uz", verified=True, primary=True)
    entered(house.aysel)
    assert walk(process="connect").url == reverse("socialaccount_connections")
    account = SocialAccount.objects.get(user=house.aysel)
    page = client.get(reverse("socialaccount_connections"))
    assert "edu" in page.content.decode()
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_connecting_asks_is_it_you(client, provider, walk, house):
    client.force_login(house.aysel)
    assert walk(process="connect").url.startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()


def test_userinfo_must_speak_of_the_same_person(client, provider, walk):
    del provider.claims["email"], provider.claims["email_verified"]
    provider.userinfo = {"sub": "somebody-else", "email": "nodira@example.uz", "email_verified": True}
    assert walk().status_code == 401
    provider.userinfo = provider.userinfo | {"sub": "u-17"}
    assert walk().url == reverse("socialaccount_signup")


def test_the_provider_is_offered_where_people_sign_in(client, provider):
    for name in ("account_login", "account_signup"):
        assert re.search(r"<button[^>]*>e-School</button>", client.get(reverse(name)).content.decode())
