from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bilik.web import navigation


def signed_in(user: object) -> bool:
    """Everybody who is signed in: whether somebody is in a group would cost each page a query."""
    return bool(getattr(user, "is_authenticated", False))


class GroupsConfig(AppConfig):
    name = "bilik.groups"
    label = "groups"
    verbose_name = _("Groups")

    def ready(self) -> None:
        from bilik.groups import data
        from bilik.groups.actions import take_classes
        from bilik.groups.panels import for_guardian, for_known_guardian
        from bilik.groups.queries import plan_from_list
        from bilik.people.actions import register_eraser, register_export, register_roster_handler
        from bilik.people.queries import RosterHandler
        from bilik.web import panels

        register_export("groups", data.export)
        register_eraser("groups", data.erase)
        register_roster_handler("groups", RosterHandler(plan_from_list, take_classes))
        panels.add(panels.Panel(order=10, place="people.guardian", name="groups", draw=for_guardian))
        known = panels.Panel(order=10, place="people.guardian_known", name="groups", draw=for_known_guardian)
        panels.add(known)
        navigation.add(navigation.Entry(order=40, label=_("Groups"), url="groups:mine", icon="school", shown=signed_in))
