from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "bilik.queue"
    label = "queue"
