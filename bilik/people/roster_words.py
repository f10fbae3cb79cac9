"""The sentences for what is wrong in a list, and for what an import does with a row. Lists speak in codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bilik.people import errors
from bilik.people.roster import Problem

PROBLEMS: dict[str, Any] = {
    "unknown_column": _("This column is not known and is not read."),
    "column_twice": _("There are two columns for “%(column)s”. Remove or rename one of them."),
    "no_name_column": _("No column has the names. Write a first row with headings; known ones are: %(known)s."),
    "no_key_column": _("Add a column with an e-mail, a username or an external id: names alone are not enough."),
    "no_name": _("The name is missing."),
    "no_key": _("An e-mail, a username or an external id is needed: one of the three."),
    "bad_email": _("“%(found)s” is not an e-mail address. Correct it, or leave it empty."),
    "bad_year": _("“%(found)s” is not a year. Write it with four digits."),
    "bad_month": _("“%(found)s” is not a month. Write a number from 1 to 12."),
    "bad_role": _("“%(found)s” is not a role. Write learner or trainer, or leave it empty for a learner."),
    "bad_language": _("“%(found)s” is not a language of this site. Write az, uz, ru or en, or leave it empty."),
    "row_twice": _("This person stands in line %(first)s already, with other facts. Correct one of the two rows."),
    "cell_too_long": _("A cell has more than %(most)s signs. Is a quotation mark missing?"),
    "too_many_rows": _("There are more than %(most)s rows. Split the file."),
    "empty": _("The file is empty."),
    "not_a_table": _("From here on the file is no table any more. Save it once more as CSV."),
    "not_text": _("This is not a text file. Save the list as CSV in UTF-8."),
    "file_too_large": _("The file is larger than %(most)s MB. Split it."),
    "bad_zip": _("The zip is damaged. Make it once more."),
    "too_many_members": _("The zip has more than %(most)s files in it. A OneRoster zip has about ten."),
    "locked_zip": _("The zip has a password. Make one without."),
    "zip_bomb": _("Unpacked, the zip would be larger than %(most)s MB. It was not read."),
    "column_lacking": _("The column %(column)s is missing, which OneRoster needs in this file."),
    "to_be_deleted": _("This row is marked as deleted and is left out. Nobody loses a role by an import."),
    "disabled": _("This user is switched off in the other system and is left out."),
    "cell_empty": _("The cell is empty, and the row is left out."),
    "bad_day": _("“%(found)s” is not a day. Write it as 2026-09-01. It is not read."),
    "agent_unknown": _(
        "“%(found)s” is named as parent or guardian, but the file has no parent or guardian with this id. No letter "
        "goes there."
    ),
    "no_title": _("The class has no id or no title, and is left out."),
    "class_twice": _("This class stands in line %(first)s already. The second row is left out."),
    "class_unknown": _("There is no class “%(found)s” in classes.csv. The row is left out."),
    "user_unknown": _("There is nobody with the id “%(found)s” in users.csv. The row is left out."),
    "part_not_taken": _("Classes have students and teachers; “%(found)s” is left out."),
    "enrolment_twice": _("The same stands in line %(first)s already."),
    "role_not_taken": _(
        "The role “%(found)s” is left out: lists bring learners and trainers. Give other roles by hand."
    ),
    "no_users": _("There is no users.csv in the zip, so this is no OneRoster list."),
    "spreadsheet": _("This is a spreadsheet. Save it as CSV in UTF-8, and bring that file."),
    "more_problems": _("And %(count)s more of the like."),
}  # fmt: skip

REASONS: dict[str, Any] = {
    "organisation_unknown": _("There is no such organisation within your reach."),
    "role_not_yours": errors.RoleNotYours.sentence,
    "username_taken": errors.UsernameTaken.sentence,
    "username_shape": errors.UsernameShape.sentence,
    "age_unknown": _("Only learners can come without year and month of birth."),
    "birth_impossible": errors.BirthImpossible.sentence,
    "too_young": errors.TooYoung.sentence,
    "elsewhere": _("Somebody with this e-mail or username is here already, outside your reach. Invite them by e-mail."),
    "account_closed": errors.AccountClosed.sentence,
    "two_people": _("The e-mail and the username or the external id belong to two different people here."),
    "same_person": _("An earlier row of the list means the same person."),
}

CHANGES: dict[str, Any] = {
    "external_id": _("known to the other system"),
    "name": _("name"),
    "birth": _("year and month of birth"),
    "guardian": _("a letter to the parent or guardian"),
    "role": _("role"),
}


def sentence_of(problem: Problem) -> str:
    """What is wrong and what to do, in the language now shown."""
    return str(PROBLEMS[problem.code]) % problem.facts
