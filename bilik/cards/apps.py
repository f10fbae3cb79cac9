from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "bilik.cards"
    label = "cards"
