"""What an employee fills in for an act on a question; the sentences and checks of the act itself stay in the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts import normalize
from contacts.actions.ask_access import who_asked
from contacts.actions.callback import Outcome
from contacts.actions.consent import live_consent
from contacts.actions.no_reaction import NO_REACTION
from contacts.actions.start_talk import numbers_of, talk_source
from contacts.forms.norms import subjects_in_use, team_choices
from contacts.models import ConfidentialAccess, MessageConsent, Question
from contacts.models.consent import LONGEST_NOTE
from organisation import wording
from organisation.forms.base import HouseForm
from organisation.models import Membership, QuestionKind, User
from organisation.numbers import whole
from organisation.presence import name_to_choose
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

Choices = list[tuple[Any, Any]]
CLOSE_REASONS: Choices = [
    ("answered", _("Answered, by phone or in person")),
    ("no_reaction_needed", _("No reaction needed")),
    ("passed_on", _("Passed on to another organisation or procedure")),
    ("internal", _("Internal call")),
    ("connected", _("Only connected to a colleague")),
]
CANCEL_REASONS: Choices = [("spam", _("Spam")), ("wrong_number", _("Wrong number")), ("duplicate", _("Duplicate"))]


def _long(
    label: Any, *, required: bool = True, most: int = 10_000, rows: int = 4, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class ActForm(HouseForm):
    """Carries the version of the question as the person saw it. Fields are filled by the question itself.

    What could be chosen when the form was shown can be sent, also when a colleague moved the question since: the act
    compares the versions and shows both.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, question: Question, at: Any, user: User, **kwargs: Any) -> None:
        self.question, self.at, self.user = question, at, user
        super().__init__(*args, **kwargs)
        self.fill(organisation())

    def fill(self, house: Organisation) -> None:
        """Choices that depend on the question; most forms have none."""

    def set_choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def people_of(team_id: int, at: Any) -> Choices:
    """Who works in this team today on its questions."""
    return list(_members(team_id, at).values_list("user_id", "user__name").distinct())


def _members(team_id: int, at: Any) -> QuerySet[Membership]:
    rows = Membership.objects.valid_on(local_day(at)).reading().filter(team_id=team_id, user__is_active=True)
    return rows.order_by("user__name")


class AssignForm(ActForm):
    assignee = forms.ChoiceField(label=_("Colleague"), required=False)

    def fill(self, house: Organisation) -> None:
        found = _members(self.question.team_id, self.at).values_list(
            "user_id", "user__name", "user__presence__status", "user__presence__changed_at"
        )
        people = [(pk, name_to_choose(name, status, seen)) for pk, name, status, seen in found.distinct()]
        besides = {whole(self.data.get("assignee")), self.question.assignee_id} - {None, *(pk for pk, _name in people)}
        if besides:  # who was chosen before a colleague moved it, and who holds it from elsewhere: not nobody
            people += User.objects.filter(pk__in=besides, is_active=True).values_list("pk", "name")
        self.set_choices("assignee", [("", _("nobody: back to the team")), *people])


class StartTalkForm(ActForm):
    number = forms.ChoiceField(label=_("Number"))
    template = forms.ChoiceField(label=_("Approved text"))
    values = _long(
        _("What stands in the open places"),
        required=False,
        most=1_000,
        rows=3,
        help_text=_("Each on a line of its own, in the order of {{1}}, {{2}}."),
    )
    how = forms.ChoiceField(label=_("How did the customer say yes to WhatsApp?"), required=False)
    note = forms.CharField(label=_("Note about that"), max_length=LONGEST_NOTE, required=False)

    def fill(self, house: Organisation) -> None:
        source, numbers = talk_source(), numbers_of(self.question)
        known = {one: live_consent(self.question.customer, "whatsapp", one) for one in numbers}
        words = _("said yes on %(day)s (%(how)s)")
        self.set_choices(
            "number",
            [
                (
                    one,
                    normalize.phone_words(one)
                    + (
                        f": {words % {'day': wording.day(local_day(consent.given_at)), 'how': consent.get_how_display()}}"
                        if consent
                        else ""
                    ),
                )
                for one, consent in known.items()
            ],
        )
        self.set_choices("template", [(one["name"], one["text"]) for one in (source.templates if source else [])])
        is_known = any(known.values())
        first = _("stands with the number already") if is_known else _("Choose")
        self.set_choices("how", [("", first), *MessageConsent.How.choices])
        self.fields["how"].required = not is_known
        self.fields["values"].required = all("{{1}}" in one["text"] for one in (source.templates if source else []))


class ForwardForm(ActForm):
    team = forms.ChoiceField(label=_("Team"))
    reason = forms.CharField(label=_("Why this team?"), max_length=300)

    def fill(self, house: Organisation) -> None:
        choices = team_choices(house, _("Choose"))
        if not self.is_bound:
            choices = [choice for choice in choices if choice[0] != str(self.question.team_id)]
        self.set_choices("team", choices)


class AskForm(ActForm):
    text = _long(
        _("What did you ask the customer?"),
        required=False,
        help_text=_(
            "For yourself and your colleagues. To ask by e-mail, write a reply and choose “Send, wait for customer”."
        ),
    )


class CloseForm(ActForm):
    reason = forms.ChoiceField(label=_("Why is the question closed?"), choices=CLOSE_REASONS, widget=forms.RadioSelect)
    text = _long(
        _("What was the answer, and how was it given?"), required=False, help_text=_("Needed when you have answered.")
    )


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class ExtendForm(ActForm):
    reason = forms.CharField(
        label=_("Why does it take more time?"),
        max_length=200,
        help_text=_("This comes into the message in the place of {reden}."),
    )
    channel = forms.ChoiceField(
        label=_("How does the customer hear it?"),
        choices=[("email", _("By e-mail, sent from here")), ("letter", _("By letter, posted by us"))],
        widget=forms.RadioSelect,
    )
    to_address = forms.CharField(label=_("E-mail address"), max_length=320, required=False)
    recipient = _long(
        _("Address on the envelope"),
        required=False,
        most=400,
        rows=3,
        help_text=_("Of a letter. Name, street with number, postcode with place: each on a line."),
    )
    text = _long(_("What we write"), rows=8)


class NoReactionForm(ActForm):
    reason = forms.ChoiceField(
        label=_("Why is no reaction needed?"),
        choices=[(code, words) for code, words in NO_REACTION.items()],
        widget=forms.RadioSelect,
    )
    text = _long(_("More about it"), required=False, most=1000, rows=2)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reason") == "other" and not values.get("text", "").strip():
            self.add_error("text", _("Write down why."))
        return values


class CancelForm(ActForm):
    reason = forms.ChoiceField(label=_("Why is this no question?"), choices=CANCEL_REASONS, widget=forms.RadioSelect)


class SplitForm(ActForm):
    title = forms.CharField(label=_("What is the other question about?"), max_length=200)
    text = _long(_("What does the customer want to know?"), required=False, most=2_000)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)

    def fill(self, house: Organisation) -> None:
        self.set_choices("subject", subjects_in_use(house, _("Choose")))
        self.set_choices("team", team_choices(house, _("by the rules")))


class ConfidentialForm(ActForm):
    people = forms.MultipleChoiceField(
        label=_("Who may see it besides you and the assignee?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def fill(self, house: Organisation) -> None:
        named = ConfidentialAccess.objects.filter(question=self.question, until_at__isnull=True).values_list(
            "user_id", flat=True
        )
        already = {self.user.pk, self.question.assignee_id}
        team = [one for one in people_of(self.question.team_id, self.at) if one[0] not in already]
        shown = already | {pk for pk, _name in team}
        others = User.objects.filter(pk__in={*named, *who_asked(self.question)} - shown)
        asked = [(person.pk, person.name) for person in others.filter(is_active=True).order_by("name")]
        self.set_choices("people", [*team, *asked])


class CallbackForm(ActForm):
    phone = forms.CharField(label=_("Number"), max_length=40)
    name = forms.CharField(label=_("Ask for"), max_length=200, required=False)
    moment = forms.CharField(
        label=_("When"), max_length=100, required=False, help_text=_("In the customer's words: after 2 o'clock.")
    )


class EditForm(ActForm):
    title = forms.CharField(label=_("Question"), max_length=200)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)

    def fill(self, house: Organisation) -> None:
        self.set_choices("subject", subjects_in_use(house, _("Choose"), kept=self.question.subject_id))


class CorrectForm(ActForm):
    clock = forms.ChoiceField(label=_("Which deadline?"))
    started_at = forms.DateTimeField(
        label=_("When was it really received?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    reason = forms.CharField(label=_("Why is it corrected?"), max_length=200)

    def fill(self, house: Organisation) -> None:
        clocks = self.question.clocks.select_related("norm").order_by("id")
        if not self.is_bound:
            clocks = clocks.filter(replaced_by__isnull=True)
        self.set_choices("clock", [(clock.pk, clock.norm.name) for clock in clocks])


class AttemptForm(ActForm):
    outcome = forms.ChoiceField(label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = _long(_("What was said?"), required=False)
    is_answer = forms.BooleanField(label=_("The question was answered in this call"), required=False)
    close = forms.BooleanField(label=_("Close the question"), required=False)


class WithdrawForm(ActForm):
    reason = forms.CharField(label=_("Why does nobody need to call any more?"), max_length=200)
    unreachable = forms.BooleanField(label=_("We tried, but the customer cannot be reached"), required=False)
