"""The verbs of the trainers' desk: keywords only, `by=` who acts, `now=` when, one transaction, journalled."""

from bilik.teaching.actions.calls import look_for_likeness, note_call
from bilik.teaching.actions.comments import comment_on_cluster, retract_cluster_comment
from bilik.teaching.actions.regrades import (
    apply_regrade,
    cancel_regrade,
    request_regrade,
    retry_faults,
    work_on,
    work_on_regrades,
)

__all__ = [
    "apply_regrade",
    "cancel_regrade",
    "comment_on_cluster",
    "look_for_likeness",
    "note_call",
    "request_regrade",
    "retract_cluster_comment",
    "retry_faults",
    "work_on",
    "work_on_regrades",
]
