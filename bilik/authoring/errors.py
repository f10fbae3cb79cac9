"""What the authors' desk refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bilik.kit.errors import Refusal


class NotAnAuthor(Refusal):
    code = "not_an_author"
    status = 403
    sentence = _("Only trainers, programme managers and administrators of an organisation write its courses.")


class NotAPublisher(Refusal):
    code = "not_a_publisher"
    status = 403
    sentence = _(
        "Publishing is for programme managers and administrators. Ask one of them to look at this draft: everything "
        "in it is kept."
    )


class NotYourCourse(Refusal):
    code = "not_your_course"
    status = 403
    sentence = _("This course belongs to another organisation, so only that organisation can publish it.")


class DraftClosed(Refusal):
    code = "draft_closed"
    sentence = _("This draft is closed, so nothing in it can be changed. Start a new one from the published course.")


class IllegalMove(Refusal):
    code = "illegal_move"
    sentence = _("The draft is not in a state from which this can be done. Load the page again.")


class BeingPublished(Refusal):
    code = "being_published"
    sentence = _("The draft is being checked and published right now. Wait until that is done, then save again.")


class Outdated(Refusal):
    """Somebody saved the file since it was opened; `current` is its digest now, or "" when it was removed."""

    code = "outdated"
    sentence = _("The file has been changed since you opened it. Nothing is lost: both texts are below.")

    def __init__(self, *, current: str) -> None:
        super().__init__()
        self.current = current


class BadPath(Refusal):
    code = "bad_path"
    status = 422
    sentence = _(
        "A file's place is course.toml, or lessons/, the lesson's folder and a name of plain letters, digits, dots, "
        "dashes and underscores."
    )


class NoSuchFile(Refusal):
    code = "no_such_file"
    status = 404
    sentence = _("There is no such file in this draft.")


class FileThere(Refusal):
    code = "file_there"
    sentence = _("There is something with this name already. Choose another one.")


class FileTooLarge(Refusal):
    code = "file_too_large"
    status = 422
    sentence = _("A file has at most 1 MB, and a course at most 5,000 files and 50 MB.")


class NotText(Refusal):
    code = "not_text"
    status = 422
    sentence = _("This file is no text in UTF-8, so it cannot be edited here. Upload it again instead.")


class BadZip(Refusal):
    code = "bad_zip"
    status = 422
    sentence = _("This is not a zip of a course folder: a zip with one course.toml in it, without passwords and links.")


class BadName(Refusal):
    code = "bad_name"
    status = 422
    sentence = _("A name takes small letters, digits and single dashes, such as first-letter.")


class CourseUnreadable(Refusal):
    code = "course_unreadable"
    status = 422
    sentence = _("The file course.toml cannot be read. Mend it first: the check says what is wrong with it.")


class NewerVersion(Refusal):
    code = "newer_version"
    sentence = _("The course was published anew since this draft was begun. Take over what changed there first.")


class NotTheCourse(Refusal):
    code = "not_the_course"
    status = 422
    sentence = _("The id in course.toml is not that of the course this draft was begun from. It never changes.")


class NothingToPublish(Refusal):
    code = "nothing_to_publish"
    sentence = _("Nothing is different from the published course.")


class TooManyAnswers(Refusal):
    code = "too_many_answers"
    sentence = _(
        "There are too many answers to work this out while you wait. Whoever runs the academy does it with "
        "“bilik course statistics”."
    )


class NotChecked(Refusal):
    code = "not_checked"
    sentence = _("Only what passes its checks goes out. Check everything first, and mend what is found.")


class NotPackable(Refusal):
    code = "not_packable"
    status = 422
    sentence = _("Nothing of this course fits into that format, or the package would be larger than 64 MB.")


class NoPlaceFree(Refusal):
    code = "no_place_free"
    status = 503
    sentence = _("The machine that runs programs is busy or out of order. Nothing is lost: try again in a minute.")
