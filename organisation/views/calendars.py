"""Working calendars: when deadlines run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions import calendars as act
from organisation.errors import Refused, Stale
from organisation.forms.calendars import DayForm, HoursForm, ProposeForm
from organisation.models import WorkingCalendar
from organisation.numbers import whole
from organisation.pages.calendars import calendar_page, calendar_row
from organisation.roles import Right, needs
from organisation.views.conflict import conflict


@require_safe
@needs(Right.CALENDAR_READ)
def calendars(request: HttpRequest) -> HttpResponse:
    rows = WorkingCalendar.objects.prefetch_related("hours", "days", "teams").order_by("-is_default", "name")
    context = {
        "nav": "manage",
        "calendars": [calendar_row(calendar) for calendar in rows],
        "may_write": request.user.may(Right.CALENDAR_WRITE),
    }
    return render(request, "organisation/calendars.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CALENDAR_WRITE)
def new_calendar(request: HttpRequest) -> HttpResponse:
    form = HoursForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            calendar = act.add_calendar(name=form.cleaned_data["name"], weekly=form.weekly(), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, _("Calendar %(name)s is added. Choose it at a team.") % {"name": calendar.name})
            return redirect("organisation:calendar", pk=calendar.pk)
    return render(
        request, "organisation/new_calendar.html", {"nav": "manage", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CALENDAR_READ)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours of the week and the days that differ; saving the hours raises the version."""
    row = get_object_or_404(WorkingCalendar.objects.prefetch_related("hours"), pk=pk)
    if request.method == "GET" or request.method == "HEAD":
        return _page(request, row)
    return _save_hours(request, row)


@needs(Right.CALENDAR_WRITE)
def _save_hours(request: HttpRequest, row: WorkingCalendar) -> HttpResponse:
    form = HoursForm(request.POST, calendar=row)
    if form.is_valid():
        try:
            act.set_hours(
                calendar_id=row.pk,
                name=form.cleaned_data["name"],
                weekly=form.weekly(),
                by=request.user,
                version=form.cleaned_data["version"] or 0,
            )
        except Stale as stale:
            before = HoursForm(calendar=WorkingCalendar.objects.prefetch_related("hours").get(pk=row.pk)).initial
            return conflict(request, form=form, before=before, now_version=stale.theirs.version, back_url=request.path)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, _("The opening hours are saved. New deadlines are counted with them."))
            return redirect("organisation:calendar", pk=row.pk)
    return _page(request, row, hours=form)


def _page(request: HttpRequest, row: WorkingCalendar, **forms: Any) -> HttpResponse:
    hours = forms.get("hours") or HoursForm(calendar=row)
    day = forms.get("day") or DayForm()
    propose = forms.get("propose") or ProposeForm()
    is_wrong = bool(hours.errors or day.errors or propose.errors)
    context = {
        "nav": "manage",
        "calendar": calendar_page(row),
        "form": hours,
        "day_form": day,
        "propose_form": propose,
        "may_write": request.user.may(Right.CALENDAR_WRITE),
    }
    return render(request, "organisation/calendar.html", context, status=422 if is_wrong else 200)


@require_POST
@needs(Right.CALENDAR_WRITE)
def add_day(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(WorkingCalendar.objects.prefetch_related("hours"), pk=pk)
    form = DayForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            _day, before = act.set_day(
                calendar_id=pk,
                on=data["on"],
                kind=data["kind"],
                name=data["day_name"],
                intervals=data["hours"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            words = _("The day is saved.")
            if before not in ("", data["day_name"]):
                words = _("The day is saved. It takes the place of “%(name)s”.") % {"name": before}
            messages.success(request, words)
            return redirect("organisation:calendar", pk=pk)
    return _page(request, row, day=form)


@require_POST
@needs(Right.CALENDAR_WRITE)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(WorkingCalendar.objects.prefetch_related("hours"), pk=pk)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, propose=form)
    days = act.propose_holidays(calendar_id=pk, by=request.user, **form.cleaned_data)
    if days:
        text = ngettext(
            "%(count)s day is proposed. Confirm it below.",
            "%(count)s days are proposed. Confirm them below.",
            len(days),
        )
        messages.success(request, text % {"count": len(days)})
    else:
        messages.info(
            request, _("All holidays of %(year)s stand in this calendar already.") % {"year": form.cleaned_data["year"]}
        )
    return redirect("organisation:calendar", pk=pk)


@require_POST
@needs(Right.CALENDAR_WRITE)
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms or removes the chosen days."""
    get_object_or_404(WorkingCalendar, pk=pk)
    chosen = [day for text in request.POST.getlist("day") if (day := whole(text))]
    if request.POST.get("remove"):
        count = act.remove_days(calendar_id=pk, day_ids=chosen, by=request.user)
        text = ngettext("%(count)s day is removed.", "%(count)s days are removed.", count)
    else:
        count = act.confirm_days(calendar_id=pk, day_ids=chosen, by=request.user)
        text = ngettext("%(count)s day is confirmed.", "%(count)s days are confirmed.", count)
    if count:
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("This was done already.") if chosen else _("You did not choose a day."))
    return redirect("organisation:calendar", pk=pk)
