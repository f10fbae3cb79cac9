"""Random versions of a task: `{{ name }}` is replaced by what `variant(seed)` gave for that name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")


def fill_text(text: str, values: Mapping[str, Any]) -> str:
    """The text with every known place filled. Unknown names stay: Python code may use doubled braces itself."""
    if not values or "{{" not in text:
        return text
    return _PLACE.sub(lambda m: str(values[m[1]]) if m[1] in values else m[0], text)


def fill(data: Any, values: Mapping[str, Any]) -> Any:
    """The same for every text inside lists and tables."""
    if isinstance(data, str):
        return fill_text(data, values)
    if isinstance(data, Mapping):
        return {key: fill(value, values) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [fill(item, values) for item in data]
    return data


def places(text: str) -> set[str]:
    """The names that a text wants filled."""
    return set(_PLACE.findall(text))


def seed_for(person_key: str, task_key: str, *, variants: int) -> int:
    """Which variant a person gets of a task: always the same one, evenly spread, not to be guessed from a neighbour's.

    Returns 0 where there are no variants, else a number from 0 to `variants` - 1.
    """
    if variants <= 1:
        return 0
    digest = hashlib.blake2b(f"{person_key}/{task_key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % variants
