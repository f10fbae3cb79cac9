"""The cells of a notebook file of format 4, as texts with the line on which each begins."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any

from bilik.exchange.packages import Package

_CELL = re.compile(r'"cell_type"\s*:')
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass
class NotebookCell:
    """One cell. `outputs` are pairs of text and PNG (base64), one of them empty."""

    kind: str
    source: str
    line: int
    meta: dict[str, Any] = field(default_factory=dict)
    attachments: dict[str, Any] = field(default_factory=dict)
    outputs: list[tuple[str, str]] = field(default_factory=list)
    result: str = ""
    has_other_output: bool = False

    def attachment(self, address: str) -> bytes | None:
        """The bytes of a picture that the cell carries."""
        found = self.attachments.get(address.removeprefix("attachment:"))
        for content in found.values() if isinstance(found, dict) else ():
            try:
                return base64.b64decode(_joined(content))
            except (binascii.Error, ValueError):
                return None
        return None


def is_notebook(package: Package, name: str) -> bool:
    """Whether a file looks like a notebook, by its first and last signs."""
    text = package.text(name)
    return '"cells"' in text and '"nbformat"' in text


def cells_of(data: Any, text: str) -> list[NotebookCell] | None:
    """The cells of a notebook, or None when it is none of format 4."""
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        return None
    rows = [row for row in data["cells"] if isinstance(row, dict)]
    lines = [text.count("\n", 0, match.start()) + 1 for match in _CELL.finditer(text)] if len(text) < 20_000_000 else []
    if len(lines) != len(rows):
        lines = [0] * len(rows)
    return [_cell(row, line) for row, line in zip(rows, lines, strict=True)]


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _cell(row: dict[str, Any], line: int) -> NotebookCell:
    kind = row.get("cell_type")
    cell = NotebookCell(
        kind if kind in ("markdown", "code") else "raw", _joined(row.get("source")).replace("\r\n", "\n"), line
    )
    cell.meta, cell.attachments = _mapping(row.get("metadata")), _mapping(row.get("attachments"))
    outputs = row.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        _add_output(cell, _mapping(output))
    return cell


def _add_output(cell: NotebookCell, output: dict[str, Any]) -> None:
    kind, data = output.get("output_type"), _mapping(output.get("data"))
    if kind == "stream" and output.get("name") != "stderr":
        cell.outputs.append((_COLOURS.sub("", _joined(output.get("text"))), ""))
    elif "image/png" in data:
        cell.outputs.append(("", _joined(data["image/png"]).strip()))
    elif "text/plain" in data:
        cell.outputs.append((_joined(data["text/plain"]), ""))
        cell.result = _joined(data["text/plain"])
        cell.has_other_output |= "text/html" not in data and len(data) > 1
    elif kind == "error":
        cell.outputs.append((f"{output.get('ename')}: {output.get('evalue')}", ""))
    elif data:
        cell.has_other_output = True
