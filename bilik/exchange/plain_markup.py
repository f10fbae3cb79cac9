"""The HTML of our pages in fewer words: for systems with a style, an editor or a schema of their own.

Colours of programs, classes and what keyboards need are left out; what has a meaning stays.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bilik.exchange.markup import VOID, Node, read_html
from bilik.exchange.maths import tex_of

_KEPT = {"img": ("src", "alt", "width", "height"), "a": ("href",), "th": ("scope",), "ol": ("start",)}
_MATHML = {"display", "stretchy", "mathvariant", "linethickness", "accent", "columnalign", "lspace", "rspace"}
_UNWRAPPED = {"span", "font", "mark", "section"}

Special = Callable[[Node], str | None]


def nothing_special(_: Node) -> str | None:
    """Every element as it is."""
    return None


def plain_markup(source: str, *, special: Special = nothing_special) -> str:
    """Markup that is HTML and well-formed XML alike. `special` may give other markup for an element."""
    return _inside(read_html(source), special)


def _inside(node: Node, special: Special) -> str:
    return "".join(
        escape(child, quote=False) if isinstance(child, str) else _element(child, special) for child in node.children
    )


def _element(node: Node, special: Special) -> str:
    made = special(node)
    if made is not None:
        return made
    if node.tag in _UNWRAPPED:
        return _inside(node, special)
    if node.tag == "math":
        return _math(node)
    names = _KEPT.get(node.tag, ())
    kept = "".join(f' {name}="{escape(node.attributes[name])}"' for name in names if name in node.attributes)
    if node.tag in VOID:
        return f"<{node.tag}{kept}/>"
    return f"<{node.tag}{kept}>{_inside(node, special)}</{node.tag}>"


def _math(node: Node) -> str:
    """MathML as it stands, its name space said."""
    space = ' xmlns="http://www.w3.org/1998/Math/MathML"' if node.tag == "math" else ""
    kept = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items() if name in _MATHML)
    inside = "".join(escape(child, quote=False) if isinstance(child, str) else _math(child) for child in node.children)
    return f"<{node.tag}{space}{kept}>{inside}</{node.tag}>"


def tex_instead(node: Node) -> str | None:
    """Formulas as TeX between the marks that MathJax looks for; for systems that show formulas with it."""
    if node.tag != "math" or (tex := tex_of(node)) is None:
        return None
    return escape(rf"\[{tex}\]" if node.get("display") == "block" else rf"\({tex}\)", quote=False)
