from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        from organisation import news, receivers  # noqa: F401 - connects signals and news; models must be loaded first
