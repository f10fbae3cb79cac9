"""What all tests of this room share: the moment, the password, and how a refusal is expected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bilik.kit.errors import Refusal

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "tilework-and-saffron-7"


@contextmanager
def refused(code: str) -> Iterator[None]:
    """`with refused("wrong_code"):` the block must be refused with exactly this code."""
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
