"""Every act on a question that has a form of its own: one row each, with its words, form and right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as lazy

from contacts.forms import acts as forms
from contacts.forms.other_question import LinkForm, MergeForm
from contacts.views.act_runs import (
    Run,
    Start,
    callback_start,
    extension_start,
    named_start,
    nothing,
    open_callback_start,
    run_ask,
    run_assign,
    run_attempt,
    run_callback,
    run_cancel,
    run_change_callback,
    run_close,
    run_confidential,
    run_correct,
    run_edit,
    run_extend,
    run_forward,
    run_link,
    run_merge,
    run_no_reaction,
    run_not_confidential,
    run_reopen,
    run_split,
    run_start_talk,
    run_withdraw,
    withdraw_start,
)
from organisation import wording
from organisation.roles import Right

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Act:
    """`run` does it and gives the sentence to show (or the question to go to)."""

    title: Promise
    button: Promise
    form: type[forms.ActForm]
    run: Run
    lead: Promise | str = ""
    start: Start = nothing
    right: Right = Right.QUESTIONS_WRITE
    icon: str = "check"


ACTS: dict[str, Act] = {
    "toewijzen": Act(
        lazy("Give to a colleague"),
        lazy("Give"),
        forms.AssignForm,
        run_assign,
        start=lambda q: {"assignee": q.assignee_id},
        icon="user-plus",
    ),
    "doorzetten": Act(
        lazy("Hand over to another team"),
        lazy("Hand over"),
        forms.ForwardForm,
        run_forward,
        lazy("The deadline stays the same. The other team sees why they get it."),
        icon="arrow-forward-up",
    ),
    "wachten": Act(
        lazy("Wait for the customer"),
        lazy("Wait for customer"),
        forms.AskForm,
        run_ask,
        lazy("The clock stands still. It runs on when the customer reacts, or when you take the question up again."),
        icon="player-pause",
    ),
    "sluiten": Act(lazy("Close the question"), lazy("Close"), forms.CloseForm, run_close, icon="circle-check"),
    "geen-reactie": Act(
        lazy("No reaction needed"),
        lazy("Close without a reaction"),
        forms.NoReactionForm,
        run_no_reaction,
        lazy("The deadline ends and counts in no figure. The reason stays with the question."),
        icon="message-circle",
    ),
    "heropenen": Act(
        lazy("Open the question again"),
        lazy("Open again"),
        forms.ReasonForm,
        run_reopen,
        lazy("The customer gets a new deadline; the old result stays."),
        icon="refresh",
    ),
    "verlengen": Act(
        lazy("Extend the complaint"),
        lazy("Extend and tell the customer"),
        forms.ExtendForm,
        run_extend,
        lazy(
            "Once, before the deadline ends. The customer hears it in writing; the old deadline stays in the history."
        ),
        start=extension_start,
        icon="calendar-plus",
    ),
    "annuleren": Act(
        lazy("Cancel: this is no question"),
        lazy("Cancel the question"),
        forms.CancelForm,
        run_cancel,
        lazy("It counts in no figure and stays in the history."),
        icon="ban",
    ),
    "koppelen": Act(lazy("Link with another question"), lazy("Link"), LinkForm, run_link, icon="link"),
    "samenvoegen": Act(
        lazy("Merge with another question"),
        lazy("Merge"),
        MergeForm,
        run_merge,
        lazy("All contacts come together there. This question is closed as merged; both stay in the history."),
        icon="git-merge",
    ),
    "afsplitsen": Act(
        lazy("Split off another question"),
        lazy("Split off"),
        forms.SplitForm,
        run_split,
        lazy("The new question has the same customer and moment of receipt, and a team and deadline of its own."),
        icon="arrows-sort",
    ),
    "vertrouwelijk": Act(
        lazy("Make confidential"),
        lazy("Make confidential"),
        forms.ConfidentialForm,
        run_confidential,
        lazy("You, the assignee and the people you choose see it. Others only see that it exists."),
        start=named_start,
        icon="lock",
    ),
    "openbaar": Act(
        lazy("No longer confidential"),
        lazy("Open for the team"),
        forms.ActForm,
        run_not_confidential,
        lazy("The whole team can see it again."),
        icon="lock-open",
    ),
    "terugbellen": Act(
        lazy("Promise to call back"),
        lazy("Promise it"),
        forms.CallbackForm,
        run_callback,
        start=callback_start,
        icon="phone-outgoing",
    ),
    "bellen-wijzigen": Act(
        lazy("Another number or moment"),
        lazy("Save"),
        forms.CallbackForm,
        run_change_callback,
        lazy("The promise to call stays as it was made."),
        start=open_callback_start,
        icon="edit",
    ),
    "whatsapp": Act(
        lazy("Begin a talk by WhatsApp"),
        lazy("Send"),
        forms.StartTalkForm,
        run_start_talk,
        lazy(
            "Only to who said yes to that, and only with an approved text. When the customer answers you can write freely for 24 hours after each message."
        ),
        icon="brand-whatsapp",
    ),
    "poging": Act(lazy("Called back"), lazy("Keep"), forms.AttemptForm, run_attempt, icon="phone-call"),
    "niet-bellen": Act(
        lazy("Nobody needs to call any more"),
        lazy("End the request"),
        forms.WithdrawForm,
        run_withdraw,
        lazy(
            "The question stays open, with its deadline. Write to the customer, or close it when nothing is left to do."
        ),
        start=withdraw_start,
        icon="phone-off",
    ),
    "wijzigen": Act(
        lazy("Change question, subject and kind"),
        lazy("Save"),
        forms.EditForm,
        run_edit,
        start=lambda q: {"title": q.title, "subject": q.subject_id, "kind": q.kind},
        icon="edit",
    ),
    "termijn": Act(
        lazy("Correct the deadline"),
        lazy("Correct"),
        forms.CorrectForm,
        run_correct,
        lazy("A new deadline takes the place of the old one; both stay in the history, with your name and reason."),
        start=lambda q: {"started_at": wording.local(q.received_at).replace(tzinfo=None)},
        right=Right.CLOCK_CORRECT,
        icon="clock-edit",
    ),
}
