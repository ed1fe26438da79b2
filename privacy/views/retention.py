"""How long what is kept, and the lists of what is past its term."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.clock import now
from organisation.errors import Refused
from organisation.nudge import nudge
from organisation.numbers import whole
from organisation.roles import Right, needs
from privacy.actions.destruction import approve_list, propose_list, refuse_list
from privacy.actions.terms import decide_term, propose_term
from privacy.forms.requests import RemarkForm
from privacy.forms.retention import TermForm
from privacy.models import DestructionList
from privacy.pages.retention import list_page, list_rows, term_rows


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE)
def terms(request: HttpRequest) -> HttpResponse:
    """Every term; POST proposes another one (administrator)."""
    may_propose = request.user.may(Right.RETENTION_PROPOSE)
    form = TermForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            propose_term(code=data["code"], days=data["days"], by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Proposed. The coordinator decides; until then the old term holds."))
            return redirect("privacy:terms")
    questions, rest, fixed = term_rows(request.user)
    context = {
        "groups": ((_("Questions"), questions), (_("The rest"), rest)),
        "fixed": fixed,
        "form": form,
        "may_propose": may_propose,
        "nav": "manage",
    }
    return render(request, "privacy/terms.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.RETENTION_APPROVE)
def term_decide(request: HttpRequest) -> HttpResponse:
    """POST `yes` or `no` with the code of the term, and the `days` that were proposed."""
    code = request.POST.get("yes") or request.POST.get("no", "")
    try:
        decide_term(
            code=code[:60],
            days=whole(request.POST.get("days")),
            is_agreed="yes" in request.POST,
            by=request.user,
            at=now(),
        )
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Noted."))
    return redirect("privacy:terms")


@require_safe
@needs(Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE)
def lists(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    return render(request, "privacy/lists.html", {"rows": list_rows(now()), "nav": "manage"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE)
def destruction(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands on it, and afterwards the declaration; POST `propose`, `approve`, or `refuse` with a reason."""
    one = get_object_or_404(DestructionList.objects.select_related("proposed_by", "decided_by"), pk=pk)
    form = RemarkForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and ("refuse" not in request.POST or form.is_valid()):
        try:
            _decided(request, pk, form)
        except Refused as refused:
            if "refuse" not in request.POST:
                messages.error(request, refused.message)
                return redirect("privacy:destruction", pk)
            refused.tell(form)
        else:
            return redirect("privacy:destruction", pk)
    context = {"page": list_page(request.user, one, now()), "form": form, "nav": "manage"}
    return render(request, "privacy/destruction.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, pk: int, form: RemarkForm) -> None:
    if "propose" in request.POST:
        propose_list(pk=pk, by=request.user, at=now())
        messages.success(request, _("Proposed. The coordinator decides."))
    elif "approve" in request.POST:
        approve_list(pk=pk, by=request.user, at=now())
        nudge("privacy.tasks.erase")
        messages.success(request, _("Approved. Destroying begins within a minute."))
    elif "refuse" in request.POST:
        refuse_list(pk=pk, by=request.user, at=now(), remark=form.cleaned_data["remark"])
        messages.success(request, _("Refused. Nothing of it goes; the next list is made tonight."))
    else:
        raise Refused(_("Choose one of the options."))
