"""In and out: name and password, one's own password, the way back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from organisation import audit, oidc
from organisation.actions.password import own_password_set
from organisation.actions.watch_provider import note_password_used
from organisation.clock import now
from organisation.forms.sign_in import ChangePassword, SignIn
from organisation.models import User
from organisation.snapshot import organisation
from organisation.when_there import when_there

DEMO_ACCOUNTS = ("fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie")


@method_decorator(login_not_required, name="dispatch")
class LogIn(LoginView):
    """Name and password; who has a second factor goes on to the code."""

    template_name = "registration/login.html"
    authentication_form = SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        house = organisation()
        context = super().get_context_data(
            has_work_accounts=oidc.is_on(),
            municipality=house.municipality,
            when_there=when_there(house, now()),
            **kwargs,
        )
        if settings.DEMO_MODE:
            people = User.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True)
            by_name = {person.username: person for person in people}
            context["accounts"] = [by_name[name] for name in DEMO_ACCOUNTS if name in by_name]
            context["demo_password"] = settings.DEMO_PASSWORD
        return context

    def form_valid(self, form: SignIn) -> HttpResponse:  # type: ignore[override]
        answer = super().form_valid(form)
        if "code_due" not in self.request.session:  # else with the code
            note_password_used(person=self.request.user, at=now())
        return answer

    def form_invalid(self, form: SignIn) -> HttpResponse:  # type: ignore[override]
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OwnPassword(PasswordChangeView):
    """A new password; every other session of this person ends, this one goes on."""

    template_name = "registration/password_change.html"
    form_class = ChangePassword
    success_url = reverse_lazy("organisation:profile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_one_time=self.request.user.one_time_until is not None, **kwargs)

    def form_valid(self, form: ChangePassword) -> HttpResponse:  # type: ignore[override]
        was_one_time = self.request.user.one_time_until is not None
        own_password_set(form.user)
        response = super().form_valid(form)
        audit.record_account(by=self.request.user, action="password.changed", person=self.request.user)
        messages.success(self.request, _("Your password is changed. You are logged out on your other devices."))
        if was_one_time:
            response["Location"] = "/"
        return response

    def form_invalid(self, form: ChangePassword) -> HttpResponse:  # type: ignore[override]
        return self.render_to_response(self.get_context_data(form=form), status=422)
