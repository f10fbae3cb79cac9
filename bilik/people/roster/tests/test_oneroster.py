"""OneRoster 1.1 and 1.2, and zips that mean harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from bilik.people.roster import Enrolment, Place, RosterClass, read_roster
from bilik.people.roster import archive as archive_limits

ORGS = "sourcedId,status,name,type,identifier\no1,active,School 1,school,ganja-school\n"
USERS_11 = """\
sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,agentSourcedIds,pass
u1,active,true,o1,student,ignored,Kamran,Əliyev,kamran@example.az,u9,secret
u2,active,true,o1,teacher,,Aysel,Quliyeva,,,
u3,tobedeleted,true,o1,student,,Gone,Away,,,
u4,active,false,o1,student,,Off,Switched,,,
u5,active,true,o1,administrator,,Head,Master,,,
u9,active,true,o1,parent,,Dilbər,Əliyeva,dilber@example.az,,
"""
USERS_12 = """sourcedId,status,enabledUser,username,givenName,familyName,email,agentSourcedIds
u1,active,true,,Kamran,Əliyev,kamran@example.az,u9
u2,active,true,,Aysel,Quliyeva,,
u9,active,true,,Dilbər,Əliyeva,dilber@example.az,
"""
ROLES_12 = """sourcedId,userSourcedId,roleType,role,orgSourcedId
r1,u1,primary,student,o1
r2,u2,primary,teacher,o1
r3,u2,secondary,teacher,o2
r9,u9,primary,parent,o1
"""
MORE = {
    "orgs.csv": ORGS,
    "classes.csv": "sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,8A,k1,o1,\"t1,t2\"\n",
    "courses.csv": "sourcedId,title,courseCode\nk1,Informatics,inf-8\n",
    "academicSessions.csv": (
        "sourcedId,title,startDate,endDate\nt1,Autumn,2026-09-15,2026-12-25\nt2,Spring,2027-01-10,2027-05-31\n"
    ),
    "enrollments.csv": (
        "sourcedId,classSourcedId,userSourcedId,role,beginDate,endDate\n"
        "e1,c1,u1,student,2026-09-15,\ne2,c1,u2,teacher,,\ne3,c1,u5,administrator,,\ne4,c1,nobody,student,,\n"
    ),
    "demographics.csv": "sourcedId,birthDate,sex\nu1,2013-03-17,male\n",
}  # fmt: skip


def zipped(files, folder=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("folder", ["", "export 2026/", "../../etc/"])
def test_version_1_1(folder):
    roster = read_roster(zipped(MORE | {"users.csv": USERS_11}, folder), "school.zip")
    kamran, aysel = roster.people
    assert (kamran.external_id, kamran.name, kamran.email) == ("u1", "Kamran Əliyev", "kamran@example.az")
    assert (kamran.birth_year, kamran.birth_month) == (2013, 3)
    assert (kamran.guardian_email, kamran.guardian_name) == ("dilber@example.az", "Dilbər Əliyeva")
    assert kamran.places == (Place("learner", "o1"),)
    assert aysel.places == (Place("trainer", "o1"),)
    assert roster.classes == (
        RosterClass("c1", "8A", "o1", "Informatics", ("Autumn", "Spring"), "inf-8", "2026-09-15", "2027-05-31"),
    )
    assert roster.enrolments == (
        Enrolment("c1", "u1", "learner", "2026-09-15"), Enrolment("c1", "u2", "trainer"),
    )  # fmt: skip
    assert roster.format == "oneroster-1.1"
    left_out = {(one.code, one.file, one.line) for one in roster.problems}
    assert left_out == {
        ("to_be_deleted", "users.csv", 4), ("disabled", "users.csv", 5), ("role_not_taken", "users.csv", 6),
        ("user_unknown", "enrollments.csv", 5),
    }  # fmt: skip
    assert "secret" not in repr(roster)


def test_version_1_2_has_its_roles_in_a_file_of_their_own():
    files = MORE | {"users.csv": USERS_12, "roles.csv": ROLES_12}
    files["manifest.csv"] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n"
    roster = read_roster(zipped(files), "school.zip")
    assert roster.format == "oneroster-1.2"
    assert {one.external_id: one.places for one in roster.people} == {
        "u1": (Place("learner", "o1"),),
        "u2": (Place("trainer", "o1"), Place("trainer", "o2")),
    }
    assert roster.people[0].guardian_email == "dilber@example.az"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 broken", "bad_zip"),
        (zipped({"readme.txt": "hello"}), "no_users"),
        (zipped({"users.csv": "sourcedId,name\n1,A\n"}), "column_lacking"),
        (zipped({f"{number}.csv": "" for number in range(201)}), "too_many_members"),
    ],
)
def test_zips_that_are_no_list(content, code):
    assert [one.code for one in read_roster(content, "x.zip").problems] == [code]


def test_a_bomb_is_not_unpacked_beyond_the_limit(monkeypatch):
    monkeypatch.setattr(archive_limits, "LARGEST_UNPACKED", 1_000_000)
    bomb = zipped({"users.csv": "a" * 20_000_000})
    assert len(bomb) < 50_000
    assert [one.code for one in read_roster(bomb, "x.zip").problems] == ["zip_bomb"]


def test_a_zip_that_lies_about_its_sizes_is_caught(monkeypatch):
    """The header says 10 bytes; what comes out is counted, and the checksum does not fit either."""
    monkeypatch.setattr(archive_limits, "LARGEST_UNPACKED", 1_000_000)
    content = bytearray(zipped({"users.csv": "a" * 5_000_000}))
    size = (5_000_000).to_bytes(4, "little")
    content = content.replace(size, (10).to_bytes(4, "little"))
    assert read_roster(bytes(content), "x.zip").problems[0].code in {"bad_zip", "zip_bomb"}


USERS = "sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName,email,agentSourcedIds\n"


def with_users(*rows):
    return read_roster(zipped({"users.csv": USERS + "".join(f"{row}\n" for row in rows)}), "school.zip")


def test_the_first_parent_or_guardian_with_an_address_is_asked():
    roster = with_users(
        "u1,true,o1,student,Kamran,Əliyev,,\"u8,u9,u7,u6,nobody\"",
        "u6,true,o1,relative,Aunt,Əliyeva,aunt@example.az,", "u7,true,o1,parent,Second,Əliyev,second@example.az,",
        "u8,true,o1,parent,Without,Address,,", "u9,true,o1,guardian,Dilbər,Əliyeva,dilber@example.az,",
    )  # fmt: skip
    (kamran,) = roster.people
    assert (kamran.guardian_email, kamran.guardian_name) == ("dilber@example.az", "Dilbər Əliyeva")
    assert [(one.code, one.facts["found"]) for one in roster.problems] == [
        ("agent_unknown", "u6"), ("agent_unknown", "nobody"),
    ]  # fmt: skip


def test_a_teacher_may_be_a_parent_too():
    files = MORE | {"users.csv": USERS_12, "roles.csv": ROLES_12 + "r4,u2,secondary,parent,o1\n"}
    files["users.csv"] = USERS_12.replace("kamran@example.az,u9", "kamran@example.az,u2")
    kamran, aysel = read_roster(zipped(files), "school.zip").people
    assert (kamran.guardian_name, kamran.guardian_email) == ("Aysel Quliyeva", "")
    assert aysel.places == (Place("trainer", "o1"), Place("trainer", "o2"))


def test_rows_that_end_early_and_rows_without_an_id():
    roster = with_users("u1,true,o1,student,Kamran,Əliyev", ",true,o1,student,No,Body", "u2,true,o1,student,A,B,c,,,,")
    assert [one.external_id for one in roster.people] == ["u1", "u2"]
    assert [(one.code, one.line) for one in roster.problems] == [("cell_empty", 3), ("bad_email", 4)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("e9,c9,u1,student,,", "class_unknown"),
        ("e9,c1,u77,student,,", "user_unknown"),
        ("e9,c1,u1,proctor,,", "part_not_taken"),
        ("e9,c1,u1,student,15.09.2026,", "bad_day"),
        ("e1,c1,u1,student,2026-09-15,", "enrolment_twice"),
    ],
)
def test_enrolments_that_mean_nothing_are_said_with_their_line(row, code):
    files = MORE | {"users.csv": USERS_11}
    files["enrollments.csv"] = MORE["enrollments.csv"].replace("e4,c1,nobody,student,,\n", "") + row + "\n"
    found = [one for one in read_roster(zipped(files), "school.zip").problems if one.file == "enrollments.csv"]
    assert [(one.code, one.line) for one in found] == [(code, 5)]


def test_classes_twice_and_marked_as_deleted():
    files = MORE | {"users.csv": USERS_11}
    files["classes.csv"] = "sourcedId,status,title\nc1,active,8A\nc1,active,8B\nc2,tobedeleted,8C\nc3,active,\n"
    roster = read_roster(zipped(files), "school.zip")
    assert [(one.external_id, one.title, one.gone) for one in roster.classes] == [
        ("c1", "8A", False),
        ("c2", "8C", True),
    ]
    found = [(one.code, one.line) for one in roster.problems if one.file == "classes.csv"]
    assert found == [("class_twice", 3), ("no_title", 5)]
