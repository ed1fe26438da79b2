"""An answer of the knowledge base goes into a reply in the customer's language, and it is said which one that is."""

from __future__ import annotations

import pytest
from django.test import Client

from channels_app.tongue import language_of
from contacts.pages.question_answers import MOST, answers_for, asked_in
from knowledge.snapshot import Said, SaidIn
from organisation.clock import now
from tests.cast import Cast
from tests.contacts.question_page import ask
from tests.knowledge.scene import article, next_version, publish_next
from tests.knowledge.test_translations import decide, translate

ENGLISH = "Hello, I would like to have my old sofa collected. Could you please tell me what it costs and when you come?"
DUTCH = "Goedemorgen, ik wil graag mijn oude bank laten ophalen. Wat kost dat en wanneer komt u?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (DUTCH, "nl"),
        ("How do I get a new passport?", "en"),
        ("Is er morgen markt in Opmeer?", ""),
        ("Ik heb een probleem met the app: het werkt niet op mijn iPhone, please help.", "nl"),
        ("I’m not at home; don’t come.", "en"),
        ("Wann kommt die Müllabfuhr? Ich habe einen Schrank.", "de"),
        ("Dzień dobry, chciałbym się zameldować. Czy mogę przyjść jutro i co jest potrzebne?", "pl"),
        ("Bonjour, je voudrais une carte d’identité pour mon fils. Quand est-ce que je peux venir ?", "fr"),
        ("Merhaba, yeni pasaport için nasıl randevu alabilirim? Ne kadar, lütfen?", "tr"),
        ("Добрий день, я хочу зареєструвати свою адресу. Що мені потрібно?", "uk"),
        ("Здравствуйте, как мне записаться на приём?", "ru"),
        ("مرحبا، أريد تسجيل عنواني الجديد في البلدية", "ar"),
        ("Beste gemeente, mijn buurman heet Андрей en hij heeft een vraag over zijn adres.", "nl"),
        ("ok", ""),
        ("", ""),
        ("in is was we me", ""),
        ("\x00 <script>alert(1)</script> " * 500, ""),
    ],
)
def test_the_commonest_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def row(text: str, **told: object) -> dict[str, object]:
    return {"direction": "in", "channel": "email", "is_automatic": False, "text": text, **told}


def test_what_the_customer_wrote_last_decides() -> None:
    assert asked_in([]) == "nl"
    assert asked_in([row(DUTCH), row(ENGLISH)]) == "en"
    assert asked_in([row(ENGLISH), row(DUTCH)]) == "nl"
    assert asked_in([row(ENGLISH), row("Ok!")]) == "en"
    for other in (
        row(ENGLISH, direction="out"),
        row(ENGLISH, is_automatic=True),
        row(ENGLISH, channel="phone"),
        row(ENGLISH, channel="letter"),
    ):
        assert asked_in([other]) == "nl", "written by the house"


def test_the_customers_language_comes_first_and_a_lack_is_told() -> None:
    both = Said(1, "Grofvuil", "Op woensdag.", 1, None, (), (SaidIn("en", "Bulky waste", "On Wednesday.", True),))
    dutch = Said(2, "Paspoort", "Met een foto.", 1, None, ())
    known = answers_for([both, dutch], [row(ENGLISH)])
    assert [(one.pk, one.language, bool(one.note)) for one in known.inserts] == [
        (1, "en", True),
        (1, "nl", False),
        (2, "nl", True),
    ]
    assert known.wrote_in
    plain = answers_for([dutch], [row(DUTCH)])
    assert [(one.language_name, one.note) for one in plain.inserts] == [("", "")]
    assert not plain.wrote_in
    assert [one.language for one in answers_for([both], [row(DUTCH)]).inserts] == ["nl", "en"]
    german = answers_for([both], [row("Wann kommt die Müllabfuhr? Ich habe einen Schrank.")])
    assert [(one.language, bool(one.note)) for one in german.inserts] == [("nl", True), ("en", True)]


def test_a_subject_with_many_answers_shows_the_nearest_and_where_the_others_are() -> None:
    many = [Said(pk, f"Antwoord {pk}", "Ja.", 1, None, ()) for pk in range(20)]
    found = answers_for(many, [], "Grofvuil")
    assert [one.pk for one in found.articles] == [one.pk for one in found.inserts] == list(range(MOST))
    assert (found.more, found.about) == (20 - MOST, "Grofvuil")
    assert answers_for(many, [], "Grofvuil") is found, "the same, so that the page keeps what it made of it"


@pytest.mark.django_db
def test_the_reply_gets_the_text_in_english_and_nothing_of_it_is_a_tag(cast: Cast) -> None:
    known = article(cast, now())
    question = ask(cast, text=ENGLISH)
    client = Client()
    client.force_login(cast.fatima)
    address, part = f"/vragen/{question.number}/", f"/kennisbank/{known.pk}/tekst/?als=tekst"
    page = client.get(address).content.decode()
    assert "Alleen in het Nederlands. De klant schreef in het Engels." in page
    assert client.get(part + "&taal=en").status_code == 204
    translate(cast, known)
    page = client.get(address).content.decode()
    assert page.index("Bulky waste &lt;script&gt;") < page.index("Een bank is grofvuil")
    assert "<script>alert(1)" not in page
    assert "als=tekst&amp;taal=en" in page
    english = client.get(part + "&taal=en").json()["text"]
    assert "We collect on Wednesday." in english
    assert "De ophaler heeft" not in english
    assert "grofvuil" in client.get(part).json()["text"]
    for wrong in ("xx", "en' or 1=1", "nl" * 500):
        assert client.get(part.split("?")[0], {"als": "tekst", "taal": wrong}).status_code == 204, wrong
    next_version(known, cast.henk, now(), short_answer="Ophalen kan op **donderdag**.")
    publish_next(known, cast, now())
    assert "Vertaling verouderd" in client.get(address).content.decode()
    ria = Client()
    ria.force_login(cast.ria)
    assert decide(ria, known, "take_away", number="1") == 302
    assert "Alleen in het Nederlands" in client.get(address).content.decode()
