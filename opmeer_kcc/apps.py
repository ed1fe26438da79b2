from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: brings the checks that refuse an insecure start."""

    name = "opmeer_kcc"

    def ready(self) -> None:
        from opmeer_kcc import checks  # noqa: F401 - registers the checks; needs loaded settings
