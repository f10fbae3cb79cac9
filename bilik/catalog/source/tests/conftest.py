"""The sandbox for the tests of courses."""

from bilik.grading.conftest import run

__all__ = ["run"]
