"""Which kind of list a file is."""

from __future__ import annotations

from bilik.people.roster.oneroster import read_oneroster
from bilik.people.roster.ours import read_ours
from bilik.people.roster.plain import LARGEST_FILE, MOST_PROBLEMS, Problem, Roster, Unreadable

_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")


def read_roster(content: bytes, filename: str) -> Roster:
    """Reads a list of people. Never raises for a bad file: then there are no people in it, and one problem."""
    try:
        if len(content) > LARGEST_FILE:
            raise Unreadable("file_too_large", filename, most=LARGEST_FILE // 1024 // 1024)
        if any(mark in content[:4000] for mark in _OFFICE) or content.startswith(b"\xd0\xcf\x11\xe0"):
            raise Unreadable("spreadsheet", filename)
        roster = (read_oneroster if content.startswith(b"PK") else read_ours)(content, filename)
    except Unreadable as error:
        return Roster("", problems=(error.problem,))
    if len(roster.problems) <= MOST_PROBLEMS:
        return roster
    more = Problem("more_problems", facts={"count": len(roster.problems) - MOST_PROBLEMS})
    return Roster(**{**vars(roster), "problems": (*roster.problems[:MOST_PROBLEMS], more)})
