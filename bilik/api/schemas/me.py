"""Who calls."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from bilik.api.schemas import Given, Why

LanguageCode = Literal["az", "uz", "ru", "en"]


class HeldRole(Schema):
    """What somebody is in an organisation."""

    role: str
    organisation: str = Field(description="short name of the organisation")
    organisation_name: str


class OwnToken(Schema):
    """The token of this call."""

    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime


class Me(Schema):
    """The person of the token."""

    ref: UUID
    username: str
    name: str
    language: str
    age_band: str = Field(description="such as 14-15 or 18+")
    region: str | None
    country: str | None
    roles: list[HeldRole]
    why_not_learn: Why | None = Field(description="why answers of this person are not taken now; null when they are")
    token: OwnToken


class ProfileChange(Given):
    """What changes; the rest stays."""

    language: LanguageCode
