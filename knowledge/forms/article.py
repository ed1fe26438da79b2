"""What somebody writes of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.markup import link_of
from knowledge.models import LINE, LONG, MOST_LINES, SHORT, TITLE, Article, ArticleVersion
from knowledge.permissions import may_keep, may_write_for
from organisation.clock import today
from organisation.forms.base import HouseForm, Lines
from organisation.models import Membership
from organisation.roles import Right, roles_with

if TYPE_CHECKING:
    from organisation.models import Subject, Team, User
    from organisation.snapshot import Organisation

PLACE = ("subject", "subject_2", "subject_3", "team", "owner")
WRITERS = roles_with(Right.ARTICLES_WRITE)


def _text(label: Any, length: int, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _lines(label: Any, help_text: Any, length: int = LINE) -> Lines:
    field = Lines(label=label, line_length=length, most=MOST_LINES, required=False, help_text=help_text)
    field.widget.attrs["rows"] = 3
    return field


class ArticleForm(HouseForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE)
    subject = forms.ChoiceField(label=_("Subject"))
    subject_2 = forms.ChoiceField(label=_("Also about"), required=False)
    subject_3 = forms.ChoiceField(label=_("And about"), required=False)
    team = forms.ChoiceField(label=_("Team that keeps it true"))
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    short_answer = _text(
        _("Short answer to say on the phone"), SHORT, 4, help_text=_("Two to four sentences. **Strong** stands out.")
    )
    ask = _lines(_("Always ask"), _("One question per line."))
    answer = _text(
        _("Full answer"),
        LONG,
        10,
        required=False,
        help_text=_("A line that begins with # is a heading, a line that begins with - is one of a list."),
    )
    for_business = _text(_("Other for entrepreneurs"), LONG, 3, required=False)
    links = _lines(_("Forms and links"), _("One per line: words | https://address"), 400)
    words = _lines(_("Other words"), _("How citizens say it, one per line. Search finds the answer by them."), 80)
    forward_to = forms.ChoiceField(label=_("Hand over to"), required=False)
    forward_when = _text(_("Hand over when"), SHORT, 2, required=False)
    internal = _text(
        _("Only for colleagues"), LONG, 3, required=False, help_text=_("Never put in a reply or on the website.")
    )
    is_public = forms.BooleanField(label=_("May also stand on the website"), required=False)
    why = forms.CharField(label=_("What changes, and why"), max_length=200, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, house: Organisation, user: User, article: Article | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        teams = [one for one in house.teams.values() if one.is_active and may_write_for(user, one.pk)]
        choose = [("", _("Choose"))]
        subjects = subject_groups(house, article)
        self.fields["subject"].choices = choose + subjects  # type: ignore[attr-defined]
        for name in ("subject_2", "subject_3"):
            self.fields[name].choices = [("", _("no other")), *subjects]  # type: ignore[attr-defined]
        own = [(str(one.pk), one.name) for one in sorted(teams, key=lambda one: one.name)]
        self.fields["team"].choices = own if article is None and len(own) == 1 else choose + own  # type: ignore[attr-defined]
        self.owners = _owners([one.pk for one in teams])
        names = dict.fromkeys((str(pk), name) for pk, name, _team in self.owners)
        self.fields["owner"].choices = [("", _("the leads of the team")), *names]  # type: ignore[attr-defined]
        every = sorted((one.name, str(one.pk)) for one in house.teams.values() if one.is_active)
        self.fields["forward_to"].choices = [("", _("nobody")), *((pk, name) for name, pk in every)]  # type: ignore[attr-defined]
        self.has_place = article is None or may_keep(user, article)
        if not self.has_place:
            for name in PLACE:
                del self.fields[name]

    def clean_links(self) -> list[str]:
        lines = self.cleaned_data["links"]
        for line in lines:
            if not link_of(line)[1]:
                raise forms.ValidationError(
                    _("This is not an address that begins with https://: “%(start)s”.") % {"start": line[:60]}
                )
        return lines

    def clean(self) -> dict[str, Any]:
        """An owner of another team could not change the answer."""
        found = super().clean() or self.cleaned_data
        owner, team = found.get("owner"), found.get("team")
        if owner and team and not any((str(pk), str(of)) == (owner, team) for pk, _name, of in self.owners):
            self.add_error("owner", _("Choose somebody of the team that keeps it true."))
        return found

    def texts(self) -> dict[str, Any]:
        """The fields of a version."""
        found = {name: self.cleaned_data[name] for name in self.fields if name not in (*PLACE, "version", "forward_to")}
        pk = self.cleaned_data["forward_to"]
        return {**found, "forward_to": self.house.teams.get(int(pk)) if pk else None}

    @property
    def chosen_team(self) -> Team | None:
        return self.house.teams.get(int(self.cleaned_data["team"])) if self.has_place else None

    @property
    def chosen_subjects(self) -> list[Subject] | None:
        if not self.has_place:
            return None
        keys = [self.cleaned_data[name] for name in ("subject", "subject_2", "subject_3")]
        return [self.house.subjects[int(pk)] for pk in dict.fromkeys(keys) if pk]

    @property
    def owner_id(self) -> int | None:
        return int(self.cleaned_data["owner"]) if self.cleaned_data.get("owner") else None

    @property
    def seen(self) -> tuple[int, int]:
        """Number and version of the text that stood in the form; 0 and a number when it began from that published one."""
        return seen_of(self.cleaned_data.get("version") or "")


def seen_of(typed: str) -> tuple[int, int]:
    """`3.2` as number and version; 0, 0 for anything else."""
    number, _dot, version = typed.partition(".")
    is_good = len(typed) < 20 and typed.isascii() and number.isdigit() and version.isdigit()
    return (int(number), int(version)) if is_good else (0, 0)


def initial_of(version: ArticleVersion, *, is_draft: bool) -> dict[str, Any]:
    """As the form shows this version; a new one begins with another reason."""
    names = ("title", "short_answer", "answer", "for_business", "ask", "links", "words", "forward_when", "internal")
    values: dict[str, Any] = {name: getattr(version, name) for name in names}
    article = version.article
    keys = [str(pk) for pk in article.subjects.order_by("pk").values_list("pk", flat=True)[:3]]
    values |= dict(zip(("subject", "subject_2", "subject_3"), keys, strict=False))
    return values | {
        "team": str(article.team_id),
        "owner": str(article.owner_id or ""),
        "forward_to": str(version.forward_to_id or ""),
        "is_public": version.is_public,
        "why": version.why if is_draft else "",
        "version": f"{version.number}.{version.version}" if is_draft else f"0.{version.number}",
    }


def subject_groups(house: Organisation, article: Article | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The subjects that may be chosen, under their themes; those of the article stay until somebody chooses another."""
    parents = {one.parent_id for one in house.subjects.values()}
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in house.subjects.values():
        if one.is_active and one.pk not in parents:
            above = house.subjects.get(one.parent_id or 0)
            groups.setdefault(above.name if above else str(_("Without a theme")), []).append((str(one.pk), one.name))
    made = [(name, sorted(rows, key=lambda row: row[1])) for name, rows in sorted(groups.items())]
    known = {pk for _name, rows in made for pk, _subject in rows}
    ended = [(str(one.pk), one.name) for one in article.subjects.order_by("name")] if article else []
    ended = [row for row in ended if row[0] not in known]
    return [*made, (str(_("Out of use")), ended)] if ended else made


def _owners(team_ids: list[int]) -> list[tuple[int, str, int]]:
    """Who may keep an answer of these teams: person, name and team; a name for each team."""
    rows = (
        Membership.objects.valid_on(today())
        .filter(team_id__in=team_ids, role__in=WRITERS, user__is_active=True)
        .order_by("user__name")
        .values_list("user_id", "user__name", "team_id")
    )
    return list(rows)
