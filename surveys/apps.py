from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from surveys import receivers  # noqa: F401 - hears of sent mail; models must be loaded first
