"""What of a score is shown, in which order entries stand, and which of them cannot be told apart."""
