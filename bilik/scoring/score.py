"""The score of a submission.

A score is kept as the shortest decimal text that gives the same double again (Python's `repr`). A metric is computed
in doubles, so this text is all of it: nothing is lost and no digit is invented. As a text it passes through JSON,
databases and spreadsheets unchanged, and `Decimal(text)` compares and rounds as people do with what they see, as all
scores in this house do (`kit/exact.py`). A float column would come back as another number on some databases, and
"0.91234 is shown as 0.912" would depend on the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bilik.scoring.metrics.metric import Pairs
from bilik.scoring.solution import Solution, Split
from bilik.scoring.submission import read_submission
from bilik.scoring.table import Limits


@dataclass(frozen=True)
class Scored:
    """What came of a submission: its scores as decimal texts, by the name of the split, and how many rows each had."""

    metric: str
    greater_is_better: bool
    scores: Mapping[str, str]
    rows: Mapping[str, int]

    def value(self, split: str) -> Decimal:
        """One score as an exact number."""
        return Decimal(self.scores[split])


def text_of(score: float) -> str:
    """A finite double as its shortest decimal text."""
    return repr(float(score))


def score_pairs(pairs: Pairs, solution: Solution, split: Split | None) -> str:
    """The score of the rows of one split. Raises CompetitionBroken when the metric is undefined there."""
    rows = solution.rows_of(split)
    chosen = pairs if len(rows) == len(pairs) else pairs.take(rows)
    return text_of(solution.metric.score(chosen, solution.params))


def score_submission(
    raw: bytes, solution: Solution, *, splits: tuple[Split, ...] = (), limits: Limits | None = None
) -> Scored:
    """A file validated and scored: public and private at once where the solution has splits, else "all".

    Raises SubmissionRefused for what the participant can mend, CompetitionBroken for what the organiser must.
    """
    pairs = read_submission(raw, solution, limits)
    if solution.splits is None:
        wanted: dict[str, Split | None] = {"all": None}
    else:
        wanted = {str(split): split for split in splits or (Split.PUBLIC, Split.PRIVATE)}
    scores = {name: score_pairs(pairs, solution, split) for name, split in wanted.items()}
    rows = {name: len(solution.rows_of(split)) for name, split in wanted.items()}
    return Scored(solution.metric.name, solution.metric.greater_is_better, scores, rows)
