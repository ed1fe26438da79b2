"""Notices: on the screen at once, by mail in working hours only, one message for many, and never what a customer wrote."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.notify import mark_read, send_notices
from contacts.actions.notify_news import notify_news, settle_read_news
from contacts.actions.register import Asked, register
from contacts.actions.tell import tell
from contacts.models import Notice, Question
from contacts.models.notice import ABOUT_NO_QUESTION
from contacts.notice_topics import TOPICS
from knowledge.actions.write_news import remind_of_news, withdraw_news
from organisation.clock import AMSTERDAM, now
from organisation.models import User
from tests.cast import Cast
from tests.contacts.question_page import login
from tests.knowledge.scene import news

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=AMSTERDAM)
EVENING = datetime(2026, 3, 2, 20, 0, tzinfo=AMSTERDAM)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=AMSTERDAM)


def test_every_kind_about_no_question_says_what_it_is_about() -> None:
    """Else its line on the screen and in the mail would lead nowhere."""
    assert set(ABOUT_NO_QUESTION) == set(TOPICS), "a kind in ABOUT_NO_QUESTION without a line in TOPICS, or the reverse"


def ask(cast: Cast, at: datetime = EVENING, **asked: object) -> Question:
    made = register(
        by=cast.henk,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Geheime titel", subject_id=cast.grofvuil.pk, end="forward", **asked)],  # type: ignore[arg-type]
        text="Iets persoonlijks",
        acknowledge=False,
    )
    return made.questions[0]


def told(cast: Cast, user: User, at: datetime = EVENING, key: str = "clock:1", kind: str = "overdue") -> Question:
    question = ask(cast)
    tell([user.pk], kind=kind, question=question, key=key, at=at)
    return question


def test_a_kind_of_a_newer_version_is_a_line_like_the_others(cast: Cast) -> None:
    """While one version replaces the other, both read the same notices."""
    question = told(cast, cast.ria, kind="from_a_newer_one")
    page = login(cast.ria).get("/meldingen/").content.decode()
    assert "Melding" in page and f"/vragen/{question.number}/" in page
    send_notices(at=TUESDAY)
    mail = OutboundMessage.objects.get(purpose="notice").body
    assert f"{question.number}: melding" in mail and "from_a_newer_one" not in mail


def test_many_notices_are_one_mail(cast: Cast) -> None:
    first = told(cast, cast.ria)
    second = told(cast, cast.ria, key="clock:2", kind="almost_due")
    assert send_notices(at=TUESDAY) == 1
    mail = OutboundMessage.objects.get(purpose="notice")
    assert mail.to_address == cast.ria.email
    assert first.number in mail.body
    assert second.number in mail.body
    assert "Geheime titel" not in mail.body + mail.subject
    assert "persoonlijks" not in mail.body
    assert mail.is_automatic
    assert send_notices(at=TUESDAY) == 0


@pytest.mark.parametrize("at", [EVENING, SATURDAY, datetime(2026, 4, 27, 10, 0, tzinfo=AMSTERDAM)])
def test_outside_working_hours_nothing_is_mailed_and_nothing_is_lost(cast: Cast, at: datetime) -> None:
    told(cast, cast.ria)
    assert send_notices(at=at) == 0
    assert Notice.objects.filter(mailed_at__isnull=True, user=cast.ria).count() == 1


def test_at_most_one_mail_an_hour(cast: Cast) -> None:
    told(cast, cast.ria)
    send_notices(at=TUESDAY)
    told(cast, cast.ria, at=TUESDAY + timedelta(minutes=5), key="clock:9")
    assert send_notices(at=TUESDAY + timedelta(minutes=10)) == 0
    assert send_notices(at=TUESDAY + timedelta(minutes=61)) == 1


def test_what_was_read_on_the_screen_is_not_mailed(cast: Cast) -> None:
    told(cast, cast.ria)
    mark_read(user=cast.ria, at=EVENING)
    assert send_notices(at=TUESDAY) == 0


def test_a_question_that_left_ones_reach_is_not_mailed_about(cast: Cast) -> None:
    question = told(cast, cast.ria)
    Question.objects.filter(pk=question.pk).update(team=cast.burgerzaken)
    assert send_notices(at=TUESDAY) == 0


def test_the_page_shows_ones_own_notices_and_marks_them_read(cast: Cast) -> None:
    question = told(cast, cast.ria, at=now())
    other = told(cast, cast.henk, at=now(), key="clock:7")
    client = Client()
    client.force_login(cast.ria)
    page = client.get("/meldingen/").content.decode()
    assert question.number in page
    assert other.number not in page
    client.post("/meldingen/gelezen/", {"id": Notice.objects.get(user=cast.henk, key="clock:7").pk})
    assert Notice.objects.get(user=cast.henk, key="clock:7").read_at is None
    client.post("/meldingen/gelezen/")
    assert not Notice.objects.filter(user=cast.ria, read_at__isnull=True).exists()


def test_what_came_after_the_page_was_made_is_not_read_with_the_rest(cast: Cast) -> None:
    client = login(cast.henk)
    told(cast, cast.henk, at=now(), key="clock:1")
    until = client.get("/meldingen/").context["page"].made_at
    told(cast, cast.henk, at=now(), key="clock:2")
    client.post("/meldingen/gelezen/", {"tot": until})
    assert list(Notice.objects.filter(user=cast.henk, read_at=None).values_list("key", flat=True)) == ["clock:2"]
    client.post("/meldingen/gelezen/", {"tot": "onzin"})
    assert not Notice.objects.filter(user=cast.henk, read_at=None).exists()


def test_a_notice_about_a_question_out_of_reach_shows_only_its_number(cast: Cast) -> None:
    question = told(cast, cast.ria, at=now())
    Question.objects.filter(pk=question.pk).update(team=cast.burgerzaken)
    client = Client()
    client.force_login(cast.ria)
    page = client.get("/meldingen/").content.decode()
    assert question.number in page
    assert "Geheime titel" not in page


def test_opening_the_question_marks_its_notices_read(cast: Cast) -> None:
    question = told(cast, cast.ria, at=now())
    client = Client()
    client.force_login(cast.ria)
    client.post(f"/vragen/{question.number}/kijkers/", {"first": "1"})
    assert not Notice.objects.filter(user=cast.ria, read_at__isnull=True).exists()


def test_who_did_not_read_a_message_finds_the_reminder_at_meldingen_until_it_is_read(cast: Cast) -> None:
    row = news(cast)
    assert notify_news(at=now()) == 0, "nobody reminded"
    remind_of_news(news=row, by=cast.ria, at=now())
    assert notify_news(at=now()) == 1
    assert notify_news(at=now()) == 0, "once for a reminder"
    (notice,) = Notice.objects.filter(kind="news_waits")
    assert notice.user == cast.fatima
    client = Client()
    client.force_login(cast.fatima)
    page = client.get("/meldingen/").content.decode()
    assert "Milieustraat dicht" in page
    assert f"/kennisbank/nieuws/{row.pk}/" in page
    settle_read_news(at=now())
    assert Notice.objects.get(pk=notice.pk).read_at is None
    client.post(f"/kennisbank/nieuws/{row.pk}/gelezen/")
    settle_read_news(at=now())
    assert Notice.objects.get(pk=notice.pk).read_at is not None
    over = news(cast, title="Alleen vandaag")
    remind_of_news(news=over, by=cast.ria, at=now())
    assert notify_news(at=now()) == 1
    withdraw_news(news=over, by=cast.ria, at=now())
    assert settle_read_news(at=now()) == 1, "nobody can read it any more"
