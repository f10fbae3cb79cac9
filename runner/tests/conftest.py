"""One warm process for the tests that only need some Runner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from runner.host import Runner


@pytest.fixture(scope="session")
def base() -> Iterator[Runner]:
    with Runner("base") as runner:
        yield runner
