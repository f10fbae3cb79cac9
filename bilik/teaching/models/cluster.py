"""Which comment was given to which cluster of a group's wrong answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ClusterComment(models.Model):
    """`key` is the digest of what the cluster's answers have in common. Answers themselves are not kept here."""

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="+")
    task = models.ForeignKey("catalog.Task", models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    comment = models.ForeignKey("submissions.TrainerComment", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "task", "key"], name="teaching_comment_of_cluster")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.key[:8]}"
