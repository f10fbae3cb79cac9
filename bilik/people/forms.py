"""The shape of what people type. Whether it may be done is said by rules; what is done, by actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.socialaccount.forms import SignupForm as ProviderForm
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from bilik.kit.clock import utc_now
from bilik.people import actions, errors, queries, rules, texts
from bilik.people.models import Person, Region
from bilik.people.roster import LARGEST_FILE
from bilik.people.states import AccessClass, Language, Purpose, Relation, Role
from bilik.web.requests import shown_language

WHY_BIRTH = _(
    "We ask for the year and the month, not the day: people under 18 learn here with the "
    "consent of a parent or "
    "guardian, and their names are never shown to other learners."
)


class BirthFields(forms.Form):
    """Year and month of birth; a mixin, because sign-up and profile ask in the same words."""

    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
    )
    birth_month = forms.TypedChoiceField(
        label=_("Month of birth"),
        coerce=int,
        choices=[("", "—"), *MONTHS.items()],
        help_text=WHY_BIRTH,
        widget=forms.Select(attrs={"autocomplete": "bday-month"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        year, month = data.get("birth_year"), data.get("birth_month")
        if year and month:
            refusal = rules.why_not_register(year, month, utc_now())
            if refusal:
                self.add_error("birth_year", str(refusal))
        return data


class PlaceFields(forms.Form):
    """Language, region and way of getting online; a mixin like `BirthFields`."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    region = forms.ModelChoiceField(label=_("Region where you live"), queryset=Region.objects.none())
    access_class = forms.ChoiceField(
        label=_("How do you get online?"),
        choices=[("", "—"), *AccessClass.choices],
        help_text=_("This shows us who needs devices, centres or lessons that work without internet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = cast(forms.ModelChoiceField, self.fields["region"])
        region.queryset = queries.regions()
        region.widget.choices = [("", "—"), *queries.regions_by_country()]


class NewPersonFields(PlaceFields, BirthFields):
    """What is asked of everybody who opens an account, however they sign in; a mixin."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("This is how your trainers see you, and how your certificates will be made out."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    consent = forms.BooleanField(label=_("I have read this and agree."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["username"].help_text = _("Letters a to z, digits, dots and hyphens. You sign in with it.")
        self.fields["language"].initial = self.shown_language
        self.consent_text = texts.current_text(Purpose.LEARNING)

    @property
    def shown_language(self) -> str:
        """The language of the page, in which the consent is read."""
        language = shown_language()
        return language if language in Language.values else "en"

    @property
    def consent_title(self) -> str:
        return self.consent_text.title(self.shown_language)

    @property
    def consent_paragraphs(self) -> list[str]:
        return self.consent_text.paragraphs(self.shown_language)

    def new_person(self, *, password: str | None, email: str) -> Person:
        """Opens the account through the verb."""
        data = self.cleaned_data
        return actions.register(
            by=None,
            now=utc_now(),
            username=data["username"],
            password=password,
            display_name=data["display_name"],
            birth_year=data["birth_year"],
            birth_month=data["birth_month"],
            language=data["language"],
            email=email,
            region=data["region"],
            access_class=data["access_class"],
            consent_language=self.shown_language,
        )


class SignUpForm(NewPersonFields, SignupForm):
    """Opening an account: allauth's form for username and password, and what this room needs to know."""

    field_order = (
        "username", "password1", "display_name", "birth_year", "birth_month", "language",
        "region", "access_class",
        "email", "consent",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Only so that you can get back in if you forget your password.")
        self.fields["email"].label = _("E-mail")

    def validate_unique_email(self, value: str) -> str:
        """An address that somebody has is taken without a word, and stays unconfirmed: sign-up tells
        nobody who is here.

        Signing in by e-mail and resetting a password go by confirmed addresses first.
        """
        return value

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """The same button pressed twice at once: the second request is sent to sign in."""
        try:
            person, response = super().try_save(request)
        except errors.UsernameTaken:
            messages.info(request, _("This account has just been made. Please sign in."))
            return None, redirect("account_login")
        return person, response

    def save(self, request: HttpRequest) -> Person:
        person = self.new_person(password=self.cleaned_data["password1"], email=self.cleaned_data.get("email", ""))
        setup_user_email(request, person, [EmailAddress(email=person.email)] if person.email else [])
        return person


class ProviderSignUpForm(NewPersonFields, ProviderForm):
    """Opening an account for somebody whom a provider knows: the same questions, without password and e-mail."""

    field_order = (
        "username", "display_name", "birth_year", "birth_month", "language", "region", "access_class", "consent",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The address is the provider's to tell: typed here it would be nobody's word.
        del self.fields["email"]
        account = self.sociallogin.account.extra_data.get("id_token", {})
        self.fields["display_name"].initial = str(account.get("name", ""))[:80]

    @transaction.atomic
    def save(self, request: HttpRequest) -> Person:
        emails = [one.email for one in self.sociallogin.email_addresses]
        person = self.new_person(password=None, email=emails[0] if emails else "")
        self.sociallogin.user = person
        self.sociallogin.save(request)
        actions.note_sign_in_change(by=person, now=utc_now(), person=person, change="account_connected")
        return person


class ProfileForm(PlaceFields, BirthFields):
    """What a person may change about themselves. The birth month is asked only of those who never told it."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ("display_name", "birth_year", "birth_month", "language", "region", "access_class")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        facts = ("display_name", "language", "region", "access_class")
        super().__init__(*args, initial={name: getattr(person, name) for name in facts}, **kwargs)
        if person.birth_month is not None:
            del self.fields["birth_year"], self.fields["birth_month"]


class GuardianForm(forms.Form):
    """Whom to ask, and how to reach them."""

    name = forms.CharField(label=_("Name of your parent or guardian"), max_length=120)
    relation = forms.ChoiceField(label=_("Who is this person to you?"), choices=Relation.choices)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)
    contact = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        help_text=_("Leave it empty to get a letter that you can print or copy out by hand."),
    )


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class LetterForm(forms.Form):
    """Which letter somebody holds: the last part of its address, or the whole address."""

    letter = forms.CharField(
        label=_("The last part of the address in the letter"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Eight letters and digits, after “agree/”. The whole address is fine too."),
    )

    def clean_letter(self) -> str:
        return str(self.cleaned_data["letter"]).strip().rstrip("/").rpartition("/")[2].lower()


class AgreeForm(CodeForm):
    """The guardian's answer. Learning is what is agreed to; the rest is left open."""

    follow_up = forms.BooleanField(required=False)
    research = forms.BooleanField(required=False)
    photo = forms.BooleanField(required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {name: texts.current_text(name) for name in ("follow_up", "research", "photo")}
        for name, text in self.texts.items():
            self.fields[name].label = text.title(language)
            self.fields[name].help_text = " ".join(text.paragraphs(language))

    @property
    def also(self) -> list[str]:
        return [name for name in self.texts if self.cleaned_data.get(name)]


class EraseForm(forms.Form):
    """Deleting an account: the username typed out, and the password."""

    username = forms.CharField(
        label=_("Type your username to confirm"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"].strip().lower()
        if typed != self.person.username:
            raise forms.ValidationError(_("This is not your username."))
        return typed


class JournalForm(forms.Form):
    """What of the journal to show."""

    verb = forms.CharField(label=_("Action"), required=False, max_length=60)
    person = forms.CharField(label=_("Username"), required=False, max_length=40)
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RoleForm(forms.Form):
    """Whom to give which role."""

    who = forms.CharField(
        label=_("Username or e-mail"),
        max_length=254,
        help_text=_("The whole username or the whole e-mail: nobody is found by a part of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = set(roles)
        choices = [(value, label) for value, label in Role.choices if value in given]
        cast(forms.ChoiceField, self.fields["role"]).choices = choices


class SlipForm(forms.Form):
    """A slip's username and code, and the password that its holder chooses."""

    username = forms.CharField(
        label=_("Username"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 8 signs, and nothing that others guess easily. Tell it to nobody."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password"):
            try:
                validate_password(data["password"], Person(username=data.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class RosterForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file, or a OneRoster zip; 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.zip,text/csv,application/zip"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it, or bring it from a terminal."))
        return file
