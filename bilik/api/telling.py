"""What became of an answer, for a program: the same that the page shows, and of hidden tests nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bilik.api.schemas import answers as schemas
from bilik.api.schemas import exact_text
from bilik.cards.controls import readable
from bilik.cards.verdicts import VerdictView, remarks_of, verdict_view
from bilik.cards.words import words_in
from bilik.catalog.queries import variant
from bilik.submissions.queries import comments_on

if TYPE_CHECKING:
    from bilik.people.models import Person
    from bilik.submissions.models import Submission


def brief_of(submission: Submission, course: str, task: str) -> schemas.AttemptBrief:
    """An answer in a list. No query."""
    return schemas.AttemptBrief(**_brief(submission, course, task))


def _brief(submission: Submission, course: str, task: str) -> dict[str, Any]:
    return {
        "id": submission.pk,
        "key": submission.key,
        "course": course,
        "task": task,
        "state": submission.state,
        "outcome": submission.outcome or None,
        "score": exact_text(submission.score),
        "of": submission.of,
        "received_at": submission.received_at,
        "graded_at": submission.graded_at,
    }


def attempt_of(submission: Submission, course: str, task: str, *, person: Person, language: str) -> schemas.Attempt:
    """An answer of this person with all that is said of it. Two queries at most."""
    words = words_in(variant(submission.task_version_id, submission.seed).page, language)
    remarks = remarks_of(comments_on([submission.pk]).get(submission.pk, ()), person)
    view = verdict_view(submission, words, language, remarks)
    return schemas.Attempt(
        **_brief(submission, course, task),
        place_in_queue=view.place,
        given=readable(submission.answer),
        said=[_said(one) for one in view.said],
        tests=[_test(test) for test in view.tests],
        marks=[_mark(mark) for mark in view.marks],
        comments=_comments(view),
    )


def _said(one: Any) -> schemas.Said:
    said = one.said
    return schemas.Said(
        html=str(one.html) or None,
        sentence=said.sentence or None,
        more=list(said.more),
        line=said.line,
        cell=said.cell,
        source=said.source or None,
        original=said.original or None,
        table=_table(said.table) if said.table else None,
    )


def _table(table: Mapping[str, Any]) -> schemas.Table:
    return schemas.Table(columns=list(table["columns"]), rows=table["rows"], more=bool(table.get("more")))


def _test(test: Mapping[str, Any]) -> schemas.Test:
    """A test as the card shows it: of a hidden one only whether it passed."""
    facts: dict[str, Any] = {
        "passed": bool(test["passed"]),
        "hidden": bool(test.get("hidden")),
        "ran": bool(test.get("ran", True)),
    }
    if facts["hidden"]:
        return schemas.Test(**facts)
    shown: dict[str, Any] = {name: _text(test.get(name)) for name in ("call", "input", "error")}
    if not facts["passed"] and facts["ran"] and not test.get("error"):
        shown |= {
            "expected": _lines(test.get("expected"), test.get("prints")),
            "got": _lines(test.get("got"), test.get("printed")),
        }
    return schemas.Test(**facts, **shown)


def _text(value: Any) -> str | None:
    return str(value) if value not in (None, "") else None


def _lines(*values: Any) -> str | None:
    return "\n".join(str(value) for value in values if value not in (None, "")) or None


def _mark(mark: Mapping[str, Any]) -> schemas.Mark:
    return schemas.Mark(
        criterion=mark["criterion"],
        html=str(mark["words"]),
        level_html=str(mark["level"]),
        points=mark["points"],
        of=mark["of"],
    )


def _comments(view: VerdictView) -> list[schemas.Comment]:
    """What markers say, and then what trainers say."""
    of_markers: Iterable[Mapping[str, Any]] = view.comments
    return [
        *(
            schemas.Comment(by=None, criterion=one.get("criterion") or None, text=str(one["text"]))
            for one in of_markers
        ),
        *(schemas.Comment(by=one.name or None, criterion=None, text=one.text) for one in view.remarks),
    ]
