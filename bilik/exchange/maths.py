"""Maths as courses of ours write it: LaTeX between dollar signs. MathML is read as far as it says what it means."""

from __future__ import annotations

import re

from bilik.exchange.markup import Node

_WRITTEN = re.compile(
    r"\\\((?P<a>.+?)\\\)|\\\[(?P<b>.+?)\\\]|\[mathjaxinline\](?P<c>.+?)\[/mathjaxinline\]|"
    r"\[mathjax\](?P<d>.+?)\[/mathjax\]|\$\$(?P<e>.+?)\$\$",
    re.DOTALL,
)
_OPERATORS = {
    "×": r"\times ", "⋅": r"\cdot ", "·": r"\cdot ", "÷": r"\div ", "±": r"\pm ", "≤": r"\le ", "≥": r"\ge ",
    "≠": r"\ne ", "≈": r"\approx ", "∞": r"\infty ", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "√": r"\surd ",
    "→": r"\to ", "∈": r"\in ", "π": r"\pi ", "−": "-", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "\u2061": "", "\u2062": "", "\u2063": "", "∂": r"\partial ", "∆": r"\Delta ", "Δ": r"\Delta ", "∩": r"\cap ",
    "∪": r"\cup ", "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "θ": r"\theta ", "λ": r"\lambda ", "μ": r"\mu ",
    "σ": r"\sigma ", "φ": r"\phi ", "ω": r"\omega ", "$": r"\$", "_": r"\_", "^": r"\hat{}", "\\": r"\backslash ",
}  # fmt: skip


def split_maths(text: str) -> list[tuple[str, str]]:
    """A text as pieces ("text" | "inline" | "display", content), from the usual ways to write TeX in a page."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in _WRITTEN.finditer(text):
        pieces.append(("text", text[end : match.start()]))
        name = match.lastgroup or "a"
        pieces.append(("inline" if name in "ac" else "display", " ".join(match[name].split())))
        end = match.end()
    pieces.append(("text", text[end:]))
    return [(kind, piece) for kind, piece in pieces if piece]


def as_dollars(tex: str, *, display: bool = False) -> str:
    """LaTeX between dollar signs; empty for nothing."""
    plain = re.sub(r"(?<!\\)\$", "", " ".join(tex.split()))
    if not plain:
        return ""
    return f"$${plain}$$" if display else f"${plain}$"


def tex_of(math: Node) -> str | None:
    """The LaTeX of a `math` element: the annotation it carries, else from its elements; None when one is not known."""
    for note in math.within("annotation"):
        if "tex" in note.get("encoding").lower() and note.text().strip():
            return note.text().strip()
    try:
        return " ".join(_inside(math).split())
    except LookupError:
        return None


def _inside(node: Node) -> str:
    return "".join(_tex(child) for child in node.nodes)


def _tex(node: Node) -> str:
    """Raises LookupError for an element that has no plain counterpart."""
    simple = {
        "mi": lambda: _name(node), "mn": lambda: node.text().strip(), "mo": lambda: _symbols(node.text().strip()),
        "mtext": lambda: rf"\text{{{_plain(node)}}}", "ms": lambda: rf"\text{{{_plain(node)}}}",
        "mspace": lambda: r"\ ", "annotation": lambda: "", "annotation-xml": lambda: "",
    }  # fmt: skip
    if node.tag in simple:
        return str(simple[node.tag]())
    if node.tag in ("mrow", "mstyle", "semantics", "mpadded", "math"):
        return _inside(node)
    if node.tag == "msqrt":
        return rf"\sqrt{{{_inside(node)}}}"
    if node.tag == "mfenced":
        middle = (node.attributes.get("separators", ",")[:1] or "").join(_tex(child) for child in node.nodes)
        return rf"\left{_fence(node, 'open', '(')}{middle}\right{_fence(node, 'close', ')')}"
    if node.tag == "mtable":
        rows = (r" & ".join(_inside(cell) for cell in row.all("mtd")) for row in node.all("mtr"))
        return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
    return _of_parts(node)


def _of_parts(node: Node) -> str:
    """Elements whose meaning is in the order of their two or three parts."""
    shapes = {
        "mfrac": (2, r"\frac{{{0}}}{{{1}}}"), "msup": (2, "{{{0}}}^{{{1}}}"), "msub": (2, "{{{0}}}_{{{1}}}"),
        "msubsup": (3, "{{{0}}}_{{{1}}}^{{{2}}}"), "mroot": (2, r"\sqrt[{1}]{{{0}}}"),
        "munderover": (3, "{0}_{{{1}}}^{{{2}}}"), "munder": (2, "{0}_{{{1}}}"), "mover": (2, r"\overset{{{1}}}{{{0}}}"),
    }  # fmt: skip
    wanted, shape = shapes[node.tag]
    parts = [_tex(child) for child in node.nodes]
    if len(parts) != wanted:
        raise LookupError(node.tag)
    return shape.format(*parts)


def _fence(node: Node, key: str, default: str) -> str:
    mark = node.attributes.get(key, default).strip()
    return {"": ".", "{": r"\{", "}": r"\}"}.get(mark, mark)


def _symbols(text: str) -> str:
    return "".join(_OPERATORS.get(letter, letter) for letter in text)


def _name(node: Node) -> str:
    text = node.text().strip()
    return _symbols(text) if len(text) <= 1 else rf"\mathrm{{{_plain(node)}}}"


def _plain(node: Node) -> str:
    return re.sub(r"[\\{}$%#&_^]", "", node.text())
