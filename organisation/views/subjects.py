"""The tree of subjects."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.subjects import save_subject
from organisation.clock import today
from organisation.errors import Refused, Stale
from organisation.forms.settings import SubjectForm
from organisation.models import Subject
from organisation.pages.subjects import tree
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.edit import clash


@require_safe
@needs(Right.SUBJECTS_READ)
def subjects(request: HttpRequest) -> HttpResponse:
    """Themes with what falls under them; a word searches names and words of citizens."""
    word = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    without = request.GET.get("without") == "answer"
    context = {
        "nav": "manage",
        "themes": tree(organisation(), word, without_answer=without),
        "word": word,
        "without": without,
        "may_write": request.user.may(Right.SUBJECTS_WRITE),
    }
    return render(request, "organisation/subjects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SUBJECTS_WRITE)
def new_subject(request: HttpRequest) -> HttpResponse:
    form = SubjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _check_answer(form)
        try:
            save_subject(form.instance, fields=(), by=request.user, version=0)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, _("Subject %(name)s is added.") % {"name": form.instance.name})
            return redirect("organisation:subjects")
    return render(
        request, "organisation/subject.html", {"nav": "manage", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SUBJECTS_READ)
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Subject, pk=pk)
    may_write = request.user.may(Right.SUBJECTS_WRITE)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = SubjectForm(request.POST or None, instance=get_object_or_404(Subject, pk=pk))
    if request.method == "POST" and form.is_valid():
        fields = [*form._meta.fields, *_check_answer(form)]
        try:
            save_subject(form.instance, fields=fields, by=request.user, version=form.seen_version)
        except Stale as stale:
            return clash(request, form, stale)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            moved = "team" in form.changed_data
            messages.success(
                request, _("Saved. Questions that are open stay with their team.") if moved else _("Saved.")
            )
            return redirect("organisation:subject", pk=pk)
    context = {"nav": "manage", "form": form, "subject": row, "may_write": may_write}
    return render(request, "organisation/subject.html", context, status=422 if form.errors else 200)


def _check_answer(form: SubjectForm) -> tuple[str, ...]:
    """The date of checking moves only when the person says so."""
    if not form.cleaned_data.get("is_checked"):
        return ()
    form.instance.answer_checked_on = today()
    return ("answer_checked_on",)
