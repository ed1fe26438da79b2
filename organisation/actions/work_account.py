"""Who an employee is at the identity provider: said by an administrator, never by the provider, and never of oneself."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation import audit
from organisation.actions.roles import may_change
from organisation.errors import Refused
from organisation.models import User
from organisation.oidc import Identity
from organisation.sessions import end_sessions


def link_work_account(*, person: User, subject: str, by: User) -> None:
    """From now on whoever signs in there with this mark is this person."""
    subject = subject.strip()
    if not subject or not subject.isprintable() or len(subject) > 255:
        raise Refused(_("Fill in the mark as it stands on the page after signing in."), "subject")
    try:
        _save(person, settings.OIDC_ISSUER, subject, by=by, action="account.linked")
    except IntegrityError as taken:
        raise Refused(_("This work account belongs to somebody else here."), "subject") from taken


def unlink_work_account(*, person: User, by: User) -> None:
    """The work account opens nothing here any more."""
    _save(person, "", "", by=by, action="account.unlinked")


@transaction.atomic
def _save(person: User, issuer: str, subject: str, *, by: User, action: str) -> None:
    may_change(person, by)
    if person.oidc_subject:
        end_sessions(person.pk)  # what opened with the former account is not open any longer
    person.oidc_issuer, person.oidc_subject = issuer, subject
    person.version += 1
    person.save(update_fields=["oidc_issuer", "oidc_subject", "version"])
    audit.record_account(by=by, action=action, person=person)


def person_of(identity: Identity) -> User | None:
    """Who may come in with this work account; None when nobody may."""
    linked = User.objects.filter(oidc_issuer=identity.issuer, oidc_subject=identity.subject).first()
    if linked is None and settings.OIDC_CREATE_USERS:
        linked = _added(identity)
    return linked if linked is not None and linked.is_active else None


def _added(identity: Identity) -> User | None:
    """A person without a role, who sees nothing until an administrator gives one. At the same moment twice: one of the two."""
    person = User(
        username=f"werk-{secrets.token_hex(6)}",
        name=identity.name or identity.email or _("Without a name"),
        oidc_issuer=identity.issuer,
        oidc_subject=identity.subject,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
            audit.record(by=None, action="person.added", obj=person)
    except IntegrityError:
        return User.objects.filter(oidc_issuer=identity.issuer, oidc_subject=identity.subject).first()
    return person
