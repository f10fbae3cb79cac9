"""Bilik: software for a national academy of digital skills. ARCHITECTURE.md shows the rooms."""
