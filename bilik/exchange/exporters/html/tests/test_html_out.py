from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest

from bilik.exchange.errors import NotWritable
from bilik.exchange.export import Exported
from bilik.exchange.markup import read_html
from bilik.exchange.tests.making import png
from bilik.exchange.tests.sending import KINDS, course_toml, exercise_files, item_of, sent
from bilik.grading.kinds import Run

LOOPS = (
    "Loops *repeat*.\n\n![Two loops](img/two.png)\n\n[Elsewhere](https://example.org)\n\n"
    "::: exercise loop\n:::\n\n::: exercise spot\n:::\n"
)
ALL = {name: content for kind in KINDS for name, content in exercise_files(kind.replace("_", "-"), kind).items()}


def two_languages() -> dict[str, str | bytes]:
    files = exercise_files("loop", "single_choice") | exercise_files("spot", "hot_spot")
    files["course.toml"] = course_toml(("01-again", "02-more"), '"en", "az"', author="Leyla")
    for language in ("en", "az"):
        files[f"lessons/01-again/lesson.{language}.md"] = LOOPS
        files[f"lessons/02-more/lesson.{language}.md"] = "More.\n"
    files["lessons/01-again/img/two.png"] = png()
    files["lessons/01-again/img/not-used.png"] = png(9, 9)
    return files


def addresses(made: Exported) -> list[tuple[str, str]]:
    """Every address on every page, with the page."""
    found = []
    for name, content in made.files.items():
        if name.endswith(".html"):
            for node in read_html(content.decode()).walk():
                found += [(name, node.attributes[key]) for key in ("href", "src") if key in node.attributes]
    return found


def test_every_address_is_in_the_package_or_leads_to_the_web():
    made = sent(two_languages(), "html")
    for name, address in addresses(made):
        if not address.startswith("https://example.org"):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address))) in made.files, address


def test_pages_lead_to_each_other_and_to_the_other_language():
    made = sent(two_languages(), "html")
    page = made.files["az/01-again.html"].decode()
    assert '<html lang="az">' in page
    assert 'href="../en/01-again.html" lang="en"' in page
    assert 'href="02-more.html"' in page
    assert "Leyla" in made.files["en/index.html"].decode()
    pages = ["index.html"] + [
        f"{code}/{name}.html" for code in ("az", "en") for name in ("01-again", "02-more", "index")
    ]
    pictures = sorted(name for name in made.files if name.startswith("img/"))
    assert sorted(made.files) == sorted([*pages, *pictures, "style.css"])
    assert {name.partition("-")[2] for name in pictures} == {"two.png", "map.svg"}


def test_nothing_in_it_is_a_program():
    for content in sent(two_languages(), "html").files.values():
        assert b"<script" not in content


def test_the_report_names_pages_and_what_is_said_in_another_language():
    made = sent(two_languages(), "html")
    assert item_of(made, "The loop").became == ["en/01-again.html#loop", "az/01-again.html#loop"]
    assert "not there in az" in item_of(made, "The loop").notes[0].text


def test_solutions_are_folded_and_may_be_left_out():
    whole = sent(two_languages(), "html").files["en/01-again.html"].decode()
    assert "<details><summary>Explanation and a model answer" in whole
    assert "Because." in whole
    bare = sent(two_languages(), "html", with_solutions=False).files["en/01-again.html"].decode()
    assert "Because." not in bare
    assert "model answer" not in bare


def test_an_author_who_never_shows_a_solution_is_obeyed():
    files = exercise_files("loop", "numeric")
    files["lessons/01-again/loop/exercise.toml"] = "solution = 'never'\n" + str(
        files["lessons/01-again/loop/exercise.toml"]
    )
    assert b"model answer" not in sent(files, "html").files["en/01-again.html"]


def test_hidden_tests_and_expected_tables_stay_at_home():
    files = exercise_files("loop", "python_code") | {
        "lessons/01-again/table/exercise.toml": 'kind = "table"\nskills = ["x"]\n[[columns]]\nname = "city"\n',
        "lessons/01-again/table/exercise.en.md": "# A table\n\nWhich?\n",
        "lessons/01-again/table/expected.csv": "city\nSamarkand\n",
    }
    page = sent(files, "html").files["en/01-again.html"].decode()
    assert "f(41)" not in page
    assert "Samarkand" not in page
    assert "secret + 1" in read_html(page).text().replace("\n", " ")


@pytest.mark.sandbox
def test_every_kind_shows_what_is_asked(run: Run):
    page = read_html(sent(ALL, "html", run=run).files["en/01-again.html"].decode())
    sections = {node.get("id"): node.text() for node in page.within("section")}
    assert len(sections) == len(KINDS)
    said = {
        "single-choice": "again", "multiple-choice": "while", "matching": "sleeps", "ordering": "Wake",
        "fill-blanks": "_____", "parsons": "print(x)", "predict-output": "print('two')", "free-text": "2: Yes",
        "python-code": "def f(x)", "numeric": "12.5", "short-text": "for {x} = *", "hot-spot": "25, 20",
    }  # fmt: skip
    assert {name for name, words in said.items() if words not in sections[name]} == set()


def test_the_way_to_an_academy():
    page = sent(exercise_files("loop", "numeric"), "html", site="https://academy.example.org/").files[
        "en/01-again.html"
    ]
    assert b'href="https://academy.example.org/learn/loops/01-again/loop/"' in page
    with pytest.raises(NotWritable, match="no address"):
        sent(exercise_files("loop", "numeric"), "html", site='javascript:alert("x")')
