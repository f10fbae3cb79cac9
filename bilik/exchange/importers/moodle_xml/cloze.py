"""Moodle's embedded answers: {1:SHORTANSWER:=Paris~%50%Lyon#Nearly} in the middle of a text."""

from __future__ import annotations

import re

from bilik.exchange import quiz
from bilik.exchange.bodies import Blank, Blanks
from bilik.exchange.importers.moodle_xml.question import Question
from bilik.exchange.markup import read_html

_PLACE = re.compile(
    r"\{(\d*):(SHORTANSWER_?C?|SAC?|MWC?|NUMERICAL|NM|MULTICHOICE(?:_?[VHS]{1,2})?|MC[VHS]{0,2}|"
    r"MULTIRESPONSE(?:_?[HS]{1,2})?|MR[HS]{0,2}):((?:\\.|[^\\}])*)\}",
    re.DOTALL | re.IGNORECASE,
)
_MARK = "BilikPlace{}x"
_ROW = re.compile(r"(?:^|~)((?:\\.|[^\\~])*)", re.DOTALL)


def read_cloze(question: Question) -> Blanks | None:
    """The text with its blanks; None, with the reason noted, when one of them cannot be read."""
    raw = question.raw("questiontext")
    node = question.node.first("questiontext")
    blanks: list[Blank | None] = []

    def place(match: re.Match[str]) -> str:
        blank = _blank(f"b{len(blanks) + 1}", match[1], match[2].upper(), match[3], question)
        blanks.append(blank)
        return _MARK.format(len(blanks))

    marked = _PLACE.sub(place, raw)
    found = [blank for blank in blanks if blank is not None]
    if not blanks or len(found) < len(blanks) or node is None:
        if not blanks:
            question.item.left("There is no embedded answer in the text.")
        return None
    text = quiz.guard_places(question.markdown(marked, node))
    for number, blank in enumerate(found, 1):
        text = text.replace(_MARK.format(number), f"[[{blank.name}]]")
    return Blanks(text, found)


def _blank(name: str, weight: str, kind: str, rows: str, question: Question) -> Blank | None:
    item = question.item
    if kind.startswith("MULTIRESPONSE") or kind.startswith("MR"):
        item.left("A blank in which several may be chosen.")
        return None
    answers = [_answer(row, question) for row in _ROW.findall(rows) if row.strip()]
    if kind in ("NUMERICAL", "NM"):
        blank = quiz.number_blank(name, answers, item)
    elif kind.startswith("M") and not kind.startswith("MW"):
        blank = quiz.choice_blank(name, answers, item)
    else:
        blank = quiz.text_blank(name, answers, item, strict_case=kind.endswith("C"))
    if blank is not None:
        blank.weight = max(1, min(100, int(weight[:4] or 1)))
        if any(answer.feedback and answer.share == quiz.FULL for answer in answers):
            item.left("What was said to right answers in blanks.")
    return blank


def _answer(row: str, question: Question) -> quiz.Answer:
    text = row.strip()
    share = quiz.share_of("0")
    if text.startswith("="):
        share, text = quiz.FULL, text[1:]
    elif match := re.match(r"%(-?[\d.]+)%", text):
        share, text = quiz.share_of(match[1]), text[match.end() :]
    words, _, feedback = re.sub(r"\\#", "\0", text).partition("#")
    words = re.sub(r"\\([}~/\"\\])", r"\1", words.replace("\0", "#"))
    plain = read_html(words).text().strip()
    value, _, tolerance = plain.partition(":")
    said = question.prose.html(re.sub(r"\\([}~#/\"\\])", r"\1", feedback.replace("\0", "#")))
    return quiz.Answer(
        value if _is_tolerance(tolerance) else plain, share, said, tolerance if _is_tolerance(tolerance) else ""
    )


def _is_tolerance(text: str) -> bool:
    return re.fullmatch(r"\s*\d*[.,]?\d+(e-?\d+)?\s*", text) is not None
