"""The front door: where each role starts, and who to tell about a leak."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contacts.models import Question
from organisation.clock import now
from organisation.first_steps import first_steps
from organisation.roles import Right
from organisation.snapshot import organisation


def home(request: HttpRequest) -> HttpResponse:
    """Sends everybody to the screen of their work (product.md, "who uses it")."""
    user = request.user
    if user.may(Right.MUNICIPALITY_WRITE) and not Question.objects.exists() and first_steps(user):
        return redirect("organisation:manage")  # there is nothing to count yet, and something to set up
    if user.may(Right.QUESTIONS_ALL_TEAMS) and not user.may(Right.NORMS_WRITE):
        return redirect("contacts:registration")
    if user.may(Right.QUESTIONS_ASSIGN_TEAM):
        return redirect("kpi:dashboard")
    if user.may(Right.QUESTIONS_READ):
        return redirect("contacts:queue")
    if user.may(Right.FIGURES_READ):
        return redirect("kpi:dashboard")
    if user.may(Right.VISITS_WRITE):
        return redirect("contacts:visits")
    return redirect("organisation:manage")


@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116."""
    contact = settings.SECURITY_CONTACT or f"mailto:{organisation().municipality.email or settings.MAIL_FROM}"
    expires = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
