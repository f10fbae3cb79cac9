"""The words this room stores, and the legal moves between states.

Pure tables: no behaviour that needs a database.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """The four languages of the interface, each under its own name."""

    AZ = "az", "Azərbaycanca"
    UZ = "uz", "Oʻzbekcha"
    RU = "ru", "Русский"
    EN = "en", "English"


class Country(TextChoices):
    AZ = "AZ", _("Azerbaijan")
    UZ = "UZ", _("Uzbekistan")


class RegionKind(TextChoices):
    ECONOMIC_REGION = "economic_region", _("Economic region")
    PROVINCE = "province", _("Region")
    REPUBLIC = "republic", _("Republic")
    CITY = "city", _("City")


class AccessClass(TextChoices):
    """How a person gets online: the digital access classes by which every indicator can be split."""

    OWN_COMPUTER_FIXED = "own_computer_fixed", _("My own computer, with home or office internet")
    OWN_COMPUTER_MOBILE = "own_computer_mobile", _("My own computer, with internet from a phone")
    PHONE_ONLY = "phone_only", _("Only with a phone")
    SHARED = "shared", _("With a computer or phone that I share with others")
    NONE = "none", _("I have no device or no internet of my own")


class AgeBand(TextChoices):
    """Age bands of the School Data rules. `UNKNOWN` is a person whose birth month was never given."""

    UNDER_6 = "under_6", _("under 6")
    FROM_6 = "6-9", _("6–9")
    FROM_10 = "10-13", _("10–13")
    FROM_14 = "14-15", _("14–15")
    FROM_16 = "16-17", _("16–17")
    ADULT = "18+", _("18 and older")
    UNKNOWN = "unknown", _("not known")


class OrganisationKind(TextChoices):
    ACADEMY = "academy", _("Academy")
    MINISTRY = "ministry", _("Ministry")
    CENTRE = "centre", _("Centre")
    SCHOOL = "school", _("School")
    EMPLOYER = "employer", _("Employer")
    PARTNER = "partner", _("Partner")


class Role(TextChoices):
    LEARNER = "learner", _("Learner")
    TRAINER = "trainer", _("Trainer")
    CENTRE_MANAGER = "centre_manager", _("Centre manager")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    ORGANISER = "organiser", _("Competition organiser")
    EMPLOYER = "employer", _("Employer")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that reach from an organisation down to everything below it. The others hold in one organisation only.
REACHING_DOWN = frozenset({Role.CENTRE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})

# Who may give or end which role, in the organisations their own role reaches.
MAY_GRANT: dict[str, frozenset[str]] = {
    Role.CENTRE_MANAGER: frozenset({Role.LEARNER, Role.TRAINER}),
    Role.PROGRAMME_MANAGER: frozenset({Role.LEARNER, Role.TRAINER, Role.CENTRE_MANAGER, Role.ORGANISER, Role.EMPLOYER}),
    Role.ADMINISTRATOR: frozenset(Role.values),
}


class Purpose(TextChoices):
    """What personal data may be used for; each is asked for on its own."""

    LEARNING = "learning", _("Learning")
    FOLLOW_UP = "follow_up", _("Follow-up survey")
    REGISTER_MATCH = "register_match", _("Comparison with public registers")
    EMPLOYER_SHARING = "employer_sharing", _("Showing results to employers")
    RESEARCH = "research", _("Research")
    PHOTO = "photo", _("Photographs and video")


class GivenBy(TextChoices):
    PERSON = "person", _("the person")
    GUARDIAN = "guardian", _("the guardian")


class Channel(TextChoices):
    WEB = "web", _("on this site")
    PAPER = "paper", _("on paper")
    IMPORT = "import", _("brought from another system")


class Relation(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Other legal guardian")


class LetterKind(TextChoices):
    """What a letter that waits is about."""

    FIRST_SIGN_IN = "first_sign_in"
    GUARDIAN = "guardian"


class SecondFactorWish(TextChoices):
    """What the academy wishes of somebody who has no second factor."""

    NONE = "none"
    ASKED = "asked"
    REQUIRED = "required"


class ImportStep(TextChoices):
    """What an import does with a row."""

    CREATE = "create", _("new")
    UPDATE = "update", _("changed")
    UNCHANGED = "unchanged", _("as before")
    REFUSED = "refused", _("refused")


class GuardianState(TextChoices):
    REQUESTED = "requested", _("asked")
    CONFIRMED = "confirmed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


GUARDIAN_MOVES: dict[str, frozenset[str]] = {
    GuardianState.REQUESTED: frozenset({GuardianState.CONFIRMED, GuardianState.REFUSED, GuardianState.WITHDRAWN}),
    GuardianState.CONFIRMED: frozenset({GuardianState.WITHDRAWN}),
    GuardianState.REFUSED: frozenset(),
    GuardianState.WITHDRAWN: frozenset(),
}


def may_move(before: str, after: str) -> bool:
    """Whether a guardian link may go from one state to another."""
    return after in GUARDIAN_MOVES[before]
