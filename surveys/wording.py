"""A contact in the words of the customer."""

from __future__ import annotations

from django.utils.translation import gettext as _


def what_happened(channel: str, day: str) -> str:
    """`U belde ons op maandag 23 november.`"""
    given = {"day": day}
    if channel == "phone":
        return _("You called us on %(day)s.") % given
    if channel in ("counter", "reception", "appointment"):
        return _("You visited us on %(day)s.") % given
    if channel == "home_visit":
        return _("We visited you on %(day)s.") % given
    if channel == "letter":
        return _("You wrote us a letter on %(day)s.") % given
    if channel == "email":
        return _("You sent us an e-mail on %(day)s.") % given
    if channel in ("form", "app"):
        return _("You sent us a form on %(day)s.") % given
    return _("You sent us a message on %(day)s.") % given
