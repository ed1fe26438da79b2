"""Connections of other systems: which may do what, until when, and when each was last used."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions.api_clients import SCOPES, add_client, change_client, latest_last_day, renew_token, revoke_client
from contacts.forms.templates import ClientForm
from contacts.models import ApiClient
from contacts.pages.manage_tabs import manage_tabs
from organisation import wording
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.views.conflict import conflict


@dataclass(frozen=True)
class ClientRow:
    name: str
    hint: str
    rights: str
    channels: str
    until: str
    last_used: str
    state: str
    """`active`, `expired` or `revoked`."""
    href: str
    is_selected: bool


@require_safe
@needs(Right.API_CLIENTS_READ)
def api_clients(request: HttpRequest) -> HttpResponse:
    """All connections."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.API_CLIENTS_WRITE)
def api_client_new(request: HttpRequest) -> HttpResponse:
    """A new connection; its token is shown once, in this very answer."""
    if request.method != "POST":
        initial = {"last_day": latest_last_day(today()), "requests_per_minute": 600}
        return _page(request, form=ClientForm(initial=initial))
    form = ClientForm(request.POST)
    if form.is_valid():
        try:
            client, token = add_client(terms=form.terms(), by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            return _page(request, client, token=token)
    return _page(request, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.API_CLIENTS_READ)
def api_client(request: HttpRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(ApiClient, pk=pk)
    may_write = request.user.may(Right.API_CLIENTS_WRITE)
    if request.method != "POST":
        return _page(request, client, ClientForm(initial=_initial(client)) if may_write else None)
    if not may_write:
        raise PermissionDenied
    form = ClientForm(request.POST)
    if form.is_valid():
        try:
            change_client(
                client=client, terms=form.terms(), by=request.user, at=now(), version=form.cleaned_data["version"] or 0
            )
        except Stale as stale:
            before = _initial(stale.theirs)
            return conflict(request, form=form, before=before, now_version=stale.theirs.version, back_url=request.path)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The connection is saved."))
            return redirect("contacts:api_client", client.pk)
    return _page(request, client, form, status=422)


@require_POST
@needs(Right.API_CLIENTS_WRITE)
def api_client_token(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token, shown once; the old one stops at once."""
    client = get_object_or_404(ApiClient, pk=pk)
    try:
        client, token = renew_token(
            client=client,
            by=request.user,
            at=now(),
            version=whole(request.POST.get("version")) or 0,
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("contacts:api_client", pk)
    return _page(request, client, token=token)


@require_POST
@needs(Right.API_CLIENTS_WRITE)
def api_client_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    revoke_client(client=get_object_or_404(ApiClient, pk=pk), by=request.user, at=now())
    messages.success(request, _("The token is revoked. This system gets no answer any more."))
    return redirect("contacts:api_clients")


def _state(client: ApiClient) -> str:
    if not client.is_active:
        return "revoked"
    return "expired" if client.expires_at <= now() else "active"


def _initial(client: ApiClient) -> dict[str, object]:
    return {
        "name": client.name,
        "scopes": client.scopes,
        "channels": client.channels,
        "last_day": wording.last_day(client.expires_at),
        "requests_per_minute": client.requests_per_minute,
        "version": client.version,
    }


def _row(client: ApiClient, selected: ApiClient | None) -> ClientRow:
    return ClientRow(
        name=client.name,
        hint=client.token_hint,
        rights=", ".join(str(SCOPES.get(scope, scope)) for scope in client.scopes),
        channels=", ".join(str(wording.channel_name(code)) for code in client.channels) or _("all channels"),
        until=wording.day(wording.last_day(client.expires_at)),
        last_used=wording.moment(client.last_used_at) if client.last_used_at else _("never"),
        state=_state(client),
        href=reverse("contacts:api_client", args=[client.pk]),
        is_selected=selected is not None and client.pk == selected.pk,
    )


def _page(
    request: HttpRequest,
    client: ApiClient | None = None,
    form: ClientForm | None = None,
    *,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    may_write = request.user.may(Right.API_CLIENTS_WRITE)
    context = {
        "rows": [_row(one, client) for one in ApiClient.objects.all()[:200]],
        "client": client,
        "state": _state(client) if client is not None else "",
        "form": form,
        "token": token,
        "address": request.path if form is not None else "",
        "may_write": may_write,
        "tab": "api_clients",
        "tabs": manage_tabs(request.user),
        "nav": "manage",
    }
    return render(request, "contacts/api_clients.html", context, status=status)
