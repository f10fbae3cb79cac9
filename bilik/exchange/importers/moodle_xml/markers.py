"""Markers on a picture: ours is one kind of mark, so only a question with one kind of marker fits."""

from __future__ import annotations

import base64
import binascii
import re

from bilik.exchange.bodies import Area, HotSpot
from bilik.exchange.images import size_of
from bilik.exchange.importers.moodle_xml.question import Made, Question
from bilik.exchange.markup import Node
from bilik.exchange.names import slug


def ddmarker(question: Question) -> Made | None:
    """A picture with areas for one marker."""
    item, node = question.item, question.node
    drags = node.all("drag")
    if len(drags) != 1:
        item.left(f"{len(drags)} different markers: ours points with one.")
        return None
    file = next((each for each in node.all("file")), None)
    picture = _bytes(file) if file else b""
    size = size_of(picture)
    if file is None or size is None:
        item.left("Its picture is not there, or its size cannot be read.")
        return None
    areas = [area for area in map(_area, node.all("drop")) if area]
    if not areas:
        item.left("None of its areas can be read.")
        return None
    name = slug(file.get("name").rpartition(".")[0], "picture") + "." + file.get("name").rpartition(".")[2].lower()
    label = question.line_of(drags[0])
    item.changed(f"One sets points on the picture instead of drawing the marker {label!r} there.")
    body = HotSpot(name, picture, size, label or item.title, areas)
    return Made(question.text("questiontext"), body)


def _bytes(node: Node) -> bytes:
    try:
        return base64.b64decode(node.text())
    except (binascii.Error, ValueError):
        return b""


def _area(node: Node) -> Area | None:
    shape, coords = node.line_of("shape").lower(), node.line_of("coords")
    numbers = [round(float(each)) for each in re.findall(r"\d+(?:\.\d+)?", coords)[:200]]
    wanted = {"circle": 3, "rectangle": 4}
    if shape in wanted and len(numbers) == wanted[shape]:
        return Area("circle" if shape == "circle" else "rect", numbers, True)
    if shape == "polygon" and len(numbers) >= 6 and len(numbers) % 2 == 0:
        return Area("polygon", numbers, True)
    return None
