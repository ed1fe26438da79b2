"""The settings of the municipality."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.actions.save import save_edited
from organisation.errors import Stale
from organisation.forms.settings import MunicipalityForm
from organisation.models import Municipality
from organisation.roles import Right, needs
from organisation.views.conflict import as_shown, conflict


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MUNICIPALITY_READ)
def municipality(request: HttpRequest) -> HttpResponse:
    """Everything on one page, in groups; who may not change it reads it."""
    row, _is_new = Municipality.objects.get_or_create(pk=1)
    may_write = request.user.may(Right.MUNICIPALITY_WRITE)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = MunicipalityForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_edited(
                form.instance,
                version=form.seen_version,
                fields=form._meta.fields,
                by=request.user,
                action="municipality.changed",
            )
        except Stale as stale:
            return conflict(
                request,
                form=form,
                before=as_shown(stale.theirs, form),
                now_version=stale.theirs.version,
                back_url=request.path,
            )
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("organisation:municipality")
    context = {"nav": "manage", "form": form, "may_write": may_write}
    return render(request, "organisation/municipality.html", context, status=422 if form.errors else 200)
