from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "bilik.catalog"
    label = "catalog"
