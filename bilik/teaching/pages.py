"""What pages and panels of the trainers' desk show: sentences for reasons, names for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bilik.people.states import GuardianState
from bilik.teaching.calling import Reason, ToCall, Why
from bilik.teaching.queries.answers import title_of
from bilik.teaching.queries.calls import CallList
from bilik.teaching.queries.gradebook import Gradebook
from bilik.teaching.tables import Sheet


def rows_to_call(
    rows: Iterable[tuple[CallList, ToCall]], names: Mapping[int, str], asked: Mapping[int, str], language: str
) -> list[dict[str, Any]]:
    """Who is called today with the reasons in words, the strongest first. `asked` is how far each guardian's consent
    is, by the child's id (`people.queries.guardian_states`).
    """
    return [
        {
            "group": found.group,
            "person": found.people[one.person_id],
            "name": names[one.person_id],
            "reasons": [_sentence(reason, found, asked.get(one.person_id, ""), language) for reason in one.reasons],
            "reason": one.reasons[0].why,
            "waits": any(reason.why is Why.NO_CONSENT for reason in one.reasons),
        }
        for found, one in rows
    ]


def _sentence(reason: Reason, found: CallList, asked: str, language: str) -> str:
    number = reason.facts.get("task_id")
    tasks = (task for course in found.courses for task in course.tasks)
    task = next((one for one in tasks if one.task_id == number), None) if number else None
    return reason_sentence(reason, title_of(task, language) if task else "", asked)


CONSENT = {
    "": gettext_lazy(
        "No answer is kept before a parent or guardian agrees. Nobody was asked yet, or the letter is too old."
    ),
    GuardianState.REQUESTED: gettext_lazy(
        "No answer is kept before a parent or guardian agrees. The letter was given out and is not answered yet."
    ),
    GuardianState.REFUSED: gettext_lazy("The parent or guardian did not agree, so no answer is kept."),
    GuardianState.WITHDRAWN: gettext_lazy("The parent's or guardian's consent is not in force, so no answer is kept."),
}


def reason_sentence(reason: Reason, title: str, asked: str) -> str:
    """Why somebody should be called, as a whole sentence with its facts; `title` is the task's, where there is one."""
    facts = reason.facts
    if reason.why is Why.NO_CONSENT:
        return str(CONSENT.get(asked, CONSENT[""]))
    if reason.why is Why.AWAY_TWICE:
        return _("Absent at the last two meetings, without an excuse.")
    if reason.why is Why.UNSEEN:
        day = date_format(timezone.localtime(facts["due_at"]), "DATE_FORMAT")
        text = ngettext(
            "No answer for %(days)s day, and “%(title)s” is due on %(day)s.",
            "No answer for %(days)s days, and “%(title)s” is due on %(day)s.",
            facts["days"],
        )
        return text % {"days": facts["days"], "title": facts["title"], "day": day}
    if reason.why is Why.NOTHING_BEGUN:
        return _("Has not answered anything yet, and something is due.")
    if reason.why is Why.STUCK:
        text = ngettext(
            "Tried “%(title)s” %(tries)s time without solving it, and took no hint.",
            "Tried “%(title)s” %(tries)s times without solving it, and took no hint.",
            facts["tries"],
        )
        return text % {"title": title, "tries": facts["tries"]}
    if reason.why is Why.ALL_LATE:
        return _("Everything that was due is late: %(late)s parts are not done.") % {"late": facts["late"]}
    return _("Gave %(before)s answers in the week before last, and %(last)s in the last one.") % {
        "before": facts["before"],
        "last": facts["last"],
    }


def gradebook_sheet(title: str, book: Gradebook, names: Sequence[str]) -> Sheet:
    """A gradebook as a table for a file; `names` are those of its lines, in their order."""
    titles = [f"{column.title} ({column.of})" for column in book.columns]
    exams = [_("Exam: %(title)s, percent") % {"title": one.title} for one in book.exams]
    columns = [_("Learner"), *titles, _("All points (%(of)s)") % {"of": book.of}, *exams]
    rows = [[name, *line.points, line.total, *line.exams] for name, line in zip(names, book.lines, strict=True)]
    return Sheet(title=title, columns=columns, rows=rows)
