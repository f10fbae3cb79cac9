"""Writing TOML: plain keys first, then small tables on one line, then lists of tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def as_toml(table: Mapping[str, Any], *, within: str = "") -> str:
    """A table of texts, whole numbers, truths, lists, small tables and lists of tables as TOML."""
    lines = [f"{key} = {_value(value)}" for key, value in table.items() if not _is_rows(value)]
    for key, value in table.items():
        if _is_rows(value):
            name = f"{within}.{key}" if within else key
            for row in value:
                lines += ["", f"[[{name}]]", as_toml(row, within=name)]
    return "\n".join(lines).rstrip("\n") + ("\n" if not within else "")


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    return quoted(str(value))


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else quoted(key)


def quoted(text: str) -> str:
    """A text in quotes. JSON's way of writing texts is TOML's too, but for one sign."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
