"""The page of roles, invitations, and slips for those without an e-mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bilik.people import actions, errors, queries
from bilik.people.models import Invitation, JournalEntry, Membership, Person, SignInSlip
from bilik.web import navigation

from .cast import NOW, PASSWORD, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_old_counts():
    from django.core.cache import cache

    cache.clear()


def address(name, *more):
    return reverse(f"people:{name}", args=["ganja", *more])


def give(client, who, role="trainer", answer="give"):
    return client.post(address("roles"), {"who": who, "role": role, "answer": answer})


def holds(person, role, organisation):
    return Membership.objects.open().filter(person=person, role=role, organisation=organisation).exists()


def test_a_role_is_given_to_somebody_within_reach(house, entered):
    client = entered(house.rustam)
    assert give(client, "Leyla").status_code == 302
    assert holds(house.leyla, "trainer", house.ganja)
    assert JournalEntry.objects.filter(verb="people.join_organisation", by=house.rustam).count() == 1
    EmailAddress.objects.create(user=house.aysel, email="aysel@example.az", verified=True)
    assert give(client, "aysel@example.az", "learner").status_code == 302
    assert holds(house.aysel, "learner", house.ganja)


@pytest.mark.parametrize("who", ["jasur", "stranger", "nobody", "leyl", "jasur@example.uz"])
def test_nobody_out_of_reach_is_found_whether_they_are_here_or_not(house, entered, stranger, who):
    EmailAddress.objects.create(user=house.jasur, email="jasur@example.uz", verified=True)
    page = give(entered(house.rustam), who)
    assert page.status_code == 404
    assert page.context["form"].errors["who"] == [str(errors.NobodyInReach.sentence)]


def test_only_roles_that_one_may_give_are_offered(house, entered):
    page = entered(house.rustam).get(address("roles"))
    assert [value for value, _ in page.context["form"].fields["role"].choices] == ["learner", "trainer"]
    assert give(entered(house.rustam), "leyla", "administrator").status_code == 200
    assert not holds(house.leyla, "administrator", house.ganja)


@pytest.mark.parametrize("who", ["leyla", "aysel", "jasur"])
def test_who_may_give_nothing_has_no_such_page(house, entered, who):
    assert entered(getattr(house, who)).get(address("roles")).status_code == 404


def test_ending_a_role_and_why_not(house, entered):
    client = entered(house.rustam)
    page = client.get(address("roles")).content.decode()
    assert str(errors.RoleNotYours.sentence) in page
    own = Membership.objects.get(person=house.aysel)
    client.post(address("end_role", own.pk))
    assert not holds(house.aysel, "trainer", house.ganja)
    # Not within reach: as if it were not there.
    elsewhere = Membership.objects.get(person=house.jasur)
    assert client.post(address("end_role", elsewhere.pk)).status_code == 404
    assert client.get(address("end_role", own.pk)).status_code == 405


def test_giving_roles_asks_is_it_you(house, signed_in):
    client = signed_in(house.rustam)
    assert client.get(address("roles")).status_code == 200
    assert give(client, "leyla").url.startswith(reverse("account_reauthenticate"))
    assert not holds(house.leyla, "trainer", house.ganja)


def invited(client, email="new@example.az", role="trainer"):
    give(client, email, role, "invite")
    return re.search(r"http://testserver(/people/invitations/\S+)", mail.outbox[-1].body)[1]


def test_an_invitation_is_taken_once(house, entered, stranger, somebody):
    where = invited(entered(house.rustam))
    assert mail.outbox[-1].to == ["new@example.az"]
    client = entered(stranger)
    assert client.get(where).status_code == 200
    assert not holds(stranger, "trainer", house.ganja)
    client.post(where)
    assert holds(stranger, "trainer", house.ganja)
    assert Invitation.objects.get().email == ""
    late = somebody("late")
    assert entered(late).post(where).status_code == 410
    assert not holds(late, "trainer", house.ganja)
    verbs = set(JournalEntry.objects.filter(verb__contains="invit").values_list("verb", flat=True))
    assert verbs == {"people.invite", "people.take_invitation"}


def test_an_invitation_is_shown_to_a_visitor_who_then_signs_in(house, entered, client):
    where = invited(entered(house.rustam))
    client.logout()
    page = client.get(where).content.decode()
    assert "?next=/people/invitations/" in page
    assert client.post(where).status_code == 200
    assert not Membership.objects.filter(role="trainer", organisation=house.ganja).exclude(person=house.aysel).exists()


def test_an_invitation_ends_with_time_and_with_the_right_of_who_sent_it(house, entered, stranger):
    where = invited(entered(house.rustam))
    token = where.rstrip("/").rpartition("/")[2]
    invitation = queries.invitation_by_token(token)
    with refused("invitation_over"):
        actions.take_invitation(by=stranger, now=NOW + timedelta(days=400), invitation=invitation)
    actions.end_membership(by=None, now=NOW, membership=Membership.objects.get(person=house.rustam))
    with refused("not_allowed"):
        actions.take_invitation(by=stranger, now=NOW, invitation=invitation)


def test_an_invitation_can_be_withdrawn(house, entered, stranger):
    client = entered(house.rustam)
    where = invited(client)
    one = Invitation.objects.get()
    client.post(address("withdraw_invitation", one.ref))
    assert entered(stranger).get(where).status_code == 410
    assert entered(stranger).get(where + "x").status_code == 404


def test_inviting_twice_and_without_an_address(house, entered):
    client = entered(house.rustam)
    invited(client)
    page = give(client, "new@example.az", "trainer", "invite")
    assert page.context["form"].errors["who"] == [str(errors.InvitedAlready.sentence)]
    assert give(client, "not an address", "trainer", "invite").context["form"].errors["who"]
    assert Invitation.objects.count() == 1


# Slips ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def slip(house):
    ((_person, code),) = actions.issue_slips(by=house.aysel, now=NOW, organisation=house.ganja, people=[house.leyla])
    return code


NEW = "another-tile-of-blue-9"


def use(client, code, username="leyla", password=NEW):
    return client.post(reverse("people:first_sign_in"), {"username": username, "code": code, "password": password})


def test_a_trainer_prints_a_slip_and_the_learner_comes_in(house, entered, client):
    rows = entered(house.aysel).get(address("slips")).context["rows"]
    assert [(row.person, row.refusal) for row in rows] == [(house.leyla, None)]
    page = client.post(address("slips"), {"person": [str(house.leyla.ref)]})
    ((person, code),) = page.context["slips"]
    assert person == house.leyla
    assert code in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert code.replace("-", "") not in SignInSlip.objects.get().code_hash
    client.logout()
    assert use(client, code.lower().replace("-", " "), "LEYLA").url == "/"
    assert client.session["_auth_user_id"] == str(house.leyla.pk)
    assert Person.objects.get(pk=house.leyla.pk).check_password(NEW)
    client.logout()
    assert use(client, code).status_code == 422
    verbs = set(JournalEntry.objects.filter(verb__contains="slip").values_list("verb", "by__username"))
    assert verbs == {("people.issue_slip", "aysel"), ("people.use_slip", "leyla")}


def test_a_wrong_code_and_an_unknown_name_read_the_same(slip, client):
    pages = [use(client, "AAAA-AAAA", name) for name in ("leyla", "nobody")]
    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].context["form"].errors == pages[1].context["form"].errors


def test_five_wrong_codes_lock_a_slip(slip, client):
    for _ in range(5):
        use(client, "AAAA-AAAA")
    assert use(client, slip).status_code == 422
    assert SignInSlip.objects.get().wrong_codes == 5


def test_an_address_that_tries_many_codes_is_stopped(house, client):
    statuses = [use(client, "AAAA-AAAA", f"name{number}").status_code for number in range(61)]
    assert (statuses[0], statuses[-1]) == (422, 429)


def test_a_weak_password_does_not_use_the_slip_up(slip, client):
    assert use(client, slip, password="12345678").status_code == 200
    assert use(client, slip).status_code == 302


def test_a_slip_is_too_old_after_30_days(slip):
    with refused("slip_wrong"):
        actions.use_slip(now=NOW + timedelta(days=30), username="leyla", code=slip, password=NEW)


def test_a_new_slip_makes_the_older_one_void(house, slip):
    actions.issue_slips(by=house.aysel, now=NOW, organisation=house.ganja, people=[house.leyla])
    with refused("slip_wrong"):
        actions.use_slip(now=NOW, username="leyla", code=slip, password=NEW)


def test_a_slip_does_not_pass_a_second_factor(house, slip, client):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(house.leyla, generate_totp_secret())
    assert use(client, slip).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def issue(house, by, person, organisation="ganja"):
    place = getattr(house, organisation)
    return actions.issue_slips(by=getattr(house, by), now=NOW, organisation=place, people=[getattr(house, person)])


@pytest.mark.parametrize(
    ("by", "person", "organisation", "code"),
    [
        ("leyla", "leyla", "ganja", "not_allowed"),
        ("aysel", "jasur", "ganja", "not_allowed"),
        ("aysel", "jasur", "urgench", "not_allowed"),
        ("aysel", "aysel", "ganja", "not_allowed"),
        ("rustam", "aysel", "ganja", "not_allowed"),
    ],
)
def test_no_slip_beyond_ones_own_learners(house, by, person, organisation, code):
    with refused(code):
        issue(house, by, person, organisation)
    assert not SignInSlip.objects.exists()


def test_no_slip_for_a_learner_who_is_more_elsewhere(house):
    """Or else a trainer could become an administrator who also learns."""
    actions.join_organisation(by=None, now=NOW, person=house.admin, organisation=house.ganja, role="learner")
    with refused("slip_for_learners"):
        issue(house, "aysel", "admin")


def test_no_slip_for_a_confirmed_address(house):
    EmailAddress.objects.create(user=house.leyla, email="l@example.az", verified=True)
    with refused("slip_has_email"):
        issue(house, "aysel", "leyla")


def test_pages_take_the_same_queries_for_1_and_3(house, entered, somebody):
    client = entered(house.manager)
    pages = ("roles", "slips", "import")
    before = [count(client, address(name)) for name in pages]
    for number in range(2):
        actions.join_organisation(
            by=None, now=NOW, person=somebody(f"new{number}"), organisation=house.ganja, role="learner"
        )
    assert [count(client, address(name)) for name in pages] == before


def count(client, url):
    with navigation.only():
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
    return len(caught)


def test_the_password_of_the_cast_is_not_changed_by_looking(house, entered):
    entered(house.aysel).get(address("slips"))
    assert house.leyla.check_password(PASSWORD)
