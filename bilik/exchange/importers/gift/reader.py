"""GIFT: Moodle's plain text for questions. One file, questions parted by empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bilik.exchange import quiz
from bilik.exchange.bodies import Body, Choice, Matching, Option
from bilik.exchange.errors import NotReadable
from bilik.exchange.markdown import tidy
from bilik.exchange.model import Course, Exercise, Text
from bilik.exchange.packages import Package
from bilik.exchange.prose import Prose, one_line, plain_words
from bilik.exchange.reading import Reading, cut, free_text, texts_of
from bilik.exchange.report import Item

TITLE = "GIFT"
_TITLE = re.compile(r"\s*::(.*?)(?<!\\)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_ESCAPED = re.compile(r"\\([~=#{}:\\n*])")
_KEPT = {letter: chr(0xE000 + number) for number, letter in enumerate(r"~=#{}:\*")} | {"n": "\ue020"}
_BACK = {mark: letter for letter, mark in _KEPT.items()} | {"\ue020": "\n"}
_BLANK = "\\_\\_\\_\\_\\_"


@dataclass
class _Question:
    """One question as it stands in the file, its escapes hidden in letters that nobody uses."""

    title: str
    format: str
    before: str
    answers: str | None
    after: str
    category: str
    line: int


def looks_like(package: Package) -> bool:
    """A text file with a question in braces or a category."""
    names = [name for name in package.names if name.lower().endswith((".gift", ".gift.txt", ".txt"))]
    return any(_is_gift(package.text(name)[:200_000], name) for name in names[:50])


def _is_gift(text: str, name: str) -> bool:
    if name.lower().endswith((".gift", ".gift.txt")):
        return "{" in text or "::" in text or "$CATEGORY" in text
    body = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    sure = re.search(r"^\$CATEGORY:|^\s*::.+?::", body, re.MULTILINE)
    return bool(sure or re.search(r"(?<!\\)\{\s*(?:[=~#]|TRUE|FALSE|T\s*\}|F\s*\}|\})", body)) and "\0" not in text


def read(reading: Reading) -> Course:
    """Each file and each category is a lesson or several."""
    course = Course(reading.package.name.rpartition("/")[2].partition(".")[0])
    groups: dict[str, list[Text | Exercise]] = {}
    names = [name for name in reading.package.names if name.lower().endswith((".gift", ".txt"))] or [
        *reading.package.names
    ]
    for name in names:
        text = reading.package.text(name)
        if len(reading.package.names) > 1 and not _is_gift(text, name):
            continue
        for question in _questions(text):
            title = question.category or name.rpartition("/")[2].partition(".")[0]
            if piece := _piece(question, name, reading):
                groups.setdefault(title, []).append(piece)
    for title, pieces in groups.items():
        course.lessons += cut(title.rpartition("/")[2].strip() or course.title, pieces, reading)
    if not groups and not reading.report.items:
        raise NotReadable(f"There is no question in {reading.package.name}.")
    return course


def _questions(text: str) -> Iterator[_Question]:
    """The questions of a file, one after the other."""
    category, start, depth = "", 0, 0
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        hidden = _ESCAPED.sub(lambda m: _KEPT[m[1]], line)
        if hidden.lstrip().startswith("//"):
            continue
        if not block and hidden.startswith("$CATEGORY:"):
            category = _shown(hidden.removeprefix("$CATEGORY:").strip()).removeprefix("$course$/").removeprefix("top/")
        elif hidden.strip():
            start = start if block else number
            block.append(hidden)
            depth += hidden.count("{") - hidden.count("}")
        elif block and (depth <= 0 or number - start > 200):
            yield _question("\n".join(block), category, start)
            block, depth = [], 0
        elif block:
            block.append(hidden)
    if block:
        yield _question("\n".join(block), category, start)


def _question(block: str, category: str, line: int) -> _Question:
    title, format_ = "", "moodle"
    if match := _TITLE.match(block):
        title, block = match[1], block[match.end() :]
    if match := _FORMAT.match(block):
        format_, block = match[1], block[match.end() :]
    opened = block.find("{")
    closed = block.rfind("}")
    if opened < 0 or closed < opened:
        return _Question(_shown(title).strip(), format_, block, None, "", category, line)
    return _Question(
        _shown(title).strip(), format_, block[:opened], block[opened + 1 : closed], block[closed + 1 :], category, line
    )


def _shown(text: str) -> str:
    """A text with its hidden letters back."""
    return re.sub("[\ue000-\ue020]", lambda m: _BACK.get(m[0], ""), text)


@dataclass
class _Words:
    """Texts of one question as Markdown."""

    prose: Prose
    format: str
    line: int

    def block(self, text: str) -> str:
        plain = _shown(text).strip()
        if self.format == "markdown":
            return tidy(plain, self.prose, line=self.line)
        if self.format == "plain":
            return self.prose.plain(plain)
        if "<" not in plain and "&" not in plain:
            return self.prose.plain(plain)
        return self.prose.html(re.sub(r"\n\s*\n", "<p>", plain) if self.format == "moodle" else plain, line=self.line)

    def line_of(self, text: str) -> str:
        return one_line(self.block(text))


def _piece(question: _Question, file: str, reading: Reading) -> Text | Exercise | None:
    item = reading.report.item("question", question.title or _shown(question.before), file, question.line)
    words = _Words(Prose(item, top=3), question.format, question.line)
    if question.answers is None:
        item.kind = "description"
        text = words.block(question.before)
        return Text(text, item, words.prose.pictures.taken) if text else None
    task = words.block(question.before)
    if question.after.strip():
        task = f"{task} {_BLANK} {words.block(question.after)}"
    answers, _, general = question.answers.partition("####")
    explanation = words.block(general)
    found = _body(answers.strip(), item, words, reading)
    if found is None:
        return None
    body, said = found
    title = question.title or plain_words(task) or reading.word("question", number=len(reading.report.items))
    pictures = words.prose.pictures.taken
    return Exercise(title, task, body, item, explanation=texts_of([said, explanation]), pictures=pictures)


def _body(text: str, item: Item, words: _Words, reading: Reading) -> tuple[Body, str] | None:
    """The body and what was said to the right answer."""
    if not text:
        item.kind = "essay"
        item.changed("A person marks it, with a rubric of one criterion and one point.")
        return free_text(reading, 1), ""
    if match := re.match(r"(TRUE|T|FALSE|F)\s*(?:$|#)", text):
        return _true_false(match[1][0] == "T", text[match.end(1) :], item, words, reading)
    if text.startswith("#"):
        item.kind = "numerical"
        answers = list(_numbers(text[1:].strip(), item, words))
        body: Body | None = quiz.number(answers, item)
        return (body, quiz.right_replies(answers, body)) if body else None
    return _marked_answers(text, item, words)


def _marked_answers(text: str, item: Item, words: _Words) -> tuple[Body, str] | None:
    """Answers that begin with = or ~: matching, a word, one choice or several."""
    rows = [
        row for row in re.findall(r"([=~])((?:[^=~#]|#(?![=~])|(?<=-)=|=(?=>))*(?:#[^=~]*)?)", text) if row[1].strip()
    ]
    if not rows and re.search(r"[=~]", text):
        item.left("The answers between the braces cannot be read: they begin with = or ~.")
        return None
    # One right answer needs no mark.
    rows = rows or [("=", text)]
    if all(mark == "=" for mark, _ in rows) and all("->" in row for _, row in rows):
        item.kind = "matching"
        return _matching([row.partition("#")[0] for _, row in rows], item, words), ""
    answers = [_answer(mark, row, words, typed=all(m == "=" for m, _ in rows)) for mark, row in rows]
    if all(mark == "=" for mark, _ in rows):
        item.kind = "shortanswer"
        body: Body | None = quiz.typed(answers, item)
    elif any(mark == "=" for mark, _ in rows):
        item.kind = "multichoice"
        body = quiz.one_choice(answers, item)
    else:
        item.kind = "multichoice"
        body = quiz.many_choices(answers, item)
    return (body, quiz.right_replies(answers, body)) if body else None


def _answer(mark: str, row: str, words: _Words, *, typed: bool) -> quiz.Answer:
    text, _, feedback = row.partition("#")
    share = Fraction(1) if mark == "=" else Fraction(0)
    if match := re.match(r"\s*%(-?[\d.]+)%", text):
        share, text = quiz.share_of(match[1]), text[match.end() :]
    shown = _shown(text.replace(_KEPT["*"], r"\*")).strip() if typed else words.line_of(text)
    return quiz.Answer(shown, share, words.block(feedback))


def _true_false(right: bool, rest: str, item: Item, words: _Words, reading: Reading) -> tuple[Body, str]:
    item.kind = "truefalse"
    replies = [words.block(part) for part in rest.split("#")[1:]]
    to_wrong, to_right = [*replies, "", ""][:2]
    options = [Option(reading.word("yes"), right), Option(reading.word("no"), not right)]
    for option in options:
        option.feedback = "" if option.correct else to_wrong
    if to_right:
        item.changed("What was said to the right answer stands in the explanation.")
    return Choice(options), to_right


def _matching(rows: list[str], item: Item, words: _Words) -> Body:
    pairs = [(words.line_of(left), words.line_of(right)) for left, _, right in (row.partition("->") for row in rows)]
    choices = list(dict.fromkeys(right for _, right in pairs))
    return Matching([(left, choices.index(right)) for left, right in pairs if left], choices)


def _numbers(text: str, item: Item, words: _Words) -> Iterator[quiz.Answer]:
    """The numbers of a question with #: `3:0.1`, `1..5`, or several rows with = and shares."""
    rows = re.findall(r"[=~]((?:[^=~#]|#(?![=~]))*)", text) if re.match(r"[=~]", text) else [text]
    for row in rows:
        value, _, feedback = row.partition("#")
        share = Fraction(1)
        if match := re.match(r"\s*%(-?[\d.]+)%", value):
            share, value = quiz.share_of(match[1]), value[match.end() :]
        if not value.strip() or value.strip() == "*":
            share = Fraction(0)
        said = words.block(feedback)
        if ".." in value and (found := quiz.span(*value.split("..", 1))):
            yield quiz.Answer(found[0], share, said, found[1])
        else:
            number, _, tolerance = value.partition(":")
            yield quiz.Answer(number.strip() or "*", share, said, tolerance)
