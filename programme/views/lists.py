"""A goal; goals, money, risks and decisions as whole lists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.clock import now
from organisation.roles import Right, needs
from programme.access import get_goal, may_add
from programme.pages.goal import goal_page
from programme.pages.lists import decisions_page, goals_page, risks_page
from programme.pages.money import money_page
from programme.pages.tabs import tabs


@require_safe
@needs(Right.PROGRAMME_READ)
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    page = goal_page(request.user, get_goal(request.user, pk), at=now())
    return render(request, "programme/goal.html", {"page": page, "tabs": tabs(), "nav": "progress"})


@require_safe
@needs(Right.PROGRAMME_READ)
def goals(request: HttpRequest) -> HttpResponse:
    page = goals_page(request.user, at=now())
    return render(request, "programme/goals.html", {"page": page, "tabs": tabs(), "tab": "goals", "nav": "progress"})


@require_safe
@needs(Right.PROGRAMME_READ)
def money(request: HttpRequest) -> HttpResponse:
    page = money_page(request.user, may_write=may_add(request.user))
    return render(request, "programme/money.html", {"page": page, "tabs": tabs(), "tab": "money", "nav": "progress"})


@require_safe
@needs(Right.PROGRAMME_READ)
def risks(request: HttpRequest) -> HttpResponse:
    page = risks_page(request.user, request.GET)
    return render(request, "programme/risks.html", {"page": page, "tabs": tabs(), "tab": "risks", "nav": "progress"})


@require_safe
@needs(Right.PROGRAMME_READ)
def decisions(request: HttpRequest) -> HttpResponse:
    page = decisions_page(request.user, request.GET)
    context = {"page": page, "tabs": tabs(), "tab": "decisions", "nav": "progress"}
    return render(request, "programme/decisions.html", context)
