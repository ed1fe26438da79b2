"""One's own lists: keep a list with its filters under a name, rename it, move it, remove it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import normalize
from contacts.models import SavedView
from contacts.queue_filters import read_query
from organisation.roles import Right, needs

MOST = 12
LONGEST = SavedView._meta.get_field("query").max_length or 0


@require_POST
@needs(Right.QUESTIONS_READ)
def view_save(request: HttpRequest) -> HttpResponse:
    """A name that exists gets the new filters; a full set says so."""
    name = normalize.clean_line(request.POST.get("name", ""), 60)
    query = read_query(request.POST.get("list", ""), request.user).query()
    if not name:
        messages.error(request, _("Give the list a name."))
        return redirect(f"{reverse('contacts:queue')}?{query}")
    if len(query) > LONGEST:
        messages.error(request, _("This list is too long to keep. Search for fewer words."))
        return redirect(f"{reverse('contacts:queue')}?{query}")
    mine = SavedView.objects.filter(user=request.user)
    known = mine.filter(name=name).first()
    if known is None and mine.count() >= MOST:
        messages.error(request, _("You can keep %(most)s lists. Remove one first.") % {"most": MOST})
        return redirect(f"{reverse('contacts:queue')}?{query}")
    view, _new = SavedView.objects.update_or_create(
        user=request.user,
        name=name,
        defaults={"query": query},
        create_defaults={"query": query, "position": mine.count()},
    )
    messages.success(request, _("The list “%(name)s” is kept.") % {"name": name})
    return redirect(f"{reverse('contacts:queue')}?{query}&eigen={view.pk}")


@require_POST
@needs(Right.QUESTIONS_READ)
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, move one place to the left or right, or remove; only one's own."""
    view = SavedView.objects.filter(user=request.user, pk=pk).first()
    if view is None:
        raise Http404
    act = request.POST.get("act", "")
    if act == "remove":
        view.delete()
        messages.success(request, _("The list “%(name)s” is removed.") % {"name": view.name})
        return redirect("contacts:queue")
    if act in ("left", "right"):
        _move(view, -1 if act == "left" else 1)
    else:
        _rename(request, view)
    return redirect(f"{reverse('contacts:queue')}?{view.query}&eigen={view.pk}")


def _rename(request: HttpRequest, view: SavedView) -> None:
    name = normalize.clean_line(request.POST.get("name", ""), 60)
    if not name:
        messages.error(request, _("Give the list a name."))
    elif SavedView.objects.filter(user=request.user, name=name).exclude(pk=view.pk).exists():
        messages.error(request, _("You already have a list with this name."))
    else:
        view.name = name
        view.save(update_fields=["name"])


@transaction.atomic
def _move(view: SavedView, step: int) -> None:
    order = list(SavedView.objects.select_for_update().filter(user=view.user))
    place = next(index for index, one in enumerate(order) if one.pk == view.pk)
    other = max(0, min(len(order) - 1, place + step))
    order.insert(other, order.pop(place))
    for position, one in enumerate(order):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
