from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "kpi"

    def ready(self) -> None:
        from kpi import invariants, news, notice_topics, read_words, receivers  # noqa: F401 - tells the nightly check, the overview, the notices and the read log, loads its part of the demo; models must be loaded first
