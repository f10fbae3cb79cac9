"""Questions of practice. Nothing here writes; opening a page leaves no trace."""

from bilik.practice.queries import items, pictures
from bilik.practice.queries.checks import (
    Asking,
    LessonLevel,
    Result,
    asking,
    checks_in,
    has_questions,
    newest_checks,
    result_of,
    skippable_lessons,
)
from bilik.practice.queries.items import items_in, same_estimate
from bilik.practice.queries.pictures import Standing, open_check_of, people_with_pictures, standing
from bilik.practice.queries.reviews import Placed, Review, Reviews, due_day, hints_shown, places, review_seed, reviews
from bilik.practice.queries.today import SkillState, Today, beside_continuing, results_of, skill_states, today


def forget() -> None:
    """Empties what is kept in memory; tests need it because they undo what was estimated."""
    pictures.forget()
    items.forget()


__all__ = [
    "Asking",
    "LessonLevel",
    "Placed",
    "Result",
    "Review",
    "Reviews",
    "SkillState",
    "Standing",
    "Today",
    "asking",
    "beside_continuing",
    "checks_in",
    "due_day",
    "forget",
    "has_questions",
    "hints_shown",
    "items_in",
    "newest_checks",
    "open_check_of",
    "people_with_pictures",
    "places",
    "result_of",
    "results_of",
    "review_seed",
    "reviews",
    "same_estimate",
    "skill_states",
    "skippable_lessons",
    "standing",
    "today",
]
