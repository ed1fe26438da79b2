"""`/cijfers/afspraken/`: what is agreed with teams, how it is kept, and the talks about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kpi.actions.agree import change_agreement, end_agreement, get_agreement, make_agreement, people_of
from kpi.actions.discuss_agreement import discuss_agreement
from kpi.exports import csv_response
from kpi.forms.agreements import AgreementForm, EndForm, TalkForm
from kpi.models import TeamAgreement
from kpi.pages.agreement import agreement_page
from kpi.pages.agreement_rows import day_of, lines_of
from kpi.pages.agreements import agreements_page
from kpi.promise_words import name_of, terms_of
from kpi.promises import norm_on, offered, promise_of
from organisation import audit
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.models import Team
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict


@require_safe
@needs(Right.AGREEMENTS_READ)
def list_agreements(request: HttpRequest) -> HttpResponse:
    """By team, with their results."""
    page = agreements_page(request.user, request.GET, organisation(), now())
    return render(request, "kpi/agreements.html", {"page": page, "nav": "figures"})


@require_safe
@needs(Right.AGREEMENTS_READ)
def show_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement."""
    return _show(request, get_agreement(request.user, pk))


def _show(request: HttpRequest, row: TeamAgreement, end: EndForm | None = None) -> HttpResponse:
    page = agreement_page(row, request.user, request.GET, organisation(), now(), end)
    return render(request, "kpi/agreement.html", {"page": page, "nav": "figures"}, status=422 if end else 200)


@require_safe
@needs(Right.AGREEMENTS_READ)
def export_agreements(request: HttpRequest) -> HttpResponse:
    """The promises and their results; no personal data. `afspraak` narrows it to one."""
    rows = TeamAgreement.objects.visible_to(request.user).select_related("team")
    wanted = request.GET.get("afspraak", "")
    if wanted:
        rows = rows.filter(pk=whole(wanted))
    else:
        rows = rows.exclude(ends_on__lt=today())
    found = list(rows.order_by("team__name", "starts_on"))
    if wanted and not found:
        raise Http404
    day = day_of(request.GET, today())
    lines = lines_of(request.user, found, organisation(), now(), day)
    audit.record(by=request.user, action="export.figures", figure="agreements", query=f"dag={day}", rows=len(lines) - 1)
    part = f"-{slugify(found[0].team.name)}" if wanted else ""
    name = slugify(_("agreements with teams"))
    return csv_response(lines, f"{name}{part}-{day}.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.AGREEMENTS_WRITE)
def new_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """What the last agreement with this team said stands in the form."""
    team = next((one for one in organisation().teams.values() if one.code == code), None)
    if team is None or not team.is_active:
        raise Http404
    last = TeamAgreement.objects.filter(team=team).order_by("-starts_on").first()
    initial: dict[str, Any] = {"starts_on": today(), "review_on": today() + timedelta(days=182)}
    if last is not None:
        initial |= {"agreed_with": last.agreed_with_id, "norms": last.norms, "text": last.text, "support": last.support}
        if last.ends_on is not None:
            initial["starts_on"] = max(today(), last.ends_on + timedelta(days=1))
    form = _form(team, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_agreement(team=team, terms=form.terms(), by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The agreement is saved. The team leads get an e-mail."))
            return redirect("kpi:agreement", made.pk)
    return _edit(request, form, team, _("New agreement with %(team)s") % {"team": team.name}, reverse("kpi:agreements"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.AGREEMENTS_WRITE)
def edit_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes what is agreed, with a reason."""
    row = get_agreement(request.user, pk)
    names = ("agreed_with", "norms", "text", "support", "starts_on", "ends_on", "review_on", "version")
    initial = {name: getattr(row, name) for name in names} | {"agreed_with": row.agreed_with_id}
    form = _form(row.team, request.POST if request.method == "POST" else None, row=row, initial=initial)
    back = reverse("kpi:agreement", args=[pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_agreement(
                pk=pk,
                terms=form.terms(),
                reason=data["reason"],
                version=data["version"] or 0,
                by=request.user,
                at=now(),
            )
        except Stale as stale:
            return _conflict(request, form, stale.theirs, back)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The agreement is saved."))
            return redirect(back)
    return _edit(request, form, row.team, _("Change the agreement with %(team)s") % {"team": row.team.name}, back)


@require_POST
@needs(Right.AGREEMENTS_WRITE)
def finish_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives it a last day."""
    row = get_agreement(request.user, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            end_agreement(
                pk=pk,
                ends_on=data["ends_on"],
                reason=data["end_reason"],
                version=data["version"] or 0,
                by=request.user,
                at=now(),
            )
        except Stale as stale:
            return _conflict(request, form, stale.theirs, reverse("kpi:agreement", args=[pk]))
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The agreement has a last day. The team leads get an e-mail."))
            return redirect("kpi:agreement", pk)
    return _show(request, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.AGREEMENTS_WRITE)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The results to talk about, and beside them what came of it."""
    row = get_agreement(request.user, pk)
    page = agreement_page(row, request.user, request.GET, organisation(), now())
    back = reverse("kpi:agreement", args=[pk])
    if request.method != "POST" and not page.may_talk:
        return redirect(back)
    initial = {
        "held_on": today(),
        "next_on": today() + timedelta(days=182),
        "seen_on": page.day.value,
        "version": row.version,
    }
    form = TalkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data["version"] = data["version"] or 0
        try:
            discuss_agreement(pk=pk, by=request.user, at=now(), **data)
        except Stale as stale:
            return _conflict(request, form, stale.theirs, back)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The talk is recorded."))
            return redirect(back)
    context = {"page": page, "form": form, "back": back, "nav": "figures"}
    return render(request, "kpi/agreement_talk.html", context, status=422 if form.errors else 200)


def _form(team: Team, data: Any, *, initial: dict[str, Any], row: TeamAgreement | None = None) -> AgreementForm:
    house, day = organisation(), today()
    people = [(one.pk, str(one)) for one in people_of(team.pk, day)]
    if row is not None and row.agreed_with_id not in {pk for pk, _name in people}:
        people.append((row.agreed_with_id, str(row.agreed_with)))
    keys = [one.key for one in offered(team.pk, day, house)]
    keys += [key for key in (row.norms if row is not None else []) if key not in keys]
    norms = []
    for promise in (promise_of(key) for key in keys):
        words = [name_of(promise, house), terms_of(norm_on(promise, team.pk, day, house))]
        text = ": ".join(part for part in words if part)
        if promise.measure is None:
            text = _("%(norm)s (not measured yet)") % {"norm": text}
        norms.append((promise.key, text))
    return AgreementForm(data, initial=initial).offer(people, norms, is_new=row is None)


def _edit(request: HttpRequest, form: AgreementForm, team: Team, title: str, back: str) -> HttpResponse:
    context = {"form": form, "team": team, "title": title, "back": back, "nav": "figures"}
    return render(request, "kpi/agreement_edit.html", context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, form: Any, theirs: Any, back: str) -> HttpResponse:
    before = {name: getattr(theirs, name) for name in form.fields if hasattr(theirs, name)}
    if "agreed_with" in before:
        before["agreed_with"] = theirs.agreed_with_id
    return conflict(request, form=form, before=before, now_version=theirs.version, back_url=back, nav="figures")
