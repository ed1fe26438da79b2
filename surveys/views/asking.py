"""Who is asked after a contact; the coordinator decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.actions.save import save_edited
from organisation.errors import Stale
from organisation.roles import Right, needs
from organisation.views.edit import clash, save_form
from surveys.choices import asking_choices
from surveys.forms.asking import ChannelRuleForm, ChoicesForm
from surveys.models import ChannelRule
from surveys.pages.asking import rule_rows
from surveys.pages.tabs import tabs_for


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def asking(request: HttpRequest) -> HttpResponse:
    """The channels, and what holds for all of them."""
    form = ChoicesForm(request.POST or None, instance=asking_choices())
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="survey.choices")
    return _page(request, form, None, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def channel(request: HttpRequest, channel: str) -> HttpResponse:
    rule = get_object_or_404(ChannelRule, channel=channel)
    form = ChannelRuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_edited(
                form.instance,
                version=form.seen_version,
                fields=ChannelRuleForm.Meta.fields,
                by=request.user,
                action="survey.channel",
            )
        except Stale as stale:
            return clash(request, form, stale)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("surveys:asking")
    return _page(request, form, rule, status=422 if form.errors else 200)


def _page(
    request: HttpRequest, form: ChoicesForm | ChannelRuleForm, rule: ChannelRule | None, status: int
) -> HttpResponse:
    stored = ChannelRule.objects.get(pk=rule.pk) if rule is not None else None
    context = {
        "nav": "surveys",
        "rows": rule_rows(stored),
        "form": form,
        "rule": stored,
        "tabs": tabs_for(request.user),
        "tab": "asking",
    }
    return render(request, "surveys/asking.html", context, status=status)
