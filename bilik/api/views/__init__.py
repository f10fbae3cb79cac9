"""Pages: one's tokens, and what programs can do here."""
