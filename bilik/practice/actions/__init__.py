"""Verbs of practice."""

from bilik.practice.actions.checking import (
    answer_level_check,
    apply_level_check,
    finish_level_check,
    go_on_with_check,
    skip_question,
    start_level_check,
)
from bilik.practice.actions.estimates import store_skill_estimate, store_task_estimate
from bilik.practice.actions.giving import Given
from bilik.practice.actions.keeping import catch_up, keep_up, rebuild_picture
from bilik.practice.actions.reviewing import answer_review, apply_review, take_review_hint
from bilik.practice.actions.wishes import hide_streak

__all__ = [
    "Given",
    "answer_level_check",
    "answer_review",
    "apply_level_check",
    "apply_review",
    "catch_up",
    "finish_level_check",
    "go_on_with_check",
    "hide_streak",
    "keep_up",
    "rebuild_picture",
    "skip_question",
    "start_level_check",
    "store_skill_estimate",
    "store_task_estimate",
    "take_review_hint",
]
