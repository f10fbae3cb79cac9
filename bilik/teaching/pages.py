"""What pages and panels of the trainers' desk show: sentences for reasons, names for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilik.groups.queries import courses_of
from bilik.teaching.calling import Reason, Why
from bilik.teaching.queries.answers import title_of
from bilik.teaching.queries.calls import CallList
from bilik.teaching.queries.gradebook import Gradebook
from bilik.teaching.tables import Sheet


def rows_to_call(found: CallList, names: Mapping[int, str], language: str) -> list[dict[str, Any]]:
    """Who is called today with the reasons in words, the strongest first."""
    tasks = {task.task_id: task for course in courses_of(found.group) for task in course.tasks}
    titles = {
        reason.facts["task_id"]: title_of(tasks[reason.facts["task_id"]], language)
        for one in found.to_call
        for reason in one.reasons
        if reason.facts.get("task_id") in tasks
    }
    return [
        {
            "person": found.people[one.person_id],
            "name": names[one.person_id],
            "reasons": [reason_sentence(reason, titles) for reason in one.reasons],
            "reason": one.reasons[0].why,
        }
        for one in found.to_call
    ]


def reason_sentence(reason: Reason, titles: Mapping[int, str]) -> str:
    """Why somebody should be called, as a whole sentence with its facts."""
    facts = reason.facts
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
        return text % {"title": titles.get(facts["task_id"], ""), "tries": facts["tries"]}
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
