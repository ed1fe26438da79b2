"""How the mailboxes stand, in one line on the overview of the management screens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from channels_app.actions.refused_us import waiting, was_refused
from channels_app.models import Mailbox
from organisation.clock import now
from organisation.counts import counts
from organisation.first_steps import STEPS, Step, has_more
from organisation.manage import NEWS
from organisation.models import User
from organisation.roles import Right
from organisation.snapshot import organisation


def mailboxes(user: User) -> tuple[str, bool]:
    """A mailbox without a server is not read; one that has been silent too long, or may not send, asks for attention."""
    silent = now() - timedelta(minutes=organisation().municipality.mailbox_silent_minutes)
    row = counts("mailboxes", _rows, {"silent": silent})
    text = ngettext("%(count)s mailbox", "%(count)s mailboxes", row["all"]) % {"count": row["all"]}
    if row["silent"]:
        return text + ", " + _("%(count)s not read for too long") % {"count": row["silent"]}, True
    if row["refused"]:
        return text + ", " + _("mail cannot leave"), True
    return text, False


def _rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
    used = Mailbox.objects.filter(is_active=True)
    unread = Q(last_read_at__isnull=True) | Q(last_read_at__lt=marks["silent"])
    refused = waiting().filter(was_refused())
    return {"all": used, "silent": used.exclude(host="").filter(unread), "refused": refused}


NEWS["channels_app:mailboxes"] = mailboxes
STEPS.append(
    Step(
        "channels_app:mailboxes",
        lazy("Connect the mailbox"),
        lazy("E-mail to the municipality then comes in by itself, and answers go out."),
        Right.MAILBOXES_WRITE,
        lambda: has_more(0, "mailboxes", Mailbox.objects.all()),
    )
)
