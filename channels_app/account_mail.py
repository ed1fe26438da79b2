"""Whoever's password, code, address or role changed gets a mail about it: they know best whether it should have been."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from channels_app.actions.tell_employees import tell_employees
from organisation.models import Membership, User
from organisation.roles import Role
from organisation.signals import EMAIL_CHANGED, account_changed
from organisation.snapshot import organisation
from organisation.workdays import local_day

WORDS: Final[Mapping[str, Promise]] = {
    "password.given": _("the password, renewed by an administrator"),
    "password.changed": _("the password"),
    "second_factor.removed": _("the app for the sign-in code, taken away by an administrator"),
    "second_factor.set": _("the app for the sign-in code, set up anew"),
    "second_factor.codes": _("the recovery codes, made anew"),
    "account.linked": _("the work account with which one signs in: one was linked"),
    "account.unlinked": _("the work account with which one signs in: it was taken away"),
    EMAIL_CHANGED: _("the e-mail address"),
    "role.given": _("the roles: one was given or changed"),
    "role.given_high": _("the roles: one with high rights was given"),
    "role.taken": _("the roles: one was taken away"),
}
TEMPLATE = "mail/account_changed.txt"


@receiver(account_changed, dispatch_uid="who-it-is-about-gets-a-mail")
def mail_about_account(
    sender: object, person: User, action: str, by: User | None, at: datetime, earlier_email: str, **kwargs: Any
) -> None:
    """The person, at the address of before as well; of an administrator's account also the other administrators.

    Who never signed in has no account to protect yet: it is being made.
    """
    if person.last_login is None or action not in WORDS:
        return
    key = f"account:{person.pk}:{action}:{at:%Y%m%d%H%M%S%f}"
    context = {
        "what": WORDS[action],
        "who": by.name if by is not None else "",
        "whose": person.name,
        "at": at,
        "phone": organisation().municipality.phone,
    }
    subject = _("Something changed in your account")
    own = {**context, "is_own": True}
    tell_employees([person], subject=subject, template=TEMPLATE, context=own, key=key, at=at)
    if earlier_email:
        before = copy.copy(person)
        before.email = earlier_email
        tell_employees([before], subject=subject, template=TEMPLATE, context=own, key=f"{key}:before", at=at)
    others = administrators_to_tell(person, action, by, at)
    line = format_lazy(_("Something changed in the account of {name}"), name=person.name)
    tell_employees(others, subject=line, template=TEMPLATE, context={**context, "is_own": False}, key=key, at=at)


def administrators_to_tell(person: User, action: str, by: User | None, at: datetime) -> list[User]:
    """The other administrators hear of a change of an administrator's account, and of who becomes one."""
    administrators = Membership.objects.valid_on(local_day(at)).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    held = set(administrators.values_list("user_id", flat=True))
    if person.pk not in held and action != "role.given_high":
        return []
    return list(User.objects.filter(pk__in=held - {person.pk, by.pk if by is not None else None}))
