"""Writing: the next version, as it will look, and somebody else's decision about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.access import get_article, get_open_version, open_version
from knowledge.actions.review import MONTHS, drop_draft, find_true, hand_in, publish, send_back
from knowledge.actions.save_draft import add_article, newest, save_draft
from knowledge.forms.article import ArticleForm, initial_of, seen_of
from knowledge.models import Article, ArticleVersion
from knowledge.pages.article import text_of
from knowledge.pages.versions import changes
from knowledge.permissions import leads, may_publish, may_write, may_write_for
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.models import User
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict

WRITE = (Right.ARTICLES_WRITE, Right.ARTICLES_PROPOSE)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WRITE)
def new_article(request: HttpRequest) -> HttpResponse:
    house = organisation()
    if not any(may_write_for(request.user, pk) for pk in house.teams):
        raise PermissionDenied
    asked = request.GET.get("onderwerp", "")
    form = ArticleForm(house, request.user, None, request.POST or None, initial=_begun(asked))
    if request.method == "POST" and form.is_valid():
        try:
            row = add_article(
                team=form.chosen_team,
                subjects=form.chosen_subjects,
                owner=_person(form.owner_id),
                texts=form.texts(),
                by=request.user,
                at=now(),
            )
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Saved. This is how it will look."))
            return redirect("knowledge:draft", row.pk)
    return _form(request, form, None, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is being written, or a copy of the one that holds."""
    if request.method == "POST" and not Article.objects.filter(pk=pk).exists():
        return _thrown_away(request)
    row = get_article(request.user, pk)
    draft = open_version(row)
    if not may_write(request.user, row, draft):
        raise PermissionDenied
    base = draft or newest(row)
    if request.method != "POST":
        form = ArticleForm(organisation(), request.user, row, initial=initial_of(base, is_draft=draft is not None))
        return _form(request, form, row)
    form = ArticleForm(organisation(), request.user, row, request.POST)
    if form.is_valid():
        number, version = form.seen
        try:
            save_draft(
                article=row,
                seen_number=number,
                seen_version=version,
                texts=form.texts(),
                team=form.chosen_team,
                subjects=form.chosen_subjects,
                owner=_person(form.owner_id),
                by=request.user,
                at=now(),
            )
        except Stale as stale:
            theirs: Any = stale.theirs
            before = initial_of(theirs, is_draft=theirs.published_at is None)
            return conflict(
                request,
                form=form,
                before=before,
                now_version=before["version"],
                back_url=request.path,
                nav="knowledge",
            )
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Saved. This is how it will look."))
            return redirect("knowledge:draft", pk)
    return _form(request, form, row, status=422)


@require_safe
@needs(*WRITE)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """How it will look, what changes, and what may be done with it."""
    row = get_article(request.user, pk)
    return _draft(request, row, get_open_version(request.user, row))


@require_POST
@needs(*WRITE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in, send back, publish or throw away what is being written."""
    row = get_article(request.user, pk)
    if open_version(row) is None and may_write(request.user, row, None):
        messages.warning(request, _("This version was published or thrown away in the meantime."))
        return redirect("knowledge:article", pk)
    version = get_open_version(request.user, row)
    known = {"article": row, "seen": seen_of(request.POST.get("version", "")), "by": request.user}
    remark = request.POST.get("remark", "").replace("\x00", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "hand_in": (lambda: hand_in(**known), _("Handed in. Somebody else looks at it.")),
        "send_back": (lambda: send_back(**known, remark=remark), _("Sent back.")),
        "publish": (
            lambda: publish(**known, months=_months(request), at=now(), tell=request.POST.get("tell", "")),
            _("Published. Everybody finds it now."),
        ),
        "drop": (lambda: drop_draft(**known), _("Thrown away.")),
    }
    act = request.POST.get("act", "")
    if act not in acts:
        return _draft(request, row, version, error=_("Choose what should happen."), status=422)
    try:
        acts[act][0]()
    except Stale as stale:
        theirs: Any = stale.theirs
        if theirs.published_at is None:
            return _draft(request, row, theirs, error=stale.message, remark=remark, status=409)
        messages.warning(request, stale.message)
        return redirect("knowledge:article", pk)
    except Refused as refused:
        return _draft(request, row, version, error=refused.message, remark=remark, status=422)
    messages.success(request, acts[act][1])
    if act in ("hand_in", "send_back"):
        return redirect("knowledge:draft", pk)
    return redirect("knowledge:article", pk) if act == "publish" or row.is_published else redirect("knowledge:articles")


@require_POST
@needs(Right.ARTICLES_WRITE)
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at, and still right."""
    row = get_article(request.user, pk)
    try:
        find_true(article=row, seen_number=_number(request), months=_months(request), by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Noted: this answer is still right."))
    return redirect("knowledge:article", pk)


def _draft(
    request: HttpRequest,
    row: Article,
    version: ArticleVersion,
    *,
    error: str = "",
    remark: str = "",
    status: int = 200,
) -> HttpResponse:
    before = ArticleVersion.objects.filter(article=row, published_at__isnull=False).order_by("-number").first()
    is_handed_in = version.state == ArticleVersion.State.REVIEW
    context = {
        "nav": "knowledge",
        "article": row,
        "version": version,
        "text": text_of(version),
        "before": before,
        "changes": changes(before, version) if before else [],
        "is_handed_in": is_handed_in,
        "may_write": may_write(request.user, row, version),
        "leads": leads(request.user, row),
        "may_publish": is_handed_in and may_publish(request.user, row, version),
        "months": MONTHS,
        "error": error,
        "remark": remark,
    }
    return render(request, "knowledge/draft.html", context, status=status)


def _form(request: HttpRequest, form: ArticleForm, row: Article | None, status: int = 200) -> HttpResponse:
    context = {"nav": "knowledge", "form": form, "article": row}
    return render(request, "knowledge/edit.html", context, status=status)


def _thrown_away(request: HttpRequest) -> HttpResponse:
    """By a colleague, while somebody was writing in it: what was typed stays on the screen, to be kept as a new one."""
    form = ArticleForm(organisation(), request.user, None, request.POST)
    form.is_valid()
    form.add_error(None, _("A colleague threw this answer away. Save your text as a new one, or copy it."))
    return _form(request, form, None, status=409)


def _begun(asked: str) -> dict[str, Any]:
    """A new article about the subject of the address."""
    house = organisation()
    pk = whole(asked) or 0
    subject = house.subjects.get(pk)
    if subject is None:
        return {}
    team = house.subject_team(pk)
    return {
        "subject": str(pk),
        "title": subject.name,
        "team": str(team.pk) if team else "",
        "short_answer": subject.short_answer,
        "ask": subject.ask_always,
    }


def _months(request: HttpRequest) -> int:
    asked = request.POST.get("months", "")
    return int(asked) if asked in {str(one) for one in MONTHS} else MONTHS[-1]


def _number(request: HttpRequest) -> int:
    """The version that stood on the screen."""
    return seen_of(request.POST.get("number", "") + ".0")[0]


def _person(pk: int | None) -> User | None:
    return User.objects.filter(pk=pk, is_active=True).first() if pk else None
