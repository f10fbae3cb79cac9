"""Questions as Moodle, GIFT and QTI 1.2 think of them: answers, each with a share of the points and a reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bilik.exchange.bodies import Blank, Body, Choice, Number, Option, Reply, ShortText
from bilik.exchange.reading import as_decimal, exact_text
from bilik.exchange.report import Item

FULL = Fraction(1)


@dataclass
class Answer:
    """One answer: its words (Markdown for choices, plain text for what is typed), its share, what is said to it."""

    text: str
    share: Fraction
    feedback: str = ""
    tolerance: str = ""


def share_of(percent: str) -> Fraction:
    """A fraction as these formats write it, in percent: 100, 33.33333, -50. Nearly thirds are thirds."""
    try:
        exact = Fraction(percent.strip() or "0") / 100
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
    near = exact.limit_denominator(20)
    return near if abs(near - exact) < Fraction(1, 10_000) else exact


def one_choice(answers: Sequence[Answer], item: Item, *, shuffle: bool = False) -> Body | None:
    """A question with one right answer. None, with the reason noted, when it has none or several."""
    right = [answer for answer in answers if answer.share == FULL]
    if len(right) != 1:
        item.left(f"{len(right) or 'No'} answers have the full points: one choice needs exactly one right answer.")
        return None
    if any(0 < answer.share < 1 for answer in answers):
        item.changed("Answers that earned a part of the points count as wrong: one choice knows no parts.")
    if right[0].feedback:
        item.changed("What was said to the right answer stands in the explanation.")
    return Choice([Option(a.text, a.share == FULL, a.feedback) for a in answers], shuffle=shuffle)


def many_choices(answers: Sequence[Answer], item: Item, *, shuffle: bool = False) -> Body | None:
    """A question with several right answers and shares for each."""
    right = [answer for answer in answers if answer.share > 0]
    wrong = [answer for answer in answers if answer.share <= 0]
    if not right:
        item.left("No answer is right, and several choices need at least one.")
        return None
    equal = len({answer.share for answer in right}) == 1 and right[0].share * len(right) == 1
    if not equal or any(answer.share != -right[0].share for answer in wrong):
        item.changed("Shares of the single answers became the rule `minus`: right ticks less wrong ticks.")
    return several(answers, item, "minus", shuffle=shuffle)


def several(answers: Sequence[Answer], item: Item, credit: str, *, shuffle: bool = False) -> Choice:
    """Several choices. What is said to a choice stands there for a wrong tick; ours would say it to a missing one."""
    if any(answer.share > 0 and answer.feedback for answer in answers):
        item.changed("What was said to right answers stands in the explanation.")
    options = [Option(a.text, a.share > 0, "" if a.share > 0 else a.feedback) for a in answers]
    return Choice(options, True, credit, shuffle)


def typed(answers: Sequence[Answer], item: Item, *, strict_case: bool = False) -> ShortText | None:
    """A word to be typed. None, with the reason noted, when no answer is left."""
    right, replies = _typed_answers(answers, item)
    if not right:
        return None
    return ShortText(right, ("spaces",) if strict_case else ("case", "spaces"), replies)


def _typed_answers(answers: Sequence[Answer], item: Item) -> tuple[list[str], list[Reply]]:
    right: list[str] = []
    replies: list[Reply] = []
    for answer in answers:
        text = answer.text.replace(r"\*", "\0").strip()
        if text == "*":
            if answer.feedback:
                item.left("What was said to every other answer.")
        elif "*" in text:
            item.left(f"The answer {answer.text!r} stands for many: there are no wildcards.")
        elif answer.share == FULL:
            right.append(text.replace("\0", "*"))
            if answer.feedback:
                item.changed("What was said to the right answer stands in the explanation.")
        else:
            if answer.share > 0:
                item.changed(f"The answer {text!r} earned a part of the points and counts as wrong.")
            if answer.feedback:
                replies.append(Reply(text.replace("\0", "*"), answer.feedback))
    if not right:
        item.left("No answer is left that earns the full points.")
    return right, replies


def number(answers: Sequence[Answer], item: Item) -> Number | None:
    """A number with a tolerance; replies to other numbers. None, with the reason noted, when there is none."""
    right: list[tuple[str, str]] = []
    replies: list[Reply] = []
    for answer in answers:
        if answer.text.strip() == "*":
            if answer.feedback:
                item.left("What was said to every other answer.")
            continue
        value, tolerance = exact_text(answer.text), exact_text(answer.tolerance or "0")
        if value is None or tolerance is None:
            item.left(f"The answer {answer.text.strip()[:60]!r} is not a number.")
        elif answer.share == FULL:
            right.append((value, tolerance.lstrip("-")))
            if answer.feedback:
                item.changed("What was said to the right answer stands in the explanation.")
        else:
            if answer.share > 0:
                item.changed(f"The number {value} earned a part of the points and counts as wrong.")
            replies += [Reply(value, answer.feedback)] if answer.feedback else []
    if not right:
        item.left("There is no number that earns the full points.")
        return None
    if len(right) > 1:
        item.left(f"Further right numbers, {', '.join(value for value, _ in right[1:])}: there is one right number.")
    value, tolerance = right[0]
    return Number(value, absolute=tolerance if tolerance != "0" else "", replies=replies)


def span(low: str, high: str) -> tuple[str, str] | None:
    """The middle and the tolerance of a range of numbers."""
    first, last = exact_text(low), exact_text(high)
    if first is None or last is None:
        return None
    a, b = Fraction(first), Fraction(last)
    return as_decimal((a + b) / 2), as_decimal(abs(b - a) / 2)


def right_replies(answers: Sequence[Answer], body: Body) -> str:
    """What is said to right answers, for the explanation."""
    least = Fraction(1, 1_000) if isinstance(body, Choice) and body.several else FULL
    return "\n\n".join(answer.feedback for answer in answers if answer.share >= least and answer.feedback)


def text_blank(name: str, answers: Sequence[Answer], item: Item, *, strict_case: bool = False) -> Blank | None:
    """A blank to be typed into; None when no answer is left."""
    right, replies = _typed_answers(answers, item)
    ignore = ("spaces",) if strict_case else ("case", "spaces")
    return Blank(name, right, ignore=ignore, replies=replies) if right else None


def choice_blank(name: str, answers: Sequence[Answer], item: Item) -> Blank | None:
    """A blank to be chosen for; None when no answer earns the full points."""
    choices = list(dict.fromkeys(plain_choice(answer.text) for answer in answers))
    right = [plain_choice(answer.text) for answer in answers if answer.share == FULL]
    if any(0 < answer.share < 1 for answer in answers):
        item.changed("Choices in a blank that earned a part of the points count as wrong.")
    if not right:
        item.left("A blank has no choice that earns the full points.")
        return None
    replies = [Reply(plain_choice(a.text), a.feedback) for a in answers if a.feedback and a.share != FULL]
    return Blank(name, right, choices, replies=replies)


def number_blank(name: str, answers: Sequence[Answer], item: Item) -> Blank | None:
    """A blank for a number."""
    found = number(answers, item)
    if found is None:
        return None
    return Blank(name, number=found.answer, absolute=found.absolute, replies=found.replies)


def plain_choice(text: str) -> str:
    """The words of a choice in a list of the page, which shows no Markdown."""
    bare = re.sub(r"\$([^$]*)\$", r"\1", text)
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    return re.sub(r"(?<!\\)[*`]|\\(?=[\\`*_\[\]<$|~&#>+:-])", "", bare).strip()


def guard_places(markdown: str) -> str:
    """A text in which `[[` is only what we put there: strangers' double brackets are parted."""
    return markdown.replace("[[", "\\[\\[")
