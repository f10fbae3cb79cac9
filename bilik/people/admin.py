"""Django's own admin, for looking things up. What people agreed to and what was done can only be read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bilik.people.models import Consent, Guardian, JournalEntry, Membership, Organisation, Person, Region


class ReadOnly(admin.ModelAdmin):
    """Rows that are written by verbs only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(ReadOnly):
    list_display = ("username", "display_name", "country", "region", "joined_at", "is_active", "is_staff")
    list_filter = ("country", "is_active", "is_staff", "access_class")
    list_select_related = ("region",)
    search_fields = ("username", "display_name", "email")
    exclude = ("password",)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly):
    list_display = ("name", "kind", "path", "region")
    list_filter = ("kind",)
    list_select_related = ("region",)
    search_fields = ("name", "slug")


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("person", "organisation", "role", "since", "until")
    list_filter = ("role",)
    list_select_related = ("person", "organisation")


@admin.register(Region)
class RegionAdmin(ReadOnly):
    list_display = ("code", "country", "kind", "is_capital")


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = ("person", "purpose", "version", "given_by", "given_at", "withdrawn_at")
    list_filter = ("purpose", "given_by")
    list_select_related = ("person",)


@admin.register(Guardian)
class GuardianAdmin(ReadOnly):
    list_display = ("minor", "state", "requested_at", "answered_at")
    list_filter = ("state",)
    list_select_related = ("minor",)
    exclude = ("code_hash",)


@admin.register(JournalEntry)
class JournalAdmin(ReadOnly):
    list_display = ("at", "verb", "by", "about_type", "about_id", "organisation")
    list_filter = ("verb",)
    list_select_related = ("by", "organisation")
    date_hierarchy = "at"
