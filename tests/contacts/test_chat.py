"""The chat: every line is stored before it is confirmed, once and in order; the desk answers, hands over and ends; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions import chat_at_closing
from contacts.actions.cancel import cancel
from contacts.actions.chat_at_closing import close_at_closing
from contacts.actions.chat_begin import ChatAsked, chat_begin
from contacts.actions.chat_close import close_left, forget_chats
from contacts.actions.chat_hand import chat_take
from contacts.actions.chat_say import visitor_says
from contacts.actions.merge import merge_questions
from contacts.invariants import check_all
from contacts.models import Assignment, Chat, ChatLine, Contact, NormClock, Notice, Question, TextLevelState
from contacts.views import chat as view
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from organisation.models import AccessEntry, CalendarHours, Municipality
from organisation.snapshot import settings_changed
from tests.cast import Cast, settle_in
from tests.contacts.test_settle import at_once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TOKEN = "a" * 43
OTHER = "b" * 43
KEY = "sleutel-01"


def switch_on(*sites: str) -> None:
    Municipality.objects.update(has_chat=True, framing_sites=list(sites))
    settings_changed()


@pytest.fixture
def visitor(cast: Cast) -> Iterator[Client]:
    switch_on("https://www.opmeer.example")
    for rate in (view.BEGUN, view.SAID, view.WRONG):
        rate.clear()
    with time_machine.travel(MONDAY, tick=False):
        yield Client()


def post(client: Client, path: str, token: str = TOKEN, **given: str) -> tuple[int, dict[str, object]]:
    response = client.post(f"/chat/{path}/", given, headers={"X-Chat": token})
    return response.status_code, response.json()


def news(client: Client, na: int = 0, stand: str = "", token: str = TOKEN) -> tuple[int, dict[str, object]]:
    response = client.get("/chat/nieuw/", {"na": str(na), "stand": stand}, headers={"X-Chat": token})
    return response.status_code, response.json() if response.content else {}


def begin(client: Client, token: str = TOKEN, **more: str) -> dict[str, object]:
    status, told = post(client, "begin", token, text="Hoe laat bent u open?", **more)
    assert status == 200, told
    return told


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_a_chat_becomes_a_question_with_its_talk(visitor: Client, cast: Cast) -> None:
    TextLevelState.objects.create(pk=1, before=0)
    told = begin(visitor, name="Jo de Wit", email="Jo@Voorbeeld.nl")
    question, chat = Question.objects.get(), Chat.objects.get()
    assert (told["state"], told["place"], told["number"]) == ("waiting", 1, question.number)
    assert (question.channel, question.customer.name, question.status) == ("chat", "Jo de Wit", "new")  # type: ignore[union-attr]
    assert NormClock.objects.get().code == "chat.first_response"
    desk = signed_in(cast.fatima)
    assert "Jo de Wit" in desk.get("/chats/").content.decode()
    assert desk.post(f"/chats/{chat.pk}/oppakken/").status_code == 302
    with time_machine.travel(MONDAY + timedelta(minutes=2), tick=False):
        sent = desk.post(
            f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": "Vanaf half negen."}, headers={"HX-Request": "true"}
        )
        assert sent.status_code == 204 and sent["HX-Trigger"] == "chat-tick"
    clock = NormClock.objects.get()
    assert (clock.state, clock.stopped_at) == ("met", MONDAY + timedelta(minutes=2)), (
        "the first human answer keeps the promise"
    )
    post(visitor, "zeg", text="Dank u", key=KEY)
    told = news(visitor)[1]
    assert [(one["who"], one["text"]) for one in told["lines"]] == [  # type: ignore[attr-defined]
        ("visitor", "Hoe laat bent u open?"),
        ("house", "Fatima is nu in het gesprek."),
        ("desk", "Vanaf half negen."),
        ("visitor", "Dank u"),
    ]
    assert desk.post(f"/chats/{chat.pk}/afronden/", {"end": "answered", "subject": cast.paspoort.pk}).status_code == 302
    question.refresh_from_db()
    assert (question.status, question.close_reason, question.subject) == ("closed", "answered", cast.paspoort)
    talk = Contact.objects.latest("pk")
    assert (talk.channel, talk.direction, talk.is_answer, talk.registered_by) == ("chat", "out", True, cast.fatima)
    assert talk.text_level.words == 3, "of what we said, not of what the visitor said"  # type: ignore[attr-defined]
    assert "09:00 Bezoeker: Hoe laat bent u open?" in talk.text and "09:02 Fatima: Vanaf half negen." in talk.text
    mail = OutboundMessage.objects.get()
    assert (mail.to_address, mail.is_automatic, mail.reference_number) == ("jo@voorbeeld.nl", True, question.number)
    assert "Vanaf half negen." in mail.body
    assert news(visitor)[1]["state"] == "closed"
    assert post(visitor, "zeg", text="Nog iets", key="sleutel-02")[0] == 422
    assert all(not found.violations for found in check_all())
    assert "Vanaf half negen." in desk.get(f"/vragen/{question.number}/").content.decode()


def test_what_is_sent_twice_or_late_stands_once_and_in_order(visitor: Client) -> None:
    begin(visitor)
    begin(visitor)
    post(visitor, "zeg", text="een", key="sleutel-01")
    post(visitor, "zeg", text="twee", key="sleutel-02")
    post(visitor, "zeg", text="een", key="sleutel-01")
    assert list(ChatLine.objects.order_by("number").values_list("number", "text")) == [
        (1, "Hoe laat bent u open?"),
        (2, "een"),
        (3, "twee"),
    ]
    assert Question.objects.count() == Chat.objects.count() == 1
    post(visitor, "einde")
    post(visitor, "einde")
    assert Contact.objects.count() == 2 and post(visitor, "zeg", text="een", key="sleutel-01")[0] == 200


def test_asking_for_news_costs_one_query_and_says_nothing_when_there_is_none(
    visitor: Client, django_assert_num_queries: object
) -> None:
    told = begin(visitor)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert news(visitor, 1, str(told["mark"])) == (204, {})
    with time_machine.travel(MONDAY + timedelta(seconds=30), tick=False):
        news(visitor, 1, str(told["mark"]))
    assert Chat.objects.get().seen_at == MONDAY + timedelta(seconds=30)


def test_who_waits_hears_the_place_in_line(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    assert begin(visitor, OTHER)["place"] == 2
    chat_take(chat=Chat.objects.earliest("pk"), by=cast.fatima, at=MONDAY)
    told = news(visitor, token=OTHER)[1]
    assert told["place"] == 1 and news(visitor)[1]["place"] == 0


@pytest.mark.parametrize(
    ("path", "token", "given", "status", "words"),
    [
        ("begin", TOKEN, {"text": " "}, 422, "Schrijf eerst"),
        ("begin", TOKEN, {"text": "x" * 2001}, 422, "te lang"),
        ("begin", TOKEN, {"text": "Mijn nummer is 111222333"}, 422, "burgerservicenummer"),
        ("begin", TOKEN, {"text": "Hoi", "email": "geen"}, 422, "e-mailadres"),
        ("begin", "kort", {"text": "Hoi"}, 404, ""),
        ("zeg", TOKEN, {"text": "Hoi", "key": KEY}, 404, ""),
        ("zeg", TOKEN, {"text": "Hoi", "key": "?"}, 422, "beschadigd"),
        ("einde", OTHER, {}, 404, ""),
        ("mail", OTHER, {"email": "a@voorbeeld.nl"}, 404, ""),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_cannot_be_said_is_told(
    visitor: Client, path: str, token: str, given: dict[str, str], status: int, words: str
) -> None:
    got, told = post(visitor, path, token, **given)
    assert got == status and words in str(told["reason"])
    assert (told.get("field") == "email") is ("mailadres" in words)
    assert not Question.objects.exists()


@pytest.mark.parametrize("hour", [7, 17, 18])
def test_outside_opening_hours_the_form_is_offered(visitor: Client, hour: int) -> None:
    with time_machine.travel(MONDAY.replace(hour=hour), tick=False):
        page = visitor.get("/chat/").content.decode()
        assert "De chat is nu dicht." in page and 'href="/formulier/"' in page and "weer open op" in page
        assert post(visitor, "begin", text="Hoi")[0] == 422


def test_without_the_setting_there_is_no_chat(visitor: Client) -> None:
    Municipality.objects.update(has_chat=False)
    settings_changed()
    assert (
        post(visitor, "begin", text="Hoi")[0] == 422
        and "De chat is nu dicht." in visitor.get("/chat/").content.decode()
    )


def test_only_the_named_websites_show_the_chat_and_the_form(visitor: Client) -> None:
    for path in ("/chat/", "/formulier/", "/formulier/grofvuil/", "/formulier/bestaat-niet/"):
        answer = visitor.get(path)
        assert "frame-ancestors 'self' https://www.opmeer.example" in answer["Content-Security-Policy"], path
        assert "X-Frame-Options" not in answer and "script-src 'self'" in answer["Content-Security-Policy"]
    for path in ("/volg/OPM-2026-000001/aaaaaaaaaaaaaaaaaaaaaa/", "/inloggen/"):
        assert visitor.get(path)["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in visitor.get(path)["Content-Security-Policy"]
    switch_on()
    assert visitor.get("/chat/")["X-Frame-Options"] == visitor.get("/formulier/")["X-Frame-Options"] == "DENY"
    widget = visitor.get("/chat/widget.js")
    assert widget["Cross-Origin-Resource-Policy"] == "cross-origin" and "Chat met ons" in widget.content.decode()


def test_the_coordinator_names_websites(cast: Cast, client: Client) -> None:
    client.force_login(cast.sanne)
    form = client.get("/beheer/gemeente/").context["form"]
    given = {name: form[name].value() for name in form.fields} | {
        "framing_sites": "https://www.Opmeer.nl/\nhttps://x.nl"
    }
    assert client.post("/beheer/gemeente/", given).status_code == 302
    assert Municipality.objects.get().framing_sites == ["https://www.opmeer.nl", "https://x.nl"]
    for wrong in ("opmeer.nl", "https://x.nl; script-src *", "https://x.nl/pad", "javascript:1", "https://*.nl"):
        answer = client.post("/beheer/gemeente/", given | {"framing_sites": wrong, "version": 2})
        assert answer.status_code == 422 and "is geen adres van een website" in answer.content.decode(), wrong


def test_of_two_who_take_it_one_wins_and_a_third_may_take_over(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat = Chat.objects.get()
    chat_take(chat=chat, by=cast.fatima, at=MONDAY)
    with pytest.raises(Refused, match="Fatima praat al"):
        chat_take(chat=chat, by=cast.sanne, at=MONDAY)
    desk = signed_in(cast.sanne)
    assert "Neem over van Fatima" in desk.get(f"/chats/{chat.pk}/").content.decode()
    assert desk.post(f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": "Hallo"}).status_code == 422
    assert desk.post(f"/chats/{chat.pk}/oppakken/", {"was": cast.fatima.pk}).status_code == 302
    assert Chat.objects.get().taken_by == Question.objects.get().assignee == cast.sanne


def test_a_line_of_the_desk_sent_twice_is_one_and_what_was_typed_since_is_another(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    for text in ("Vanaf half negen.", "Vanaf half negen.", "Vanaf half negen. Tot vijf uur."):
        desk.post(f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": text})
    said = ChatLine.objects.filter(who=ChatLine.Who.DESK).order_by("number").values_list("text", flat=True)
    assert list(said) == ["Vanaf half negen.", "Vanaf half negen. Tot vijf uur."]


def test_a_talk_goes_to_a_colleague_or_a_team_with_its_question(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    assert desk.post(f"/chats/{chat.pk}/overdragen/", {"to": ""}).status_code == 422
    assert desk.post(f"/chats/{chat.pk}/overdragen/", {"to": f"t{cast.burgerzaken.pk}"}).status_code == 302
    chat.refresh_from_db()
    question = Question.objects.get()
    assert (chat.state, chat.taken_by, question.team) == ("waiting", None, cast.burgerzaken)
    assert "Een collega van Burgerzaken" in ChatLine.objects.latest("number").text
    bas = signed_in(cast.bas)
    assert "Bezoeker" in bas.get("/chats/").content.decode()
    assert "Hoe laat" not in signed_in(cast.henk).get("/chats/").content.decode()
    assert signed_in(cast.henk).get(f"/chats/{chat.pk}/").status_code == 404
    gone = signed_in(cast.henk).get("/chats/stand/", {"nu": str(chat.pk)})
    assert gone["HX-Redirect"] == "/chats/", "who looked at it is led to the list"
    bas.post(f"/chats/{chat.pk}/oppakken/")
    bas.post(f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": "Hier Bas."})
    assert bas.post(f"/chats/{chat.pk}/overdragen/", {"to": f"p{cast.henk.pk}"}).status_code == 302
    question.refresh_from_db()
    assert (question.team, question.assignee, Chat.objects.get().taken_by) == (
        cast.openbare_ruimte,
        cast.henk,
        cast.henk,
    )
    assert Assignment.objects.filter(until_at=None).count() == 1


def test_a_talk_that_is_left_alone_is_closed_and_its_question_stays(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    begin(visitor, OTHER)
    taken = Chat.objects.latest("pk")
    chat_take(chat=taken, by=cast.fatima, at=MONDAY)
    visitor_says(chat=taken, text="Bent u daar?", key="k" * 10, at=MONDAY)
    later = MONDAY + timedelta(minutes=4)
    assert close_left(at=MONDAY + timedelta(minutes=1)) == 0
    assert close_left(at=later) == 2 and close_left(at=later) == 0
    assert set(Chat.objects.values_list("state", "ended")) == {("closed", "left")}
    assert all(question.is_open for question in Question.objects.all())
    assert NormClock.objects.filter(state="running").count() == 2, "nobody answered: the promise still stands"
    talk = Contact.objects.latest("pk")
    assert (talk.direction, talk.remarks) == ("in", ["chat_left"]) and "Bent u daar?" in talk.text
    assert Notice.objects.filter(user=cast.fatima, kind="new_contact").count() == 1
    desk = signed_in(cast.fatima)
    assert "De bezoeker was weg" in desk.get(f"/vragen/{taken.question.number}/").content.decode()
    assert desk.post(f"/chats/{taken.pk}/zeg/", {"key": KEY, "text": "Ja"}).status_code == 422
    forget_chats(at=later + timedelta(days=31))
    assert not Chat.objects.exists() and not ChatLine.objects.exists() and Question.objects.count() == 2


def test_who_waits_at_closing_time_reads_that_and_has_a_question_with_its_deadline(visitor: Client, cast: Cast) -> None:
    evening = MONDAY.replace(hour=17, minute=12)
    with time_machine.travel(MONDAY.replace(hour=16, minute=50), tick=False):
        begin(visitor)
        begin(visitor, OTHER, name="Jo de Wit", email="jo@voorbeeld.nl")
        begin(visitor, "c" * 43)
        silent, known, going = Chat.objects.order_by("pk")
        visitor_says(chat=known, text="Het is dringend.", key="k" * 10, at=evening.replace(hour=16, minute=51))
        chat_take(chat=going, by=cast.fatima, at=evening.replace(hour=16, minute=59))
    Chat.objects.update(seen_at=evening)
    assert close_at_closing(at=evening.replace(minute=5)) == 0, "whoever is still there takes the last ones"
    assert close_at_closing(at=evening) == 2 and close_at_closing(at=evening) == 0
    assert set(Chat.objects.values_list("pk", "state", "ended")) == {
        (silent.pk, "closed", "desk"),
        (known.pk, "closed", "desk"),
        (going.pk, "open", ""),
    }
    with time_machine.travel(evening, tick=False):
        told = news(visitor)[1]
        last = told["lines"][-1]["text"]  # type: ignore[index]
        for words in (silent.question.number, "We zijn nu dicht.", "dinsdag 3 maart, 08:30", "Vul hier uw"):
            assert words in last
        assert "U krijgt ons antwoord per e-mail." in news(visitor, token=OTHER)[1]["lines"][-1]["text"]  # type: ignore[index]
        assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 200
    due = NormClock.objects.filter(state="running", question__in=[silent.question, known.question])
    assert {one.due_at for one in due} == {MONDAY.replace(day=3, hour=8, minute=35)}
    assert {one.status for one in Question.objects.all()} <= {"new", "in_progress"}
    desk = signed_in(cast.fatima)
    for chat, address in ((silent, "a@voorbeeld.nl"), (known, "jo@voorbeeld.nl")):
        page = desk.get(f"/vragen/{chat.question.number}/").content.decode()
        assert "Niemand nam de chat op voor sluitingstijd" in page and f'value="{address}"' in page
    assert "Het is dringend." in Contact.objects.get(questions=known.question, remarks=["chat_at_closing"]).text
    assert all(not found.violations for found in check_all())


def test_a_chat_that_is_taken_while_others_are_ended_goes_on(
    visitor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of who waits was read before somebody took it."""
    begin(visitor)
    chat, evening = Chat.objects.get(), MONDAY.replace(hour=17, minute=12)
    Chat.objects.update(seen_at=evening)
    word = chat_at_closing._last_word

    def taken_meanwhile(waiting: Chat, at: datetime) -> str:
        chat_take(chat=waiting, by=cast.fatima, at=at)
        return word(waiting, at)

    monkeypatch.setattr(chat_at_closing, "_last_word", taken_meanwhile)
    assert close_at_closing(at=evening) == 0
    chat.refresh_from_db()
    assert (chat.state, chat.taken_by) == ("open", cast.fatima)


@pytest.mark.parametrize(
    ("hour", "minute", "has_chat", "ended"),
    [(12, 45, True, 0), (17, 9, True, 0), (17, 10, True, 1), (17, 10, False, 1), (23, 0, True, 1), (8, 0, True, 1)],
)
def test_a_break_is_no_closing_time(
    visitor: Client, hour: int, minute: int, has_chat: bool, ended: int, cast: Cast
) -> None:
    CalendarHours.objects.filter(weekday=0).update(closes=750)
    CalendarHours.objects.create(calendar_id=CalendarHours.objects.first().calendar_id, weekday=0, opens=780, closes=1020)  # type: ignore[union-attr]  # fmt: skip
    settings_changed()
    begin(visitor)
    Municipality.objects.update(has_chat=has_chat)
    settings_changed()
    day = MONDAY + timedelta(days=int(hour < 9))
    assert close_at_closing(at=day.replace(hour=hour, minute=minute)) == ended


def test_nothing_said_is_no_answer_and_ending_twice_is_once(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    assert desk.post(f"/chats/{chat.pk}/afronden/", {"end": "answered"}).status_code == 422
    assert desk.post(f"/chats/{chat.pk}/afronden/", {"end": "open"}).status_code == 302
    assert desk.post(f"/chats/{chat.pk}/afronden/", {"end": "open"}).status_code == 302
    assert Question.objects.get().status == "in_progress" and Contact.objects.count() == 1


def test_what_was_typed_when_the_talk_ended_is_there_to_be_copied(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    post(visitor, "einde")
    answer = desk.post(f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": "Om half negen."})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Dit is niet verstuurd" in page and "Om half negen.</textarea>" in page


def test_the_talk_is_mailed_afterwards_to_one_address(visitor: Client) -> None:
    begin(visitor)
    assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 422, "not while it lasts"
    post(visitor, "einde")
    assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 200
    assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 200
    assert post(visitor, "mail", email="b@voorbeeld.nl")[0] == 422
    mail = OutboundMessage.objects.get()
    assert mail.to_address == "a@voorbeeld.nl"
    assert Question.objects.get().number in mail.body
    assert "Hoe laat" not in mail.body, "nobody of ours spoke: no words of a stranger go out in our name"
    link = mail.body.split("http://127.0.0.1:8000")[1].split()[0]
    followed = Client().get(link)
    assert followed.status_code == 200 and "Hoe laat" in followed.content.decode()


def test_what_was_not_sent_when_the_talk_ended_is_a_message_to_the_question(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    late = {"text": "Nog iets", "key": "sleutel-99"}
    assert post(visitor, "daarna", **late)[0] == 422, "not while it lasts"
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    desk.post(f"/chats/{chat.pk}/zeg/", {"text": "Tot vijf uur.", "key": KEY})
    desk.post(f"/chats/{chat.pk}/afronden/", {"end": "answered"})
    assert post(visitor, "zeg", **late)[0] == 422
    for _twice in range(2):
        status, told = post(visitor, "daarna", **late)
        assert status == 200 and [one["text"] for one in told["lines"]][-1] == "Nog iets"  # type: ignore[attr-defined]
    question, message = Question.objects.get(), Contact.objects.get(channel="form")
    assert message.text == "Nog iets" and question.is_open
    assert NormClock.objects.get(question=question, state="running").norm.code == "form.answer"
    assert post(visitor, "daarna", text="Mijn BSN is 111222333.", key=KEY)[0] == 422
    assert post(visitor, "daarna", OTHER, **late)[0] == 404
    assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 200
    message.refresh_from_db()
    assert message.address == "a@voorbeeld.nl", "or nobody could answer it"
    with time_machine.travel(MONDAY + timedelta(hours=25), tick=False):
        assert post(visitor, "daarna", text="Weer iets", key="sleutel-98")[0] == 422
    assert Contact.objects.filter(channel="form").count() == 1


def test_all_that_is_said_after_a_talk_that_was_cancelled_comes_to_one_question(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    talk = Chat.objects.get()
    post(visitor, "einde")
    cancel(question=Question.objects.get(), by=cast.fatima, at=MONDAY, reason="spam")
    for number in range(3):
        assert post(visitor, "daarna", text=f"Echt waar {number}", key=f"sleutel-{number}")[0] == 200
    new = Question.objects.exclude(pk=talk.question_id).get()
    assert new.is_open and new.contacts.count() == 3
    assert post(visitor, "mail", email="a@voorbeeld.nl")[0] == 200
    assert set(new.contacts.values_list("address", flat=True)) == {"a@voorbeeld.nl"}, "or nobody could answer"
    assert post(visitor, "daarna", text="En nog iets", key="sleutel-4")[0] == 200
    assert new.contacts.count() == 4
    cancel(question=new, by=cast.fatima, at=MONDAY, reason="spam")
    post(visitor, "daarna", text="Alweer", key="sleutel-5")
    post(visitor, "daarna", text="En weer", key="sleutel-6")
    assert Question.objects.count() == 3, "once for each time that somebody decides"


def test_what_is_said_after_a_talk_is_not_said_at_a_question_of_somebody_else(visitor: Client, cast: Cast) -> None:
    """With which the desk merged what was said before: the page of a form or talk shows no question but its own."""
    begin(visitor)
    post(visitor, "einde")
    cancel(question=Question.objects.get(), by=cast.fatima, at=MONDAY, reason="spam")
    post(visitor, "daarna", text="Echt waar", key="sleutel-1")
    follows = Question.objects.latest("pk")
    begin(Client(), "b" * 43)
    other = Question.objects.latest("pk")
    assert other != follows
    merge_questions(keep=other, merge=follows, by=cast.fatima, at=MONDAY)
    said = other.contacts.count()
    assert post(visitor, "daarna", text="En nog iets", key="sleutel-2")[0] == 200
    assert other.contacts.count() == said
    assert Question.objects.latest("pk").contacts.get().text == "En nog iets"


def test_the_desk_asks_for_news_and_gets_only_what_is_new(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    page = desk.get(f"/chats/{chat.pk}/")
    asked = {"nu": str(chat.pk), "na": "2", "stand": page.context["mark"]}
    assert desk.get("/chats/stand/", asked).status_code == 204
    post(visitor, "zeg", text="<b>Dank</b>", key=KEY)
    new = desk.get("/chats/stand/", asked).content.decode()
    assert "nieuw bericht" in new and "&lt;b&gt;Dank" in new and 'id="line-3"' in new and 'id="line-2"' not in new


def test_who_reads_along_by_asking_for_news_stands_in_the_read_log(visitor: Client, cast: Cast) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    read = AccessEntry.objects.filter(question_id=chat.question_id)
    assert "Hoe laat" in desk.get("/chats/stand/", {"nu": str(chat.pk)}).content.decode()
    assert read.filter(user=cast.fatima).count() == 1
    desk.post(f"/chats/{chat.pk}/oppakken/")
    desk.get("/chats/stand/", {"nu": str(chat.pk), "na": "1"})
    assert read.count() == 1, "of an own talk each new line would be a row"


def test_a_machine_gets_no_further(visitor: Client) -> None:
    begin(visitor)
    assert [post(visitor, "begin", f"{n:043d}", text="Hoi")[0] for n in range(10)][-1] == 429
    assert [view.SAID.wait(TOKEN) for _line in range(29)] == [0] * 29
    assert [post(visitor, "zeg", text=str(n), key=f"sleutel-{n}")[0] for n in range(2)] == [200, 429]


def test_the_form_within_a_website_ends_within_it(visitor: Client) -> None:
    from tests.contacts.test_citizen_form import GOOD, opened

    given = {**opened(), **GOOD}
    for said in ({"Sec-Fetch-Dest": "iframe"}, {}):  # an old browser does not say where it shows us
        sent = visitor.post("/formulier/grofvuil/", given, headers=said)
        page, number = sent.content.decode(), Question.objects.get().number
        assert sent.status_code == 200 and number in page and f'href="/volg/{number}/' in page
        assert 'target="_blank"' in page
    alone = visitor.post("/formulier/grofvuil/", given, headers={"Sec-Fetch-Dest": "document"})
    assert alone.status_code == 303


@pytest.mark.django_db(transaction=True)
def test_lines_at_the_same_moment_are_all_kept_and_the_same_key_once() -> None:
    cast = settle_in()
    switch_on()
    chat = at_once(4, lambda number: chat_begin(asked=ChatAsked(TOKEN, "Hallo"), at=MONDAY))[0]
    assert Chat.objects.count() == Question.objects.count() == 1
    at_once(6, lambda number: visitor_says(chat=chat, text=f"{number // 2}", key=f"sleutel-{number // 2}", at=MONDAY))
    assert list(ChatLine.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]

    def take(number: int) -> bool:
        try:
            chat_take(chat=chat, by=[cast.fatima, cast.sanne][number % 2], at=MONDAY)
        except Refused:
            return False
        return True

    assert at_once(2, take).count(True) == 1


def test_a_line_that_came_while_the_talk_was_ended_is_read_before_its_question_closes(
    visitor: Client, cast: Cast
) -> None:
    begin(visitor)
    chat, desk = Chat.objects.get(), signed_in(cast.fatima)
    desk.post(f"/chats/{chat.pk}/oppakken/")
    desk.post(f"/chats/{chat.pk}/zeg/", {"key": KEY, "text": "Vanaf half negen."})
    page = desk.get(f"/chats/{chat.pk}/").content.decode()
    seen = re.search(r'id="chat-seen" name="seen" form="chat-finish"\s+value="(\d+)"', page)
    assert seen is not None
    post(visitor, "zeg", text="En zaterdag?", key=KEY)
    ended = desk.post(f"/chats/{chat.pk}/afronden/", {"end": "answered", "seen": seen[1]})
    assert ended.status_code == 422 and "En zaterdag?" in ended.content.decode()
    assert Question.objects.get().is_open
    seen = re.search(r'name="seen" form="chat-finish"\s+value="(\d+)"', ended.content.decode())
    assert desk.post(f"/chats/{chat.pk}/afronden/", {"end": "answered", "seen": seen[1]}).status_code == 302  # type: ignore[index]
