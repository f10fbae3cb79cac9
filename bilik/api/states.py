"""What a token may be allowed. A pure table: each scope says in a whole sentence what it opens."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What a program may do with a token. No scope holds another, and none lets a token do more than its person."""

    PROFILE_READ = "profile:read", _("It reads your name, your language, your age band and your roles.")
    PROFILE_WRITE = "profile:write", _("It changes the language of your account.")
    COURSES_READ = "courses:read", _("It reads courses, lessons and exercises as you see them.")
    ANSWERS_WRITE = "answers:write", _("It answers exercises in your name; these answers count like any others.")
    PROGRESS_READ = "progress:read", _("It reads your answers, their verdicts, your progress and what comes next.")
    GROUPS_READ = "groups:read", _("It reads which groups you are in, and what is due for you there.")
    GROUPS_WRITE = "groups:write", _("It comes into groups with a code.")
    TRAINER_READ = "trainer:read", _("It reads members, dates, roll calls and gradebooks of the groups that you lead.")
    TRAINER_WRITE = "trainer:write", _("It sets dates and takes the roll in the groups that you lead.")


# Offered only to those who may lead a group; what a token then opens is decided anew at each call.
OF_TRAINERS = frozenset({Scope.TRAINER_READ, Scope.TRAINER_WRITE})
