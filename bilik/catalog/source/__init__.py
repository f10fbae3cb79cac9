"""Courses as files: reading, proving and rendering them. Pure: no Django, no tables."""
