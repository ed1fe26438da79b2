"""Who may sign in, with which roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import second_factor, wording
from organisation.access import get_person, people_visible_to
from organisation.actions.end_sessions import end_sessions_of
from organisation.actions.password import give_one_time_password
from organisation.actions.role_requests import ask_role, confirm_role, refuse_role
from organisation.actions.roles import HIGH, give_role, set_active, take_role
from organisation.actions.save import save_new
from organisation.alike import holds
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.forms.people import NewPersonForm, PersonForm, RoleForm
from organisation.models import Membership, RoleRequest, Team, User
from organisation.models.role_request import PRIVACY_OFFICER
from organisation.numbers import whole
from organisation.pages.people import RequestRow, person_page, person_row, waiting_roles
from organisation.pages.role_review import role_lines
from organisation.paging import page_by_name
from organisation.roles import Right, needs
from organisation.views.edit import save_form


@require_safe
@needs(Right.PEOPLE_READ)
def people(request: HttpRequest) -> HttpResponse:
    """The list, by name; a word searches name, address and sign-in name."""
    word = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    team = request.GET.get("team", "")
    state = request.GET.get("state", "active")
    rows = people_visible_to(request.user)
    if word:
        rows = rows.filter(holds(word, "name", "username", "email"))
    if team_id := whole(team):
        there = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"), team_id=team_id)
        rows = rows.filter(Exists(there))
    if state in ("active", "left"):
        rows = rows.filter(is_active=state == "active")
    current = Membership.objects.valid_on(today()).select_related("team")
    page = page_by_name(rows.prefetch_related(Prefetch("memberships", current, to_attr="valid_now")), request.GET)
    context = {
        "nav": "manage",
        "people": [person_row(person) for person in page.rows],
        "page": page,
        "teams": Team.objects.filter(is_active=True),
        "word": word,
        "team": team,
        "state": state,
        "may_write": request.user.may(Right.PEOPLE_WRITE),
        "waiting": _waiting(request.user),
    }
    return render(request, "organisation/people.html", context)


@require_safe
@needs(Right.PEOPLE_READ)
def role_review(request: HttpRequest) -> HttpResponse:
    """All roles with since when, until when and the last sign-in, to check and print."""
    at = now()
    lines = role_lines(request.user, at)
    context = {
        "lines": lines,
        "roles": sum(bool(line.role) for line in lines),
        "asking": sum(bool(line.asks) for line in lines),
        "printed": wording.printed(at),
        "nav": "manage",
    }
    return render(request, "organisation/role_review.html", context)


def _waiting(viewer: User, **which: object) -> list[RequestRow]:
    """The roles that wait for a second administrator, for who may give roles."""
    if not viewer.may(Right.PEOPLE_WRITE):
        return []
    return waiting_roles(viewer, RoleRequest.objects.waiting(now()).filter(**which))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PEOPLE_WRITE)
def new_person(request: HttpRequest) -> HttpResponse:
    """A new colleague with a first role; the one-time password is shown once."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                person = form.save(commit=False)
                asks_for_officer, person.is_privacy_officer = person.is_privacy_officer, False
                person.set_unusable_password()
                save_new(person, by=request.user, action="person.added")
                waits = _give(request, person, role=data["role"], team=data["team"])
                if asks_for_officer:
                    waits = _give(request, person, role=PRIVACY_OFFICER, team=None)
                password = give_one_time_password(person=person, by=request.user, at=now())
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            return render(
                request,
                "organisation/one_time_password.html",
                {"nav": "manage", "person": person, "password": password, "waits": waits},
            )
    return render(
        request, "organisation/new_person.html", {"nav": "manage", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PEOPLE_READ)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague: details, roles, and what protects the account."""
    colleague = get_person(request.user, pk)
    may_write = request.user.may(Right.PEOPLE_WRITE)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = PersonForm(request.POST or None, instance=get_person(request.user, pk))
    if colleague.pk == request.user.pk:
        form.fields.pop("is_privacy_officer")
    if request.method == "POST" and form.is_valid():
        asks_for_officer = form.instance.is_privacy_officer and not colleague.is_privacy_officer
        form.instance.is_privacy_officer &= colleague.is_privacy_officer
        words = _("“Privacy officer” waits until a second administrator confirms it.") if asks_for_officer else ""
        try:
            with transaction.atomic():
                if asks_for_officer:
                    _give(request, colleague, role=PRIVACY_OFFICER, team=None)
                answer = save_form(request, form, action="person.changed", words=words)
                transaction.set_rollback(answer.status_code == 409)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return _person_page(request, colleague, form=form)
        return answer
    return _person_page(request, colleague, form=form)


def _person_page(
    request: HttpRequest, colleague: User, *, form: PersonForm | None = None, role_form: RoleForm | None = None
) -> HttpResponse:
    form = form or PersonForm(instance=colleague)
    role_form = role_form or RoleForm(initial={"valid_from": today()})
    is_wrong = bool(form.errors or role_form.errors)
    context = {
        "nav": "manage",
        "person": person_page(colleague, has_second_factor=second_factor.has_second_factor(colleague)),
        "form": form,
        "role_form": role_form,
        "may_write": request.user.may(Right.PEOPLE_WRITE),
        "is_self": colleague.pk == request.user.pk,
        "waiting": _waiting(request.user, user=colleague),
    }
    return render(request, "organisation/person.html", context, status=422 if is_wrong else 200)


@require_POST
@needs(Right.PEOPLE_WRITE)
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = get_person(request.user, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            waits = _give(request, colleague, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            text = _("This role waits until a second administrator confirms it.")
            messages.success(request, text if waits else _holds(colleague, **form.cleaned_data))
            return redirect("organisation:person", pk=pk)
    return _person_page(request, colleague, role_form=form)


def _holds(person: User, *, valid_from: date | None, valid_until: date | None, **role: object) -> str:
    """What a role with these dates means today."""
    name, day = {"name": person.name}, today()
    if valid_until is not None and valid_until <= day:
        return _("%(name)s no longer has this role.") % name
    if valid_from is not None and valid_from > day:
        return _("%(name)s has this role from %(day)s.") % {**name, "day": wording.day(valid_from)}
    return _("%(name)s has this role now.") % name


def _give(request: HttpRequest, person: User, *, role: str, **how: Any) -> bool:
    """Gives the role, or asks for it when it has high rights; whether it waits."""
    if role not in HIGH and role != PRIVACY_OFFICER:
        give_role(person=person, role=role, by=request.user, **how)
        return False
    ask_role(person=person, role=role, by=request.user, at=now(), **how)
    return True


@require_POST
@needs(Right.PEOPLE_WRITE)
def role_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The second administrator decides; who asked takes it back."""
    waiting = get_object_or_404(RoleRequest.objects.select_related("user"), pk=pk)
    try:
        if request.POST.get("decision") == "confirm":
            confirm_role(pk=pk, by=request.user, at=now())
            dates = {"valid_from": waiting.valid_from, "valid_until": waiting.valid_until}
            messages.success(request, _holds(waiting.user, **dates))
        else:
            refuse_role(pk=pk, by=request.user, at=now())
            messages.success(request, _("%(name)s does not get this role.") % {"name": waiting.user.name})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("organisation:people")


@require_POST
@needs(Right.PEOPLE_WRITE)
def remove_role(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    colleague = get_person(request.user, pk)
    membership = get_object_or_404(Membership.objects.select_related("user", "team"), pk=role_pk, user=colleague)
    try:
        take_role(membership=membership, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(name)s no longer has this role.") % {"name": colleague.name})
    return redirect("organisation:person", pk=pk)


@require_POST
@needs(Right.PEOPLE_WRITE)
def access(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a colleague in or keeps them out."""
    colleague = get_person(request.user, pk)
    is_active = request.POST.get("is_active") == "yes"
    try:
        set_active(person=colleague, is_active=is_active, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            (_("%(name)s may sign in again.") if is_active else _("%(name)s can no longer sign in."))
            % {"name": colleague.name},
        )
    return redirect("organisation:person", pk=pk)


@require_POST
@needs(Right.PEOPLE_WRITE)
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """On every device; the person may sign in again at once."""
    colleague = get_person(request.user, pk)
    end_sessions_of(person=colleague, by=request.user)
    messages.success(request, _("%(name)s is logged out everywhere.") % {"name": colleague.name})
    return redirect("organisation:person", pk=pk)


@require_POST
@needs(Right.PEOPLE_WRITE)
def one_time_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password to hand over; shown on this page and nowhere else."""
    colleague = get_person(request.user, pk)
    if colleague.pk == request.user.pk:
        messages.error(request, _("Change your own password under “My details”."))
        return redirect("organisation:person", pk=pk)
    password = give_one_time_password(person=colleague, by=request.user, at=now())
    return render(
        request, "organisation/one_time_password.html", {"nav": "manage", "person": colleague, "password": password}
    )


@require_POST
@needs(Right.PEOPLE_WRITE)
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For who lost the phone: the next sign-in sets up a new app."""
    colleague = get_person(request.user, pk)
    if colleague.pk == request.user.pk:
        messages.error(request, _("Change your own app under “My details”."))
    else:
        second_factor.remove(colleague, by=request.user)
        messages.success(request, _("%(name)s sets up a new app at the next sign-in.") % {"name": colleague.name})
    return redirect("organisation:person", pk=pk)
