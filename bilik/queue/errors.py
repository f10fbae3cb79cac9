"""What the queue refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class LeaseLost(Refusal):
    """The job is held by another worker, or is done: what this worker found does not count."""

    code = "lease_lost"
    sentence = _("Another worker has taken this job over.")
