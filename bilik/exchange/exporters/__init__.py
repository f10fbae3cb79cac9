"""Exporters: one folder for each format. Add one = copy a neighbour and name it here."""

from __future__ import annotations

from bilik.exchange.exporters.gift import writer as gift
from bilik.exchange.exporters.html import writer as html
from bilik.exchange.exporters.qti import writer as qti
from bilik.exchange.exporters.scorm import writer as scorm
from bilik.exchange.exporting import Exporter

EXPORTERS: dict[str, Exporter] = {
    "gift": gift,
    "html": html,
    "qti": qti,
    "scorm": scorm,
}
"""By the name that `bilik course export-to` takes."""
