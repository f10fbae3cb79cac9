from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "bilik.skills"
    label = "skills"
