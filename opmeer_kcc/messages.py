"""What was done, told on the next page: in a cookie of this host alone, or in the session when it is long."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _Cookie(CookieStorage):
    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else CookieStorage.cookie_name


class Messages(FallbackStorage):
    storage_classes = (_Cookie, SessionStorage)
