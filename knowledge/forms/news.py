"""A message for colleagues."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.actions.write_news import Message
from knowledge.models import NEWS_TEXT, TITLE, Article, News
from knowledge.permissions import may_tell_for
from organisation.clock import local_day
from organisation.forms.base import DateInput, HouseForm
from organisation.roles import Right, Role, roles_with

if TYPE_CHECKING:
    from datetime import date

    from organisation.models import User
    from organisation.snapshot import Organisation

ROLES = roles_with(Right.ARTICLES_READ)
USUAL = timedelta(days=14)


class NewsForm(HouseForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE)
    text = forms.CharField(
        label=_("What colleagues must know"), max_length=NEWS_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )
    must_read = forms.BooleanField(label=_("A work instruction: everybody must read it"), required=False)
    for_everybody = forms.BooleanField(label=_("For everybody"), required=False)
    for_roles = forms.MultipleChoiceField(
        label=_("For roles"), required=False, choices=[(role.value, role.label) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    for_teams = forms.MultipleChoiceField(label=_("For teams"), required=False, widget=forms.CheckboxSelectMultiple)
    first_day = forms.DateField(label=_("Shown from"), widget=DateInput)
    last_day = forms.DateField(label=_("Until and including"), widget=DateInput)
    team = forms.ChoiceField(label=_("Team whose message it is"))
    article = forms.ModelChoiceField(Article.objects.all(), required=False, widget=forms.HiddenInput)
    read_again = forms.BooleanField(label=_("Who read it must read it again"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, house: Organisation, user: User, news: News | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        teams = sorted((one for one in house.teams.values() if one.is_active), key=lambda one: one.name)
        self.fields["for_teams"].choices = [(str(one.pk), one.name) for one in teams]  # type: ignore[attr-defined]
        own = [(str(one.pk), one.name) for one in teams if may_tell_for(user, one.pk)]
        self.fields["team"].choices = own if len(own) == 1 else [("", _("Choose")), *own]  # type: ignore[attr-defined]
        if news is None:
            del self.fields["read_again"]

    def clean_article(self) -> Article | None:
        """What was withdrawn meanwhile is no reason to keep a message from its readers: it goes without the link."""
        article: Article | None = self.cleaned_data["article"]
        return article if article is not None and article.is_published else None

    def message(self) -> Message:
        given = self.cleaned_data
        return Message(
            title=" ".join(given["title"].split()),
            text=given["text"],
            team=self.house.teams[int(given["team"])],
            first_day=given["first_day"],
            last_day=given["last_day"],
            for_everybody=given["for_everybody"],
            for_teams=[self.house.teams[int(pk)] for pk in given["for_teams"]],
            for_roles=given["for_roles"],
            must_read=given["must_read"],
            article=given["article"],
        )


def new_initial(day: date, article: Article | None, user: User) -> dict[str, Any]:
    return {
        "first_day": day,
        "last_day": day + USUAL,
        "for_roles": [Role.FRONT_OFFICE.value],
        "article": article.pk if article else None,
        "title": article.title if article else "",
        "team": str(article.team_id) if article and may_tell_for(user, article.team_id) else "",
    }


def initial_of(news: News) -> dict[str, Any]:
    names = ("title", "text", "must_read", "for_everybody", "for_roles", "version")
    return {name: getattr(news, name) for name in names} | {
        "for_teams": [str(one.pk) for one in news.for_teams.all()],
        "first_day": local_day(news.from_at),
        "last_day": local_day(news.until_at - timedelta(minutes=1)),
        "team": str(news.team_id),
        "article": news.article_id,
    }
