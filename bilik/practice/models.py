"""What practice stores. Picture, SkillMastery and TaskMemory follow from the answers and can be made anew from them;
the other tables are the truth about reviews and level checks.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bilik.practice.states import CheckState


class Estimate(models.Model):
    """One run of the estimation, never changed: of the tasks of a course, or (without a course) of all skills.

    `digest` is that of the answers it was made from, so that the same answers make no second version.
    """

    course = models.ForeignKey("catalog.Course", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    people = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["course", "-id"], name="estimate_newest")]

    def __str__(self) -> str:
        return f"estimate {self.pk}"


class TaskEstimate(models.Model):
    """Discrimination and difficulty of a task (see engine/ability.py), from `answers` first answers."""

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="tasks")
    task = models.ForeignKey("catalog.Task", on_delete=models.PROTECT, related_name="+")
    discrimination = models.FloatField()
    difficulty = models.FloatField()
    error = models.FloatField(null=True)
    answers = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estimate", "task"], name="one_task_estimate")]


class SkillEstimate(models.Model):
    """Knowledge tracing's four parameters of a skill (see engine/tracing.py), from this many people."""

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("skills.Skill", on_delete=models.PROTECT, related_name="+")
    start = models.FloatField()
    learn = models.FloatField()
    guess = models.FloatField()
    slip = models.FloatField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estimate", "skill"], name="one_skill_estimate")]


class Picture(models.Model):
    """How far a person's answers have been taken in: up to and with (taken_at, taken_id) in the order of verdicts, with
    the parameters of `estimate` (none: the priors).
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="picture")
    estimate = models.ForeignKey(Estimate, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_id = models.BigIntegerField(default=0)


class SkillMastery(models.Model):
    """One person, one skill: the chance of mastery, and how many answers (and right ones) it rests on."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="mastery")
    skill = models.ForeignKey("skills.Skill", on_delete=models.PROTECT, related_name="+")
    mastered = models.FloatField()
    answers = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_mastery")]


class TaskMemory(models.Model):
    """One person, one task: the first answer, when solved, and the card of spaced review once it is solved."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="memory")
    task = models.ForeignKey("catalog.Task", on_delete=models.PROTECT, related_name="+")
    answers = models.PositiveIntegerField()
    first_right = models.BooleanField(null=True)
    solved_at = models.DateTimeField(null=True)
    reviews = models.PositiveIntegerField()
    review_day = models.DateField(null=True)
    review_tries = models.PositiveIntegerField()
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="one_memory")]


class ReviewNote(models.Model):
    """What was known when a review was answered: hints shown in that round, seconds since the task was shown."""

    submission = models.OneToOneField("submissions.Submission", on_delete=models.CASCADE, related_name="review_note")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    hints = models.PositiveSmallIntegerField()
    seconds = models.FloatField(null=True)


class ReviewHint(models.Model):
    """How many hints a person has seen in today's review of a task."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey("catalog.Task", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    shown = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task", "day"], name="one_review_hint")]


class LevelCheck(models.Model):
    """One sitting of a person in the level check of a course."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="level_checks")
    course = models.ForeignKey("catalog.Course", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=CheckState.OPEN), name="one_open_level_check_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.OPEN, ended_at__isnull=True)
                | (~Q(state=CheckState.OPEN) & Q(ended_at__isnull=False)),
                name="level_check_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "course", "-id"], name="level_check_newest")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class LevelQuestion(models.Model):
    """One question of a sitting: the task version and variant that were asked, and the answer once it is there.
    `skipped` when the person said that they do not know this yet.
    """

    check_of = models.ForeignKey(LevelCheck, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    task_version = models.ForeignKey("catalog.TaskVersion", on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    submission = models.OneToOneField("submissions.Submission", null=True, on_delete=models.PROTECT, related_name="+")
    skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "position"], name="one_level_question"),
            models.CheckConstraint(
                condition=Q(submission__isnull=True) | Q(skipped=False), name="level_question_skipped_or_answered"
            ),
        ]


class Watermark(models.Model):
    """Up to which answer the catch-up of everybody has come; one row."""

    submission_id = models.BigIntegerField(default=0)


class Wish(models.Model):
    """What a person wants of their practice pages. No row: as everybody."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="practice_wish")
    hide_streak = models.BooleanField(default=False)
