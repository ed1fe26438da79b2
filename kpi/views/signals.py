"""`/cijfers/signalen/`: what the watch noticed, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kpi.actions.handle_signals import candidates, dismiss, follow_up, get_signal, owners_of, settle
from kpi.forms.signals import DismissForm, FollowForm, SettleForm
from kpi.models import Signal
from kpi.pages.signals import signals_page
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs
from organisation.snapshot import organisation


@require_safe
@needs(Right.SIGNALS_READ)
def list_signals(request: HttpRequest) -> HttpResponse:
    """Open first; what was settled stands in a list of its own."""
    return _page(request)


@require_POST
@needs(Right.SIGNALS_READ)
def dismiss_signal(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "dismiss", DismissForm, dismiss, _("The signal is put aside."))


@require_POST
@needs(Right.SIGNALS_READ)
def follow_signal(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "follow", FollowForm, follow_up, _("The signal is being followed up."))


@require_POST
@needs(Right.SIGNALS_READ)
def settle_signal(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "settle", SettleForm, settle, _("The signal is settled."))


def _act(
    request: HttpRequest,
    pk: int,
    name: str,
    form_class: type[forms.Form],
    action: Callable[..., Signal],
    done: str,
) -> HttpResponse:
    house = organisation()
    signal = get_signal(request.user, pk, house)
    form = form_class(request.POST, auto_id=f"{name}_{pk}_%s")
    if isinstance(form, FollowForm):
        form.offer((one.pk, one.name) for one in owners_of(signal, house, candidates()))
    if form.is_valid():
        try:
            action(signal=signal, by=request.user, at=now(), **_given(form))
        except Stale as stale:
            return _somebody_was_first(request, stale.theirs, form)  # type: ignore[arg-type]
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, done)
            return redirect(f"{reverse('kpi:signals')}{_back_to(request)}")
    return _page(request, wrong=(pk, name, form))


def _given(form: forms.Form) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    data["version"] = data["version"] if data.get("version") is not None else 0
    return data


def _back_to(request: HttpRequest) -> str:
    """The list that was open: only what the list itself writes into its address."""
    chosen = request.GET.get("lijst", "")
    return f"?lijst={chosen}" if chosen in ("nieuw", "opvolgen") else ""


def _somebody_was_first(request: HttpRequest, theirs: Signal, form: forms.Form) -> HttpResponse:
    now_there = [(_("State"), theirs.get_state_display()), (_("Who"), str(theirs.handled_by or ""))]
    now_there.append((_("Text"), theirs.note or theirs.reason))
    typed = [
        (str(field.label), str(form[name].value() or ""))
        for name, field in form.fields.items()
        if not isinstance(field.widget, forms.HiddenInput)
    ]
    context = {
        "theirs": now_there,
        "yours": typed,
        "who": str(theirs.handled_by or ""),
        "back_url": reverse("kpi:signals"),
        "nav": "figures",
    }
    return render(request, "409.html", context, status=409)


def _page(request: HttpRequest, wrong: tuple[int, str, forms.Form] | None = None) -> HttpResponse:
    page = signals_page(request.user, request.GET, house=organisation(), at=now(), wrong=wrong)
    context = {"page": page, "nav": "figures"}
    return render(request, "kpi/signals.html", context, status=200 if wrong is None else 422)
