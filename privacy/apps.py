from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"

    def ready(self) -> None:
        from privacy import news, notice_topics, receivers  # noqa: F401 - tells the pages of the desk; models must be loaded first
        from privacy.pages import failures  # noqa: F401 - tells the health page

        news.tell_news()
