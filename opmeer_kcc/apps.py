from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: brings the checks that refuse an insecure start."""

    name = "opmeer_kcc"

    def ready(self) -> None:
        from opmeer_kcc import checks, failing, unseen_proxy, vitals  # noqa: F401 - registers the checks and lines of health; needs loaded settings
        from opmeer_kcc.backup import line  # noqa: F401
