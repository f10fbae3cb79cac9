from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "bilik.front"
    label = "front"

    def ready(self) -> None:
        from bilik.web import navigation

        navigation.add(navigation.Entry(order=10, label=_("Home"), url="front:home", icon="home"))
