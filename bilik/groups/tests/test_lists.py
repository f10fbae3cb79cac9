"""Classes and enrolments of a list become groups: shown first, done at once, and twice is once."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bilik.groups import actions, queries
from bilik.groups.models import Group, GroupMember, ListedClass
from bilik.groups.roster_words import REMARKS
from bilik.groups.rostering import (
    Here,
    Home,
    KnownClass,
    KnownMember,
    ListedPerson,
    plan_classes,
)
from bilik.people.actions import import_people, join_organisation
from bilik.people.models import JournalEntry, Person
from bilik.people.queries import people_by_external_id, plan_for
from bilik.people.roster import Enrolment, Roster, RosterClass, read_roster
from bilik.people.states import ImportStep

USERS = """sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,email,agentSourcedIds
t1,active,true,o1,teacher,Aygün,Quliyeva,,
t2,active,true,o1,teacher,Fikrət,Nəsirov,,
u1,active,true,o1,student,Kamran,Əliyev,,p1
u2,active,true,o1,student,Lalə,Həsənova,,
u3,active,true,o1,student,Tural,Məmmədov,,
p1,active,true,o1,parent,Dilbər,Əliyeva,dilber@example.az,
"""
BIRTHS = "sourcedId,birthDate\nt1,1980-01-01\nt2,1981-01-01\nu1,2013-03-01\nu2,2013-04-01\nu3,2013-05-01\n"
CLASSES = "sourcedId,status,title,courseSourcedId,schoolSourcedId,termSourcedIds\n"
ENROLMENTS = "sourcedId,status,classSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
USUAL_CLASSES = ("c1,active,8A,k1,o1,y1", "c2,active,8B,k1,o1,y1")
USUAL = ("e1,active,c1,t1,teacher,true,,", "e2,active,c1,t2,teacher,false,,", "e3,active,c1,u1,student,,,",
         "e4,active,c1,u2,student,,,", "e5,active,c2,u3,student,,,", "e6,active,c2,t2,teacher,,,")  # fmt: skip


def school(classes=USUAL_CLASSES, enrolments=USUAL, **more):
    files = {
        "orgs.csv": "sourcedId,name,type,identifier\no1,Centre,school,ganja\n",
        "users.csv": USERS,
        "demographics.csv": BIRTHS,
        "courses.csv": "sourcedId,title,courseCode\nk1,Informatics,small-course\nk2,Robots,robots\n",
        "academicSessions.csv": "sourcedId,title,startDate,endDate\ny1,2026/27,2026-09-15,2027-05-31\n",
        "classes.csv": CLASSES + "".join(f"{row}\n" for row in classes),
        "enrollments.csv": ENROLMENTS + "".join(f"{row}\n" for row in enrolments),
    } | more
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def listed(*arguments, **more):
    return read_roster(school(*arguments, **more), "school.zip")


@pytest.fixture
def bring(house, now):
    def take(roster, *, by=house.nigar, when=now):
        digest = plan_for(roster, house.ganja, by, when).digest
        return import_people(by=by, now=when, roster=roster, organisation=house.ganja, digest=digest)

    return take


@pytest.fixture
def remarks(house, now):
    def of(roster, *, by=house.nigar, when=now):
        ((room, plan),) = plan_for(roster, house.ganja, by, when).rooms
        assert room == "groups"
        return [(one.problem.code, one.problem.file, one.problem.line) for one in plan.notes]

    return of


def picture():
    """Who is where, by what the list calls them."""
    names = {person.pk: key for key, person in people_by_external_id("ganja", "t1 t2 u1 u2 u3".split()).items()}
    rows = GroupMember.objects.open().filter(listed=True)
    return {
        (row.group.listed_as.get().external_id, names[row.person_id], row.part, row.primary)
        for row in rows.select_related("group")
    }


USUALLY = {
    ("c1", "t1", "trainer", True), ("c1", "t2", "trainer", False), ("c1", "u1", "learner", False),
    ("c1", "u2", "learner", False), ("c2", "u3", "learner", False), ("c2", "t2", "trainer", False),
}  # fmt: skip


def test_classes_become_groups_with_their_people(house, small, bring, now):
    bring(listed())
    assert picture() == USUALLY
    group = Group.objects.get(name="8A")
    assert (group.organisation, group.kind) == (house.ganja, "course_group")
    assert (group.starts_on, group.ends_on) == (date(2026, 9, 15), date(2027, 5, 31))
    assert [course.slug for course in queries.courses_of(group)] == ["small-course"]
    assert [person.display_name for person in queries.trainers_of(group)] == ["Aygün Quliyeva", "Fikrət Nəsirov"]
    trainer = queries.trainers_of(group)[0]
    assert queries.may_lead(trainer, group)
    entries = JournalEntry.objects.filter(about_type="groups.group", about_id=str(group.ref), by=house.nigar)
    assert sorted(entries.values_list("verb", flat=True)) == ["groups.add_member"] * 4 + ["groups.found_group"]


def test_a_dry_run_shows_and_changes_nothing(house, small, now):
    plan = plan_for(listed(), house.ganja, house.nigar, now)
    ((_, room),) = plan.rooms
    assert [count for _, count in room.counts] == [2, 0, 3, 3, 0]
    assert [(row.name, row.step) for row in room.rows] == [("8A", ImportStep.CREATE), ("8B", ImportStep.CREATE)]
    assert plan.changes == 7
    assert not Group.objects.exists()
    assert not Person.objects.filter(display_name="Kamran Əliyev").exists()


def test_the_same_list_twice_changes_nothing(bring, refused):
    bring(listed())
    counts = [table.objects.count() for table in (Group, GroupMember, ListedClass, JournalEntry)]
    with refused("nothing_to_import"):
        bring(listed())
    assert [table.objects.count() for table in (Group, GroupMember, ListedClass, JournalEntry)] == counts


def test_a_later_list_changes_what_changed_and_says_what_vanished(bring, remarks, now, small):
    bring(listed())
    later = listed(
        ("c1,active,8A again,k1,o1,y1",),
        ("e1,active,c1,t1,teacher,false,,", "e2,active,c1,t2,teacher,true,,", "e3,tobedeleted,c1,u1,student,,,",
         "e7,active,c1,u3,student,,,"),
    )  # fmt: skip
    assert remarks(later) == [("class_vanished", "", 0), ("people_vanished", "classes.csv", 2)]
    bring(later, when=now + timedelta(days=1))
    assert picture() == {
        ("c1", "t1", "trainer", False), ("c1", "t2", "trainer", True), ("c1", "u2", "learner", False),
        ("c1", "u3", "learner", False), ("c2", "u3", "learner", False), ("c2", "t2", "trainer", False),
    }  # fmt: skip
    assert set(Group.objects.values_list("name", "archived_at")) == {("8A again", None), ("8B", None)}
    left = GroupMember.objects.get(until__isnull=False)
    assert (left.person.display_name, left.until) == ("Kamran Əliyev", now + timedelta(days=1))


def test_what_was_changed_by_hand_stays(house, bring, remarks, now, small, refused):
    bring(listed())
    group = Group.objects.get(name="8A")
    facts = {"kind": group.kind, "starts_on": group.starts_on, "ends_on": None, "capacity": None, "courses": []}
    actions.change_group(by=house.nigar, now=now, group=group, name="Our 8A", **facts)
    u3 = people_by_external_id("ganja", ["u3"])["u3"]
    actions.add_member(by=house.nigar, now=now, group=group, person=u3, part="learner")
    with refused("nothing_to_import"):
        bring(listed())
    over = listed(enrolments=(*USUAL, "e9,tobedeleted,c1,u3,student,,,"))
    assert remarks(over) == [("stays_by_hand", "enrollments.csv", 8)]
    taught = listed(enrolments=(*USUAL, "e9,active,c1,u3,teacher,,,"))
    assert remarks(taught) == [("part_by_hand", "enrollments.csv", 8)]
    group.refresh_from_db()
    assert (group.name, group.ends_on) == ("Our 8A", None)


@pytest.mark.parametrize(
    ("dates", "in_it"),
    [
        (",", True), ("2026-11-22,2026-11-22", True), ("2026-09-15,2026-11-21", False), ("2026-11-23,", False),
        ("2026-09-15T00:00:00Z,2027-05-31", True),
    ],
)  # fmt: skip
def test_days_of_an_enrolment(bring, remarks, small, dates, in_it):
    bring(listed(enrolments=(*USUAL[:3], f"e4,active,c1,u2,student,,{dates}")))
    assert (("c1", "u2", "learner", False) in picture()) is in_it


def test_an_enrolment_whose_last_day_has_passed_ends(bring, now, small):
    roster = listed(enrolments=(*USUAL[:3], "e4,active,c1,u2,student,,,2026-11-23"))
    bring(roster)
    assert ("c1", "u2", "learner", False) in picture()
    bring(roster, when=now + timedelta(days=2))
    assert ("c1", "u2", "learner", False) not in picture()


@pytest.mark.parametrize(
    ("classes", "enrolments", "said"),
    [
        (("c1,active,8A,,o1,", "c3,active,Empty,,o1,"), USUAL[:4], [("class_empty", "classes.csv", 3)]),
        (USUAL_CLASSES[:1], (*USUAL[:4], "e9,active,c1,u3,student,,2026-12-01,"),
         [("begins_later", "enrollments.csv", 6)]),
        (("c1,tobedeleted,8A,,o1,",), USUAL[:4], []),
    ],
)  # fmt: skip
def test_what_is_said_of_lines(remarks, classes, enrolments, said, small):
    assert remarks(listed(classes, enrolments)) == said


def test_who_is_refused_does_not_come_into_a_class(bring, remarks, small):
    young = BIRTHS.replace("u2,2013", "u2,2023")
    roster = listed(**{"demographics.csv": young})
    assert remarks(roster) == [("person_refused", "enrollments.csv", 5)]
    bring(roster)
    assert {key for _, key, *_ in picture()} == {"t1", "t2", "u1", "u3"}


def test_who_does_not_teach_there_is_not_named_as_its_trainer(remarks, small):
    roster = listed(enrolments=("e1,active,c1,u1,teacher,,,", "e2,active,c1,u2,student,,,"))
    assert remarks(roster) == [("class_empty", "classes.csv", 3), ("trainer_elsewhere", "enrollments.csv", 2)]


def test_groups_that_are_full_or_archived_stay_as_they_are(house, bring, remarks, now, small, refused):
    bring(listed())
    group = Group.objects.get(name="8A")
    Group.objects.filter(pk=group.pk).update(capacity=2)
    more = listed(enrolments=(*USUAL, "e9,active,c1,u3,student,,,"))
    assert remarks(more) == [("class_full", "classes.csv", 2)]
    with refused("nothing_to_import"):
        bring(more)
    actions.archive_group(by=house.nigar, now=now, group=group)
    assert remarks(more) == [("class_archived", "classes.csv", 2)]


def test_a_group_does_not_move_to_another_organisation(house, bring, remarks, small):
    bring(listed())
    join_organisation(by=None, now=GroupMember.objects.first().since, person=house.nigar, organisation=house.urganch,
                      role="centre_manager")  # fmt: skip
    orgs = "sourcedId,name,type,identifier\no1,Centre,school,ganja\no2,Other,school,urganch\n"
    moved = listed(("c1,active,8A,k1,o2,y1", USUAL_CLASSES[1]), **{"orgs.csv": orgs})
    assert remarks(moved) == [("class_moved", "classes.csv", 2)]


def test_two_classes_of_one_title_are_told_apart_by_their_course(bring, small):
    roster = listed(("c1,active,8A,k1,o1,y1", "c2,active,8A,k2,o1,y1"))
    bring(roster)
    assert set(Group.objects.values_list("name", flat=True)) == {"8A, Informatics", "8A, Robots"}


def test_every_remark_has_its_words():
    import re
    from pathlib import Path

    from bilik.groups import rostering

    said = set(
        re.findall(
            r'"((?:class|person|people|trainer|part|stays|begins)_[a-z_]+)"', Path(rostering.__file__).read_text()
        )
    )
    assert said == set(REMARKS)


def test_a_list_of_two_thousand_pupils(house, now, bring, small):
    """Queries grow with batches, not with people or classes."""

    def whole(size):
        users = USERS + "".join(f"n{n},active,true,o1,student,Pupil,N{n},,\n" for n in range(size))
        classes = [*USUAL_CLASSES, *(f"k{n},active,Class {n},k1,o1,y1" for n in range(size // 25))]
        rows = [*USUAL, *(f"x{n},active,k{n // 25},n{n},student,,," for n in range(size))]
        return listed(classes, rows, **{"users.csv": users})

    counts = []
    for size in (500, 2000):
        roster = whole(size)
        with CaptureQueriesContext(connection) as caught:
            import_people(by=house.nigar, now=now, roster=roster, organisation=house.ganja)
        counts.append(len(caught))
    assert Group.objects.count() == 82
    assert GroupMember.objects.open().count() == 2006
    assert counts[1] < 3 * counts[0]


def test_the_page_shows_groups_and_imports_them(house, client, now, small):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(house.nigar)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9_999_999_999}]
    session.save()
    file = SimpleUploadedFile("school.zip", school(enrolments=(*USUAL, "e9,active,c1,u3,student,,2026-12-24,")))
    address = client.post(reverse("people:import", args=["ganja"]), {"file": file}).url
    page = client.get(address)
    text = page.content.decode()
    assert "8A" in text
    assert "2 learners come in, 2 trainers come in" in text
    client.post(address, {"answer": "import", "digest": page.context["digest"]})
    assert picture() == USUALLY


# Rules ----------------------------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 22)
HOME = Home(1, leads=True, school=True)
keys = st.sampled_from(["a", "b", "c", "d"])
days = st.sampled_from(["", "2026-01-01", "2026-11-22", "2027-01-01"])
enrolments = st.builds(
    Enrolment, class_id=st.sampled_from(["1", "2", "3"]), person=keys, role=st.sampled_from(["learner", "trainer"]),
    first=days, last=days, primary=st.booleans(), gone=st.booleans(),
)  # fmt: skip
classes = st.lists(
    st.builds(
        RosterClass, external_id=st.sampled_from(["1", "2", "3"]), title=st.sampled_from(["8A", "8B"]),
        organisation=st.sampled_from(["", "nowhere"]), course=st.sampled_from(["", "Robots"]),
        first=days, last=days, gone=st.booleans(),
    ),
    unique_by=lambda one: one.external_id, max_size=3,
)  # fmt: skip
PLACES = {"a": {("learner", 1)}, "b": {("learner", 1), ("trainer", 1)}, "c": {("trainer", 1)}, "d": set()}
NUMBERS = {key: number for number, key in enumerate(PLACES, start=1)}


def here(known):
    people = {key: ListedPerson(NUMBERS[key], frozenset(places)) for key, places in PLACES.items() if key != "d"}
    return Here(people, {"": HOME}, known, frozenset(), TODAY)


def applied(known, plan):
    """What `take_classes` leaves behind, as plain data."""
    after = dict(known)
    for row in plan.rows:
        number = row.listed.external_id
        if row.step not in (ImportStep.CREATE, ImportStep.UPDATE):
            continue
        before = after.get(number)
        members = {} if before is None else {n: m for n, m in before.members.items() if m.row not in row.leaves}
        firsts = dict(row.firsts)
        members = {n: replace(m, primary=firsts.get(m.row, m.primary)) for n, m in members.items()}
        for one in row.comes:
            assert NUMBERS[one.person] not in members
            members[NUMBERS[one.person]] = KnownMember(
                int(number) * 100 + NUMBERS[one.person] * 2 + (one.part == "trainer"), one.part, True, one.primary
            )
        days = {"starts_on": TODAY, "ends_on": None} if before is None else vars(before)
        facts = {"starts_on": days["starts_on"], "ends_on": days["ends_on"]}
        facts |= {name: value for name, value in row.fields.items() if name != "name"}
        said = [date.fromisoformat(text) if text else None for text in (row.listed.first, row.listed.last)]
        first, last = said[0] or (before and before.first), said[1] or (before and before.last)
        assert facts["ends_on"] is None or facts["ends_on"] >= facts["starts_on"]
        after[number] = KnownClass(
            int(number), 1, row.name, first, last, **facts, capacity=before.capacity if before else None,
            archived=False, members=members,
        )  # fmt: skip
    return after


@given(classes, st.lists(enrolments, max_size=12), classes, st.lists(enrolments, max_size=12))
def test_twice_is_once_whatever_the_list(first, them, second, others):
    known = applied({}, plan_classes(Roster("x", classes=tuple(first), enrolments=tuple(them)), here({})))
    roster = Roster("x", classes=tuple(second), enrolments=tuple(others))
    after = applied(known, plan_classes(roster, here(known)))
    again = plan_classes(roster, here(after))
    assert again.changes == 0
    assert applied(after, again) == after


@given(classes, st.lists(enrolments, max_size=12), st.randoms())
def test_the_order_of_lines_makes_no_difference(some, them, random):
    roster = Roster("x", classes=tuple(some), enrolments=tuple(them))
    mixed = Roster("x", classes=tuple(random.sample(some, len(some))), enrolments=tuple(random.sample(them, len(them))))
    assert plan_classes(mixed, here({})).digest == plan_classes(roster, here({})).digest
    known = applied({}, plan_classes(roster, here({})))
    assert plan_classes(mixed, here(known)).changes == 0
