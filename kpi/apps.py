from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "kpi"

    def ready(self) -> None:
        from kpi import news, notice_topics, receivers  # noqa: F401 - tells the overview and the notices, loads its part of the demo; models must be loaded first
