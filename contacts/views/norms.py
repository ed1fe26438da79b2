"""The norms: what is promised, since when, for whom; the coordinator changes them, others read."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions.change_norm import change_norm, end_norm, preview_norm
from contacts.actions.recompute import count_behind, impact_of_calendars, recompute_calendars
from contacts.forms.norms import NormForm
from contacts.models import ServiceNorm
from contacts.pages.manage_tabs import manage_tabs
from contacts.pages.norm_history import change_rows
from contacts.pages.norms import ImpactBox, NormsPage, impact_box, norm_rows, panel_of
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import Organisation, organisation
from organisation.views.conflict import conflict


@require_safe
@needs(Right.NORMS_READ)
def norms(request: HttpRequest) -> HttpResponse:
    """The table of all norms."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.NORMS_READ)
def norm(request: HttpRequest, pk: int) -> HttpResponse:
    """One norm beside the table; a post saves a new version, or only shows what it would do."""
    row = get_object_or_404(ServiceNorm, pk=pk)
    if request.method != "POST":
        return _page(request, row)
    if not request.user.may(Right.NORMS_WRITE):
        raise PermissionDenied
    form = NormForm(row, organisation(), request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        if request.POST.get("act") == "preview":
            return _page(request, row, form, box=_impact(request, row, form))
        changed = change_norm(
            norm=row,
            terms=form.terms(),
            by=request.user,
            at=now(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            recompute=bool(form.cleaned_data.get("recompute")),
            seen=form.cleaned_data["seen"],
        )
    except Stale as stale:
        before = {**_initial(stale.theirs, today()), "valid_from": stale.theirs.valid_from}
        return conflict(request, form=form, before=before, now_version=stale.theirs.version, back_url=request.path)
    except Refused as refused:
        refused.tell(form)
        box = _impact(request, row, form) if refused.field == "recompute" else None
        return _page(request, row, form, box=box, status=422)
    text = _("The norm is saved.")
    if changed.recomputed:
        text += " " + ngettext(
            "%(count)s running clock was computed again.",
            "%(count)s running clocks were computed again.",
            changed.recomputed,
        ) % {"count": changed.recomputed}
    messages.success(request, text)
    return redirect("contacts:norm", changed.norm.pk)


@require_POST
@needs(Right.NORMS_WRITE)
def norm_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the box that says what the filled-in terms would do, while somebody types."""
    row = get_object_or_404(ServiceNorm, pk=pk)
    form = NormForm(row, organisation(), request.POST)
    try:
        box = _impact(request, row, form) if form.is_valid() else None
    except Refused:
        box = None
    return render(request, "contacts/norms_impact.html", {"box": box})


@require_POST
@needs(Right.NORMS_WRITE)
def norm_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends what holds for one team or subject, from a day on."""
    row = get_object_or_404(ServiceNorm, pk=pk)
    try:
        until = date.fromisoformat(request.POST.get("valid_until", "")[:10])
        version = int(request.POST.get("version", "")[:9])
    except ValueError:
        messages.error(request, _("Choose a day after the norm began, from today on."))
        return redirect("contacts:norm", pk)
    try:
        end_norm(norm=row, by=request.user, at=now(), valid_until=until, version=version)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The exception ends. From that day on the norm for everybody holds."))
    return redirect("contacts:norm", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.NORMS_WRITE)
def clocks_behind(request: HttpRequest) -> HttpResponse:
    """Clocks that began under an older calendar: shown with what changes, computed again when somebody says so."""
    impact = impact_of_calendars(at=now())
    error = ""
    if request.method == "POST":
        if impact.seal != request.POST.get("seen", ""):
            error = _("The deadlines changed in the meantime. Look again, then save.")
        else:
            count = recompute_calendars(by=request.user, at=now(), reason=_("calendar changed"))
            messages.success(
                request,
                ngettext(
                    "%(count)s running clock was computed again.",
                    "%(count)s running clocks were computed again.",
                    count,
                )
                % {"count": count},
            )
            return redirect("contacts:norms")
    context = {
        "box": impact_box(impact, today()),
        "error": error,
        "tab": "norms",
        "tabs": manage_tabs(request.user),
        "nav": "manage",
    }
    return render(request, "contacts/norms_calendar.html", context, status=422 if error else 200)


def _impact(request: HttpRequest, row: ServiceNorm, form: NormForm) -> ImpactBox | None:
    if "recompute" not in form.fields:
        return None
    return impact_box(preview_norm(norm=row, terms=form.terms(), by=request.user, at=now()), today())


def _page(
    request: HttpRequest,
    row: ServiceNorm | None = None,
    form: NormForm | None = None,
    *,
    box: ImpactBox | None = None,
    status: int = 200,
) -> HttpResponse:
    house, day = organisation(), today()
    everything = list(ServiceNorm.objects.all())
    may_write = request.user.may(Right.NORMS_WRITE)
    panel = None
    if row is not None:
        panel = panel_of(row, [norm for norm in everything if norm.code == row.code], house, day)
        if form is None and may_write and not panel.is_over:
            form = NormForm(row, house, initial=_initial(row, day) | _asked_team(request, house))
    page = NormsPage(
        rows=norm_rows(everything, house, day, row.code if row else ""),
        may_write=may_write,
        behind=count_behind(at=now()) if may_write and row is None else 0,
        panel=panel,
    )
    history = change_rows(row.code) if row is not None and request.user.may(Right.SETTINGS_HISTORY_READ) else ()
    context = {
        "page": page,
        "form": form,
        "box": box,
        "history": history,
        "tab": "norms",
        "tabs": manage_tabs(request.user),
        "nav": "manage",
    }
    return render(request, "contacts/norms.html", context, status=status)


def _asked_team(request: HttpRequest, house: Organisation) -> dict[str, str]:
    """Who comes from an agreement with a team begins with that team."""
    team = request.GET.get("team", "")
    return {"team": team} if whole(team) in house.teams else {}


def _initial(row: ServiceNorm, day: date) -> dict[str, object]:
    """The terms as they are, from the first of next month on (a version that is still to begin: from its own day)."""
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return {
        "length": row.length,
        "unit": row.unit,
        "target": row.target.normalize() if row.target % 1 else int(row.target),
        "may_pause": row.may_pause,
        "valid_from": row.valid_from if row.valid_from > day else next_month,
        "team": str(row.team_id or ""),
        "subject": str(row.subject_id or ""),
        "version": row.version,
    }
