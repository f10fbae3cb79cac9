"""Finding a group by the code that somebody typed: one road for pages and for programs, on which wrong codes count."""

from __future__ import annotations

from allauth.core.internal import ratelimit

from bilik.groups import errors, queries, rules
from bilik.groups.models import JoinCode
from bilik.kit.clock import utc_now
from bilik.kit.errors import refuse
from bilik.web.requests import PageRequest

# Wrong codes only: a whole class comes in through one address. 31^6 codes and a few hundred tries a day leave guessing
# about one chance in three million a day for each code that is good.
WRONG_CODES = {"group_code": "10/h/user,100/h/ip"}


def code_typed(request: PageRequest, typed: str) -> JoinCode:
    """The code that somebody typed, if it lets people in. Wrong ones are counted for `request.user` and by address.

    Raises TooManyWrongCodes, WrongJoinCode, JoinCodeOver.
    """
    refuse(None if _count(request, dry_run=True) else errors.TooManyWrongCodes())
    found = queries.code_by_letters(typed)
    refusal = rules.why_not_use_code(found, utc_now())
    if refusal is not None:
        _count(request, dry_run=False)
        raise refusal
    assert found is not None
    return found


def _count(request: PageRequest, *, dry_run: bool) -> bool:
    """Whether there are tries left; one of them is used up unless this is only asked."""
    return bool(
        ratelimit.consume(
            request, app="bilik.groups", action="group_code", config=WRONG_CODES, dry_run=dry_run, limit_get=True
        )
    )
