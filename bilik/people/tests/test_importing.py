"""Importing a list: what is planned is what is done, twice is once, and nobody reaches further than they may."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bilik.people import actions, queries
from bilik.people.letters import send_waiting_letters
from bilik.people.models import ExternalId, Guardian, JournalEntry, Letter, Membership, Person, RosterUpload, SignInSlip
from bilik.people.plan import Known, KnownOrganisation, plan_import, usernames_for
from bilik.people.roster import Place, Roster, RosterPerson, read_roster
from bilik.people.roster_words import PROBLEMS, REASONS
from bilik.people.states import ImportStep, Role
from bilik.people.taking import HANDLERS

from .cast import NOW, refused

HEADING = "id;name;e-mail;username;birth year;birth month;role;organisation;language;guardian e-mail;class\n"


def list_of(*rows):
    return read_roster((HEADING + "".join(f"{row}\n" for row in rows)).encode(), "list.csv")


def steps(plan):
    return [(row.person.key, row.step.value, row.reasons, row.changes) for row in plan.rows]


@pytest.fixture
def three(db):
    return list_of(
        "1;Kamran Əliyev;;;2013;3;;;az;dilber@example.az;8A",
        "2;Nigar Həsənova;nigar.h@example.az;;1985;7;trainer;;;;8A|8B",
        "3;Şirin Öz;;shirin;;;;;;;8B",
    )


def bring(house, roster, *, by="rustam", organisation="ganja", **facts):
    place = getattr(house, organisation)
    return actions.import_people(by=getattr(house, by), now=NOW, roster=roster, organisation=place, **facts)


def test_a_dry_run_says_what_happens_and_changes_nothing(house, three):
    before = (Person.objects.count(), JournalEntry.objects.count())
    plan = queries.plan_for(three, house.ganja, house.rustam, NOW)
    assert [row.username for row in plan.rows] == ["kamran.aliyev", "nigar.hasanova", "shirin"]
    assert plan.counts[ImportStep.CREATE] == 3
    assert (Person.objects.count(), JournalEntry.objects.count()) == before


def test_an_import_makes_people_without_passwords_and_writes_it_down(house, three):
    done = bring(house, three, digest=queries.plan_for(three, house.ganja, house.rustam, NOW).digest)
    kamran, nigar, shirin = done.people
    assert not any(one.has_usable_password() for one in done.people)
    assert (kamran.display_name, kamran.birth_year, kamran.language) == ("Kamran Əliyev", 2013, "az")
    assert (shirin.birth_year, shirin.is_minor(NOW)) == (None, True)
    assert queries.why_not_learn(kamran, NOW).code == "consent_needed"
    roles = Membership.objects.open().filter(person__in=done.people).values_list("person__username", "role")
    assert set(roles) == {("kamran.aliyev", "learner"), ("nigar.hasanova", "trainer"), ("shirin", "learner")}
    assert queries.people_by_external_id("ganja", ["1", "3", "99"]) == {"1": kamran, "3": shirin}
    assert EmailAddress.objects.get(user=nigar).verified is False
    entries = JournalEntry.objects.filter(by=house.rustam, at=NOW, verb__startswith="people.import")
    assert entries.filter(verb="people.import_person").count() == 3
    summary = entries.get(verb="people.import_people")
    assert (summary.data["create"], summary.data["refused"], summary.organisation) == (3, 0, house.ganja)
    assert "Kamran" not in str(entries.values())
    assert done.letters == 2


def test_the_same_list_twice_changes_nothing(house, three):
    bring(house, three)
    counts = [table.objects.count() for table in (Person, Membership, ExternalId, Letter, JournalEntry)]
    assert queries.plan_for(three, house.ganja, house.rustam, NOW).counts[ImportStep.UNCHANGED] == 3
    with refused("nothing_to_import"):
        bring(house, three)
    assert [table.objects.count() for table in (Person, Membership, ExternalId, Letter, JournalEntry)] == counts


def test_a_list_without_ids_knows_its_people_again_after_they_came(house):
    roster = list_of(";Aygün A;aygun@example.az;;2000;1;;;;;")
    (aygun,) = bring(house, roster).people
    aygun.set_password("tilework-and-saffron-7")
    aygun.last_login = NOW
    aygun.display_name = "Aygün the Great"
    aygun.save()
    (row,) = queries.plan_for(roster, house.ganja, house.rustam, NOW).rows
    assert (row.step, row.known.pk) == ("unchanged", aygun.pk)


def test_what_a_newer_list_changes(house, three):
    bring(house, three)
    newer = list_of(
        "1;Kamran Aliyev;;;2013;3;;;az;;8A", "2;Nigar Həsənova;nigar.h@example.az;;1985;7;trainer;ganja-school;;;",
        "3;Şirin Öz;;shirin;2011;5;;;;;",
    )  # fmt: skip
    assert [changes for *_, changes in steps(queries.plan_for(newer, house.ganja, house.rustam, NOW))] == [
        ("name",), ("role",), ("birth",),
    ]  # fmt: skip
    bring(house, newer)
    assert Person.objects.get(username="kamran.aliyev").display_name == "Kamran Aliyev"
    assert Person.objects.get(username="shirin").birth_year == 2011
    assert Membership.objects.filter(person__username="nigar.hasanova", organisation=house.school).exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;A B;;;2000;1;trainer;urgench;;;", "organisation_unknown"),
        ("1;A B;;;2000;1;centre manager;;;;", "role_not_yours"),
        ("1;A B;;;2000;1;administrator;;;;", "role_not_yours"),
        ("1;A B;;jasur;2000;1;;;;;", "elsewhere"),
        ("1;A B;;LEYLA;2000;1;trainer;nowhere;;;", "organisation_unknown"),
        ("1;A B;;no spaces;2000;1;;;;;", "username_shape"),
        ("1;A B;;;;;trainer;;;;", "age_unknown"),
        ("1;A B;;;2026;12;;;;;", "birth_impossible"),
        ("1;A B;;;2023;1;;;;;", "too_young"),
    ],
)
def test_each_refused_row_says_why(house, row, reason):
    (planned,) = queries.plan_for(list_of(row), house.ganja, house.rustam, NOW).rows
    assert (planned.step, planned.reasons) == ("refused", (reason,))
    assert REASONS[reason]


def test_an_address_of_somebody_out_of_reach_leads_to_nobody(house):
    EmailAddress.objects.create(user=house.jasur, email="jasur@example.uz", verified=True)
    (row,) = queries.plan_for(list_of("1;X Y;jasur@example.uz;;;;;;;;"), house.ganja, house.rustam, NOW).rows
    assert (row.step, row.reasons) == ("refused", ("elsewhere",))


def test_an_address_that_was_only_claimed_is_nobody(house, somebody):
    """Whoever typed a pupil's address at sign-up does not get the pupil's place."""
    thief = somebody("thief")
    thief.last_login = NOW
    thief.save()
    EmailAddress.objects.create(user=thief, email="pupil@example.az", verified=False)
    (row,) = queries.plan_for(list_of("1;The Pupil;pupil@example.az;;2000;1;;;;;"), house.ganja, None, NOW).rows
    assert (row.step, row.username) == ("create", "the.pupil")


def test_two_rows_that_mean_one_person(house):
    rows = list_of("1;A B;ab@example.az;;2000;1;;;;;", "2;A C;ab@example.az;;2000;1;;;;;", "3;D;;leyla;;;;;;;",
                   "4;E;;leyla;;;;;;;")  # fmt: skip
    plan = queries.plan_for(rows, house.ganja, house.rustam, NOW)
    assert [(row.step.value, row.reasons) for row in plan.rows] == [
        ("create", ()), ("refused", ("same_person",)), ("update", ()), ("refused", ("same_person",)),
    ]  # fmt: skip


def test_who_may_not_give_a_role_may_not_import(house, three):
    for who in ("leyla", "aysel", "jasur"):
        with refused("not_allowed"):
            bring(house, three, by=who)


def test_something_changed_since_the_dry_run(house, three, somebody):
    digest = queries.plan_for(three, house.ganja, house.rustam, NOW).digest
    somebody("kamran.aliyev")
    with refused("plan_changed"):
        bring(house, three, digest=digest)
    assert not Person.objects.filter(username="shirin").exists()


@contextmanager
def only_handlers(**handlers):
    kept = dict(HANDLERS)
    HANDLERS.clear()
    HANDLERS.update(handlers)
    try:
        yield
    finally:
        HANDLERS.clear()
        HANDLERS.update(kept)


def test_another_room_takes_the_classes_in_the_same_transaction(house, three):
    seen = []

    def plan(*, roster, rows, organisation, by, now):
        assert [row.person.key for row in rows] == ["1", "2", "3"]
        return queries.RoomPlan(title="Classes", changes=2, digest="d", steps=roster)

    def take(*, plan, organisation, by, now):
        roster = plan.steps
        found = queries.people_by_external_id(organisation.slug, [one.person for one in roster.enrolments])
        seen.append(([one.title for one in roster.classes], sorted(one.username for one in found.values())))
        raise RuntimeError("the classes could not be stored")

    handler = queries.RosterHandler(plan, take)
    with only_handlers(classes=handler):
        actions.register_roster_handler("classes", handler)
        with pytest.raises(ValueError, match="already"):
            actions.register_roster_handler("classes", queries.RosterHandler(plan, plan))
        assert queries.plan_for(three, house.ganja, house.rustam, NOW).changes == 5
        with pytest.raises(RuntimeError):
            bring(house, three)
    assert seen == [(["8A", "8B"], ["kamran.aliyev", "nigar.hasanova", "shirin"])]
    assert not Person.objects.filter(username="shirin").exists()


def test_letters_bring_a_code_and_ask_the_guardian(house, three):
    bring(house, three)
    done = send_waiting_letters(now=NOW, root="https://academy.example/", most=10)
    assert (done.sent, done.dropped, done.failed) == (2, 0, False)
    to_parent, to_nigar = sorted(mail.outbox, key=lambda letter: letter.to[0])
    assert to_parent.to == ["dilber@example.az"]
    assert "https://academy.example/people/agree/" in to_parent.body
    assert Guardian.objects.get().channel == "import"
    assert "https://academy.example/people/first-sign-in/" in to_nigar.body
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", to_nigar.body)[0]
    actions.use_slip(now=NOW, username="nigar.hasanova", code=code, password="tilework-and-saffron-7")
    assert EmailAddress.objects.get(email="nigar.h@example.az").verified is True
    assert not Letter.objects.exists()


def test_a_later_list_asks_the_guardian_of_a_child_once(house):
    """A guardian is asked by the first list that has an address, never twice, and not again after a no."""
    bring(house, list_of("1;Kamran Əliyev;;;2013;3;;;az;;", "2;Nigar H;;;1985;7;trainer;;;;"))
    assert not Letter.objects.exists()
    named = list_of("1;Kamran Əliyev;;;2013;3;;;az;dilber@example.az;", "2;Nigar H;;;1985;7;trainer;;;mum@example.az;")
    assert [row.changes for row in queries.plan_for(named, house.ganja, house.rustam, NOW).rows] == [("guardian",), ()]
    assert bring(house, named).letters == 1
    with refused("nothing_to_import"):
        bring(house, named)
    assert send_waiting_letters(now=NOW, root="https://a.example/", most=10).sent == 1
    with refused("nothing_to_import"):
        bring(house, named)
    Guardian.objects.update(state="refused")
    with refused("nothing_to_import"):
        bring(house, named)


def test_that_a_list_names_a_guardian_is_no_consent(house, three):
    kamran = bring(house, three).people[0]
    actions.give_consent(by=kamran, now=NOW, person=kamran, purpose="learning", language="az")
    send_waiting_letters(now=NOW, root="https://a.example/", most=10)
    kamran.refresh_from_db()
    assert kamran.guardian_consent_at is None
    assert queries.why_not_learn(kamran, NOW).code == "guardian_needed"


def test_letters_wait_while_the_mail_server_is_away(house, three, settings):
    bring(house, three)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_waiting_letters(now=NOW, root="https://a.example/", most=10).failed
    assert Letter.objects.count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting_letters(now=NOW, root="https://a.example/", most=10).sent == 2


def school(size):
    return list_of(
        *(f"{n};Pupil Number{n};{f'p{n}@example.az' if n % 2 else ''};;2012;{n % 12 + 1};;;az;g{n}@example.az;{n % 60}"
          for n in range(size))
    )  # fmt: skip


def test_a_school_of_two_thousand_pupils(house):
    """Queries grow with batches of 500 and of 1000, not with pupils."""
    counts = []
    for start in (school(500), school(2000)):
        with CaptureQueriesContext(connection) as caught:
            done = bring(house, start)
        counts.append((len(done.people), len(caught)))
    (few, few_queries), (many, many_queries) = counts
    assert (few, many) == (500, 1500)
    assert few_queries < 80
    assert many_queries < 3 * few_queries
    assert Membership.objects.open().filter(organisation=house.ganja, role=Role.LEARNER).count() == 2001


def test_importing_erases_with_the_person(house, three):
    (_, nigar, _) = bring(house, three).people
    actions.mail_slip(by=None, now=NOW, person=nigar, address=nigar.email)
    house.admin.set_password("x")
    house.admin.save()
    actions.erase_person(by=house.admin, now=NOW, person=nigar, password="x")
    assert not ExternalId.objects.filter(person=nigar).exists()
    assert not SignInSlip.objects.filter(person=nigar).exists()
    assert not Letter.objects.filter(person=nigar).exists()


# Pages ----------------------------------------------------------------------------------------------------------------


def upload(client, content, name="list.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = reverse("people:import", args=["ganja"])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


CONTENT = (HEADING + "1;Kamran Əliyev;;;2013;3;;;az;;8A\n2;A B;;;2000;1;administrator;;;;\n").encode()


def test_bring_look_import(house, entered):
    client = entered(house.rustam)
    answer = upload(client, CONTENT)
    page = client.get(answer.url)
    assert [(step.value, count) for step, count in page.context["counts"]] == [
        ("create", 1), ("update", 0), ("unchanged", 0), ("refused", 1),
    ]  # fmt: skip
    assert str(REASONS["role_not_yours"]) in page.content.decode()
    assert [row["line"] for row in client.get(answer.url + "?step=refused").context["rows"]] == [3]
    done = client.post(answer.url, {"answer": "import", "digest": page.context["digest"]})
    assert done.url == reverse("people:import", args=["ganja"])
    assert Person.objects.filter(username="kamran.aliyev").exists()
    assert not RosterUpload.objects.exists()
    assert client.get(answer.url).status_code == 302


def test_an_import_without_having_seen_the_dry_run_is_refused(house, entered):
    client = entered(house.rustam)
    answer = upload(client, CONTENT)
    client.post(answer.url, {"answer": "import", "digest": ""})
    assert not Person.objects.filter(username="kamran.aliyev").exists()


def test_cancelling_forgets_the_list(house, entered):
    client = entered(house.rustam)
    answer = upload(client, CONTENT)
    client.post(answer.url, {"answer": "cancel"})
    assert not RosterUpload.objects.exists()
    assert not Person.objects.filter(username="kamran.aliyev").exists()


def test_a_list_is_its_bringers_alone_and_is_not_kept_for_long(house, entered):
    client = entered(house.rustam)
    url = upload(client, CONTENT).url
    assert entered(house.admin).get(url).status_code == 302
    assert entered(house.aysel).get(url).status_code == 404
    RosterUpload.objects.update(expires_at=NOW)
    assert entered(house.rustam).get(url).url == reverse("people:import", args=["ganja"])
    upload(entered(house.rustam), CONTENT)
    assert RosterUpload.objects.count() == 1


def test_a_bad_file_says_what_to_do(house, entered):
    page = upload(entered(house.rustam), b"\x89PNG\x00\x01", "photo.png")
    assert page.status_code == 422
    assert str(PROBLEMS["not_text"]) in page.content.decode()
    assert not RosterUpload.objects.exists()


def test_what_is_in_a_list_is_never_markup(house, entered):
    client = entered(house.rustam)
    content = (HEADING + "1;<script>alert(1)</script>;;;2013;3;;;az;;\n").encode()
    page = client.get(upload(client, content).url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


# Rules ----------------------------------------------------------------------------------------------------------------

HERE = Known(organisations={"here": KnownOrganisation(1, "here", frozenset(Role.values))})
people = st.builds(
    RosterPerson,
    name=st.text(min_size=1, max_size=20),
    external_id=st.text("abc", max_size=2),
    email=st.sampled_from(["", "a@b.az", "c@d.az"]),
    username=st.sampled_from(["", "abc", "a b"]),
    birth_year=st.none() | st.integers(1900, 2030),
    birth_month=st.none() | st.integers(1, 12),
    places=st.just((Place("learner"),)),
)


@given(st.lists(people, max_size=8))
def test_new_usernames_never_meet(rows):
    plan = plan_import(Roster("csv", tuple(rows)), HERE, source="here", now=NOW)
    made = [row.username for row in plan.rows if row.step == ImportStep.CREATE]
    assert len(made) == len(set(made))
    assert all(row.reasons for row in plan.rows if row.step == ImportStep.REFUSED)
    assert sum(plan.counts.values()) == len(rows)


@given(st.text(max_size=90))
def test_a_username_can_be_made_of_any_name(name):
    from bilik.people.models.person import username_shape

    for username in usernames_for(RosterPerson(name=name, external_id="1"), "here"):
        username_shape(username)
        assert 3 <= len(username) <= 40
