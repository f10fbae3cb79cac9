"""Our CSV: encodings, delimiters, headings in four languages, and what is said about rows that cannot be taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.people.roster import Place, read_roster

ROWS = [
    ["1", "Leyla Məmmədova", "leyla@example.az", "2010", "3", "learner", "az", "8A"],
    ["2", "Orxan Öztürk", "", "1980", "12", "trainer", "", "8A|8B"],
]
HEADINGS = {
    "en": ["External ID", "Name", "E-mail", "Birth year", "Birth month", "Role", "Language", "Class"],
    "az": ["Xarici ID", "Ad, soyad", "E-poçt", "Doğum ili", "Doğum ayı", "Rol", "Dil", "Sinif"],
    "uz": ["Tashqi ID", "Ism familiya", "E-pochta", "Tugʻilgan yili", "Tug'ilgan oyi", "Roli", "Tili", "Sinf"],
    "ru": ["Внешний ID", "ФИО", "Почта", "Год рождения", "Месяц рождения", "Роль", "Язык", "Класс"],
}


def table(rows, delimiter=","):
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    return "\n".join(delimiter.join(row) for row in quoted) + "\n"


def codes(roster):
    return [(problem.code, problem.line) for problem in roster.problems]


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_in_four_languages_and_three_delimiters(language, delimiter):
    roster = read_roster(table([HEADINGS[language], *ROWS], delimiter).encode(), "list.csv")
    assert codes(roster) == []
    leyla, orxan = roster.people
    assert (leyla.external_id, leyla.name, leyla.email) == ("1", "Leyla Məmmədova", "leyla@example.az")
    assert (leyla.birth_year, leyla.birth_month, leyla.language) == (2010, 3, "az")
    assert (leyla.places, leyla.line) == ((Place("learner"),), 2)
    assert orxan.places == (Place("trainer"),)
    assert [one.title for one in roster.classes] == ["8A", "8B"]
    assert {(one.class_id, one.person, one.role) for one in roster.enrolments} == {
        ("8A", "1", "learner"), ("8A", "2", "trainer"), ("8B", "2", "trainer"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "name", "said"),
    [
        ("utf-8", "Gülnarə", "UTF-8"),
        ("utf-8-sig", "Gülnarə", "UTF-8"),
        ("utf-16", "Gülnarə", "UTF-16"),
        ("utf-16-le", "Gülnarə", "UTF-16"),
        ("utf-16-be", "Gülnarə", "UTF-16"),
        ("cp1251", "Алия Каримова", "Windows-1251"),
        ("cp1254", "Çiğdem Ağaoğlu, Şirin İsgəndərova".replace("ə", "e").split(",")[0], "Windows-1254"),
    ],
)
def test_encodings_are_found_and_said(encoding, name, said):
    roster = read_roster(f"name;username\n{name};somebody\n".encode(encoding), "list.csv")
    assert (roster.people[0].name, roster.encoding, codes(roster)) == (name, said, [])


def test_a_line_of_excel_that_names_the_delimiter():
    roster = read_roster(b"sep=;\r\nname;login\r\nA, B;ab1\r\n", "list.csv")
    assert [(one.name, one.line) for one in roster.people] == [("A, B", 3)]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["", "x@example.az", "", "", "", ""], "no_name", "name"),
        (["A", "", "", "", "", ""], "no_key", "e-mail"),
        (["A", "not an address", "", "", "", ""], "bad_email", "e-mail"),
        (["A", "a@example.az", "20l0", "", "", ""], "bad_year", "birth year"),
        (["A", "a@example.az", "2010", "13", "", ""], "bad_month", "birth month"),
        (["A", "a@example.az", "", "", "boss of all", ""], "bad_role", "role"),
        (["A", "a@example.az", "", "", "", "klingon"], "bad_language", "language"),
    ],
)
def test_each_wrong_cell_is_named_with_line_and_column(row, code, column):
    heading = ["name", "email", "birth year", "birth month", "role", "language"]
    roster = read_roster(table([heading, row]).encode(), "list.csv")
    assert roster.people == ()
    assert [(one.code, one.line, one.column) for one in roster.problems] == [(code, 2, column)]


def test_a_person_in_two_classes_may_have_two_rows_but_not_two_names():
    rows = [["id", "name", "class"], ["7", "A B", "8A"], ["7", "A B", "8B"], ["7", "C D", "8B"]]
    roster = read_roster(table(rows).encode(), "list.csv")
    assert [one.name for one in roster.people] == ["A B"]
    assert [one.class_id for one in roster.enrolments] == ["8A", "8B"]
    assert [(one.code, one.line, one.facts) for one in roster.problems] == [("row_twice", 4, {"first": 2})]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"\n\n", "empty"), (b"what;ever\n1;2\n", "no_name_column"), (b"name\nA\n", "no_key_column"),
        (b"name;name;id\n", "column_twice"), (b"\x89PNG\r\n\x1a\n\x00\x01", "not_text"),
        (b"\xd0\xcf\x11\xe0 old office", "spreadsheet"), (b"x" * (20 * 1024 * 1024 + 1), "file_too_large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_says_what_to_do(content, code):
    roster = read_roster(content, "list.csv")
    assert roster.people == ()
    assert [one.code for one in roster.problems][-1] == code


def test_an_endless_quotation_is_caught():
    roster = read_roster(b'name;id\n"A;1\n' + b"B;2\n" * 1000, "list.csv")
    assert [one.code for one in roster.problems] == ["cell_too_long"]


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall(content):
    roster = read_roster(content, "list.csv")
    assert roster.people or roster.problems or roster.encoding


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=6))
def test_no_text_makes_it_fall(rows):
    content = "\n".join(["name;e-mail;birth year", *(";".join(row) for row in rows)])
    read_roster(content.encode("utf-8", "surrogatepass"), "list.csv")
