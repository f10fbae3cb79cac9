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
    "courses.csv": "sourcedId,title\nk1,Informatics\n",
    "academicSessions.csv": "sourcedId,title\nt1,Autumn\nt2,Spring\n",
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
    assert roster.classes == (RosterClass("c1", "8A", "o1", "Informatics", ("Autumn", "Spring")),)
    assert roster.enrolments == (
        Enrolment("c1", "u1", "learner", "2026-09-15"), Enrolment("c1", "u2", "trainer"),
    )  # fmt: skip
    assert roster.format == "oneroster-1.1"
    left_out = {(one.code, one.file, one.line) for one in roster.problems}
    assert left_out == {
        ("to_be_deleted", "users.csv", 4), ("disabled", "users.csv", 5), ("role_not_taken", "users.csv", 6),
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
