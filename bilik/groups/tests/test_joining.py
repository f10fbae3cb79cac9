from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from bilik.groups import actions, queries
from bilik.groups.models import GroupMember, Invitation, JoinCode
from bilik.people.models import Membership
from bilik.people.queries import why_not_learn

pytestmark = pytest.mark.django_db


def test_whoever_joins_by_code_becomes_a_learner_of_the_organisation_once(house, group, come_in, leyla, now):
    first, again = come_in(leyla, leyla)
    assert first == again
    assert queries.learners_of(group) == [leyla]
    assert Membership.objects.open().filter(person=leyla, organisation=house.ganja, role="learner").count() == 1
    assert JoinCode.objects.get().uses == 1


def test_a_minor_comes_in_before_the_guardian_agrees_and_learning_is_still_refused(group, come_in, kamran, now):
    come_in(kamran)
    assert queries.learners_of(group) == [kamran]
    assert why_not_learn(kamran, now).code == "guardian_needed"


@pytest.mark.parametrize("spelt", ["{}", " {} ", "lower", "split", "cyrillic"])
def test_a_code_is_read_as_people_type_it(house, group, leyla, now, spelt):
    code = actions.make_join_code(by=house.aysel, now=now, group=group)
    JoinCode.objects.filter(pk=code.pk).update(code="ABCEK7")
    typed = {"lower": "abcek7", "split": "ABC-EK 7", "cyrillic": "АВСЕК7"}.get(spelt, spelt.format("ABCEK7"))
    assert actions.join_by_code(by=leyla, now=now, code=typed).group == group


def test_codes_have_no_letters_that_look_alike(house, group, now):
    codes = [actions.make_join_code(by=house.aysel, now=now, group=group).code for _ in range(30)]
    assert {len(code) for code in codes} == {6}
    assert not set("".join(codes)) & set("01OIL")


def test_a_code_ends_by_time_by_uses_and_by_hand(house, group, leyla, jasur, now, refused):
    code = actions.make_join_code(by=house.aysel, now=now, group=group, days=1, most_uses=1)
    with refused("join_code_over"):
        actions.join_by_code(by=leyla, now=now + timedelta(days=1), code=code.code)
    actions.join_by_code(by=leyla, now=now, code=code.code)
    with refused("join_code_over"):
        actions.join_by_code(by=jasur, now=now, code=code.code)
    other = actions.make_join_code(by=house.aysel, now=now, group=group)
    actions.revoke_code(by=house.aysel, now=now, code=other)
    with refused("join_code_over"):
        actions.join_by_code(by=jasur, now=now, code=other.code)
    with refused("wrong_join_code"):
        actions.join_by_code(by=jasur, now=now, code="ZZZZZZ")


def test_the_last_place_is_given_once(house, group, together, person, now):
    actions.change_group(
        by=house.aysel, now=now, group=group, name="Small", kind="class", starts_on=now.date(), ends_on=None,
        capacity=1, courses=[],
    )  # fmt: skip
    code = actions.make_join_code(by=house.aysel, now=now, group=group).code
    people = [person(f"learner{number}") for number in range(4)]

    def join(one):
        return lambda: actions.join_by_code(by=one, now=now, code=code)

    came = together(*[join(one) for one in people])
    assert sum(isinstance(one, GroupMember) for one in came) == 1
    assert {one.code for one in came if not isinstance(one, GroupMember)} == {"group_full"}
    assert len(queries.learners_of(group)) == 1


def test_an_invitation_lets_one_person_in_once_and_forgets_the_address(house, group, leyla, jasur, now, refused):
    sent, token = actions.invite(by=house.aysel, now=now, group=group, email="Leyla@Example.org", language="az")
    assert sent.email == "leyla@example.org"
    assert token not in str(Invitation.objects.values())
    actions.accept_invitation(by=leyla, now=now, token=token)
    # A second press of the same button finds her in the group.
    with refused("invitation_over"):
        actions.accept_invitation(by=jasur, now=now, token=token)
    row = Invitation.objects.get()
    assert (row.state, row.email, row.person) == ("accepted", "", leyla)


def test_an_invitation_ends_by_time_by_hand_and_by_a_newer_one(house, group, leyla, now, refused):
    about = {"by": house.aysel, "group": group, "email": "a@example.org", "language": "uz"}
    _, old = actions.invite(now=now, **about)
    newer, new = actions.invite(now=now, **about)
    for token, when in ((old, now), (new, now + timedelta(days=15)), ("nothing", now)):
        with refused("invitation_over"):
            actions.accept_invitation(by=leyla, now=when, token=token)
    actions.revoke_invitation(by=house.aysel, now=now, invitation=newer)
    assert set(Invitation.objects.values_list("state", "email")) == {("revoked", "")}
    with refused("invitation_over"):
        actions.accept_invitation(by=leyla, now=now, token=new)


def test_a_trainer_adds_only_people_of_the_organisation(house, group, come_in, leyla, jasur, now, refused):
    about = {"by": house.aysel, "now": now, "group": group}
    with refused("unknown_person"):
        actions.add_member(**about, person=jasur, part="learner")
    actions.add_member(**about, person=house.elnur, part="trainer")
    assert queries.group_for(group.ref, house.elnur) == group
    come_in(leyla)
    with refused("already_member"):
        actions.add_member(**about, person=leyla, part="learner")
    with refused("no_trainer_role"):
        actions.add_member(by=house.orxan, now=now, group=group, person=jasur, part="trainer")


def test_learners_leave_and_trainers_end_memberships_and_rows_stay(house, group, come_in, leyla, jasur, now, refused):
    hers, his = come_in(leyla, jasur)
    with refused("not_your_group"):
        actions.end_membership(by=jasur, now=now, member=hers)
    actions.end_membership(by=leyla, now=now, member=hers)
    actions.end_membership(by=house.aysel, now=now, member=his)
    with refused("not_a_member"):
        actions.end_membership(by=house.aysel, now=now, member=his)
    assert queries.learners_of(group) == []
    assert GroupMember.objects.filter(group=group, part="learner", until=now).count() == 2


def test_a_group_is_not_left_without_a_trainer_except_by_a_manager(house, group, now, refused):
    trainer = queries.members_of(group)[0]
    with refused("last_trainer"):
        actions.end_membership(by=house.aysel, now=now, member=trainer)
    actions.end_membership(by=house.nigar, now=now, member=trainer)
    assert queries.trainers_of(group) == []


def test_wrong_codes_are_counted_and_right_ones_are_not(house, group, person, client, now):
    code = actions.make_join_code(by=None, now=now, group=group, most_uses=100)
    JoinCode.objects.update(expires_at="2100-01-01T00:00:00Z")
    # A whole class behind one address comes in.
    for number in range(15):
        client.force_login(person(f"pupil{number}"))
        assert client.get(f"/groups/join/{code.code}/").status_code == 200
        assert client.post("/groups/join/", {"code": code.code, "yes": "1"}).status_code == 302
    client.force_login(person("guesser"))
    answers = [client.post("/groups/join/", {"code": f"ZZZZ{a}{b}"}).status_code for a in "ABC" for b in "DEFG"]
    assert answers == [422] * 10 + [429] * 2
    assert client.post("/groups/join/", {"code": code.code}).status_code == 429


def test_a_visitor_is_asked_to_sign_in_and_told_nothing_of_the_code(client, house, group, now):
    code = actions.make_join_code(by=None, now=now, group=group)
    for typed in (code.code, "ZZZZZZ"):
        response = client.get(f"/groups/join/{typed}/")
        assert response.status_code == 302
        assert response["Location"] == f"/account/login/?next=/groups/join/{typed}/"


def test_invitations_by_e_mail(house, group, leyla, browser, now):
    page = browser(house.aysel)
    wrong = page.post(f"/groups/{group.ref}/invitations/", {"addresses": "a@example.org nonsense", "language": "az"})
    assert wrong.status_code == 422
    assert "a@example.org nonsense" in wrong.content.decode()
    assert mail.outbox == []
    page.post(f"/groups/{group.ref}/invitations/", {"addresses": "a@example.org, b@example.org", "language": "az"})
    assert [letter.to for letter in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    address = next(word for word in mail.outbox[0].body.split() if word.startswith("http://"))
    path = address.removeprefix("http://testserver")
    page = browser(leyla)
    # Mail programs open links by themselves: that alone accepts nothing.
    assert page.get(path).status_code == 200
    assert queries.learners_of(group) == []
    page.post(path)
    assert queries.learners_of(group) == [leyla]
