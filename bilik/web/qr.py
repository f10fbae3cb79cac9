"""An address as a picture for a telephone's camera."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str) -> SafeString:
    """A QR code as SVG of the class `qr`; its size is the style sheet's. `address` is one of ours."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(scale=10, omitsize=True, svgclass="qr", border=2)
    return mark_safe(drawing)  # noqa: S308 - drawn, not written
