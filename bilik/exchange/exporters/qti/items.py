"""The XML of one item of QTI 3.0: what is declared, what stands in the body, how it is scored, what is said after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape

from bilik.exchange.markup import Node, as_html
from bilik.exchange.plain_markup import plain_markup
from bilik.exchange.writer import clean

SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
SCHEMA = f"{SPACE} https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
_ROOT = f'xmlns="{SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{SCHEMA}"'


@dataclass
class Response:
    """One response variable: what is right, and shares by value (all exact)."""

    name: str
    base: str
    cardinality: str = "single"
    correct: Sequence[str] = ()
    mapping: Mapping[str, Fraction] = field(default_factory=dict)
    default: Fraction = Fraction(0)
    most: Fraction | None = None
    any_case: bool = False
    areas: Sequence[tuple[str, str, Fraction]] = ()
    """(shape, coordinates, share) where points are mapped to places."""

    def xml(self) -> str:
        """The declaration."""
        right = "".join(f"<qti-value>{text(value)}</qti-value>" for value in self.correct)
        inside = f"<qti-correct-response>{right}</qti-correct-response>" if right else ""
        bounds = f'default-value="{decimal(self.default)}" lower-bound="0"'
        bounds += f' upper-bound="{decimal(self.most)}"' if self.most is not None else ""
        case = ' case-sensitive="false"' if self.any_case else ' case-sensitive="true"' if self.base == "string" else ""
        if self.mapping:
            rows = "".join(
                f'<qti-map-entry map-key="{attribute(key)}" mapped-value="{decimal(share)}"{case}/>'
                for key, share in self.mapping.items()
            )
            inside += f"<qti-mapping {bounds}>{rows}</qti-mapping>"
        if self.areas:
            rows = "".join(
                f'<qti-area-map-entry shape="{shape}" coords="{at}" mapped-value="{decimal(share)}"/>'
                for shape, at, share in self.areas
            )
            inside += f"<qti-area-mapping {bounds}>{rows}</qti-area-mapping>"
        return (
            f'<qti-response-declaration identifier="{self.name}" cardinality="{self.cardinality}" '
            f'base-type="{self.base}">{inside}</qti-response-declaration>'
        )


@dataclass
class Parts:
    """What an exercise becomes. `scoring` is a template's name, or rules as XML; nothing for what people mark.

    `most` is what SCORE reaches; `said` are replies by identifier, shown when FEEDBACK has it; `explanation` is shown
    when SCORE reaches `most`.
    """

    body: str
    responses: Sequence[Response] = ()
    scoring: str = ""
    most: Fraction = Fraction(1)
    by_person: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    several_said: bool = False
    explanation: str = ""


def text(words: str) -> str:
    """Words inside an element."""
    return escape(clean(words), quote=False)


def attribute(words: str) -> str:
    """Words inside an attribute."""
    return escape(clean(words)).replace("\n", "&#10;")


def decimal(number: Fraction) -> str:
    """A number as QTI writes floats: exact where it ends within twelve digits."""
    return f"{float(number):.12g}"


def identifier(name: str) -> str:
    """Our ids with a letter in front, because QTI's begin with one."""
    return f"i-{name}"


def blocks(html: str) -> str:
    """HTML as it may stand in an item: well-formed, without what is folded."""
    return clean(plain_markup(html, special=_special))


def inline(html: str) -> str:
    """Words that stand inside a choice."""
    return blocks(html)


def _special(node: Node) -> str | None:
    """What the schema does not know in other words."""
    if node.tag == "details":
        summary = "".join(blocks(f"<p><strong>{escape(one.text())}</strong></p>") for one in node.all("summary"))
        rest = Node(
            "", {}, [child for child in node.children if not (isinstance(child, Node) and child.tag == "summary")]
        )
        return f"<div>{summary}{_inside(rest)}</div>"
    if node.tag == "del":
        return _inside(node)
    if node.tag == "a" and node.get("href").startswith("#"):
        return _inside(node)
    return None


def _inside(node: Node) -> str:
    return blocks(as_html(node))


def item_xml(name: str, title: str, language: str, parts: Parts) -> bytes:
    """The whole item."""
    outcomes = [
        _outcome("SCORE", "float", f' normal-maximum="{decimal(parts.most)}" normal-minimum="0"', parts.by_person)
    ]
    if parts.said:
        cardinality = "multiple" if parts.several_said else "single"
        outcomes.append(
            f'<qti-outcome-declaration identifier="FEEDBACK" cardinality="{cardinality}" base-type="identifier"/>'
        )
    if parts.explanation:
        outcomes.append(
            '<qti-outcome-declaration identifier="EXPLANATION" cardinality="single" base-type="identifier"/>'
        )
    said = [_said("FEEDBACK", key, html) for key, html in parts.said.items()]
    if parts.explanation:
        said.append(_said("EXPLANATION", "correct", parts.explanation))
    made = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<qti-assessment-item {_ROOT} identifier="{identifier(name)}" '
        f'title="{attribute(title)}" adaptive="false" time-dependent="false" xml:lang="{language}">\n'
        + "\n".join(response.xml() for response in parts.responses)
        + "\n".join(outcomes if parts.responses else ())
        + f"\n<qti-item-body>{parts.body}</qti-item-body>\n"
        + _processing(parts)
        + "\n".join(said)
        + "</qti-assessment-item>\n"
    )
    return made.encode()


def _outcome(name: str, base: str, more: str, by_person: bool) -> str:
    person = ' external-scored="human"' if by_person else ""
    value = "<qti-default-value><qti-value>0</qti-value></qti-default-value>"
    return (
        f'<qti-outcome-declaration identifier="{name}" cardinality="single" base-type="{base}"{more}{person}>'
        f"{value}</qti-outcome-declaration>"
    )


def _said(outcome: str, name: str, html: str) -> str:
    return (
        f'<qti-modal-feedback outcome-identifier="{outcome}" identifier="{name}" show-hide="show">'
        f"<qti-content-body>{blocks(html)}</qti-content-body></qti-modal-feedback>"
    )


def _processing(parts: Parts) -> str:
    """A template where nothing is to be said, else the rules spelt out."""
    if not parts.scoring:
        return ""
    is_template = not parts.scoring.startswith("<")
    if is_template and not parts.said and not parts.explanation:
        return f'<qti-response-processing template="{TEMPLATES}/{parts.scoring}.xml"/>\n'
    rules = _SPELT[parts.scoring] if is_template else parts.scoring
    if parts.said and is_template:
        rules += (
            '<qti-set-outcome-value identifier="FEEDBACK"><qti-variable identifier="RESPONSE"/></qti-set-outcome-value>'
        )
    if parts.explanation:
        rules += when(
            f'<qti-gte><qti-variable identifier="SCORE"/>{value(parts.most)}</qti-gte>', sets("EXPLANATION", "correct")
        )
    return f"<qti-response-processing>{rules}</qti-response-processing>\n"


def value(number: Fraction) -> str:
    """A number in a rule."""
    return f'<qti-base-value base-type="float">{decimal(number)}</qti-base-value>'


def sets(outcome: str, name: str) -> str:
    """A rule's end that names what is to be said."""
    found = f'<qti-base-value base-type="identifier">{name}</qti-base-value>'
    return f'<qti-set-outcome-value identifier="{outcome}">{found}</qti-set-outcome-value>'


def scores(expression: str) -> str:
    """A rule's end that sets the score."""
    return f'<qti-set-outcome-value identifier="SCORE">{expression}</qti-set-outcome-value>'


def when(condition: str, then: str, otherwise: str = "") -> str:
    """One rule."""
    end = f"<qti-response-else>{otherwise}</qti-response-else>" if otherwise else ""
    return f"<qti-response-condition><qti-response-if>{condition}{then}</qti-response-if>{end}</qti-response-condition>"


_VARIABLE = '<qti-variable identifier="RESPONSE"/>'
_SPELT = {
    "match_correct": when(
        f'<qti-match>{_VARIABLE}<qti-correct identifier="RESPONSE"/></qti-match>',
        scores(value(Fraction(1))),
        scores(value(Fraction(0))),
    ),
    "map_response": when(
        f"<qti-is-null>{_VARIABLE}</qti-is-null>",
        scores(value(Fraction(0))),
        scores('<qti-map-response identifier="RESPONSE"/>'),
    ),
    "map_response_point": when(
        f"<qti-is-null>{_VARIABLE}</qti-is-null>",
        scores(value(Fraction(0))),
        scores('<qti-map-response-point identifier="RESPONSE"/>'),
    ),
}
