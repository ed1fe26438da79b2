"""`/beheer/wandschermen/`: which big screen shows what, until when, and when it last asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kpi.actions.wall_links import add_link, change_link, end_link, renew_link
from kpi.forms.wall import LinkForm
from kpi.models import WallLink
from kpi.pages.wall_links import initial, link_form, links_page
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict


@require_safe
@needs(Right.WALLBOARD_LINKS)
def list_links(request: HttpRequest) -> HttpResponse:
    """All screens."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WALLBOARD_LINKS)
def new_link(request: HttpRequest) -> HttpResponse:
    """A new screen; its address is shown once, in this very answer."""
    at = now()
    form = link_form(organisation(), at, data=request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form=form)
    if form.is_valid():
        try:
            link, token = add_link(terms=form.terms(), by=request.user, at=at)
        except Refused as refused:
            refused.tell(form)
        else:
            return _page(request, link, token=token)
    return _page(request, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WALLBOARD_LINKS)
def edit_link(request: HttpRequest, pk: int) -> HttpResponse:
    """One screen; what ended can be read."""
    at, link = now(), get_object_or_404(WallLink, pk=pk)
    if request.method != "POST":
        return _page(request, link, None if link.ended_at else link_form(organisation(), at, link))
    form = link_form(organisation(), at, link, request.POST)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_link(link=link, terms=form.terms(), by=request.user, at=at, version=version)
        except Stale as stale:
            back = {"before": initial(stale.theirs), "now_version": stale.theirs.version, "back_url": request.path}
            return conflict(request, form=form, **back)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The screen is saved."))
            return redirect("kpi:wall_link", pk)
    return _page(request, link, form, status=422)


@require_POST
@needs(Right.WALLBOARD_LINKS)
def new_address(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address, shown once; the old one stops at once."""
    link = get_object_or_404(WallLink, pk=pk)
    try:
        link, token = renew_link(
            link=link,
            by=request.user,
            at=now(),
            version=whole(request.POST.get("version")) or 0,
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("kpi:wall_link", pk)
    return _page(request, link, token=token)


@require_POST
@needs(Right.WALLBOARD_LINKS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen gets no figures any more."""
    end_link(link=get_object_or_404(WallLink, pk=pk), by=request.user, at=now())
    messages.success(request, _("The address has ended. This screen shows no figures any more."))
    return redirect("kpi:wall_links")


def _page(
    request: HttpRequest,
    link: WallLink | None = None,
    form: LinkForm | None = None,
    *,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    page = links_page(
        organisation(),
        now(),
        link,
        form,
        action=reverse("kpi:wall_link", args=[link.pk]) if link is not None else reverse("kpi:wall_link_new"),
        address=request.build_absolute_uri(reverse("kpi:linked_wall", args=[token])) if token else "",
        may_see=request.user.may(Right.WALLBOARD_READ),
    )
    return render(request, "kpi/wall_links.html", {"page": page, "nav": "manage"}, status=status)
