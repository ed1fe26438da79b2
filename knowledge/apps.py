from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"

    def ready(self) -> None:
        from knowledge import receivers  # noqa: F401 - finds changed subjects, loads its part of the demo; models must be loaded first
