"""What one channel asks besides: the stamp of a letter and its acknowledgement, the time of an appointment."""

import pytest
from django.test import Client

from contacts.models import (
    Contact,
    Customer,
    NormClock,
    OutgoingLetter,
    Question,
)
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit

__all__ = ["_wednesday_morning", "desk", "wit"]


def test_a_letter_begins_on_its_stamp_and_is_handed_over(desk: Client, wit: Customer, cast: Cast) -> None:
    page = desk.get(DESK + "?nieuw=1&kanaal=letter").content.decode()
    assert 'value="2026-11-24"' in page
    data = form(
        customer=wit.pk, channel="letter", end="forward", received_on="2026-11-20", **{"q0-subject": cast.paspoort.pk}
    )
    assert desk.post(DESK, data).status_code == 302
    question = Question.objects.get()
    assert question.received_at.date().isoformat() == "2026-11-20"
    assert question.due_at.isoformat() == "2026-11-27T23:00:00+00:00"


def test_a_letter_that_is_acknowledged_by_letter_has_its_second_norm_when_that_is_posted(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    Customer.objects.filter(pk=wit.pk).update(postcode="", house_number="")
    data = form(
        customer=wit.pk,
        channel="letter",
        end="acknowledge",
        received_on="2026-11-24",
        **{"q0-subject": cast.paspoort.pk},
    )
    page = desk.post(DESK, data)
    assert page.status_code == 422 and 'name="recipient"' in page.content.decode() and not Question.objects.exists()
    data["recipient"] = "A. de Wit\nDorpsstraat 41\n1716 KA Opmeer"
    assert desk.post(DESK, data).status_code == 302
    letter = OutgoingLetter.objects.get()
    assert dict(NormClock.objects.values_list("code", "state")) == {"letter.respond": "running"}
    desk.post(f"/post/uit/{letter.pk}/gepost/")
    states = dict(NormClock.objects.values_list("code", "state"))
    assert states == {"letter.respond": "met", "letter.answer": "running"}


def test_the_stamp_of_a_letter_does_not_stay_when_it_becomes_a_call(desk: Client, wit: Customer) -> None:
    data = form(customer=wit.pk, channel="phone", shaped_for="letter", received_on="2026-11-20")
    assert desk.post(DESK, data).status_code == 302
    assert Contact.objects.get().received_at == AT


@pytest.mark.parametrize(("typed", "begins"), [("10:45", 45), ("", 30), ("10:15", 30)])
def test_an_early_visitor_waits_from_the_time_of_the_appointment(
    desk: Client, cast: Cast, typed: str, begins: int
) -> None:
    assert 'name="appointment"' in desk.get(DESK + "?nieuw=1&kanaal=appointment").content.decode()
    assert 'name="appointment"' not in desk.get(DESK + "?nieuw=1&kanaal=reception").content.decode()
    data = form(channel="appointment", customer_state="unknown", end="forward", panel="forward", appointment=typed)
    assert desk.post(DESK, data).status_code == 302
    clock = NormClock.objects.get(code="visit.wait")
    assert (clock.state, clock.started_at) == ("running", AT.replace(minute=begins))


def test_a_time_that_is_none_is_asked_again_and_one_of_another_channel_does_not_count(desk: Client) -> None:
    data = form(customer_state="unknown", appointment="25:00")
    refused = desk.post(DESK, data | {"channel": "appointment"})
    assert refused.status_code == 422 and "Vul een tijd in, bijvoorbeeld 10:30." in refused.content.decode()
    assert desk.post(DESK, data | {"channel": "counter"}).status_code == 302
