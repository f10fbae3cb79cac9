"""What grading says to people, in each language. A verdict holds codes; only here do they become sentences."""

from bilik.grading.messages.saying import LANGUAGES, catalogue, explain_error, say

__all__ = ["LANGUAGES", "catalogue", "explain_error", "say"]
