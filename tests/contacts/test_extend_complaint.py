"""A complaint may be extended once, before its deadline, and the customer hears it in writing (Awb 9:11)."""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import translation

from channels_app.models import OutboundMessage
from contacts.actions.ask_customer import ask_customer
from contacts.actions.correct_clock import correct_clock
from contacts.actions.extend_complaint import extend_complaint
from contacts.actions.recompute import impact_of_norm
from contacts.actions.resume import resume
from contacts.models import Contact, NormClock, OutgoingLetter, Question, ServiceNorm
from organisation.errors import Refused
from organisation.models import Municipality
from organisation.snapshot import settings_changed
from tests.contacts.question_page import login, url
from tests.contacts.test_clock_life import asked, clock_of
from tests.organisation.test_workdays import local

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
SOON = local("2026-03-20 10:00")


def extend(question: Question, cast: Cast, **change: Any) -> NormClock:
    given: dict[str, Any] = {
        "question": question,
        "by": cast.fatima,
        "at": SOON,
        "reason": "Horen kon pas later",
        "text": "Wij hebben meer tijd nodig.",
        "channel": "email",
        "to_address": "jansen@example.nl",
    }
    return extend_complaint(**{**given, **change})


def live(question: Question) -> list[NormClock]:
    return list(NormClock.objects.filter(question=question, code="complaint.settle", replaced_by=None))


def test_the_longer_clock_takes_the_place_of_the_first_and_the_customer_gets_a_mail(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    old = clock_of(question, "complaint.settle")
    new = extend(question, cast)
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id, old.due_at) == ("cancelled", new.pk, local("2026-04-14 00:00"))
    assert (new.state, new.length, new.due_at) == ("running", 70, local("2026-05-12 00:00"))
    assert live(question) == [new]
    question.refresh_from_db()
    assert question.is_open
    sent = OutboundMessage.objects.get(purpose="interim")
    assert sent.to_address == "jansen@example.nl"
    assert "meer tijd" in sent.body
    assert not Contact.objects.filter(questions=question, is_answer=True).exists()


def test_a_letter_waits_to_be_posted_and_nothing_is_mailed(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    with pytest.raises(Refused) as refused:
        extend(question, cast, channel="letter", to_address="")
    assert refused.value.field == "recipient"
    extend(question, cast, channel="letter", to_address="", recipient="J. Jansen\nDorpsstraat 1\n1716 KA Opmeer")
    assert not OutboundMessage.objects.filter(purpose="interim").exists()
    assert not Contact.objects.filter(questions=question, direction="out").exists()
    assert OutgoingLetter.objects.get(question=question).state == "waiting"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"text": ""}, "text"),
        ({"to_address": "geen adres"}, "to_address"),
        ({"at": local("2026-04-14 00:00")}, ""),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(cast: Cast, change: dict[str, Any], field: str) -> None:
    question = asked(cast, kind="complaint")
    with pytest.raises(Refused) as refused:
        extend(question, cast, **change)
    assert (refused.value.field or "") == field
    assert [clock.length for clock in live(question)] == [42]


def test_once_is_enough(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    extend(question, cast)
    with pytest.raises(Refused):
        extend(question, cast)


def test_a_question_is_no_complaint(cast: Cast) -> None:
    with pytest.raises(Refused):
        extend(asked(cast), cast)


def test_a_clock_that_stands_still_is_taken_up_first(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-10 10:00"))
    assert clock_of(question, "complaint.settle").state == "paused"
    with pytest.raises(Refused):
        extend(question, cast)


def test_days_of_waiting_for_the_customer_are_not_lost(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-04 10:00"))
    resume(question=question, by=cast.fatima, at=local("2026-03-18 10:00"))
    before = clock_of(question, "complaint.settle")
    new = extend(question, cast)
    assert new.due_at - before.due_at == timedelta(days=28)
    assert list(new.events.order_by("id").values_list("kind", flat=True)) == ["started", "paused", "resumed"]
    page = login(cast.fatima).get(url(question)).content.decode()
    assert page.count("De klok staat stil") == 1
    assert "Klacht verlengd: Horen kon pas later" in page


def test_a_correction_afterwards_keeps_the_longer_term(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    new = extend(question, cast)
    again = correct_clock(
        clock=new, by=cast.sanne, at=SOON, reason="Een dag later binnen", started_at=local("2026-03-03 09:00")
    )
    assert (again.length, again.due_at) == (70, local("2026-05-13 00:00"))
    with pytest.raises(Refused):
        extend(question, cast)


def test_the_act_is_offered_until_it_was_done(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    client = login(cast.fatima)
    assert "/verlengen/" in client.get(url(question)).content.decode()
    extend(question, cast)
    assert "/verlengen/" not in client.get(url(question)).content.decode()


def test_the_municipality_may_choose_other_days_or_none(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    Municipality.objects.update_or_create(pk=1, defaults={"complaint_extension_days": 14})
    settings_changed()
    assert extend(question, cast).length == 56
    Municipality.objects.filter(pk=1).update(complaint_extension_days=0)
    settings_changed()
    with pytest.raises(Refused):
        extend(asked(cast, kind="complaint"), cast)


def test_the_form_offers_a_letter_with_the_new_last_day(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    cast.fatima.language = "en"
    cast.fatima.save()
    with translation.override("nl"):  # what the request switches on ends with this test
        page = login(cast.fatima).get(reverse("contacts:question_act", args=[question.number, "verlengen"]))
    assert "U krijgt ons antwoord uiterlijk maandag 11 mei" in page.content.decode(), (
        "in Dutch, whatever the employee reads"
    )


def test_the_reason_comes_into_the_letter_by_itself(cast: Cast) -> None:
    extend(asked(cast, kind="complaint"), cast, text="De reden: {reden}.")
    assert "De reden: Horen kon pas later." in OutboundMessage.objects.get(purpose="interim").body


def test_another_norm_for_running_clocks_leaves_the_length_that_the_customer_was_told(cast: Cast) -> None:
    extended = asked(cast, kind="complaint")
    extend(extended, cast)
    plain = asked(cast, kind="complaint")
    norms = list(ServiceNorm.objects.filter(code="complaint.settle"))
    shorter = copy(norms[0])
    shorter.pk, shorter.length, shorter.valid_from = None, 35, date(2026, 3, 1)
    found = impact_of_norm(shorter, norms, at=SOON)
    assert [moved.number for moved in found.moved] == [plain.number]
