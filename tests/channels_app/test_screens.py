"""The screens of the channels: who sees what, and what the buttons do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from django.urls import reverse

from channels_app.actions.mailbox_turn import source_of
from channels_app.actions.take_in import take_in
from channels_app.actions.unseen import park_unseen
from channels_app.models import DeadAddress, InboundMessage, Mailbox, OutboundMessage
from channels_app.pages.not_taken import not_taken_alarms
from channels_app.sealing import Sealed, unseal
from contacts.actions.take_in_mail import take_in_mail
from contacts.models import Question
from organisation.clock import now
from organisation.models import AccessEntry, AuditEntry, Team, User
from tests.cast import Cast
from tests.channels_app.corpus import mail, nested

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def parked(cast: Cast) -> InboundMessage:
    take_in_mail(raw=b"Subject: <script>alert(1)</script> geheim\r\n" + nested(30), source="t", at=AT)
    row = InboundMessage.objects.get()
    assert row.state == "parked"
    return row


MAILBOX_FORM = {
    "name": "Info", "address": "Info@opmeer.example", "team": "", "host": "127.0.0.1", "port": "1", "security": "none",
    "username": "", "password": "geheim-wachtwoord", "folder": "INBOX", "done_folder": "", "is_active": "on",
}  # fmt: skip


def test_only_whoever_watches_the_channels_may_open_them(cast: Cast, parked: InboundMessage) -> None:
    pages = {
        reverse("channels_app:channels"): {"sanne", "beheer", "ria"},
        reverse("channels_app:parked"): {"sanne", "beheer"},
        reverse("channels_app:parked_message", args=[parked.pk]): {"sanne", "beheer"},
        reverse("channels_app:parked_raw", args=[parked.pk]): {"sanne"},
        reverse("channels_app:outgoing"): {"sanne", "beheer"},
        reverse("channels_app:mailboxes"): {"beheer"},
        reverse("channels_app:new_mailbox"): {"beheer"},
    }
    for name in ("fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie"):
        client = as_(getattr(cast, name))
        for url, allowed in pages.items():
            assert client.get(url).status_code == (200 if name in allowed else 403), (name, url)


def test_the_administrator_sees_that_there_is_a_message_and_not_what_it_says(
    cast: Cast, parked: InboundMessage
) -> None:
    InboundMessage.objects.update(sender="anna@burger.example", subject="geheim")
    for url in (reverse("channels_app:parked"), reverse("channels_app:parked_message", args=[parked.pk])):
        shown = as_(cast.beheer).get(url).content.decode()
        assert "geheim" not in shown
        assert "anna@burger.example" not in shown
        assert "zitten te diep" in shown
        assert "geheim" in as_(cast.sanne).get(url).content.decode()


def test_what_a_mail_server_said_names_nobody_to_the_administrator(cast: Cast) -> None:
    OutboundMessage.objects.create(
        purpose="reply", object_key="contact:0", to_address="anna@burger.example", subject="geheim", created_at=AT, next_try_at=AT,
        state="failed", error="550 5.1.1 <anna@burger.example>: user unknown, 31612345678",
    )  # fmt: skip
    url = reverse("channels_app:outgoing")
    shown = as_(cast.beheer).get(url).content.decode()
    assert "550 5.1.1 &lt;…&gt;: user unknown, …" in shown and "burger.example" not in shown
    assert "anna@burger.example&gt;: user unknown" in as_(cast.sanne).get(url).content.decode()


def test_the_raw_text_is_shown_as_text_and_every_look_is_logged(cast: Cast, parked: InboundMessage) -> None:
    before = AccessEntry.objects.count()
    shown = as_(cast.sanne).get(reverse("channels_app:parked_message", args=[parked.pk])).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    response = as_(cast.sanne).get(reverse("channels_app:parked_raw", args=[parked.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response.content == bytes(parked.raw.data)
    assert AccessEntry.objects.count() == before + 2


def test_a_parked_message_is_tried_again_or_put_away_with_a_reason(cast: Cast, parked: InboundMessage) -> None:
    client = as_(cast.sanne)
    assert client.post(reverse("channels_app:dismiss_parked", args=[parked.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("channels_app:retry_parked", args=[parked.pk]))
    parked.refresh_from_db()
    assert (parked.state, parked.handled_by) == ("received", cast.sanne)
    for again in ({"reason": "Reclame"}, {"reason": ""}):  # a second click, or on a page of before
        answer = client.post(reverse("channels_app:dismiss_parked", args=[parked.pk]), again, follow=True)
        assert "Dit bericht staat niet meer in de lijst" in answer.content.decode()
    InboundMessage.objects.update(state="parked", outcome="parked")
    client.post(reverse("channels_app:dismiss_parked", args=[parked.pk]), {"reason": "Reclame"})
    parked.refresh_from_db()
    assert (parked.state, parked.outcome, parked.reason) == ("done", "ignored", "Reclame")
    assert AuditEntry.objects.filter(action__in=["message.retried", "message.dismissed"]).count() == 2
    assert as_(cast.ria).post(reverse("channels_app:retry_parked", args=[parked.pk])).status_code == 403


@pytest.mark.parametrize("is_active", [True, False])
def test_what_was_never_handed_over_is_asked_for_again_only_while_its_mailbox_is_on(
    cast: Cast, is_active: bool
) -> None:
    mailbox = Mailbox.objects.create(name="Post", address="p@opmeer.example", host="imap.x", is_active=is_active)
    park_unseen(mailbox=mailbox, source=f"mailbox:{mailbox.pk}:x", key="1:7", received_at=AT, at=AT)
    row = InboundMessage.objects.get()
    shown = as_(cast.sanne).get(reverse("channels_app:parked_message", args=[row.pk])).content.decode()
    assert reverse("channels_app:dismiss_parked", args=[row.pk]) in shown
    assert (reverse("channels_app:retry_parked", args=[row.pk]) in shown) == is_active


def test_a_message_that_was_left_alone_is_registered_after_all(cast: Cast) -> None:
    from contacts.actions.register_mail import register_mail

    take_in_mail(raw=mail("Toch een vraag", "List-Id: <buurt.example>"), source="t", at=AT)
    row = InboundMessage.objects.get(outcome="ignored")
    as_(cast.sanne).post(reverse("channels_app:retry_parked", args=[row.pk]))
    register_mail(at=now())
    row.refresh_from_db()
    assert (row.outcome, Question.objects.count()) == ("registered", 1)


def test_a_message_on_a_question_is_not_to_be_seen_here(cast: Cast) -> None:
    take_in_mail(raw=mail(), source="t", at=AT)
    row = InboundMessage.objects.get()
    for name in ("parked_message", "parked_raw"):
        assert as_(cast.sanne).get(reverse(f"channels_app:{name}", args=[row.pk])).status_code == 404


def test_held_and_failed_mail_is_sent_again_or_left(cast: Cast) -> None:
    rows = [
        OutboundMessage.objects.create(
            purpose="acknowledgement", object_key=f"contact:{n}", to_address="anna@burger.example", subject="x", body="x",
            is_automatic=True, state="held", created_at=AT, next_try_at=AT,
        )
        for n in range(2)
    ]  # fmt: skip
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    client = as_(cast.sanne)
    assert "anna@burger.example" in client.get(reverse("channels_app:outgoing") + "?staat=held").content.decode()
    client.post(reverse("channels_app:resend_outgoing", args=[rows[0].pk]))
    client.post(reverse("channels_app:leave_outgoing", args=[rows[1].pk]))
    states = list(OutboundMessage.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["sending", "dropped"], "nobody has to look at what somebody decided"
    assert not DeadAddress.objects.exists()


def test_what_was_not_sent_asks_for_nobody_after_a_month(cast: Cast, settings: Any) -> None:
    """Else the page of the channels is never quiet again after the first mail that came back."""
    settings.SMTP = {**settings.SMTP, "host": "smtp.x"}
    row = OutboundMessage.objects.create(
        purpose="reply", object_key="contact:1", to_address="anna@burger.example", subject="x", body="x", state="failed",
        created_at=now() - timedelta(days=29), next_try_at=AT,
    )  # fmt: skip
    client = as_(cast.sanne)
    channels, list_of = reverse("channels_app:channels"), reverse("channels_app:outgoing")
    assert "1 bericht is niet verstuurd." in client.get(channels).content.decode()
    assert "anna@burger.example" in client.get(list_of).content.decode()
    OutboundMessage.objects.filter(pk=row.pk).update(created_at=now() - timedelta(days=31))
    assert "niet verstuurd." not in client.get(channels).content.decode()
    assert "anna@burger.example" not in client.get(list_of).content.decode()


def test_a_mailbox_password_is_kept_encrypted_and_never_shown(cast: Cast) -> None:
    client = as_(cast.beheer)
    assert client.post(reverse("channels_app:new_mailbox"), MAILBOX_FORM).status_code == 302
    row = Mailbox.objects.get()
    assert row.address == "info@opmeer.example"
    assert "geheim" not in row.password_encrypted
    assert unseal(row.password_encrypted) == "geheim-wachtwoord"
    page = client.get(reverse("channels_app:mailbox", args=[row.pk])).content.decode()
    assert "geheim-wachtwoord" not in page
    assert row.password_encrypted not in page
    changed = client.post(
        reverse("channels_app:mailbox", args=[row.pk]), MAILBOX_FORM | {"password": "", "name": "Post", "version": "1"}
    )
    row.refresh_from_db()
    assert (changed.status_code, row.name, unseal(row.password_encrypted)) == (302, "Post", "geheim-wachtwoord")
    stale = client.post(
        reverse("channels_app:mailbox", args=[row.pk]), MAILBOX_FORM | {"name": "Anders", "version": "1"}
    )
    assert (stale.status_code, Mailbox.objects.get().name) == (409, "Post")


@pytest.mark.parametrize(
    ("change", "cursor"),
    [
        ({"folder": "Vragen"}, (None, 0)),
        ({"address": "vragen@opmeer.example"}, (None, 0)),  # who signs in by address reads another mailbox
        ({"username": "info", "address": "vragen@opmeer.example"}, (None, 0)),
        ({"name": "Vragen"}, (7, 99)),
    ],
)
def test_a_mailbox_that_points_elsewhere_is_read_from_its_beginning(
    cast: Cast, change: dict[str, str], cursor: tuple[int | None, int]
) -> None:
    client = as_(cast.beheer)
    client.post(reverse("channels_app:new_mailbox"), MAILBOX_FORM)
    before = Mailbox.objects.get()
    Mailbox.objects.update(uid_validity=7, last_uid=99)
    client.post(reverse("channels_app:mailbox", args=[before.pk]), MAILBOX_FORM | change | {"version": "1"})
    row = Mailbox.objects.get()
    assert row.version == 2 and (row.uid_validity, row.last_uid) == cursor
    assert (source_of(row) != source_of(before)) == (cursor == (None, 0)), "else its numbers are taken for known"


@pytest.mark.parametrize(
    ("typed", "signs_in_as"),
    [
        (["", ""], "c@opmeer.example"),
        (
            ["", "a@opmeer.example"],
            "c@opmeer.example",
        ),  # as the screen shows it: whoever signs in by address goes on doing so
        (["post", "post"], "post"),
        (["b@opmeer.example", "post"], "post"),
    ],
)
def test_who_signs_in_by_address_does_so_after_every_change_of_it(
    cast: Cast, typed: list[str], signs_in_as: str
) -> None:
    client = as_(cast.beheer)
    client.post(reverse("channels_app:new_mailbox"), MAILBOX_FORM | {"address": "x@opmeer.example"})
    row = Mailbox.objects.get()
    for version, (address, username) in enumerate(zip(["a@opmeer.example", "c@opmeer.example"], typed, strict=True), 1):
        Mailbox.objects.update(uid_validity=7, last_uid=99)
        form = MAILBOX_FORM | {"address": address, "username": username, "version": str(version)}
        assert client.post(reverse("channels_app:mailbox", args=[row.pk]), form).status_code == 302
    row.refresh_from_db()
    assert row.username == signs_in_as
    assert (row.last_uid == 0) == (typed != ["post", "post"]), "another mailbox is read from its beginning"


@pytest.mark.parametrize(
    "change",
    [
        {"host": "http://x"},
        {"port": "0"},
        {"port": "99999"},
        {"done_folder": "INBOX"},
        {"folder": 'a"b'},
        {"address": "x"},
    ],
)
def test_a_mailbox_that_cannot_be_is_refused_at_its_field(cast: Cast, change: dict[str, str]) -> None:
    response = as_(cast.beheer).post(reverse("channels_app:new_mailbox"), MAILBOX_FORM | change)
    assert response.status_code == 422
    assert next(iter(change)) in response.context["form"].errors


def test_the_test_of_a_mailbox_says_what_is_wrong(cast: Cast) -> None:
    client = as_(cast.beheer)
    client.post(reverse("channels_app:new_mailbox"), MAILBOX_FORM)
    response = client.post(reverse("channels_app:check_mailbox", args=[Mailbox.objects.get().pk]))
    assert "luistert niemand" in response.content.decode()


def test_a_silent_mailbox_waiting_mail_and_what_stands_aside_raise_alarms(
    cast: Cast, parked: InboundMessage, settings: Any
) -> None:
    settings.SMTP = {**settings.SMTP, "host": "smtp.x"}
    client = as_(cast.sanne)
    Mailbox.objects.create(
        name="Post", address="p@opmeer.example", host="imap.x", last_read_at=now() - timedelta(minutes=16)
    )
    take_in(raw=mail(), source="t2", received_at=AT, at=now() - timedelta(hours=1))
    OutboundMessage.objects.create(
        purpose="reply", object_key="contact:1", to_address="anna@burger.example", subject="x", body="x", state="sending",
        created_at=now() - timedelta(days=2), next_try_at=now() + timedelta(hours=3), error="De mailserver antwoordt niet.",
    )  # fmt: skip
    shown = client.get(reverse("channels_app:channels")).content.decode()
    for words in (
        "De mailbox Post wordt niet gelezen.",
        "1 bericht staat apart.",
        "Er wacht post sinds",
        "1 mail kon nog niet weg.",
        "De mailserver antwoordt niet.",
    ):
        assert words in shown
    health = as_(cast.beheer).get("/health/details").json()
    assert next(one for one in health["parts"] if one["part"] == "channels")["well"] is False
    page = as_(cast.beheer).get("/beheer/gezondheid/").content.decode()
    assert "1 mail kon nog niet weg." in page and "De mailserver antwoordt niet." not in page
    Mailbox.objects.update(last_read_at=now())
    assert "De mailbox Post wordt niet gelezen." not in client.get(reverse("channels_app:channels")).content.decode()


@pytest.mark.parametrize(
    ("host", "own", "change", "is_told"),
    [
        ("smtp.x", "", {}, True),
        ("smtp.x", "", {"accepted_at": AT}, False),
        ("smtp.x", "", {"purpose": "survey"}, False),
        ("", "", {}, False),
        ("", "smtp.y", {}, True),
    ],
)
def test_mail_counts_as_not_taken_only_when_a_mail_server_kept_it_waiting(
    settings: Any, host: str, own: str, change: dict[str, Any], is_told: bool
) -> None:
    settings.SMTP = {**settings.SMTP, "host": host}
    mailbox = Mailbox.objects.create(name="Post", address="p@opmeer.example", host="imap.x", smtp_host=own)
    given: dict[str, Any] = {"purpose": "reply", "mailbox": mailbox, **change}
    OutboundMessage.objects.create(
        object_key="contact:1", to_address="anna@burger.example", subject="x", body="x", state="sending",
        created_at=AT, next_try_at=AT, error="Later.", **given,
    )  # fmt: skip
    assert bool(not_taken_alarms(AT + timedelta(hours=1))) == is_told


def test_the_page_of_the_channels_costs_the_same_queries_for_many_rows(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = as_(cast.sanne)
    client.get(reverse("channels_app:channels"))
    Mailbox.objects.bulk_create(Mailbox(name=f"M{n}", address=f"m{n}@opmeer.example", host="x") for n in range(20))
    with django_assert_max_num_queries(20):
        client.get(reverse("channels_app:channels"))


PROOF = {
    "name": "Anna de Wit",
    "sender": "anna@burger.example",
    "subject": "Container",
    "text": "Niet geleegd",
    "raw": "",
}


def test_a_proof_mail_takes_the_way_of_real_mail(cast: Cast) -> None:
    client = as_(cast.sanne)
    response = client.post(reverse("contacts:proof_mail"), PROOF)
    question = Question.objects.get()
    assert (question.title, question.customer.name, question.channel) == ("Container", "Anna de Wit", "email")  # type: ignore[union-attr]
    assert question.number in response.content.decode()
    assert OutboundMessage.objects.filter(purpose="acknowledgement").exists()
    raw = mail("Nieuws", "List-Id: <n.x>", mid="<n@x>").decode()
    shown = client.post(reverse("contacts:proof_mail"), PROOF | {"sender": "", "text": "", "raw": raw}).content.decode()
    assert "nieuwsbrief" in shown
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"sender": ""}, "sender"), ({"sender": "x"}, "sender"), ({"text": "", "subject": ""}, "text")],
)
def test_a_proof_mail_without_sender_or_words_is_refused_at_its_field(
    cast: Cast, change: dict[str, str], field: str
) -> None:
    response = as_(cast.sanne).post(reverse("contacts:proof_mail"), PROOF | change)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_who_may_send_a_proof_mail(cast: Cast, settings: Any) -> None:
    url = reverse("contacts:proof_mail")
    assert [as_(getattr(cast, n)).get(url).status_code for n in ("fatima", "sanne", "beheer", "joost")] == [
        200,
        200,
        200,
        403,
    ]
    settings.DEMO_MODE = False
    assert [as_(getattr(cast, n)).get(url).status_code for n in ("fatima", "sanne", "beheer", "joost")] == [
        403,
        200,
        200,
        403,
    ]


def test_saving_a_mailbox_seals_its_password_under_the_newest_key(cast: Cast, settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    client = as_(cast.beheer)
    client.post(reverse("channels_app:new_mailbox"), MAILBOX_FORM)
    settings.FIELD_KEYS = [new, old]
    url = reverse("channels_app:mailbox", args=[Mailbox.objects.get().pk])
    client.post(url, MAILBOX_FORM | {"password": "", "version": "1"})
    settings.FIELD_KEYS = [new]
    assert unseal(Mailbox.objects.get().password_encrypted) == "geheim-wachtwoord"
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(Sealed):
        unseal(Mailbox.objects.get().password_encrypted)


def test_the_form_of_a_mailbox_keeps_a_team_that_was_closed(cast: Cast) -> None:
    client, given = as_(cast.beheer), MAILBOX_FORM | {"team": str(cast.burgerzaken.pk)}
    client.post(reverse("channels_app:new_mailbox"), given)
    Team.objects.filter(pk=cast.burgerzaken.pk).update(is_active=False)
    page = reverse("channels_app:mailbox", args=[Mailbox.objects.get().pk])
    assert f'<option value="{cast.burgerzaken.pk}" selected>' in client.get(page).content.decode()
    assert client.post(page, given | {"name": "Post", "password": "", "version": "1"}).status_code == 302
    assert Mailbox.objects.get().team == cast.burgerzaken
    assert client.post(reverse("channels_app:new_mailbox"), given).status_code == 422, "nobody chooses it anew"
