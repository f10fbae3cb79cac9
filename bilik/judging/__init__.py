"""Judged programming problems: packages read, programs judged, packages proven. Pure: no Django, no tables.

The doors: ``package.read_package``, ``bench.Bench``, ``judging.judge``, ``verify.verify_package``.
"""
