"""How the mailboxes stand, in one line on the overview of the management screens."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from channels_app.models import Mailbox
from organisation.clock import now
from organisation.first_steps import STEPS, Step
from organisation.manage import NEWS
from organisation.models import User
from organisation.roles import Right
from organisation.snapshot import organisation


def mailboxes(user: User) -> tuple[str, bool]:
    """A mailbox without a server is not read; one that has been silent too long asks for attention."""
    silent = now() - timedelta(minutes=organisation().municipality.mailbox_silent_minutes)
    row = Mailbox.objects.filter(is_active=True).aggregate(
        all=Count("pk"),
        silent=Count("pk", filter=~Q(host="") & (Q(last_read_at__isnull=True) | Q(last_read_at__lt=silent))),
    )
    text = ngettext("%(count)s mailbox", "%(count)s mailboxes", row["all"]) % {"count": row["all"]}
    if row["silent"]:
        return text + ", " + _("%(count)s not read for too long") % {"count": row["silent"]}, True
    return text, False


NEWS["channels_app:mailboxes"] = mailboxes
STEPS.append(
    Step(
        "channels_app:mailboxes",
        lazy("Connect the mailbox"),
        lazy("E-mail to the municipality then comes in by itself, and answers go out."),
        Right.MAILBOXES_WRITE,
        lambda: Mailbox.objects.exists(),
    )
)
