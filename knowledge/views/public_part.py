"""The pages for citizens: shown or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from knowledge.forms.public_part import PublicPartForm
from knowledge.models import Article, PublicPart
from organisation.roles import Right, needs
from organisation.views.edit import save_form


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MUNICIPALITY_WRITE)
def settings(request: HttpRequest) -> HttpResponse:
    """Looking makes no row: without one nothing stands outside."""
    if request.method == "POST":
        PublicPart.objects.get_or_create(pk=1)
    row = PublicPart.objects.filter(pk=1).first() or PublicPart(pk=1)
    shown = row.shown
    form = PublicPartForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="article.website")
    context = {
        "nav": "knowledge",
        "form": form,
        "is_shown": shown != PublicPart.Shown.OFF,
        "count": Article.objects.public().count(),
    }
    return render(request, "knowledge/public_part.html", context, status=422 if form.errors else 200)
