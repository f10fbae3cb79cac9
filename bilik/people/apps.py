from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bilik.web import navigation


def signed_in(user: object) -> bool:
    return bool(getattr(user, "is_authenticated", False))


class PeopleConfig(AppConfig):
    name = "bilik.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        for order, label, url, icon in (
            (10, _("My profile"), "people:profile", "person"),
            (20, _("My consents"), "people:consents", "check"),
            (30, _("My data"), "people:my_data", "download"),
            (40, _("Journal"), "people:journal", "clock"),
        ):
            navigation.add(
                navigation.Entry(order=order, label=label, url=url, icon=icon, shown=signed_in, place="person")
            )
