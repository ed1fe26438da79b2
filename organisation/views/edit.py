"""What every form of one existing row does with what was sent: saved, nothing to save, or a colleague was first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organisation.actions.save import save_edited
from organisation.errors import Stale
from organisation.forms.base import HouseModelForm
from organisation.views.conflict import as_shown, conflict


def save_form(request: HttpRequest, form: HouseModelForm, *, action: str, words: str = "") -> HttpResponse:
    """Saves a valid form and goes back to its page, with `words` or what became of it; 409 with both texts on an older version."""
    fields = [name for name in form._meta.fields or () if name in form.fields]
    try:
        changed = save_edited(form.instance, version=form.seen_version, fields=fields, by=request.user, action=action)
    except Stale as stale:
        return clash(request, form, stale)
    messages.success(request, words or (_("Saved.") if changed else _("Nothing was changed.")))
    return redirect(request.path)


def clash(request: HttpRequest, form: HouseModelForm, stale: Stale) -> HttpResponse:
    """409: how the row is now beside what was typed."""
    return conflict(
        request,
        form=form,
        before=as_shown(stale.theirs, form),
        now_version=stale.theirs.version,
        back_url=request.path,
    )
