"""What a message that leaves looks like, at a real SMTP server: house style, thread, marks of a machine, files, and nothing of a customer in its headers."""

from __future__ import annotations

import smtplib
from pathlib import Path
from typing import Any

import pytest

from channels_app import files
from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from channels_app.reference import find_reference
from tests.channels_app.sink import AT, Sink, house, queued, sink

__all__ = ["house", "sink"]
pytestmark = pytest.mark.django_db


def test_a_message_leaves_once_in_the_house_style_with_its_reference(sink: Sink) -> None:
    message = queued(in_reply_to="<vraag@burger.example>")
    assert deliver(at=AT).sent == 1
    assert deliver(at=AT).sent == 0
    message.refresh_from_db()
    (mail,) = sink.mails
    assert (message.state, message.sent_at, mail["Message-ID"]) == ("sent", AT, message.message_id)
    assert (mail["In-Reply-To"], mail["References"]) == ("<vraag@burger.example>", "<vraag@burger.example>")
    assert mail["Auto-Submitted"] is None
    text, html = (mail.get_body((kind,)).get_content().replace("\r", "") for kind in ("plain", "html"))
    assert find_reference(text) == find_reference(html) == "OPM-2026-000123"
    assert "Dinsdag legen wij uw container." in text
    assert "<p>Dinsdag legen wij uw container.</p>" in html.replace("\n</p>", "</p>").replace("\n", "")


def test_an_address_in_a_mail_can_be_pressed_in_every_program(sink: Sink) -> None:
    queued(body="Zie hoe het ermee staat:\nhttps://kcc.opmeer.example/volg/OPM-2026-000123/ab_-c/?a=1&b=<2>")
    deliver(at=AT)
    html = sink.mails[0].get_body(("html",)).get_content()
    assert 'href="https://kcc.opmeer.example/volg/OPM-2026-000123/ab_-c/?a=1&amp;b=' in html and "<2>" not in html


def test_automatic_mail_says_that_a_machine_wrote_it(sink: Sink) -> None:
    queued(purpose="acknowledgement", is_automatic=True)
    deliver(at=AT)
    (mail,) = sink.mails
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["Precedence"]) == (
        "auto-replied",
        "All",
        "bulk",
    )


def test_a_file_travels_along(sink: Sink, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    files.store_file(
        data=b"%PDF-1.4 brief", name="brief.pdf", at=AT, declared_type="application/pdf", outbound=queued()
    )
    deliver(at=AT)
    (attached,) = sink.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (
        "brief.pdf",
        "application/pdf",
        b"%PDF-1.4 brief",
    )


def test_text_of_customers_cannot_become_markup_or_headers(sink: Sink) -> None:
    queued(
        body="<script>alert(1)</script>",
        subject="Regel 1\r\nBcc: iedereen@x.example",
        to_name='Anna\r\nX: "y" <b@c.example>',
    )
    deliver(at=AT)
    (mail,) = sink.mails
    assert (mail["Bcc"], mail["X"], "<script>" in mail.get_body(("html",)).get_content()) == (None, None, False)
    row = queued("contact:2")
    OutboundMessage.objects.filter(pk=row.pk).update(subject="Regel 1\nBcc: x@y.example")
    assert deliver(at=AT).failed == 1


def test_an_encoded_word_hides_no_header(sink: Sink) -> None:
    hidden = "=?utf-8?q?a=0D=0ABcc:_x@y.example?="
    queued(subject=hidden, to_name=hidden, in_reply_to=f"<{hidden}@y.example>")
    deliver(at=AT)
    (mail,) = sink.mails
    assert mail["Bcc"] is None
    assert mail["In-Reply-To"] is None
    assert mail["To"].addresses[0].addr_spec == "anna@burger.example"


@pytest.mark.parametrize(
    "address",
    [
        "geen adres",
        "a@",
        "j\u200brg@burger.example",
        "a b@c.example",
        "a@b.example>",
        "a..b@burger.example",
        "(a)@burger.example",
        "a@burger.example.",
        "a@[1",
    ],
)
def test_what_is_no_address_fails_at_once_with_words(sink: Sink, address: str) -> None:
    message = queued(to_address=address)
    assert deliver(at=AT).failed == 1
    message.refresh_from_db()
    assert message.error
    assert not sink.mails


@pytest.mark.parametrize("offers", [True, False])
def test_an_address_with_every_letter_gets_mail_from_a_server_that_sends_there(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, offers: bool
) -> None:
    real = smtplib.SMTP.ehlo

    def ehlo(self: Any, *args: Any) -> Any:
        said = real(self, *args)
        if not offers:
            self.esmtp_features.pop("smtputf8", None)
        return said

    monkeypatch.setattr(smtplib.SMTP, "ehlo", ehlo)
    first, second = queued(to_address="jörg@straße.example", to_name="Jörg de Wit"), queued("contact:2")
    done = deliver(at=AT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.state == "sent"
    if offers:
        to = next(mail["To"] for mail in sink.mails if "rg" in mail["To"])
        assert (done.sent, first.state, str(to)) == (2, "sent", "Jörg de Wit <jörg@xn--strae-oqa.example>")
    else:
        assert (done.failed, len(sink.mails)) == (1, 1)
        assert first.error.startswith("Onze mailserver kan niet sturen naar een adres met andere letters")
