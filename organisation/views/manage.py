"""The front page of the management area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisation.first_steps import first_steps
from organisation.manage import cards
from organisation.roles import needs
from organisation.shell import MANAGE_RIGHTS


@needs(*sorted(MANAGE_RIGHTS))
def manage(request: HttpRequest) -> HttpResponse:
    """Everything this person may manage, each with one line about how it stands."""
    context = {"nav": "manage", "groups": cards(request.user), "steps": first_steps(request.user)}
    return render(request, "organisation/manage.html", context)
