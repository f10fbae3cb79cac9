from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "bilik.cards"
    label = "cards"

    def ready(self) -> None:
        from bilik.cards.gallery import draw  # needs the apps to be loaded
        from bilik.web import panels

        panels.add(panels.Panel(order=10, place="web.gallery", name="cards", draw=draw))
