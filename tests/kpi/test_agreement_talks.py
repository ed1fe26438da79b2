"""The talk about an agreement: announced once, kept as it was seen, and the next one planned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from channels_app.models import OutboundMessage
from contacts.actions.notify import send_notices
from contacts.models import Notice
from kpi.actions.discuss_agreement import _announce, announce_talks, discuss_agreement
from kpi.models import AgreementReview, TeamAgreement
from organisation.errors import Refused, Stale
from organisation.models import Membership
from tests.cast import Cast
from tests.kpi.agreement_scene import TODAY, _it_is_noon, agreed, browser, mails, talk, told
from tests.kpi.history import clock, local, question

__all__ = ["_it_is_noon", "mails"]
pytestmark = pytest.mark.django_db


def test_a_talk_keeps_what_was_seen_and_plans_the_next(mails: Cast) -> None:
    row = agreed(mails)
    client = browser(mails.sanne)
    address = reverse("kpi:agreement_talk", args=[row.pk])
    filled = {"held_on": "2026-11-25", "outcome": "Terugbellen kan beter.", "next_on": "2027-05-01", "version": 1}
    assert client.get(address).status_code == 200
    assert client.post(address, filled | {"seen_on": "2026-11-25", "outcome": ""}).status_code == 422
    assert client.post(address, filled | {"seen_on": "2026-11-25"}).status_code == 302
    assert client.post(address, filled | {"seen_on": "2026-11-25"}).status_code == 409, "pressed twice is one talk"
    review = AgreementReview.objects.get()
    row.refresh_from_db()
    assert (row.review_on, review.planned_on, review.number) == (date(2027, 5, 1), date(2027, 3, 1), 1)
    assert review.results[0]["cells"][0] == {
        "period": "November 2026",
        "shown": "75\u00a0%",
        "behind": "9 van 12 e-mails",
        "state": "below",
        "words": "niet gehaald",
        "denominator": 12,
    }
    for number in range(6):
        at = local(f"2026-11-18 10:{number:02d}")
        late = question(mails, received=at, channel="email", team=mails.openbare_ruimte, subject=mails.grofvuil)
        clock(late, "email.answer", started=at, due=local("2026-11-21 00:00"), stopped=local("2026-11-19 10:00"))
    page = client.get(reverse("kpi:agreement", args=[row.pk])).content.decode()
    assert "75\u00a0%" in page and "15 van 18 e-mails" in page and "Terugbellen kan beter." in page
    for wrong in ({"held_on": TODAY + timedelta(1)}, {"held_on": date(2026, 9, 1)}, {"next_on": TODAY}):
        with pytest.raises(Refused):
            talk(row, mails, version=2, **wrong)


def test_a_talk_is_announced_once_to_lead_and_coordinator(cast: Cast) -> None:
    row = agreed(cast)
    OutboundMessage.objects.all().delete()
    assert announce_talks(at=local("2027-02-14 12:00")) == 0
    at = local("2027-02-15 09:00")
    assert announce_talks(at=at) == 1
    assert announce_talks(at=at) == 0 and announce_talks(at=at + timedelta(days=30)) == 0
    assert [to for to, _subject in told()] == ["ria@opmeer.example", "sanne@opmeer.example"]
    assert "1 maart" in OutboundMessage.objects.filter(to_address="ria@opmeer.example").get().body
    later = local("2027-03-03 09:00")
    discuss_agreement(
        pk=row.pk,
        held_on=date(2027, 3, 2),
        seen_on=date(2027, 3, 2),
        outcome="Goed.",
        next_on=date(2027, 3, 10),
        version=1,
        by=cast.sanne,
        at=later,
    )
    assert announce_talks(at=later) == 1 and len(told()) == 4


def test_who_is_told_of_a_talk_finds_it_among_the_notices_until_it_was_held(client: Client, cast: Cast) -> None:
    row = agreed(cast)
    announce_talks(at=local("2027-02-15 09:00"))
    assert send_notices(at=local("2027-02-15 10:00")) == 0  # it has a mail of its own
    client.force_login(cast.ria)
    page = client.get("/meldingen/").content.decode()
    assert f"Tijd voor een gesprek over een afspraak: {cast.openbare_ruimte.name}, ma 1 mrt 2027" in page
    assert f'href="{reverse("kpi:agreement", args=[row.pk])}"' in page
    Membership.objects.filter(user=cast.ria).update(team=cast.burgerzaken)
    page = client.get("/meldingen/").content.decode()
    assert "Tijd voor een gesprek" in page and cast.openbare_ruimte.name not in page
    held = date(2027, 3, 2)
    discuss_agreement(
        pk=row.pk,
        held_on=held,
        seen_on=held,
        outcome="Goed.",
        next_on=date(2027, 9, 1),
        version=1,
        by=cast.sanne,
        at=local("2027-03-03 09:00"),
    )
    assert not Notice.objects.filter(kind="talk_due", read_at=None).exists()


def test_no_talk_is_announced_after_the_last_day(cast: Cast) -> None:
    agreed(cast, ends_on=date(2027, 2, 20))
    OutboundMessage.objects.all().delete()
    assert announce_talks(at=local("2027-02-18 12:00")) == 0
    assert not told()


def test_a_talk_that_is_moved_while_the_sweep_runs_is_not_told(cast: Cast) -> None:
    row = agreed(cast)
    OutboundMessage.objects.all().delete()
    TeamAgreement.objects.filter(pk=row.pk).update(review_on=date(2027, 9, 1))
    assert _announce(row.pk, local("2027-02-15 09:00")) == 0 and not told()


def test_what_was_written_of_a_talk_stays(cast: Cast) -> None:
    review = talk(agreed(cast), cast)
    for act in (
        lambda: AgreementReview.objects.filter(pk=review.pk).update(outcome="anders"),
        lambda: AgreementReview.objects.filter(pk=review.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    review.refresh_from_db()
    assert review.outcome == "Het gaat goed."


def test_somebody_who_was_second_is_told(cast: Cast) -> None:
    row = agreed(cast)
    with pytest.raises(Stale):
        talk(row, cast, version=7)
