"""Lists of people from other systems, read into plain data. Pure: no Django, no tables, no permission.

`read_roster(content, filename)` takes a CSV file of ours or a zip of OneRoster 1.1 or 1.2 and gives a `Roster`. What
could not be read is in `Roster.problems`, as codes and facts; their words, in the reader's language, are elsewhere.
"""

from bilik.people.roster.plain import (
    LARGEST_FILE,
    MOST_ROWS,
    Enrolment,
    Place,
    Problem,
    Roster,
    RosterClass,
    RosterOrganisation,
    RosterPerson,
)
from bilik.people.roster.reading import read_roster

__all__ = [
    "LARGEST_FILE",
    "MOST_ROWS",
    "Enrolment",
    "Place",
    "Problem",
    "Roster",
    "RosterClass",
    "RosterOrganisation",
    "RosterPerson",
    "read_roster",
]
