"""Ages from a year and a month alone. Pure."""

from __future__ import annotations

from datetime import datetime

from bilik.people.states import AgeBand

ADULT_AGE = 18
YOUNGEST = 6
OLDEST = 120

_BANDS = ((6, AgeBand.UNDER_6), (10, AgeBand.FROM_6), (14, AgeBand.FROM_10), (16, AgeBand.FROM_14),
          (ADULT_AGE, AgeBand.FROM_16))  # fmt: skip


def age_at(birth_year: int | None, birth_month: int | None, now: datetime) -> int | None:
    """Whole years lived for certain.

    Without a day, a birthday counts from the first day of the next month.
    """
    if birth_year is None or birth_month is None:
        return None
    return now.year - birth_year - (1 if now.month <= birth_month else 0)


def band_at(birth_year: int | None, birth_month: int | None, now: datetime) -> AgeBand:
    """The age band that decides what a person may do and who must agree."""
    age = age_at(birth_year, birth_month, now)
    if age is None:
        return AgeBand.UNKNOWN
    return next((band for below, band in _BANDS if age < below), AgeBand.ADULT)


def adult_since(birth_year: int, birth_month: int, now: datetime) -> datetime:
    """The first moment at which somebody born in that month is certainly 18, in the time zone of `now`."""
    year, month = birth_year + ADULT_AGE, birth_month + 1
    return now.replace(
        year=year + (month > 12), month=(month - 1) % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
    )
