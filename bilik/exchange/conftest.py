"""The sandbox for the tests that prove imported programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bilik.grading.kinds import Run
from runner.host import Pool


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs programs in the real sandbox."""
    with Pool(size=1) as pool:
        yield pool.run
