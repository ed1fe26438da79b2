from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"

    def ready(self) -> None:
        from knowledge import news_lines, receivers  # noqa: F401 - hear and tell what changed; models must be loaded first
