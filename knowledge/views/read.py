"""Reading: search, one article, its versions, and what the desk says about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge.access import get_article, open_version
from knowledge.actions.count_use import count_use
from knowledge.actions.review import withdraw
from knowledge.actions.say import say
from knowledge.catalogue import DUTCH
from knowledge.forms.article import seen_of
from knowledge.models import Article, ArticleUse
from knowledge.pages.article import article_page, reply_in
from knowledge.pages.listing import listing
from knowledge.pages.news import news_line
from knowledge.pages.versions import versions_page
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.roles import Right, needs


@require_safe
@needs(Right.ARTICLES_READ)
def articles(request: HttpRequest) -> HttpResponse:
    """The list; what was searched with its best answer beside it."""
    return _page(request, None)


@require_safe
@needs(Right.ARTICLES_READ)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_article(request.user, pk))


@require_safe
@needs(Right.ARTICLES_READ)
def article_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the article, for the desk that reads it without leaving its own screen."""
    row = get_article(request.user, pk)
    page = article_page(request.user, row, today())
    if page is None:
        return HttpResponse(status=204)
    if request.GET.get("als") == "tekst":
        language = request.GET.get("taal", DUTCH)
        text = page.text.for_reply if language == DUTCH else reply_in(row, language)
        return JsonResponse({"text": text}) if text else HttpResponse(status=204)
    return render(request, "knowledge/article_text.html", {"text": page.text, "is_part": True})


@require_safe
@needs(Right.ARTICLES_READ)
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said when, and what changed."""
    row = get_article(request.user, pk)
    page = versions_page(request.user, row, request.GET.get("versie", ""), today())
    return render(request, "knowledge/versions.html", {"nav": "knowledge", "article": row, "page": page})


@require_POST
@needs(Right.ARTICLES_READ)
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """One press; a sentence may go with it."""
    row = get_article(request.user, pk)
    try:
        say(
            article=row,
            kind=request.POST.get("kind", ""),
            note=request.POST.get("note", ""),
            by=request.user,
            at=now(),
        )
    except Refused as refused:
        return _page(request, row, refused=refused)
    messages.success(request, _("Thank you. %(team)s looks at it.") % {"team": row.team.name})
    place = {name: request.GET[name] for name in ("q", "thema", "vanaf") if request.GET.get(name)}
    address = reverse("knowledge:article", args=[pk])
    return redirect(f"{address}?{urlencode(place)}" if place else address)


@require_POST
@needs(Right.ARTICLES_PUBLISH)
def gone(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody finds it any more."""
    row = get_article(request.user, pk)
    seen, reason = seen_of(request.POST.get("number", "") + ".0")[0], request.POST.get("reason", "")
    try:
        withdraw(article=row, seen_number=seen, reason=reason, by=request.user, at=now())
    except Refused as refused:
        return _page(request, row, refused=refused)
    messages.success(request, _("Withdrawn. It stands among your work, to be written anew."))
    return redirect("knowledge:articles")


@require_POST
@needs(Right.ARTICLES_READ)
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Counted by day; nothing is kept of who or for whom."""
    row = get_article(request.user, pk)
    kind = request.POST.get("kind", "")
    if kind in (ArticleUse.Kind.SHOWN, ArticleUse.Kind.INSERTED):
        count_use([row.pk], kind, today())
    return HttpResponse(status=204)


def _page(request: HttpRequest, chosen: Article | None, refused: Refused | None = None) -> HttpResponse:
    """What was typed and refused stays in its field, with the reason."""
    day = today()
    rows = listing(
        request.user,
        query=request.GET.get("q", ""),
        theme=request.GET.get("thema", ""),
        after=request.GET.get("vanaf", ""),
        chosen=chosen.pk if chosen else None,
        day=day,
    )
    shown = chosen
    if shown is None and rows.first is not None:
        shown = get_article(request.user, rows.first)
    page = article_page(request.user, shown, day) if shown is not None else None
    if chosen is not None and page is None:
        if refused:
            messages.error(request, refused.message)
        return redirect("knowledge:draft" if open_version(chosen) else "knowledge:versions", chosen.pk)
    context: dict[str, Any] = {
        "nav": "knowledge",
        "listing": rows,
        "page": page,
        "is_chosen": chosen is not None,
        "news": news_line(request.user),
        "refused": refused,
        "typed": {name: request.POST.get(name, "").replace("\x00", "") for name in ("note", "reason")},
    }
    return render(request, "knowledge/articles.html", context, status=422 if refused else 200)
