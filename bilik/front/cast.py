"""The named people of the demonstration: who they are and what they came for. Tests use the same cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Actor:
    """One person of the example academy."""

    username: str
    name: str
    language: str
    role: str
    organisation: str
    region: str
    birth_year: int
    access_class: str
    about: Any


@dataclass(frozen=True)
class Classmate:
    """One of those who fill the example group. They have no card to sign in with."""

    username: str
    name: str
    birth_year: int
    guardian: str = ""


CLASSMATES = (
    Classmate("tural", "Tural Abbasov", 2001),
    Classmate("gunay", "Günay Rzayeva", 2005),
    Classmate("murad", "Murad Cəfərov", 2011, guardian="confirmed"),
    Classmate("aytac", "Aytac İsmayılova", 2012, guardian="requested"),
    Classmate("emin", "Emin Nəbiyev", 2012),
)

CAST = (
    Actor("leyla", "Leyla Əliyeva", "az", "learner", "ganja-hub", "AZ-GANJA-DASHKASAN", 2004, "phone_only",
          _("A learner in Ganja, with an old phone")),
    Actor("jasur", "Jasur Rahimov", "uz", "learner", "urganch-hub", "UZ-XO", 2003, "own_computer_mobile",
          _("A learner in Khorezm, with a weak link")),
    Actor("aysel", "Aysel Məmmədova", "az", "trainer", "ganja-hub", "AZ-GANJA-DASHKASAN", 1991, "own_computer_fixed",
          _("A trainer in Ganja")),
    Actor("rustam", "Rustam Yusupov", "uz", "centre_manager", "urganch-hub", "UZ-XO", 1984, "own_computer_fixed",
          _("The manager of the centre in Urganch")),
    Actor("nigar", "Nigar Həsənova", "az", "programme_manager", "academy", "AZ-BAKU", 1980, "own_computer_fixed",
          _("A programme manager of the academy")),
    Actor("timur", "Timur Karimov", "ru", "organiser", "academy", "UZ-TK", 1988, "own_computer_fixed",
          _("An organiser of competitions")),
    Actor("sevda", "Sevda Quliyeva", "en", "employer", "khazar-soft", "AZ-BAKU", 1986, "own_computer_fixed",
          _("An employer who looks for juniors")),
    Actor("admin", "Orxan Vəliyev", "en", "administrator", "academy", "AZ-BAKU", 1979, "own_computer_fixed",
          _("The administrator")),
)  # fmt: skip
