"""What the coordinator fills in for a rule, and for an example to try the rules with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel, Mailbox
from contacts.actions.change_rule import MOST_WORDS, RuleTerms
from contacts.actions.confidential_by_rule import readers
from contacts.forms.norms import subject_choices, subjects_in_use, team_choices
from contacts.models import Customer, RoutingRule
from contacts.routing.match import Facts
from organisation.clock import today
from organisation.forms.base import HouseForm, Lines
from organisation.models import QuestionKind
from organisation.snapshot import Organisation


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _mailbox_choices(none: Any) -> list[tuple[str, Any]]:
    return [("", none), *((str(pk), address) for pk, address in Mailbox.objects.values_list("pk", "address"))]


class RuleForm(HouseForm):
    """Every condition that is filled in must fit."""

    name = forms.CharField(label=_("Name"), max_length=100)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("any channel")), *Channel.choices])
    mailbox = forms.ChoiceField(label=_("Mailbox"), required=False)
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, help_text=_("A theme holds for every subject below it.")
    )
    words = Lines(
        label=_("Words"),
        required=False,
        line_length=60,
        most=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. A word fits when a word in the text begins with it."),
    )
    question_kind = forms.ChoiceField(
        label=_("Kind of question"), required=False, choices=[("", _("any kind")), *QuestionKind.choices]
    )
    customer_kind = forms.ChoiceField(
        label=_("Kind of customer"), required=False, choices=[("", _("any customer")), *Customer.Kind.choices]
    )
    team = forms.ChoiceField(label=_("Then to team"))
    is_confidential = forms.BooleanField(
        label=_("The question becomes confidential"),
        required=False,
        help_text=_(
            "Only who is named below sees it, also not the colleague who registers it. Not for a chat: whoever is there answers that."
        ),
    )
    confidential_for = forms.TypedMultipleChoiceField(
        label=_("Who sees the question"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nobody: then the leads of the team see it."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, house: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].choices = _mailbox_choices(_("any mailbox"))  # type: ignore[attr-defined]
        self.fields["subject"].choices = subject_choices(house, _("any subject"))  # type: ignore[attr-defined]
        self.fields["team"].choices = team_choices(house, _("choose a team"))  # type: ignore[attr-defined]

        self.fields["confidential_for"].choices = readers(today())  # type: ignore[attr-defined]

    def terms(self) -> RuleTerms:
        found = self.cleaned_data
        return RuleTerms(
            name=found["name"],
            team_id=_number(found["team"]),
            channel=found["channel"],
            mailbox_id=_number(found["mailbox"]),
            subject_id=_number(found["subject"]),
            words=found["words"],
            question_kind=found["question_kind"],
            customer_kind=found["customer_kind"],
            is_confidential=found["is_confidential"],
            confidential_for=found["confidential_for"],
            is_active=found["is_active"],
        )

    @staticmethod
    def initial_of(rule: RoutingRule) -> dict[str, object]:
        return {
            "name": rule.name,
            "channel": rule.channel,
            "mailbox": str(rule.mailbox_id or ""),
            "subject": str(rule.subject_id or ""),
            "words": rule.words,
            "question_kind": rule.question_kind,
            "customer_kind": rule.customer_kind,
            "team": str(rule.team_id),
            "is_confidential": rule.is_confidential,
            "confidential_for": list(rule.confidential_for),
            "is_active": rule.is_active,
            "version": rule.version,
        }


class TryForm(HouseForm):
    """An example question; it is not kept."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.EMAIL)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    text = forms.CharField(
        label=_("Text of the question"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label=_("Kind of question"), required=False, choices=[("", _("that of the subject")), *QuestionKind.choices]
    )
    customer_kind = forms.ChoiceField(
        label=_("Kind of customer"), required=False, choices=[("", _("unknown")), *Customer.Kind.choices]
    )
    mailbox = forms.ChoiceField(label=_("Mailbox"), required=False)

    def __init__(self, house: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="proef_%s", **kwargs)
        self.house = house
        self.fields["mailbox"].choices = _mailbox_choices(_("no mailbox"))  # type: ignore[attr-defined]
        self.fields["subject"].choices = subjects_in_use(house, _("no subject"))  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What the rules are asked, as registering would ask it. Only after `is_valid`."""
        found = self.cleaned_data
        subject = self.house.subjects.get(_number(found["subject"]) or 0)
        return Facts(
            channel=found["channel"],
            subject_id=subject.pk if subject else None,
            text=found["text"],
            kind=found["kind"] or (subject.kind if subject else QuestionKind.QUESTION),
            customer_kind=found["customer_kind"] or None,
            mailbox=_number(found["mailbox"]),
        )

    def mailbox_team(self) -> int | None:
        """The team that gets what no rule and no subject takes."""
        chosen = Mailbox.objects.filter(pk=_number(self.cleaned_data["mailbox"]))
        return chosen.values_list("team_id", flat=True).first()
