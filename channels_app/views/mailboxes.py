"""Mailboxes: where we read, how we sign in (write-only), and a test that says what is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app.actions.connect import connect
from channels_app.actions.mail_route import route_of
from channels_app.actions.refused_us import try_now
from channels_app.actions.save_mailbox import SECRETS, save_mailbox
from channels_app.actions.sign_in_rest import forget_refused
from channels_app.adapters.email.imap import NETWORK_ERRORS, error_in_words
from channels_app.adapters.email.smtp import MailServers
from channels_app.adapters.messages import Later
from channels_app.forms.mailbox import MailboxForm
from channels_app.models import Mailbox
from channels_app.pages.overview import overview
from channels_app.sealing import Sealed
from organisation.clock import now
from organisation.errors import Stale
from organisation.roles import Right, needs
from organisation.views.edit import clash

TEST_SECONDS = 10


@require_safe
@needs(Right.MAILBOXES_WRITE)
def mailboxes(request: HttpRequest) -> HttpResponse:
    return render(request, "channels_app/mailboxes.html", {"nav": "manage", "page": overview(now())})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MAILBOXES_WRITE)
def new_mailbox(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _save(request, form, None) is not None:
        messages.success(request, _("The mailbox is added. Test the connection."))
        return redirect("channels_app:mailbox", pk=form.instance.pk)
    return render(
        request, "channels_app/mailbox.html", {"nav": "manage", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MAILBOXES_WRITE)
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Mailbox, pk=pk)
    form = MailboxForm(request.POST or None, instance=get_object_or_404(Mailbox, pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            changed = _save(request, form, form.seen_version)
        except Stale as stale:
            return clash(request, form, stale)
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect("channels_app:mailbox", pk=pk)
    context = {"nav": "manage", "form": form, "mailbox": row}
    return render(request, "channels_app/mailbox.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.MAILBOXES_WRITE)
def check_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs in and opens the folder as saved, within ten seconds; says what is wrong in a sentence."""
    row = get_object_or_404(Mailbox, pk=pk)
    is_error = True
    if not row.host:
        answer = _("Fill in a server first, and save.")
    else:
        try:
            with connect(row, timeout=TEST_SECONDS) as server:
                forget_refused(row)
                if row.done_folder and not server.folder.exists(row.done_folder):
                    answer = _("Signing in works. The folder “%(name)s” does not exist.") % {"name": row.done_folder}
                else:
                    answer, is_error = (
                        _("It works: signed in, and the folder “%(name)s” opens.") % {"name": row.folder},
                        False,
                    )
            if not is_error and row.smtp_host:
                answer = _check_sending(row)
            if not is_error:
                try_now(row, now())
        except Sealed:
            answer = _("The password cannot be opened. Type it again.")
        except Later as error:
            answer, is_error = _("Reading works. Sending does not: %(why)s") % {"why": error}, True
        except NETWORK_ERRORS as error:
            answer = error_in_words(error)
    context = {
        "nav": "manage",
        "form": MailboxForm(instance=row),
        "mailbox": row,
        "answer": answer,
        "is_error": is_error,
    }
    return render(request, "channels_app/mailbox.html", context)


def _check_sending(row: Mailbox) -> str:
    """Signs in at the server that sends for this mailbox, asks whether it may, and sends nothing; raises `Later`."""
    route = route_of(row)
    if route is not None:
        with MailServers(patience=TEST_SECONDS) as servers:
            servers.check(route, row.address)
    return _("It works: reading and sending.")


def _save(request: HttpRequest, form: MailboxForm, version: int | None) -> bool | None:
    try:
        return save_mailbox(
            mailbox=form.instance,
            fields=[name for name in form._meta.fields if name in form.fields],
            secrets={name: form.cleaned_data[name] for name in SECRETS},
            version=version,
            by=request.user,
        )
    except Sealed:
        typed = next((name for name in SECRETS if form.cleaned_data[name]), "password")
        form.add_error(typed, _("Passwords cannot be kept: the server has no key for them (FIELD_KEYS)."))
        return None
