"""Messages for colleagues: reading them, marking them as read, writing them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.actions.read_news import read_news
from knowledge.actions.write_news import add_news, change_news, remind_of_news, withdraw_news
from knowledge.forms.news import NewsForm, initial_of, new_initial
from knowledge.models import Article, News
from knowledge.pages.news import news_line, news_list, news_page
from knowledge.permissions import may_tell_for
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict


@require_safe
@needs(Right.ARTICLES_READ)
def news(request: HttpRequest) -> HttpResponse:
    context = {"nav": "knowledge", "page": news_list(request.user, now())}
    return render(request, "knowledge/news.html", context)


@require_safe
@needs(Right.ARTICLES_READ)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    return _item(request, _get(request, pk))


@require_POST
@needs(Right.ARTICLES_READ)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One press. A script gets the next line in its place; without one the page comes back."""
    read_news(news=_get(request, pk), by=request.user, at=now())
    if "HX-Request" in request.headers:
        return render(request, "knowledge/news_line.html", {"news": news_line(request.user), "is_answer": True})
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return redirect(wanted)
    return redirect("knowledge:news")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ARTICLES_PUBLISH)
def add(request: HttpRequest) -> HttpResponse:
    if not any(may_tell_for(request.user, pk) for pk in organisation().teams):
        raise PermissionDenied
    article = Article.objects.published().filter(pk=whole(request.GET.get("antwoord", "")) or 0).first()
    initial = new_initial(today(), article, request.user)
    form = NewsForm(organisation(), request.user, None, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_news(message=form.message(), by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Placed. Your colleagues see it on their screen."))
            return redirect("knowledge:news_item", row.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ARTICLES_PUBLISH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kept(request, pk)
    if request.method != "POST":
        return _form(request, NewsForm(organisation(), request.user, row, initial=initial_of(row)), row)
    form = NewsForm(organisation(), request.user, row, request.POST)
    if form.is_valid():
        try:
            changed = change_news(
                news=row,
                seen_version=form.cleaned_data["version"] or 0,
                message=form.message(),
                read_again=form.cleaned_data["read_again"],
                by=request.user,
            )
        except Stale as stale:
            theirs: News = stale.theirs  # type: ignore[assignment]
            return conflict(
                request, form=form, before=initial_of(theirs), now_version=theirs.version, back_url=request.path,
                nav="knowledge",
            )  # fmt: skip
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect("knowledge:news_item", pk)
    return _form(request, form, row)


@require_POST
@needs(Right.ARTICLES_PUBLISH)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    withdraw_news(news=_kept(request, pk), by=request.user, at=now())
    messages.success(request, _("Withdrawn. Nobody sees it any more."))
    return redirect("knowledge:news")


@require_POST
@needs(Right.ARTICLES_PUBLISH)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did not read it sees that it still waits."""
    try:
        remind_of_news(news=_kept(request, pk), by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Who did not read it yet is reminded on the screen."))
    return redirect("knowledge:news_item", pk)


def _get(request: HttpRequest, pk: int) -> News:
    rows = News.objects.visible_to(request.user).select_related("team", "written_by", "article")
    return get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, pk: int) -> News:
    row = _get(request, pk)
    if not may_tell_for(request.user, row.team_id):
        raise PermissionDenied
    return row


def _item(request: HttpRequest, row: News) -> HttpResponse:
    context = {"nav": "knowledge", "page": news_page(request.user, row, organisation(), now())}
    return render(request, "knowledge/news_item.html", context)


def _form(request: HttpRequest, form: NewsForm, row: News | None) -> HttpResponse:
    asked = form.data.get("article") if form.is_bound else form.initial.get("article")
    article = Article.objects.published().filter(pk=whole(str(asked or "")) or 0).first()
    context = {"nav": "knowledge", "form": form, "news": row, "article": article}
    return render(request, "knowledge/news_edit.html", context, status=422 if form.errors else 200)
