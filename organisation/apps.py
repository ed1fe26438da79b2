from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        from organisation import receivers  # noqa: F401 - connects the signals; models must be loaded first
