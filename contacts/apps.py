from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"

    def ready(self) -> None:
        from contacts import left_behind, news, receivers  # noqa: F401 - connects the signals, tells the overview
        from contacts.chats import desk as chat_desk  # noqa: F401 - connects the signals, tells the overview
        from contacts.invariants import nightly  # noqa: F401 - a line on the health page
        from contacts.models import RoutingRule, ServiceNorm  # models must be loaded first
        from organisation.receivers import watch

        watch(RoutingRule)
        watch(ServiceNorm)
