"""Answers for both judges, ours and the one inside packages: the courses' own, and strange ones made by chance."""

from __future__ import annotations

import random
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilik.exchange.exporters.scorm.keys import is_checked, key_of
from bilik.exchange.tests.sending import KINDS, course_of, exercise_files
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, parse_answer
from bilik.grading.exercise import Exercise, read_folder
from bilik.grading.folder import prepare_variant
from bilik.grading.kinds import KINDS as CHECKERS
from bilik.grading.kinds import Run
from bilik.grading.verdict import invalid

ROOT = Path(__file__).resolve().parents[2]
FOR_EACH = 25
NUMBERS = (
    "12,5", "1 250", "−3", "3/4", "1.5e3", "1,250.5", "1.250,5", "1,250,000", "12.", ".5", "1e309", "0/0", "½", "٣",
    "12 kg", "12 KG.", "0,5 m", "+7", "--7", "1e-3", "9" * 61, " 8 ", "8\u00a0", "8'000", "1,2,3", "15 000 mb",
    "12e2 kg", "",
)  # fmt: skip
TEXTS = (
    "", " ", "FOR", "for ", "Bakı", "BAKI", "bakı", "İstanbul", "ISTANBUL", "istanbul", "oʻzbek", "o‘zbek", "O'ZBEK",
    "STRASSE", "straße", "ẞ", "Σίσυφος", "ΣΊΣΥΦΟΣ", "ﬁle", "fi\u200ble", "«x»", '"x"', "e\u0301", "é", "a\u00a0b",
    "a  b", "\ufeffx", "x\x00", "\ud800", "a_b", "a-b!", "əşçğüöı", "escguoi", "x" * 1001, "1\r\n2", "1\n2\n\n",
    "\n1 \n2", "a\x1cb", "a\u2028b",
)  # fmt: skip
POINTS = (
    "0,0",
    "10,10",
    "8,8",
    "41,31",
    "42,32",
    "43,31",
    "70,62",
    "70,63",
    "50,40",
    "101,3",
    "x",
    " 9 , 9 ",
    "7,7",
    "99,79",
)


@dataclass(frozen=True)
class Case:
    """One answer to one task: the key that a package has, the fields of a form, and what our checker says."""

    name: str
    key: Mapping[str, Any]
    fields: Mapping[str, list[str]]
    verdict: Mapping[str, Any]


def said_here(spec: Mapping[str, Any], fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """The verdict of bilik/grading in the words of the package's judge."""

    def no_run(job: Any) -> Any:
        raise AssertionError("nothing runs here")

    try:
        verdict = check(spec, parse_answer(spec, fields), run=no_run)
    except InvalidAnswer as error:
        verdict = invalid(spec["points"], error.feedback)
    feedback = [item.to_json() for item in verdict.feedback]
    return {"outcome": str(verdict.outcome), "score": int(verdict.score * 1000), "of": verdict.of, "feedback": feedback}


def corpus(run: Run) -> list[Case]:
    """Every task of the courses and of the small examples that a package checks, each with many answers."""
    cases, chance = [], random.Random(12)
    for name, exercise in [*_of_courses(run), *_examples(run)]:
        if not is_checked(exercise.spec):
            continue
        for number, fields in enumerate([*_own_answers(exercise), *_strange_answers(exercise, chance)]):
            verdict = said_here(exercise.spec, fields)
            cases.append(Case(f"{name} {number}", key_of(exercise.spec), fields, verdict))
    return cases


def _of_courses(run: Run) -> Iterator[tuple[str, Exercise]]:
    for path in sorted((ROOT / "courses").glob("*/lessons/*/*/exercise.toml")):
        kind = tomllib.loads(path.read_text(encoding="utf-8"))["kind"]
        if not is_checked({"kind": kind, "code": None}):
            continue
        for seed in (0, 1):
            made = prepare_variant(read_folder(path.parent, problems=[]), seed=seed, run=run, problems=[])
            if made is not None and (seed == 0 or made.exercise.variants):
                yield f"{path.parent.name}/{seed}", made.exercise


IGNORED = ("", '"case"', '"spaces", "punctuation"', '"case", "letters"', '"case", "spaces", "punctuation", "letters"')
MORE = {
    "numeric": [
        'unit = "kg"\nunits = { g = "0.001", mb = "1/3", MB = "2" }\nanswer = "12.5"\nrelative = "0.1"\n',
        'answer = "1/3"\nabsolute = "1e-3"\n',
        'answer = "0"\n',
    ],
    "short_text": [
        f'answers = ["Bakı şəhəri", "oʻzbek", "straße", "é", "a-b"]\nignore = [{ignore}]\n' for ignore in IGNORED
    ],
    "parsons": ["given_indent = true\n", 'credit = "lines"\n[[free]]\nlines = [1, 2]\n'],
    "hot_spot": [
        'picture = "img/map.svg"\nsize = [100, 80]\npick = 2\nmargin = 3\n[[areas]]\nid = "a"\nshape = "polygon"\n'
        'at = [10, 10, 60, 20, 30, 60, 25, 25]\ncorrect = true\n[[areas]]\nid = "b"\nshape = "circle"\n'
        "at = [70, 40, 20]\ncorrect = true\n"
    ],
    "ordering": [
        'credit = "pairs"\n[[items]]\nid = "wake"\n[[items]]\nid = "eat"\nafter = ["wake"]\n[[items]]\nid = "go"\n'
        'after = ["wake"]\n'
    ],
}
"""Rules that no course uses: every credit, units, tolerances, free lines, polygons, all that may be ignored."""


def _examples(run: Run) -> Iterator[tuple[str, Exercise]]:
    """The small examples of each kind, and those of `MORE`."""
    for kind in KINDS:
        tomls = [KINDS[kind][0], *(f'kind = "{kind}"\n{toml}' for toml in MORE.get(kind, ()))]
        tomls += [KINDS[kind][0].replace('"minus"', f'"{rule}"') for rule in ("all", "each") if '"minus"' in tomls[0]]
        tomls += [f'credit = "all"\n{tomls[0]}'] if kind in ("fill_blanks", "matching") else []
        for number, toml in enumerate(tomls):
            files = exercise_files("loop", kind)
            files["lessons/01-again/loop/exercise.toml"] = f'points = {number + 1}\nskills = ["x"]\n{toml}'
            with tempfile.TemporaryDirectory() as folder:
                course = course_of(files, Path(folder))
                found = course.lessons[0].exercises["loop"]
                made = prepare_variant(found, seed=0, run=run, problems=[])
            if made is not None:
                yield f"{kind}-{number}", made.exercise


def _own_answers(exercise: Exercise) -> Iterator[dict[str, list[str]]]:
    checker = CHECKERS[exercise.kind]
    model = checker.model_answer(exercise.spec, exercise.solution)
    for answer in [model, *(wrong.answer for wrong in exercise.wrong)]:
        try:
            yield checker.fields(exercise.spec, answer)
        except InvalidAnswer:
            continue


def _strange_answers(exercise: Exercise, chance: random.Random) -> Iterator[dict[str, list[str]]]:
    """What people and browsers may send, by the names of the form's fields."""
    spec = exercise.spec
    yield {}
    for number in range(FOR_EACH):
        yield _strange(spec, chance, number)


def _strange(spec: Mapping[str, Any], chance: random.Random, number: int) -> dict[str, list[str]]:
    kind = spec["kind"]
    if kind in ("single_choice", "multiple_choice"):
        names = [choice["id"] for choice in spec["choices"]]
        return {"answer": chance.sample([*names, "no-such"], k=chance.randint(0, len(names)))}
    if kind in ("numeric", "short_text", "predict_output"):
        known = [spec.get("answer", ""), spec.get("output") or "", *spec.get("answers", ())]
        known += [rule["answer"] for rule in spec["feedback"]]
        words = [*known, *(text.upper() for text in known), *(text + " " for text in known), *NUMBERS, *TEXTS]
        words += [chance.choice(NUMBERS) + " kg", f"-{known[0]}", f"{known[0]}0"]
        return {"answer": [words[(number * 7 + chance.randrange(7)) % len(words)]]}
    if kind == "fill_blanks":
        return {f"answer-{blank['id']}": [_in_blank(blank, chance)] for blank in spec["blanks"]}
    if kind == "matching":
        names = ["", *(choice["id"] for choice in spec["choices"]), "no-such"]
        return {
            f"answer-{one['id']}": [chance.choice(names[: len(names) - (number % 9 > 0)])] for one in spec["prompts"]
        }
    if kind == "ordering":
        order = chance.sample(spec["items"], k=len(spec["items"]) - (number % 11 == 0))
        places = {f"answer-{name}": [str(place)] for place, name in enumerate(order, 1)}
        return places if number % 2 else {"answer": order}
    if kind == "parsons":
        lines = [*spec["lines"], *spec["distractors"]]
        some = chance.sample(lines, k=chance.randint(0, len(lines))) if number % 3 else list(spec["lines"])
        return {"answer": [f"{line['id']},{line['indent'] if number % 2 else chance.randint(0, 3)}" for line in some]}
    return {"answer": chance.sample(POINTS, k=chance.randint(0, 3))}


def _in_blank(blank: Mapping[str, Any], chance: random.Random) -> str:
    if blank["as"] == "choices":
        return chance.choice([*blank["choices"], "", *(["?"] if chance.random() < 0.1 else [])])
    if blank["as"] == "number":
        return chance.choice([blank["number"], blank["number"], *NUMBERS[:8], ""])
    return chance.choice([*blank["answers"], *(answer.upper() for answer in blank["answers"]), *TEXTS])
