"""YAML that strangers wrote, read into plain values: numbers exact, no aliases, no double keys, no surprises."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bilik.judging.problems import Notes

MOST_YAML_BYTES = 256 * 1024
_FLOAT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?")


class _Loader(yaml.SafeLoader):
    """Safe YAML without aliases (a few lines of them unfold to gigabytes) and without dates and floats."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not taken here; write the values out")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str | int) or keys.count(key) > 1:
                raise yaml.YAMLError(f"the key {key!r} is given twice or is no word")
        return super().construct_mapping(node, deep)


def _exact(loader: yaml.SafeLoader, node: Any) -> Any:
    text = loader.construct_scalar(node).replace("_", "")
    return Decimal(text) if _FLOAT.fullmatch(text) else text


def _as_text(loader: yaml.SafeLoader, node: Any) -> Any:
    return loader.construct_scalar(node)


def _whole(loader: yaml.SafeLoader, node: Any) -> Any:
    text = loader.construct_scalar(node)
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text) else text


_Loader.add_constructor("tag:yaml.org,2002:float", _exact)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)


def read_yaml(path: Path, file: str, notes: Notes) -> dict[str, Any]:
    """The mapping in a file; empty when it is missing or cannot be read (the notes say why)."""
    if not path.is_file():
        return {}
    if path.stat().st_size > MOST_YAML_BYTES:
        notes.error(file, "too-large", f"It is larger than {MOST_YAML_BYTES >> 10} KiB.")
        return {}
    try:
        data = yaml.load(path.read_bytes().decode("utf-8"), _Loader)  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        notes.error(file, "yaml", "It is not YAML that can be read: " + " ".join(str(error).split())[:300])
        return {}
    if data is None:
        return {}
    if not isinstance(data, dict):
        notes.error(file, "yaml", "It must be a mapping: lines of the form `key: value`.")
        return {}
    return {str(key): value for key, value in data.items()}


class Keys:
    """Asks for the keys of one mapping, noting what is wrong and what nobody asked for."""

    def __init__(self, data: Mapping[str, Any], file: str, notes: Notes, at: str = "") -> None:
        self._data, self.file, self.notes, self._at = data, file, notes, at
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is given with a value."""
        self._asked.add(key)
        return self._data.get(key) is not None

    def raw(self, key: str) -> Any:
        """The value as it stands; None when it is not given."""
        self._asked.add(key)
        return self._data.get(key)

    def wrong(self, key: str, wanted: str) -> None:
        """Note that the value is not of the kind that is wanted."""
        self.notes.error(self.file, "value", f"`{self._at}{key}` takes {wanted}, not {self._data.get(key)!r}.")

    def text(self, key: str, default: str = "") -> str:
        """A text (a bare number is taken as one)."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return str(value)
        self.wrong(key, "a text")
        return default

    def one_of(self, key: str, options: tuple[str, ...], default: str) -> str:
        """One word of a few."""
        value = self.text(key, default)
        if value not in options:
            self.wrong(key, "one of " + ", ".join(options))
            return default
        return value

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "true or false")
            return default
        return value

    def whole(self, key: str, default: int | None, *, low: int, high: int) -> int | None:
        """A whole number between `low` and `high`."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high}")
            return default
        return value

    def number(self, key: str, default: Decimal | None, *, low: Decimal) -> Decimal | None:
        """An exact number, at least `low`."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or Decimal(value) < low:
            self.wrong(key, f"a number of at least {low}")
            return default
        return Decimal(value)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A text or a list of texts; None when absent."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(item, str | int | Decimal) for item in value):
            return tuple(str(item) for item in value)
        self.wrong(key, "a list of texts")
        return ()

    def inner(self, key: str) -> Keys:
        """The mapping below a key; empty when absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, "a mapping")
            value = None
        data = {str(name): item for name, item in (value or {}).items()}
        return Keys(data, self.file, self.notes, f"{self._at}{key}.")

    def ignore(self, *keys: str) -> None:
        """Keys that the format knows and judging does not need."""
        self._asked.update(keys)

    def leave_no_rest(self) -> None:
        """Note every key that the format does not know."""
        for key in sorted(set(self._data) - self._asked):
            self.notes.error(
                self.file, "unknown-key", f"`{self._at}{key}` is not known in this version of the format; remove it."
            )
