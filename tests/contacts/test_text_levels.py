"""How hard our texts are: what a writer made up himself, kept at the moment it leaves, once, and never of whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from channels_app.readability import VERSION
from contacts.actions.answer import answer
from contacts.actions.keep_level import keep_earlier_levels, templates
from contacts.actions.log_conversation import log_conversation
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, NewCustomer, register
from contacts.complaint_text import extension_text
from contacts.invariants.rows import text_has_level
from contacts.models import Contact, Question, ReplyTemplate, TextLevel, TextLevelState
from contacts.own_words import known_text, own_words
from organisation.clock import AMSTERDAM
from organisation.models import Municipality
from tests.cast import Cast, settle_in
from tests.contacts.test_settle import at_once

AT = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
PLAIN = "Wij halen uw bank op woensdag op. Zet de bank voor half acht aan de weg. U hoeft niet thuis te zijn."
STIFF = "Indien u zich niet met het bovenstaande kunt verenigen, bestaat de mogelijkheid om binnen de daarvoor gestelde termijn een gemotiveerde schriftelijke reactie in te dienen bij de behandelende afdeling."
TEMPLATE = "{aanhef}\n\nUw bank is niet opgehaald. Wij komen op [dag], tussen 8 en 12 uur. {medewerker} weet er alles van.\n\n{nummer}\n\nMet vriendelijke groet,\n\n{medewerker}"
KNOWN = known_text([TEMPLATE])


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Beste mevrouw De Wit,\n\nHet lukt dinsdag.\n\nMet vriendelijke groet,\n\nHenk Bos\nOpenbare Ruimte", "Het lukt dinsdag."),
        ("Het lukt dinsdag.", "Het lukt dinsdag."),
        ("Uw bank is niet opgehaald. Dat is dom van ons. Wij komen op woensdag 4 maart, tussen 8 en 12 uur.", "Dat is dom van ons."),
        ("UW BANK  is niet\u00a0opgehaald. Henk Bos weet er alles van.", ""),
        ("Wij komen op woensdag, tussen 8 en 12 uur, en bellen vooraf.", "Wij komen op woensdag, tussen 8 en 12 uur, en bellen vooraf."),
        ("Ja, dat kan.\n\nOp ma 2 mrt 2026 om 09:00 schreef Anna <a@b.nl>:\n> Kan het?\n> Groet", "Ja, dat kan."),
        ("Ja.\n> Kan het?\nZet het klaar.\n\n-----Oorspronkelijk bericht-----\nVan: Anna", "Ja.\nZet het klaar."),
        ("Geachte heer, mevrouw,\r\nHet lukt.\r\nHoogachtend,\r\nX", "Het lukt."),
        ("Beste buren hebben recht op rust en dat vinden wij ook, want zo hoort het hier in deze straat.", "Beste buren hebben recht op rust en dat vinden wij ook, want zo hoort het hier in deze straat."),
        ("", ""),
        ("Beste Anna,", ""),
    ],
)  # fmt: skip
def test_only_what_somebody_made_up_for_this_message_is_left(text: str, own: str) -> None:
    assert own_words(text, KNOWN) == own


def test_a_template_of_nothing_but_fields_is_no_template() -> None:
    assert (
        own_words("Kom maar langs.", known_text(["{aanhef}\n\n{nummer}. [tekst]\n\nVan {team}."])) == "Kom maar langs."
    )


def test_a_long_text_of_half_templates_is_read_in_time() -> None:
    known = known_text(["{aanhef} en {nummer} of {team} met " + "{dag} en " * 40 + "slot."] * 50)
    text = "en of met " * 5_000 + "slot."
    assert own_words(text, known) == text.strip()


def asked(cast: Cast, channel: str = "email") -> Question:
    made = register(
        by=None if channel == "email" else cast.fatima,
        at=AT,
        channel=channel,
        received_at=AT,
        asked=[Asked(subject_id=cast.grofvuil.pk)],
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
    )
    return Question.objects.get(pk=made.questions[0].pk)


def levels() -> list[tuple[str, str, int]]:
    return list(TextLevel.objects.order_by("pk").values_list("channel", "level", "words"))


@pytest.fixture
def demo_mail(settings: Any) -> None:
    settings.DEMO_MODE, settings.SMTP = True, {**settings.SMTP, "host": ""}


@pytest.mark.django_db
def test_a_mail_has_its_level_when_it_is_sent_and_not_before(cast: Cast, demo_mail: None) -> None:
    question = asked(cast)
    answer(
        question=question, by=cast.henk, at=AT, text=f"Beste mevrouw De Wit,\n\n{PLAIN}", to_address="d@voorbeeld.nl"
    )
    assert levels() == []
    deliver(at=AT + timedelta(minutes=1))
    assert levels() == [("email", "A2", len(PLAIN.split()))]
    row = TextLevel.objects.get()
    assert (row.question, row.team, row.subject, row.method) == (question, cast.openbare_ruimte, cast.grofvuil, VERSION)
    assert row.left_at == OutboundMessage.objects.get(purpose="reply").sent_at
    assert not {field.name for field in TextLevel._meta.fields} & {"user", "by", "text", "author", "registered_by"}


@pytest.mark.django_db
def test_a_mail_that_was_not_sent_an_acknowledgement_and_what_a_customer_writes_have_none(
    cast: Cast, demo_mail: None
) -> None:
    question = asked(cast)
    answer(question=question, by=cast.henk, at=AT, text=PLAIN, to_address="d@voorbeeld.nl", then="stay")
    OutboundMessage.objects.filter(purpose="reply").update(state="failed")
    deliver(at=AT + timedelta(seconds=30))
    assert OutboundMessage.objects.get(purpose="acknowledgement").state == "sent"
    receive_reply(question=question, customer=question.customer, at=AT, channel="email", received_at=AT, text=PLAIN)
    log_conversation(question=question, by=cast.henk, at=AT, channel="phone", text=PLAIN, is_answer=False)
    keep_earlier_levels()
    assert levels() == []


@pytest.mark.django_db
def test_a_letter_and_a_post_have_theirs_at_once_and_stay_as_they_left(cast: Cast) -> None:
    question = asked(cast, "letter")
    answer(question=question, by=cast.henk, at=AT, text=STIFF, channel="letter", then="stay")
    answer(question=question, by=cast.henk, at=AT, text="Ja hoor.", channel="social", then="stay")
    assert levels() == [("letter", "C1", len(STIFF.split())), ("social", "", 2)]
    Question.objects.filter(pk=question.pk).update(team=cast.burgerzaken, subject=None)
    assert set(TextLevel.objects.values_list("team", "subject")) == {(cast.openbare_ruimte.pk, cast.grofvuil.pk)}


@pytest.mark.django_db
def test_the_template_counts_for_nobody_also_as_it_was_before(cast: Cast) -> None:
    template = ReplyTemplate.objects.create(name="Bank", body=PLAIN)
    template.body = "Iets anders dan eerst."
    template.save()
    Municipality.objects.filter(pk=1).update(reply_closing="Groeten van ons team,\n{medewerker}")
    question = asked(cast, "letter")
    answer(question=question, by=cast.henk, at=AT, text=f"{PLAIN} Tot dan.", channel="letter")
    assert levels() == [("letter", "", 2)]


@pytest.mark.django_db
def test_the_sweep_gives_older_texts_their_level_once(
    cast: Cast, demo_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.actions.keep_level.BATCH", 2)
    question = asked(cast)
    for text in (PLAIN, STIFF, "Ja."):
        answer(question=question, by=cast.henk, at=AT, text=text, to_address="d@voorbeeld.nl", then="stay")
        deliver(at=AT + timedelta(minutes=1))
    letter = answer(question=question, by=cast.henk, at=AT, text=PLAIN, channel="letter", then="stay")
    live = levels()
    TextLevel.objects.all().delete()
    assert keep_earlier_levels(seconds=0) == 0
    assert keep_earlier_levels() == 4
    assert sorted(levels()) == sorted(live)
    assert TextLevel.objects.get(contact=letter).left_at == AT
    assert (keep_earlier_levels(), TextLevelState.objects.get().before) == (0, 0)


@pytest.mark.django_db
def test_the_nightly_check_finds_a_text_without_level_and_a_level_without_text(cast: Cast) -> None:
    question = asked(cast, "letter")
    letter = answer(question=question, by=cast.henk, at=AT, text=PLAIN, channel="letter", then="stay")
    row = TextLevel.objects.get()
    TextLevel.objects.all().delete()
    assert list(text_has_level()) == []  # the sweep has not been there yet
    TextLevelState.objects.create(pk=1, before=0)
    assert list(text_has_level()) == [f"contact {letter.pk}"]
    row.save(force_insert=True)
    assert list(text_has_level()) == []
    Contact.objects.filter(pk=letter.pk).update(is_automatic=True)
    assert list(text_has_level()) == [f"contact {letter.pk}"]


@pytest.mark.django_db
def test_on_an_empty_installation_the_sweep_is_done_at_once(db: None) -> None:
    assert (keep_earlier_levels(), Contact.objects.count()) == (0, 0)
    assert TextLevelState.objects.get().before == 0


@pytest.mark.django_db
def test_the_letter_that_the_product_writes_counts_for_nobody(cast: Cast) -> None:
    text = extension_text(hello="Beste mevrouw De Wit,", received="2 maart 2026", last="30 mei 2026")
    assert own_words(text.replace("{reden}", "ziekte van de behandelaar"), templates()) == ""


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_give_every_text_its_level_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.actions.keep_level.BATCH", 3)
    cast = settle_in()
    question = asked(cast, "letter")
    for number in range(20):
        answer(question=question, by=cast.henk, at=AT, text=f"{PLAIN} Nummer {number}.", channel="letter", then="stay")
    TextLevel.objects.all().delete()

    def sweep(_number: int) -> int:
        kept = keep_earlier_levels()
        while TextLevelState.objects.get().before:
            kept += keep_earlier_levels()
        return kept

    assert sum(at_once(4, sweep)) == TextLevel.objects.count() == 20
