"""What scoring says to people, in each language. Findings hold codes and facts; only here do they become sentences."""

from bilik.scoring.messages.saying import LANGUAGES, catalogue, say

__all__ = ["LANGUAGES", "catalogue", "say"]
