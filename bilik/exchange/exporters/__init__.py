"""Exporters: one folder for each format. None yet; README.md says how one is laid out."""
