"""Myself: where I am, how it looks, what protects my account."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation import second_factor
from organisation.actions.end_sessions import end_sessions_of
from organisation.actions.save import save_edited
from organisation.actions.set_presence import set_presence
from organisation.clock import AMSTERDAM, now, today
from organisation.errors import Stale
from organisation.forms.people import KeysForm, PresenceForm, ProfileForm
from organisation.forms.sign_in import ConfirmPassword
from organisation.models import Presence, User
from organisation.pages.people import person_page
from organisation.pages.sessions import sessions_page
from organisation.views.conflict import as_shown, conflict


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return redirect(wanted)
    return redirect(otherwise)


@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """One press says where I am; the directory also takes a note and when I am back."""
    status = request.POST.get("status", "")
    if status not in Presence.Status.values:
        return HttpResponseBadRequest(_("Choose where you are."), content_type="text/plain; charset=utf-8")
    form = PresenceForm(request.POST)
    if not form.is_valid():  # where somebody is counts all the same
        messages.error(request, next(iter(form.errors.values()))[0])
    back = form.cleaned_data.get("back_at")
    back_at = datetime.combine(today(), back, AMSTERDAM) if back else None
    note = form.cleaned_data.get("note", "")
    set_presence(user=request.user, status=status, at=now(), note=note, back_at=back_at)
    return _back(request, "organisation:directory")


@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Appearance or language, from the menu of the person."""
    user = User.objects.get(pk=request.user.pk)
    for name in ("theme", "language"):
        wanted = request.POST.get(name)
        if wanted is None:
            continue
        if wanted not in dict(User._meta.get_field(name).choices or ()):
            return HttpResponseBadRequest(_("This choice does not exist."), content_type="text/plain; charset=utf-8")
        setattr(user, name, wanted)
        user.save(update_fields=[name])
    response = _back(request, "organisation:profile")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """204 while this person is signed in; 401 comes from the middleware. A page asks it before it sends a form (ADR 20)."""
    return HttpResponse(status=204)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here, for who gives the password; who has none came with a work account."""
    password = ConfirmPassword(request.POST, user=request.user)
    if request.user.has_usable_password() and not password.is_valid():
        messages.error(request, password.refusal(_("Your password was not right. Nothing was changed.")))
    else:
        end_sessions_of(person=request.user, by=request.user, but=request.session.session_key)
        messages.success(request, _("You are logged out on your other devices."))
    return redirect("organisation:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """My details; what an administrator decides is shown, not changed."""
    mine = User.objects.get(pk=request.user.pk)
    posted = "keys" if "keys_form" in request.POST else "details"
    form = ProfileForm(request.POST if request.POST and posted == "details" else None, instance=mine)
    keys_form = KeysForm(request.POST if posted == "keys" else None, person=mine)
    sent: ProfileForm | KeysForm = keys_form if posted == "keys" else form
    if request.method == "POST" and ("house_keys" in request.POST or sent.is_valid()):
        if posted == "keys":
            fields = ["own_keys"]
            mine.own_keys = {} if "house_keys" in request.POST else keys_form.changed
            seen = mine.version if "house_keys" in request.POST else keys_form.cleaned_data["version"] or 0
        else:
            fields, seen = list(form._meta.fields or ()), form.seen_version
        try:
            save_edited(mine, version=seen, fields=fields, by=request.user, action="person.changed")
        except Stale as stale:
            return conflict(
                request,
                form=sent,
                before=KeysForm(person=stale.theirs).initial if posted == "keys" else as_shown(stale.theirs, form),
                now_version=stale.theirs.version,
                back_url=request.path,
                nav="",
            )
        with override(mine.language):
            messages.success(request, _("Saved."))
        return redirect("organisation:profile")
    has_app = second_factor.has_second_factor(request.user)
    context = {
        "nav": "",
        "form": form,
        "keys_form": keys_form,
        "person": person_page(request.user, has_second_factor=has_app),
        "password_form": ConfirmPassword(user=request.user, auto_id="codes_%s"),
        "sessions": sessions_page(request.user, request.session.session_key),
        "has_password": request.user.has_usable_password(),
        "end_form": ConfirmPassword(user=request.user, auto_id="end_%s"),
        "may_renew_codes": has_app and request.user.is_verified(),
    }
    return render(request, "organisation/profile.html", context, status=422 if form.errors or keys_form.errors else 200)
