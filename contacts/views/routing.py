"""The rules that bring a question to a team: in order, with an example to try them on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions.change_rule import add_rule, change_rule, move_rule, switch_rule
from contacts.actions.route import choose_team
from contacts.forms.routing import RuleForm, TryForm
from contacts.models import RoutingRule
from contacts.pages.manage_tabs import manage_tabs
from contacts.pages.routing import Tried, routing_page, tried
from contacts.routing.examples import EXAMPLES, example
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict


@require_safe
@needs(Right.ROUTING_READ)
def routing(request: HttpRequest) -> HttpResponse:
    """All rules, in the order in which they are tried."""
    return _page(request)


@require_POST
@needs(Right.ROUTING_READ)
def routing_try(request: HttpRequest) -> HttpResponse:
    """An example (posted, so that no text stands in an address): which team it would go to, and why."""
    house = organisation()
    form = TryForm(house, request.POST)
    if not form.is_valid():
        return _page(request, try_form=form, status=422)
    facts = form.facts()
    routed = choose_team(
        channel=facts.channel,
        subject_id=facts.subject_id,
        text=facts.text,
        kind=facts.kind,
        customer_kind=facts.customer_kind,
        mailbox_id=facts.mailbox,
        mailbox_team_id=form.mailbox_team(),
        house=house,
    )
    return _page(request, try_form=form, answer=tried(routed, facts, house))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ROUTING_WRITE)
def rule_new(request: HttpRequest) -> HttpResponse:
    """A new rule, added at the end; an example that was chosen fills in the name and the words."""
    chosen = example(request.GET.get("voorbeeld", ""))
    initial = {"name": chosen.name, "words": list(chosen.words)} if chosen else None
    form = RuleForm(organisation(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rule = add_rule(terms=form.terms(), by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The rule is added at the end. Move it up when it must go first."))
            return redirect("contacts:rule", rule.pk)
    return _page(request, form=form, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ROUTING_READ)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule beside the list; who may not change it reads it."""
    row = get_object_or_404(RoutingRule, pk=pk)
    may_write = request.user.may(Right.ROUTING_WRITE)
    if request.method != "POST":
        form = RuleForm(organisation(), initial=RuleForm.initial_of(row)) if may_write else None
        return _page(request, row, form)
    if not may_write:
        raise PermissionDenied
    form = RuleForm(organisation(), request.POST)
    if form.is_valid():
        try:
            change_rule(
                rule=row, terms=form.terms(), by=request.user, at=now(), version=form.cleaned_data["version"] or 0
            )
        except Stale as stale:
            before = RuleForm.initial_of(stale.theirs)
            return conflict(request, form=form, before=before, now_version=stale.theirs.version, back_url=request.path)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The rule is saved. It holds from the next question on."))
            return redirect("contacts:rule", row.pk)
    return _page(request, row, form, status=422)


@require_POST
@needs(Right.ROUTING_WRITE)
def rule_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    row = get_object_or_404(RoutingRule, pk=pk)
    if request.POST.get("to") not in ("up", "down"):
        messages.error(request, _("Choose up or down."))
    else:
        move_rule(rule=row, by=request.user, at=now(), up=request.POST["to"] == "up")
    return redirect(f"{reverse('contacts:routing')}#regel-{pk}")


@require_POST
@needs(Right.ROUTING_WRITE)
def rule_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a rule out of use or back; the toast takes it back again."""
    row = get_object_or_404(RoutingRule, pk=pk)
    row = switch_rule(rule=row, by=request.user, at=now(), is_active=not row.is_active)
    text = _("The rule is in use again.") if row.is_active else _("The rule is not in use any more.")
    messages.success(request, text, extra_tags="undo:" + request.path)
    return redirect("contacts:routing")


def _page(
    request: HttpRequest,
    row: RoutingRule | None = None,
    form: RuleForm | None = None,
    *,
    try_form: TryForm | None = None,
    answer: Tried | None = None,
    status: int = 200,
) -> HttpResponse:
    house = organisation()
    rules = list(RoutingRule.objects.all())
    page = routing_page(
        rules, house, may_write=request.user.may(Right.ROUTING_WRITE), selected=row.pk if row is not None else None
    )
    context = {
        "page": page,
        "row": row,
        "form": form,
        "address": request.path,
        "examples": EXAMPLES if form is not None and row is None else (),
        "try_form": try_form or (TryForm(house) if form is None and row is None else None),
        "answer": answer,
        "tab": "routing",
        "tabs": manage_tabs(request.user),
        "nav": "manage",
    }
    return render(request, "contacts/routing.html", context, status=status)
