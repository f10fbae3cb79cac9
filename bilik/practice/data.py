"""A person's practice: given to them as data, or forgotten. What follows from answers holds numbers and no words; the
count of seconds is what a person might mind, and goes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bilik.practice.models import (
    LevelCheck,
    LevelQuestion,
    Picture,
    ReviewHint,
    ReviewNote,
    SkillMastery,
    TaskMemory,
    Wish,
)
from bilik.practice.states import CheckState

if TYPE_CHECKING:
    from bilik.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Mastery by skill, memory by task as they are stored, reviews, level checks, wishes."""
    memory = TaskMemory.objects.filter(person=person).select_related("task__course").order_by("id")
    notes = ReviewNote.objects.filter(person=person).order_by("id")
    checks = LevelCheck.objects.filter(person=person).select_related("course").prefetch_related("questions")
    wish = Wish.objects.filter(person=person).first()
    return {
        "skills": [
            {"skill": row.skill_id, "mastered": row.mastered, "answers": row.answers, "right": row.right,
             "last_at": row.last_at.isoformat()}
            for row in SkillMastery.objects.filter(person=person).order_by("skill_id")
        ],
        "tasks": [
            {"course": row.task.course.slug, "task": row.task.slug, "answers": row.answers,
             "first_right": row.first_right, "solved_at": _iso(row.solved_at), "reviews": row.reviews,
             "due_at": _iso(row.due_at)}
            for row in memory
        ],
        "reviews": [{"answer": row.submission_id, "hints": row.hints, "seconds": row.seconds} for row in notes],
        "level_checks": [
            {"course": row.course.slug, "state": row.state, "started_at": row.started_at.isoformat(),
             "ended_at": _iso(row.ended_at), "questions": len(row.questions.all())}
            for row in checks.order_by("id")
        ],
        "streak_hidden": bool(wish and wish.hide_streak),
    }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def erase(person: Person, now: datetime) -> None:
    """Forgets what practice made of the answers, how long they took, and what the person wanted."""
    Picture.objects.filter(person=person).delete()
    SkillMastery.objects.filter(person=person).delete()
    TaskMemory.objects.filter(person=person).delete()
    ReviewHint.objects.filter(person=person).delete()
    Wish.objects.filter(person=person).delete()
    ReviewNote.objects.filter(person=person).update(seconds=None)
    LevelQuestion.objects.filter(check_of__person=person, submission=None, skipped=False).delete()
    LevelCheck.objects.filter(person=person, state=CheckState.OPEN).update(state=CheckState.ABANDONED, ended_at=now)
