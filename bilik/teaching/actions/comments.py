"""One comment for all answers with the same mistake."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bilik.groups.queries import may_lead
from bilik.kit.errors import refuse
from bilik.submissions import actions as submissions
from bilik.teaching import errors, rules
from bilik.teaching.models import ClusterComment
from bilik.teaching.queries.answers import clusters_in, wrong_answers

if TYPE_CHECKING:
    from bilik.groups.models import Group
    from bilik.people.models import Person
    from bilik.submissions.models import TrainerComment


@transaction.atomic
def comment_on_cluster(*, by: Person, now: datetime, group: Group, task_id: int, key: str, text: str) -> TrainerComment:
    """Says something once to everybody in a cluster: each learner reads it at that answer. A second time changes what
    was said, and shows it to those who have joined the cluster since.

    Raises NotYourGroup, NothingWritten, NoSuchCluster.
    """
    refuse(rules.why_not_comment(text, leads=may_lead(by, group)))
    cluster = next((one for one in clusters_in(wrong_answers(group, task_id)) if one.key == key), None)
    refuse(errors.NoSuchCluster() if cluster is None else None)
    assert cluster is not None
    said: dict[str, Any] = {
        "by": by,
        "now": now,
        "submission_ids": [one.submission_id for one in cluster.answers],
        "text": text.strip()[: rules.LONGEST_COMMENT],
    }
    place = ClusterComment.objects.select_for_update().filter(group=group, task_id=task_id, key=key).first()
    if place is not None and place.comment.retracted_at is None:
        return submissions.change_comment(comment=place.comment, **said)
    comment = submissions.comment_on(**said)
    ClusterComment.objects.update_or_create(group=group, task_id=task_id, key=key, defaults={"comment": comment})
    return comment


@transaction.atomic
def retract_cluster_comment(*, by: Person, now: datetime, group: Group, task_id: int, key: str) -> None:
    """Takes back what was said to a cluster. Raises NotYourGroup, NoSuchCluster."""
    refuse(None if may_lead(by, group) else errors.NotYourGroup())
    place = ClusterComment.objects.filter(group=group, task_id=task_id, key=key).first()
    refuse(errors.NoSuchCluster() if place is None else None)
    assert place is not None
    submissions.retract_comment(by=by, now=now, comment=place.comment)
