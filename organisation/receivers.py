"""Every change of a setting raises the settings' version (see `organisation.snapshot`); every sign-in is written down."""

import time

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.urls import reverse

from organisation import audit
from organisation.actions.set_presence import arrive, set_presence
from organisation.clock import now
from organisation.models import (
    CalendarDay,
    CalendarHours,
    Municipality,
    Presence,
    Subject,
    Team,
    User,
    WorkingCalendar,
)
from organisation.second_factor import is_due
from organisation.sessions import browser_of, roles_held
from organisation.snapshot import settings_changed


def watch(model: type[Model]) -> None:
    """From now on a saved or removed row of this model renews the settings in every process."""
    uid = f"settings-of-{model._meta.label}"
    post_save.connect(_changed, sender=model, dispatch_uid=uid)
    post_delete.connect(_changed, sender=model, dispatch_uid=uid + "-gone")


def _changed(sender: type[Model], **kwargs: object) -> None:
    settings_changed()


for _model in (CalendarDay, CalendarHours, Municipality, Subject, Team, WorkingCalendar):
    watch(_model)


def _signed_in(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """The session's ten hours begin now; a code is asked from who has to give one."""
    request.session.set_expiry(None)  # one that waited for a work account ends sooner
    request.session["begun"] = request.session["seen"] = int(time.time())
    request.session["roles"] = roles_held(user)
    request.session["browser"] = browser_of(request.headers.get("User-Agent", ""))
    if is_due(user):
        request.session["code_due"] = True
    audit.record(by=user, action="login.ok", obj=user)
    arrive(user=user, at=now())


def _signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: object) -> None:
    """Who logs out is away. A session that ended by its time does not tell where somebody is: they may sit at another screen."""
    if user is not None:
        audit.record(by=user, action="logout", obj=user)
        if user.is_active and request.path == reverse("logout"):
            set_presence(user=user, status=Presence.Status.AWAY, at=now())


def _refused(sender: object, credentials: dict[str, str], **kwargs: object) -> None:
    """Only names that exist: strangers cannot fill the log with inventions."""
    person = User.objects.filter(username=str(credentials.get("username", "")).replace("\x00", "")).first()
    if person is not None:
        audit.record(by=None, action="login.failed", obj=person)


def _locked(sender: object, username: str, **kwargs: object) -> None:
    person = User.objects.filter(username=str(username or "").replace("\x00", "")).first()
    if person is not None:
        audit.record(by=None, action="login.locked", obj=person)


user_logged_in.connect(_signed_in, dispatch_uid="audit-signed-in")
user_logged_out.connect(_signed_out, dispatch_uid="audit-signed-out")
user_login_failed.connect(_refused, dispatch_uid="audit-refused")
user_locked_out.connect(_locked, dispatch_uid="audit-locked")
