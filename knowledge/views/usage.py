"""What answers do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.pages.usage import usage_page
from organisation.clock import today
from organisation.roles import Right, needs


@require_safe
@needs(Right.ARTICLES_READ)
def usage(request: HttpRequest) -> HttpResponse:
    context = {"nav": "knowledge", "page": usage_page(request.user, request.GET.get("volgorde", ""), today())}
    return render(request, "knowledge/usage.html", context)
