"""Sources of messages: which account, how we sign in (write-only), where the service must call, and a test that says what is wrong."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app.actions.save_source import save_source
from channels_app.adapters.messages import Adapter, Later, Never
from channels_app.adapters.registry import ADAPTERS, adapter_of
from channels_app.adapters.web import Unreachable, Web
from channels_app.forms.source import SourceForm
from channels_app.models import MessageSource
from channels_app.pages.sources import source_rows
from channels_app.sealing import Sealed
from channels_app.sources import account_of
from organisation.clock import now
from organisation.errors import Stale
from organisation.roles import Right, needs
from organisation.views.edit import clash


@require_safe
@needs(Right.MAILBOXES_WRITE)
def sources(request: HttpRequest) -> HttpResponse:
    context = {"nav": "manage", "rows": source_rows(now()), "kinds": list(ADAPTERS.values())}
    return render(request, "channels_app/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MAILBOXES_WRITE)
def new_source(request: HttpRequest, kind: str) -> HttpResponse:
    adapter = _adapter(kind)
    form = SourceForm(request.POST or None, adapter=adapter)
    if request.method == "POST" and form.is_valid() and _save(request, form, None) is not None:
        messages.success(request, _("The account is added. Follow the steps beside the form."))
        return redirect("channels_app:source", pk=form.instance.pk)
    return _page(request, form, adapter, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MAILBOXES_WRITE)
def source(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(MessageSource, pk=pk)
    adapter = _adapter(row.kind)
    form = SourceForm(request.POST or None, adapter=adapter, instance=get_object_or_404(MessageSource, pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            changed = _save(request, form, form.seen_version)
        except Stale as stale:
            return clash(request, form, stale)
        if changed is not None:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect("channels_app:source", pk=pk)
    return _page(request, form, adapter, row)


@require_POST
@needs(Right.MAILBOXES_WRITE)
def try_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the service, with what is saved, whose account it is."""
    row = get_object_or_404(MessageSource, pk=pk)
    adapter = _adapter(row.kind)
    is_error = True
    try:
        account = account_of(row)
        answer = _("It works: this is %(name)s.") % {"name": adapter.try_out(account, Web(adapter.hosts(account)))}
        is_error = False
    except Sealed:
        answer = _("The secrets of %(name)s cannot be opened. Type them again.") % {"name": row.name}
    except (Later, Never) as error:
        answer = str(error)
    except Unreachable:
        answer = _("%(name)s cannot be reached.") % {"name": row.name}
    return _page(request, SourceForm(adapter=adapter, instance=row), adapter, row, answer=answer, is_error=is_error)


def _page(
    request: HttpRequest, form: SourceForm, adapter: Adapter, row: MessageSource | None, **more: object
) -> HttpResponse:
    address = settings.SITE_URL + reverse("channels_app:webhook", args=[row.key]) if row is not None else ""
    context = {"nav": "manage", "form": form, "source": row, "adapter": adapter, "address": address, **more}
    return render(request, "channels_app/source.html", context, status=422 if form.errors else 200)


def _adapter(kind: str) -> Adapter:
    adapter = adapter_of(kind)
    if adapter is None:
        raise Http404
    return adapter


def _save(request: HttpRequest, form: SourceForm, version: int | None) -> bool | None:
    try:
        return save_source(
            source=form.instance,
            fields=[name for name in form._meta.fields if name in form.fields],
            secrets=form.secrets,
            version=version,
            by=request.user,
        )
    except Sealed:
        form.add_error(
            None, _("The secrets cannot be kept: the server has no key for them (FIELD_KEYS), or the key is gone.")
        )
        return None
