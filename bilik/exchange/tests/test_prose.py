from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.catalog.source.prose import render
from bilik.exchange.markdown import tidy
from bilik.exchange.pictures import Pictures
from bilik.exchange.prose import Prose, escaped, fenced, one_line
from bilik.exchange.report import Item
from bilik.exchange.tests.making import png


def prose(find=lambda _: None, top: int = 2) -> Prose:
    return Prose(Item("page", "T", "f.html"), Pictures(find), top)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>A</h1><h3>B</h3><p>c<br>d</p>", "## A\n\n### B\n\nc\\\nd"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li><p>a</p><p>b</p></li></ol>", "3. a\n\n   b"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<table><tr><td>a<td>b</table>", "|   |   |\n| --- | --- |\n| a | b |"),
        ("<pre><code class='language-python'>x = 1\n  y</code></pre>", "```python\nx = 1\n  y\n```"),
        ("<p>a <b>b </b>c <i>d</i> <code>a`b</code></p>", "a **b** c *d* ``a`b``"),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ("x<sup>2</sup> and H<sub>2</sub>O", "x² and H₂O"),
        (r"\(a^2\) costs $5 or $$b$$", r"$a^2$ costs \$5 or $$b$$"),
        ("<a href='https://example.org/a b'>x</a> <a href='/in'>y</a>", "[x](https://example.org/a%20b) y"),
        ("1. no list<p># no heading", "1\\. no list\n\n\\# no heading"),
        ("::: no block<p>- no item", "\\::: no block\n\n\\- no item"),
        ("&lt;b&gt; a_b _c_ &amp;amp;", r"\<b> a_b \_c\_ \&amp;"),
        ("<details><summary>Why?</summary><p>So.</p></details>", "::: details Why?\nSo.\n:::"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html, markdown):
    assert prose().html(html) == markdown


def test_what_has_no_place_is_dropped_and_said():
    made = prose()
    text = made.html(
        "<p>a<script>alert(1)</script><style>p{}</style></p><iframe src='https://v.example.org/1'></iframe>"
    )
    assert "alert" not in text
    assert "[v.example.org](https://v.example.org/1)" in text
    assert [note.text for note in made.item.notes][:2] == [
        "A script in the text (<script>).",
        "A style sheet in the text (<style>).",
    ]


def test_pictures_inside_outside_and_missing():
    made = prose(find={"a.png": png()}.get)
    text = made.html(
        '<img src="a.png" alt="A [b]"><img src="https://e.org/x.png" alt="x"><img src="gone.png" alt="gone">'
    )
    assert re.match(r"!\[A \\\[b\\\]\]\(img/a-[0-9a-f]{8}\.png\)\[x\]\(https://e\.org/x\.png\)gone$", text)
    made = prose(find={"a.svg": b"<svg><script>1</script></svg>"}.get)
    assert made.html('<img src="a.svg" alt="s">') == "s"
    assert "holds a program" in made.item.notes[0].text


def test_maths_in_mathml_and_what_is_not_known():
    assert prose().html("<math><msqrt><mi>x</mi></msqrt></math>") == r"$\sqrt{x}$"
    made = prose()
    assert made.html("<math><mstrange><mi>x</mi></mstrange></math>") == "x"
    assert "MathML" in made.item.notes[0].text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a <b>b</b> <!-- c -->`<b>`", "a **b** `<b>`"),
        ("```html\n<b>x</b>\n::: note\n```\n<br/>", "```html\n<b>x</b>\n::: note\n```\n\\"),
        ("[a](b.ipynb) [c](https://d.org) ![e](f.png)", "a [c](https://d.org) e"),
        ("[a][r] [b]\n\n[r]: ../x.md\n[b]: https://b.org", "a [b]\n\n\n[b]: https://b.org"),
        ("::: note\nx", "\\::: note\nx"),
        ("List<int> a < b", "List<int> a < b"),
        ("<div align='center'>\n\n# T\n\n</div>", "# T"),
    ],
)
def test_other_peoples_markdown(text, markdown):
    assert tidy(text, prose()) == markdown


def test_one_line_for_choices():
    assert one_line("a\\\nb\n\nc") == "a b c"
    assert one_line("```python\nx = 1\ny\n```") == "`x = 1` `y`"


def test_a_fence_is_longer_than_any_inside():
    assert fenced("```\nx\n```") == "````\n```\nx\n```\n````"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_escaped_text_is_shown_as_it_is(text):
    shown = render(escaped(text), language="en")
    import html

    plain = html.unescape(re.sub(r"<[^>]*>", "", shown))
    assert "".join(plain.split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_any_text_is_html_and_markdown(text):
    assert isinstance(prose().html(text), str)
    assert isinstance(tidy(text, prose()), str)
