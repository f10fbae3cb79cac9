"""A table for a file: built once, written as CSV or as XLSX. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); a tab or a return may hide one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Sheet:
    """A title, the names of the columns, and the rows. Numbers are exact; None is an empty cell."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read ə and oʻ. Texts that could be formulas are disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([disarmed(name) for name in sheet.columns])
    for row in sheet.rows:
        writer.writerow(["" if cell is None else disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def disarmed(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be begins with an apostrophe."""
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) or text.startswith(("\t", "\r")) else text


def to_xlsx(sheet: Sheet) -> bytes:
    """The same for Excel and LibreOffice: texts are written as texts and can be no formulas; the first row and the
    first column stay when one scrolls.
    """
    out = io.BytesIO()
    # Loaded when somebody wants a workbook: in every process of an academy it would take eleven megabytes.
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_sheet_name(sheet.title))
    bold = book.add_format({"bold": True})
    for place, name in enumerate(sheet.columns):
        page.write_string(0, place, name, bold)
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, place, cell)
            elif cell is not None:
                page.write_number(line, place, cell)
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 28)
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters and not these."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip() or "1"
