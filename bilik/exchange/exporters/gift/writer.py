"""GIFT: Moodle's plain text for questions. One file for the whole course, a category for each lesson."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from bilik.exchange.exporting import Exporting, Files, LessonOut, Task, became
from bilik.exchange.plain_markup import plain_markup, tex_instead
from bilik.exchange.reading import as_decimal
from bilik.exchange.showing import GAP, Shown, asked, materials, with_gaps
from bilik.grading.outputs import tidy_lines
from bilik.grading.pictures import PICTURE_TYPES

TITLE = "GIFT"
ENDING = ".gift.txt"
MOST_LINES = 8
_OWN = re.compile(r"[\\~=#{}:]")
_DIGITS = 15


@dataclass(frozen=True)
class Question:
    """A question: what is asked (HTML), what stands between the braces (escaped already)."""

    asked: str
    answers: str


def write(exporting: Exporting) -> Files:
    """Each exercise is a question, or one for each of its blanks."""
    name = f"{exporting.course.slug}-{exporting.language}{ENDING}"
    blocks = []
    for lesson in exporting.lessons:
        exporting.left(lesson.item, "only_questions", format=TITLE)
        if lesson.tasks:
            blocks.append(f"$CATEGORY: $course$/top/{_category(exporting, lesson)}")
        for task in lesson.tasks.values():
            blocks += _questions(exporting, task)
            became(task.item, name)
    exporting.report.say(exporting.note("gift_general"))
    return {name: ("\n\n".join(blocks) + "\n").encode()} if any(lesson.tasks for lesson in exporting.lessons) else {}


def _category(exporting: Exporting, lesson: LessonOut) -> str:
    titles = (exporting.course.titles, lesson.source.titles)
    names = (titles_in.get(exporting.language) or titles_in.get("en", "") for titles_in in titles)
    return "/".join(" ".join(name.replace("/", "-").split()) for name in names)


def _questions(exporting: Exporting, task: Task) -> Iterator[str]:
    text, language = exporting.text_of(task, exporting.language)
    shown = Shown(task, text, language, _picture)
    title = _escaped(" ".join(text.title.split()))
    feedback = f"####{_html(shown.prose(text.explanation))}" if text.explanation and _is_checked(task) else ""
    made = _WRITERS.get(task.kind, _essay)(exporting, shown) or _essay(exporting, shown)
    for number, question in enumerate(made, 1):
        name = f"{title} ({number})" if len(made) > 1 else title
        end = feedback if question.answers else ""
        yield f"::{name}::[html]{_html(question.asked)} {{{question.answers}{end}}}"


def _is_checked(task: Task) -> bool:
    return task.kind in _WRITERS


def _picture(task: Task, name: str) -> str:
    content = base64.b64encode(task.prepared.folder.pictures[name]).decode()
    kind = PICTURE_TYPES["." + name.rpartition(".")[2].lower()]
    return f"data:{kind};base64,{content}"


def _html(source: str) -> str:
    """HTML as it may stand in GIFT: no line of its own, because an empty line ends a question."""
    return _escaped(plain_markup(source, special=tex_instead).strip())


def _escaped(text: str) -> str:
    return _OWN.sub(lambda m: "\\" + m[0], text).replace("\r", "").replace("\n", r"\n")


def _typed(text: str) -> str:
    """An answer that is typed: no HTML, a star means itself, and no sign joins the mark that stands before it."""
    made = _escaped(" ".join(text.split())).replace("*", r"\*")
    if made.startswith("%"):
        return f"%100%{made}"
    return f" {made}" if made.startswith(">") else made


def _said(shown: Shown, name: str) -> str:
    found = shown.text.feedback.get(name, "") if name else ""
    return f"#{_html(shown.prose(found))}" if found else ""


def _task(shown: Shown) -> str:
    return shown.prose(shown.text.task)


def _essay(exporting: Exporting, shown: Shown) -> list[Question]:
    exporting.changed(shown.task.item, "essay", kind=shown.task.kind, format=TITLE)
    return [Question(asked(shown), "")]


def _single(exporting: Exporting, shown: Shown) -> list[Question]:
    rows = []
    for choice in shown.task.spec["choices"]:
        words = _html(shown.block(f"choice {choice['id']}"))
        rows.append(f"{'=' if choice['correct'] else '~'}{words}{_said(shown, choice['feedback'])}")
    return [Question(_task(shown), _rows(rows))]


def _rows(rows: Sequence[str]) -> str:
    return "".join(f"\n  {row}" for row in rows) + "\n"


def _multiple(exporting: Exporting, shown: Shown) -> list[Question]:
    spec = shown.task.spec
    share = f"{100 / sum(choice['correct'] for choice in spec['choices']):.5f}".rstrip("0").rstrip(".")
    if spec["credit"] != "minus":
        exporting.changed(shown.task.item, "credit_minus", credit=spec["credit"], format=TITLE)
    rows = []
    for choice in spec["choices"]:
        words = _html(shown.block(f"choice {choice['id']}"))
        said = "" if choice["correct"] else _said(shown, choice["feedback"])
        rows.append(f"~%{'' if choice['correct'] else '-'}{share}%{words}{said}")
    return [Question(_task(shown), _rows(rows))]


def _number(exporting: Exporting, shown: Shown) -> list[Question]:
    spec, task = shown.task.spec, _task(shown)
    if spec["unit"]:
        task += f"<p>{shown.word('in_unit', unit=spec['unit'])}</p>"
        exporting.changed(shown.task.item, "unit_said", unit=spec["unit"])
    replies = [(rule["answer"], _said(shown, rule["say"])) for rule in spec["feedback"]]
    return [Question(task, _numbers(exporting, shown.task, spec, spec["answer"], replies))]


def _numbers(
    exporting: Exporting, task: Task, spec: Mapping[str, Any], answer: str, replies: Sequence[tuple[str, str]]
) -> str:
    right = _with_tolerance(exporting, task, spec, Fraction(answer))
    if not any(said for _, said in replies):
        return f"#{right}"
    rows = [f"%0%{_with_tolerance(exporting, task, spec, Fraction(value))}{said}" for value, said in replies if said]
    return "#" + _rows([f"={row}" for row in (right, *rows)])


def _with_tolerance(exporting: Exporting, task: Task, spec: Mapping[str, Any], value: Fraction) -> str:
    """A number with what it may differ by, in decimals. A fraction that never ends is cut and may differ a little."""
    tolerance = max(Fraction(spec["absolute"]), Fraction(spec["relative"]) * abs(value))
    number, by = as_decimal(value), as_decimal(tolerance)
    if "/" in number or "/" in by:
        exporting.changed(task.item, "cut_number", number=as_decimal(value))
        number, by = f"{float(value):.{_DIGITS}g}", f"{max(float(tolerance), abs(float(value)) * 1e-9):.{_DIGITS}g}"
    return f"{number}:{by}" if by != "0" else number


def _short(exporting: Exporting, shown: Shown) -> list[Question]:
    spec = shown.task.spec
    _note_ignored(exporting, shown.task, spec["ignore"])
    rows = [f"={_typed(answer)}" for answer in spec["answers"]]
    rows += [f"=%0%{_typed(rule['answer'])}{_said(shown, rule['say'])}" for rule in spec["feedback"]]
    return [Question(_task(shown), _rows(rows))]


def _note_ignored(exporting: Exporting, task: Task, ignore: Sequence[str]) -> None:
    """Moodle ignores capitals and spaces around an answer, and nothing else."""
    if set(ignore) != {"case", "spaces"}:
        exporting.changed(task.item, "moodle_ignores")


def _predict(exporting: Exporting, shown: Shown) -> list[Question] | None:
    lines = tidy_lines(shown.task.spec["output"] or "")
    if not 0 < len(lines) <= MOST_LINES or any(not line.strip() for line in lines):
        return None
    before = _task(shown) + materials(shown, ["program"])
    exporting.changed(shown.task.item, "moodle_ignores")
    if len(lines) == 1:
        return [Question(f"{before}<p>{shown.word('what_is_printed')}</p>", _rows([f"={_typed(lines[0])}"]))]
    exporting.changed(shown.task.item, "one_for_each", count=len(lines))
    return [
        Question(f"{before}<p>{shown.word('what_in_line', line=number)}</p>", _rows([f"={_typed(line)}"]))
        for number, line in enumerate(lines, 1)
    ]


def _blanks(exporting: Exporting, shown: Shown) -> list[Question]:
    """One question for each blank; the others are numbered gaps."""
    blanks = shown.task.spec["blanks"]
    if len(blanks) > 1:
        exporting.changed(shown.task.item, "one_for_each", count=len(blanks))
    numbers = {blank["id"]: number for number, blank in enumerate(blanks, 1)}

    def gap(place: str) -> str:
        return f"({numbers[place]}) {GAP}" if len(blanks) > 1 else GAP

    text = _task(shown) + with_gaps(shown, gap)
    made = []
    for blank in blanks:
        which = f"<p>{shown.word('which_blank', number=numbers[blank['id']])}</p>" if len(blanks) > 1 else ""
        made.append(Question(text + which, _blank(exporting, shown, blank)))
    return made


def _blank(exporting: Exporting, shown: Shown, blank: Mapping[str, Any]) -> str:
    rules = [rule for rule in shown.task.spec["feedback"] if rule["blank"] == blank["id"]]
    said = {rule["answer"]: _said(shown, rule["say"]) for rule in rules}
    if blank["as"] == "number":
        replies = [(answer, reply) for answer, reply in said.items() if _is_fraction(answer)]
        return _numbers(exporting, shown.task, blank, blank["number"], replies)
    if blank["as"] == "choices":
        right = [choice for choice in blank["choices"] if choice in blank["answers"]]
        if len(right) > 1:
            exporting.changed(shown.task.item, "first_only", answers=", ".join(right[1:]))
        rows = [choice for choice in blank["choices"] if choice not in right[1:]]
        return _rows([
            f"{'=' if choice == right[0] else '~'}{_escaped(escape(choice, quote=False))}{said.get(choice, '')}"
            for choice in rows
        ])  # fmt: skip
    _note_ignored(exporting, shown.task, blank["ignore"])
    rows = [f"={_typed(answer)}" for answer in blank["answers"]]
    return _rows([*rows, *(f"=%0%{_typed(answer)}{reply}" for answer, reply in said.items())])


def _is_fraction(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return True


def _matching(exporting: Exporting, shown: Shown) -> list[Question]:
    spec = shown.task.spec
    _note_pairs(exporting, shown.task, spec["credit"] == "all")
    used = {prompt["match"] for prompt in spec["prompts"]}
    pairs = [(f"prompt {prompt['id']}", f"choice {prompt['match']}") for prompt in spec["prompts"]]
    rows = [f"={_html(shown.block(left))} -> {_plain(shown, right)}" for left, right in pairs]
    rows += [f"= -> {_plain(shown, 'choice ' + one['id'])}" for one in spec["choices"] if one["id"] not in used]
    return [Question(_task(shown), _rows(rows))]


def _note_pairs(exporting: Exporting, task: Task, is_all: bool) -> None:
    if task.spec["feedback"]:
        exporting.left(task.item, "no_feedback", format=TITLE)
    if is_all:
        exporting.changed(task.item, "credit_each", format=TITLE)


def _plain(shown: Shown, block: str) -> str:
    """Words for a list to choose from, which shows no HTML."""
    from_markup = re.sub(r"<[^>]*>", "", plain_markup(shown.block(block), special=tex_instead))
    bare = from_markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _escaped(" ".join(bare.split()))


def _ordering(exporting: Exporting, shown: Shown) -> list[Question] | None:
    spec = shown.task.spec
    count = len(spec["items"])
    if len(spec["pairs"]) != count * (count - 1) // 2:
        return None
    exporting.changed(shown.task.item, "places")
    _note_pairs(exporting, shown.task, spec["credit"] == "all")
    places = {name: place for place, name in enumerate(spec["items"], 1)}
    rows = [f"={_html(shown.block(f'choice {name}'))} -> {places[name]}" for name in sorted(places)]
    return [Question(f"{_task(shown)}<p>{shown.word('give_places')}</p>", _rows(rows))]


_WRITERS: Mapping[str, Callable[[Exporting, Shown], list[Question] | None]] = {
    "single_choice": _single, "multiple_choice": _multiple, "numeric": _number, "short_text": _short,
    "predict_output": _predict, "fill_blanks": _blanks, "matching": _matching, "ordering": _ordering,
}  # fmt: skip
