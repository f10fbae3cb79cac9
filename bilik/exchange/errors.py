"""Why a package is not read or not written at all. What is wrong with a part of it stands in the report instead."""

from __future__ import annotations

from bilik.kit.errors import Refusal


class NotReadable(Refusal):
    """The package cannot be opened, is none of the formats, or holds nothing to learn from."""

    code = "not_readable"
    status = 422
    sentence = "This file cannot be read as a course."


class NotWritable(Refusal):
    """The course cannot be had in the format or language that was asked for."""

    code = "not_writable"
    status = 422
    sentence = "This course cannot be written in that form."


class BrokenMarkup(ValueError):
    """A file that should be XML or JSON is not. `line` counts from 1, 0 when nobody knows."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)
