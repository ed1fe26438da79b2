"""The second factor: the code at sign-in, and setting it up."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, login

from organisation import second_factor as factor
from organisation.actions.watch_provider import note_password_used
from organisation.clock import now
from organisation.forms.sign_in import Code, ConfirmPassword

BEGUN = "second_factor_begun"


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse(settings.LOGIN_REDIRECT_URL)


def _let_in(request: HttpRequest, device: object) -> None:
    """The session is worth more from here, so it gets another key."""
    request.session.cycle_key()
    login(request, device)
    was_due = request.session.pop("code_due", False)
    if was_due and "work_account" not in request.session:
        note_password_used(person=request.user, at=now())


def _codes_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In the answer to the request that made them, and nowhere else: a page to go on to would need them kept until then."""
    return render(request, "registration/recovery_codes.html", {"codes": codes})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Asks for the code; who has no app yet sets one up first."""
    if request.user.is_verified():
        return redirect(_onward(request))
    if not factor.has_second_factor(request.user):
        return redirect("second_factor_setup")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = factor.match(request.user, form.cleaned_data["code"])
        if device is not None:
            _let_in(request, device)
            return redirect(_onward(request))
        waits = any(not device.verify_is_allowed()[0] for device in devices_for_user(request.user))
        form.add_error(
            "code",
            _("Too many wrong codes. Wait a moment and use a new code.")
            if waits
            else _("This code is not right. Use the newest code from your app."),
        )
    context = {"form": form, "next": _onward(request)}
    return render(request, "registration/second_factor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows the picture for the app and asks for a first code; replacing an app asks for the password too."""
    replaces = factor.has_second_factor(request.user)
    if replaces and not request.user.is_verified() and factor.is_due(request.user):
        return redirect("second_factor")
    device = factor.unfinished_device(request.user, request.session.get(BEGUN))
    if request.session.get(BEGUN) != device.pk:
        request.session[BEGUN] = device.pk
    form = Code(request.POST or None)
    password = ConfirmPassword(request.POST or None, user=request.user) if replaces else None
    if request.method == "POST" and form.is_valid() and (password is None or password.is_valid()):
        if device.verify_token(form.cleaned_data["code"]):
            codes = factor.confirm(device, by=request.user)
            _let_in(request, device)
            request.session.pop(BEGUN, None)
            return _codes_once(request, codes)
        form.add_error("code", _("This code is not right. Use the newest code from your app."))
    is_wrong = bool(form.errors or (password is not None and password.errors))
    context = {
        "form": form,
        "password": password,
        "picture": factor.picture(device),
        "key": factor.key_in_groups(device),
        "is_required": settings.SECOND_FACTOR_REQUIRED and not replaces,
    }
    return render(request, "registration/second_factor_setup.html", context, status=422 if is_wrong else 200)


@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes for who signed in with a code and gives the password."""
    password = ConfirmPassword(request.POST, user=request.user)
    if not request.user.is_verified() or not password.is_valid():
        messages.error(
            request, password.refusal(_("Your password was not right. Your recovery codes stay as they were."))
        )
        return redirect("organisation:profile")
    return _codes_once(request, factor.renew_recovery_codes(request.user))
