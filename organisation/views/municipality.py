"""The settings of the municipality."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from organisation.forms.settings import MunicipalityForm
from organisation.models import Municipality
from organisation.roles import Right, needs
from organisation.views.edit import save_form


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
        return save_form(request, form, action="municipality.changed")
    context = {"nav": "manage", "form": form, "may_write": may_write}
    return render(request, "organisation/municipality.html", context, status=422 if form.errors else 200)
