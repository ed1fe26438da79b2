"""Signing in, the second factor and one's own password."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.clock import now
from organisation.forms.base import House, HouseForm
from organisation.models import User
from organisation.rate import Rate


class SignIn(House, AuthenticationForm):
    """Name or e-mail address, and password; a wrong one is told in one sentence that gives nothing away."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together. Check both and try again."),
        "inactive": _("This name and password do not belong together. Check both and try again."),
        "elsewhere": _("You log in with your work account."),
        "expired": _("This one-time password is no longer valid. Ask functional management for a new one."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(
            label=_("E-mail address or sign-in name"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        # Hands on the keys from the start: the name, or after a wrong password the password.
        self.fields["password" if self.is_bound else "username"].widget.attrs["autofocus"] = True
        self.fields["password"].label = _("Password")
        self.fields["password"].max_length = 4096
        self.fields["password"].widget.attrs["maxlength"] = 4096
        self.dress()

    def clean_username(self) -> str:
        """The sign-in name that belongs to what was typed."""
        typed = self.cleaned_data["username"].strip().lower()
        if "@" in typed:
            names = list(
                User.objects.filter(email__iexact=typed, is_active=True).values_list("username", flat=True)[:2]
            )
            if len(names) == 1:
                return names[0]
        return typed

    def confirm_login_allowed(self, user: User) -> None:  # type: ignore[override]
        super().confirm_login_allowed(user)
        if settings.OIDC_ONLY and user.oidc_subject:
            raise ValidationError(self.error_messages["elsewhere"], code="elsewhere")
        if user.one_time_until is not None and user.one_time_until <= now():
            raise ValidationError(self.error_messages["expired"], code="expired")


class Code(HouseForm):
    """Six digits from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").lower()


GUESSES: Final = Rate(5)
"""Wrong ones a minute, of who is signed in: whoever finds an open screen cannot go on guessing."""
WAIT: Final = "wait"


def is_own_password(user: User, typed: str) -> bool:
    if not GUESSES.room(user.pk)[0]:
        raise ValidationError(_("Too many wrong passwords. Wait a minute and try again."), code=WAIT)
    if user.check_password(typed):
        return True
    GUESSES.wait(user.pk)
    return False


class ChangePassword(House, PasswordChangeForm):
    """The old one and twice a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": _("This is not your present password."),
            "password_mismatch": _("The two new passwords are not the same."),
        }
        self.fields["old_password"].label = _("Present password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password1"].help_text = ""
        self.fields["new_password2"].help_text = ""
        for field in self.fields.values():
            field.max_length = 4096  # type: ignore[attr-defined]
        self.dress()

    def clean_old_password(self) -> str:
        if not is_own_password(self.user, self.cleaned_data["old_password"]):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return self.cleaned_data["old_password"]

    def clean_new_password1(self) -> str:
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("Choose another password than the present one."))
        return password


class ConfirmPassword(HouseForm):
    """One's own password once more, before something that protects the account is changed."""

    password = forms.CharField(
        label=_("Password"), max_length=4096, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not is_own_password(self.user, self.cleaned_data["password"]):
            raise ValidationError(_("This is not your present password."))
        return self.cleaned_data["password"]

    def refusal(self, words: str) -> str:
        """For a page that does not show the form: `words`, or that they must wait, which a right password must too."""
        return self.errors["password"][0] if self.has_error("password", WAIT) else words
