"""Importers: one folder for each format. Add one = copy a neighbour and name it here."""

from __future__ import annotations

from bilik.exchange.importers.common_cartridge import reader as common_cartridge
from bilik.exchange.importers.exercism import reader as exercism
from bilik.exchange.importers.gift import reader as gift
from bilik.exchange.importers.moodle_xml import reader as moodle_xml
from bilik.exchange.importers.notebook import reader as notebook
from bilik.exchange.importers.olx import reader as olx
from bilik.exchange.importers.qti import reader as qti
from bilik.exchange.reading import Importer

IMPORTERS: dict[str, Importer] = {
    "olx": olx,
    "common_cartridge": common_cartridge,
    "qti": qti,
    "moodle_xml": moodle_xml,
    "notebook": notebook,
    "exercism": exercism,
    "gift": gift,
}
"""In the order in which a package is tried: the most telling signs first."""
