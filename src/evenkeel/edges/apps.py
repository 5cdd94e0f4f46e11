from django.apps import AppConfig


class EdgesConfig(AppConfig):
    name = "evenkeel.edges"
    label = "edges"
