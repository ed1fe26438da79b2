from django.apps import AppConfig


class ChannelsAppConfig(AppConfig):
    name = "channels_app"

    def ready(self) -> None:
        from channels_app import account_mail, counts, news  # noqa: F401 - connects and tells; models must be loaded first
        from channels_app.models import MessageSource
        from organisation.receivers import watch

        watch(MessageSource)
