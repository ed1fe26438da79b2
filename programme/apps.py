from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "programme"

    def ready(self) -> None:
        from programme import receivers  # noqa: F401 - loads its part of the demo; models must be loaded first
