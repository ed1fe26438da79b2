from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"

    def ready(self) -> None:
        from contacts import receivers  # noqa: F401 - connects the signals
        from contacts.models import RoutingRule, ServiceNorm  # models must be loaded first
        from organisation.receivers import watch

        watch(RoutingRule)
        watch(ServiceNorm)
