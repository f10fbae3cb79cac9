"""The shape of what people type and of what devices send. Whether it may be done is said by rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django import forms
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilik.catalog.queries import CourseFacts
from bilik.groups import rules
from bilik.groups.actions import Tap
from bilik.groups.models import Deadline, Group
from bilik.groups.states import GroupKind, Mark, Matter, Part
from bilik.people.states import Language

if TYPE_CHECKING:
    from bilik.people.models import Organisation

MOST_TAPS = 1000
MOST_ADDRESSES = 30


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def end_of(day: date) -> datetime:
    """The last minute of a day by the academy's clock: until then something is due."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


class GroupForm(forms.Form):
    """What a group is."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of group"), choices=GroupKind.choices)
    starts_on = forms.DateField(label=_("Starts on"), widget=day_input())
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=day_input())
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("How many learners can be in the group. Leave it empty if there is no limit."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    courses = forms.MultipleChoiceField(
        label=_("Courses that the group studies"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, courses: Iterable[CourseFacts], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courses"].choices = [(one.slug, one.title(language)) for one in courses]  # type: ignore[attr-defined]


class FoundForm(GroupForm):
    """The same, and where."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    field_order = ("organisation", "name", "kind", "starts_on", "ends_on", "capacity", "courses")

    def __init__(self, *args: Any, places: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {one.slug: one for one in places}
        self.fields["organisation"].choices = [(one.slug, one.name) for one in self.places.values()]  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        return self.places[self.cleaned_data["organisation"]]


class JoinForm(forms.Form):
    """A code that somebody reads from a wall."""

    code = forms.CharField(
        label=_("Code of the group"),
        max_length=20,
        help_text=_("Six letters and digits that your trainer shows. Capital or small letters, both are right."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """How long and for how many a new code is good."""

    days = forms.IntegerField(label=_("Good for how many days?"), initial=14, min_value=1, max_value=90)
    most_uses = forms.IntegerField(label=_("For how many people?"), initial=40, min_value=1, max_value=500)


class InviteForm(forms.Form):
    """Whom to write to."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One in each line, at most 30. Each gets a letter with a link that lets one person in."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def clean_addresses(self) -> list[str]:
        words = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        addresses = list(dict.fromkeys(word.lower() for word in words))
        if len(addresses) > MOST_ADDRESSES:
            raise forms.ValidationError(_("Please write at most 30 addresses at a time."))
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError as error:
                sentence = _("This is not an e-mail address: %(address)s")
                raise forms.ValidationError(sentence, params={"address": address[:80]}) from error
        return addresses


class MemberForm(forms.Form):
    """Whom to put into a group."""

    username = forms.CharField(
        label=_("Username"),
        max_length=40,
        help_text=_("Of somebody in your organisation. Others come in with a code or an invitation."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    part = forms.ChoiceField(label=_("As"), choices=Part.choices)


class DeadlineForm(forms.Form):
    """What is due, and on which day."""

    what = forms.ChoiceField(label=_("What is due?"))
    day = forms.DateField(
        label=_("On which day?"), widget=day_input(), help_text=_("Until 23:59 by the clock of the academy.")
    )

    def __init__(self, *args: Any, courses: Iterable[CourseFacts], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (
                course.title(language),
                [(f"{course.slug}/", _("The whole course"))]
                + [(f"{course.slug}/{one.slug}", one.title(language)) for one in course.lessons],
            )
            for course in courses
        ]

    @property
    def facts(self) -> dict[str, Any]:
        course_slug, _stroke, slug = self.cleaned_data["what"].partition("/")
        matter = Matter.LESSON if slug else Matter.COURSE
        due_at = end_of(self.cleaned_data["day"])
        return {"course_slug": course_slug, "slug": slug, "matter": matter, "due_at": due_at}


class ExtensionForm(forms.Form):
    """More time for one person."""

    deadline = forms.ChoiceField(label=_("What is due?"))
    day = forms.DateField(label=_("Until which day instead?"), widget=day_input())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Seen by this person and by those who may lead the group.")
    )

    def __init__(self, *args: Any, deadlines: Iterable[tuple[Deadline, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadlines = {str(row.ref): row for row, _words in deadlines}
        self.fields["deadline"].choices = [(str(row.ref), words) for row, words in deadlines]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        due_at = end_of(data["day"])
        return {"deadline": self.deadlines[data["deadline"]], "due_at": due_at, "reason": data["reason"]}


class AccommodationForm(forms.Form):
    """More time in all exams for one person."""

    percent = forms.IntegerField(
        label=_("Extra time in exams, in percent"),
        min_value=1,
        max_value=200,
        initial=25,
        help_text=_("25 means that an exam of 60 minutes takes 75."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Seen by this person and by those who may lead the group.")
    )
    until = forms.DateField(label=_("Until"), required=False, widget=day_input())

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        factor = Fraction(100 + data["percent"], 100)
        return {"factor": factor, "reason": data["reason"], "until": end_of(data["until"]) if data["until"] else None}


class MeetingForm(forms.Form):
    """When a group meets."""

    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=90,
        min_value=rules.SHORTEST_MEETING,
        max_value=rules.LONGEST_MEETING,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    times = forms.IntegerField(
        label=_("How many times, week by week?"),
        initial=1,
        min_value=1,
        max_value=rules.MOST_OF_A_SERIES,
        help_text=_("1 is a single meeting; 12 is one each week for twelve weeks."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def initial_of(group: Group) -> dict[str, Any]:
    """A group as `GroupForm` shows it."""
    facts: dict[str, Any] = {
        name: getattr(group, name) for name in ("name", "kind", "starts_on", "ends_on", "capacity")
    }
    return facts | {"courses": list(group.studies.values_list("course__slug", flat=True))}


def taps_from_device(body: bytes) -> list[Tap] | None:
    """The marks that a device sends as JSON; None when this is no such list. A mark of which nothing but its key can be
    read is given back with an empty mark, so that the verb refuses it by name and the device does not send it for ever.
    """
    try:
        rows = json.loads(body)["taps"]
        if not isinstance(rows, list) or len(rows) > MOST_TAPS:
            return None
        return [_tap(row) for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _tap(row: Mapping[str, Any]) -> Tap:
    key = UUID(str(row["key"]))
    try:
        minutes = row.get("minutes")
        marked_at = datetime.fromisoformat(str(row["at"]))
        if marked_at.tzinfo is None or isinstance(minutes, bool) or not isinstance(minutes, int | None):
            raise ValueError
        return Tap(key, UUID(str(row["person"])), str(row["mark"]), marked_at.astimezone(UTC), minutes)
    except (ValueError, KeyError, OverflowError):
        return Tap(key, UUID(int=0), "", datetime.now(UTC))


def taps_from_form(fields: Mapping[str, str], now: datetime) -> list[Tap]:
    """The marks of the plain form: those that differ from what the page had shown. The form's key and the person make
    the key of a mark, so that a form that was sent twice is stored once.
    """
    try:
        key = UUID(fields.get("key", ""))
    except ValueError:
        return []
    shown = dict(pair.partition("=")[::2] for pair in fields.get("shown", "").split())
    taps = []
    for name, mark in fields.items():
        if not name.startswith("mark-"):
            continue
        ref = name.removeprefix("mark-")
        minutes = fields.get(f"minutes-{ref}", "").strip() if mark == Mark.LATE else ""
        if f"{mark}/{minutes}" == shown.get(ref):
            continue
        try:
            taps.append(Tap(uuid5(key, ref), UUID(ref), mark, now, int(minutes) if minutes else None))
        except ValueError:
            continue
    return taps
