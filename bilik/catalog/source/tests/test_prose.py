"""Markdown to safe HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.catalog.source.prose import (
    CALLOUTS,
    Part,
    colour_code,
    folded_exercises,
    links_in,
    render,
    render_parts,
    render_places,
)


class Seen(HTMLParser):
    """The tags and attributes of a piece of HTML, and which tags were left open."""

    VOID = frozenset({"br", "hr", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.unbalanced = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced = True


FORBIDDEN = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "link", "meta", "base"}


def assert_safe(html: str) -> None:
    seen = Seen(html)
    assert not seen.tags & FORBIDDEN
    assert not seen.unbalanced
    assert seen.open == []
    for tag, name, value in seen.attributes:
        assert not name.startswith("on")
        assert name not in {"style", "srcdoc", "formaction", "srcset", "xlink:href"}
        if name in {"href", "src"}:
            scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", value)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}, (tag, value)


@pytest.mark.parametrize("language", ["az", "uz", "ru", "en"])
@pytest.mark.parametrize("kind", CALLOUTS)
def test_a_callout_has_the_title_of_its_language(kind, language):
    html = render(f"::: {kind}\nText\n:::", language=language)
    assert f'<div class="callout {kind}"><p class="callout-title">' in html
    assert "<p>Text</p>" in html


def test_a_callout_may_have_a_title_of_its_own():
    assert '<p class="callout-title">Mind &lt;b&gt; &amp; gap</p>' in render(
        "::: note Mind <b> & gap\nx\n:::", language="en"
    )


def test_a_folded_part_opens_with_its_title():
    assert "<details><summary>Why?</summary>\n<p>So.</p>\n</details>" in render(
        "::: details Why?\nSo.\n:::", language="en"
    )
    assert "<summary>Ətraflı</summary>" in render("::: details\nx\n:::", language="az")


def test_a_video_is_a_link_with_its_transcript():
    html = render("::: video https://example.org/v A loop\nWords.\n:::", language="en")
    assert '<a href="https://example.org/v" rel="noopener noreferrer">A loop</a>' in html
    assert "<details><summary>Transcript</summary>\n<p>Words.</p>" in html


def test_code_is_coloured_and_can_be_reached_with_the_keyboard():
    html = render("```python\nif x < 1: pass\n```", language="en")
    assert '<pre class="code" tabindex="0"><code><span class="hl-k">if</span>' in html
    assert "&lt;" in html


@pytest.mark.parametrize("language", ["", "no-such-language", "python title=x", "<script>", '"'])
def test_code_in_any_language_or_none_is_shown(language):
    assert "<pre" in render(f"```{language}\n<b>1</b>\n```", language="en")
    assert "<b>" not in render(f"```{language}\n<b>1</b>\n```", language="en")


def test_a_table_moves_within_a_frame_that_a_keyboard_reaches_and_that_has_a_name():
    made = render("| | **Year** | `a < b` |\n|--|--|--|\n| x | 1 | 2 |\n", language="az")
    assert made.startswith('<div class="scroll" tabindex="0" role="group" aria-label="Cədvəl: Year, a &lt; b"><table>')
    assert made.rstrip().endswith("</table></div>")
    assert 'aria-label="Table">' in render("| | |\n|--|--|\n| x | 1 |\n", language="en")


def test_output_has_a_name_for_those_who_listen():
    html = render("```output\n<1>\n```", language="ru")
    assert 'class="output"' in html
    assert "Вывод" in html
    assert "&lt;1&gt;" in html


@pytest.mark.parametrize(("text", "display"), [("$a^2 + b^2$", False), ("$$\n\\frac{1}{2}\n$$", True), ("$$x$$", True)])
def test_maths_becomes_mathml(text, display):
    html = render(text, language="en")
    assert "<math" in html
    assert ('display="block"' in html) is display


def test_maths_that_cannot_be_read_stays_as_it_was_written():
    assert '<code class="maths-source">\\frac{1</code>' in render("$\\frac{1$", language="en")


def test_prices_in_dollars_are_no_maths():
    assert "<math" not in render("From $5 to $10 today", language="en")


def test_tables_footnotes_and_struck_text_are_there():
    html = render("|a|b|\n|-|-|\n|1|2|\n\nA note[^1] and ~~this~~.\n\n[^1]: Below.", language="en")
    assert "<th>a</th>" in html
    assert "<td>1</td>" in html
    assert "Below." in html


@pytest.mark.parametrize(("level", "tag"), [(1, "h2"), (2, "h2"), (3, "h3"), (4, "h4"), (6, "h4")])
def test_headings_start_below_the_pages_own(level, tag):
    assert f"<{tag}>Title</{tag}>" in render("#" * level + " Title", language="en")


def test_a_picture_is_served_from_its_address_also_with_letters_of_our_languages():
    html = render("![Şəkil <b>](img/şəkil.png)", language="az", pictures={"img/şəkil.png": "/files/1/x.png"})
    assert 'src="/files/1/x.png"' in html
    assert 'alt="Şəkil &lt;b&gt;"' in html
    assert links_in("![x](img/şəkil.png)").pictures == (("img/şəkil.png", 1),)


def test_links_and_pictures_are_listed_with_the_lines_of_their_paragraphs():
    text = "\n[a](https://a.org)\n\n::: details\n![p](img/p.png)\n:::\n\n::: video https://v.org Title\nx\n:::\n"
    assert links_in(text).links == (("https://a.org", 2), ("https://v.org", 8))
    assert links_in(text).pictures == (("img/p.png", 5),)


def test_a_lesson_is_cut_at_its_exercises():
    parts = render_parts("One\n\n::: exercise first\n:::\n\nTwo\n\n::: exercise second\n:::", language="en")
    assert parts == (Part("<p>One</p>"), Part(exercise="first"), Part("<p>Two</p>"), Part(exercise="second"))
    assert [part.to_json() for part in parts][:2] == [{"html": "<p>One</p>"}, {"exercise": "first"}]


def test_an_exercise_inside_a_block_is_found_and_leaves_no_piece_with_an_open_tag():
    text = "::: note\nOne\n\n::: exercise a\n:::\n\nTwo\n:::\n"
    nested = text.replace("::: note", ":::: note").removesuffix(":::\n") + "::::\n"
    assert folded_exercises(nested) == (("a", 4),)
    assert [part.exercise for part in render_parts(nested, language="en") if part.exercise] == ["a"]
    for part in render_parts(nested, language="en"):
        assert_safe(part.html)


@pytest.mark.parametrize("name", ['a"onclick="x', "a'b", "<script>", "a&quot;b", "two words"])
def test_a_strange_exercise_name_stays_a_name(name):
    parts = render_parts(f"::: exercise {name}\n:::", language="en")
    assert parts == (Part(exercise=name),)


def test_a_lesson_cannot_write_the_mark_of_an_exercise_itself():
    parts = render_parts('<hr data-exercise="x">\n\n`<hr data-exercise="x">`', language="en")
    assert [part.exercise for part in parts] == [""]


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src=https://evil.org></iframe>",
    "<style>*{display:none}</style>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x" onerror="alert(1)](img/a.png)',
    '![x](img/a.png "t\\" onerror=\\"alert(1)")',
    '[x](https://a.org "t\\" onclick=\\"alert(1)")',
    "::: note <img src=x onerror=alert(1)>\nx\n:::",
    "::: details </summary><script>alert(1)</script>\nx\n:::",
    '::: video javascript:alert(1) "><script>\nx\n:::',
    '::: video https://a"onclick="x T\nx\n:::',
    "```html\n<script>alert(1)</script>\n```",
    "```output\n</pre><script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "$\\text{<script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{x}$",
    '$\\class{" onclick="x}{y}$',
    "$</math><img src=x onerror=alert(1)>$",
    "$\\unknown<style><img src=x onerror=alert(1)>$",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    '[^"><script>]\n\n[^"><script>]: x',
    "|<script>|\n|-|\n|<img onerror=x>|",
    "# <script>alert(1)</script>",
    '::: exercise "><script>alert(1)</script>\n:::',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_executable_comes_out_of_an_attack(attack):
    assert_safe(render(attack, language="en"))
    for part in render_parts(attack, language="en"):
        assert_safe(part.html)


MARKS = st.sampled_from(
    [*ATTACKS, "\n", "\n\n", "::: note ", "::: details", "\n:::\n", "```", "$", "$$", "> ", "- ", "|", "**", "[", "](",
     ")", "`", "<", ">", '"', "'", "&#x3c;", "on", "href=", "text", "::: exercise a\n:::\n"]
)  # fmt: skip


@given(st.lists(st.one_of(MARKS, st.text(max_size=6)), max_size=12).map("".join), st.sampled_from(["en", "az"]))
@settings(deadline=None)
def test_nothing_executable_ever_comes_out(source, language):
    assert_safe(render(source, language=language))
    for part in render_parts(source, language=language):
        assert_safe(part.html)
        assert bool(part.html) != bool(part.exercise)


@pytest.mark.parametrize(
    "source",
    ["[" * 5000, "*" * 5000, "> " * 3000, "`" * 5000, "$" + "{" * 5000 + "$", "- " * 2000, "::: note\n" * 2000],
)
def test_deep_nesting_breaks_nothing(source):
    assert_safe(render(source, language="en"))


def test_python_for_reading_is_coloured_and_safe():
    html = colour_code("print('<script>')", "python")
    assert "hl-" in html
    assert_safe(html)


def test_the_empty_corner_of_a_table_is_no_heading():
    made = render("| | is true |\n|---|---|\n| a | b |\n", language="en")
    assert "<th></th>" not in made
    assert "<th>is true</th>" in made


def test_a_text_is_cut_at_its_places_also_inside_code():
    source = "Say [[greet]] to *[[who]]*.\n\n```python\nfor n[[greet-2]] [[1]]:\n```\n"
    pieces = render_places(source, ["who", "greet", "greet-2"], language="en")
    assert [piece["place"] for piece in pieces if "place" in piece] == ["greet", "who", "greet-2"]
    whole = "".join(piece.get("html", "[]") for piece in pieces)
    assert_safe(whole)
    assert "<em>[]</em>" in whole
    assert "bilikplace" not in whole


def test_a_place_inside_of_a_tag_is_left_out_because_it_would_break_the_page():
    pieces = render_places("![a [[x]] > b](p.png) [[x]]", ["x"], language="en")
    assert [piece for piece in pieces if "place" in piece] == [{"place": "x"}]
    assert_safe("".join(piece.get("html", "") for piece in pieces))


@given(st.text(alphabet="[]x*`_!()<>&#\"' \n:", max_size=60))
def test_whatever_is_written_around_places_the_pieces_are_safe_together(source):
    assert_safe("".join(piece.get("html", "") for piece in render_places(source, ["x"], language="en")))
