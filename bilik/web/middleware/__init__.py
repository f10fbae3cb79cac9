"""What stands around every request. settings.MIDDLEWARE says in which order."""

from bilik.web.middleware.language import language
from bilik.web.middleware.policy import content_security_policy
from bilik.web.middleware.trouble import trouble

__all__ = ["content_security_policy", "language", "trouble"]
