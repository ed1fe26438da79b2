"""The call that rings stands above the workplace of whoever sits at that phone, and one key registers it, linked to its call."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.actions.log_events import Told, log_events
from channels_app.models import Call, LiveCall
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.actions.undo_registration import undo_registration
from contacts.models import Contact, Draft
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry, User
from tests.cast import Cast

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
NUMBER = "0226 35 12 44"


@pytest.fixture
def desk(cast: Cast) -> Client:
    for user, extension in ((cast.fatima, "101"), (cast.henk, "102")):
        User.objects.filter(pk=user.pk).update(extension=extension)
    client = Client()
    client.force_login(User.objects.get(pk=cast.fatima.pk))
    return client


def tell(kind: str, seconds: int, call: str = "c1", **more: object) -> None:
    moment = NINE + timedelta(seconds=seconds)
    events = [Told(call, kind, moment, **more)]  # type: ignore[arg-type]
    log_events(source="telefonie:1", events=events, at=moment, pickup_seconds=lambda day: 30)


def look(client: Client, seconds: int, mark: str = "") -> tuple[int, str]:
    with time_machine.travel(NINE + timedelta(seconds=seconds), tick=False):
        answer = client.get("/werkplek/gesprek/", {"nu": mark})
    return answer.status_code, answer.content.decode()


def mark_in(page: str) -> str:
    return page.split("?nu=")[1].split('"')[0]


def test_a_call_rings_with_name_number_questions_and_clock(desk: Client, cast: Cast) -> None:
    wit = create_customer(by=cast.fatima, at=NINE, name="J. de Wit", phone=NUMBER)
    register(
        by=cast.fatima,
        at=NINE,
        channel="phone",
        received_at=NINE,
        customer=wit,
        asked=[Asked(title="x", end="forward")],
    )
    tell("entered", 0, caller="+31226351244")
    tell("entered", 1, call="c2", caller="0612345678")
    tell("ringing", 4, agent="101")
    status, page = look(desk, 12)
    assert status == 200
    assert "J. de Wit" in page and "0226 351 244" in page and "1 open vraag" in page
    assert "<b data-call-seconds>12</b>" in page and "norm 30 sec." in page and "nog 1 wachtende" in page.lower()
    assert "call-strip--late" not in page and "call-strip--late" in look(desk, 31)[1]
    assert AccessEntry.objects.filter(page="call", customer_id=wit.pk).exists()


def test_nothing_is_said_while_nothing_changed(desk: Client, cast: Cast) -> None:
    tell("entered", 0)
    tell("ringing", 4, agent="101")
    first = look(desk, 5)[1]
    assert look(desk, 7, mark_in(first))[0] == 204
    tell("answered", 9, agent="101")
    second = look(desk, 10, mark_in(first))
    assert second[0] == 200 and "Gesprek dat u hebt" in second[1]


def test_it_rings_at_one_desk_or_at_all_of_a_group(desk: Client, cast: Cast) -> None:
    tell("entered", 0)
    tell("ringing", 4, agent="102")
    assert "call-strip" not in look(desk, 5)[1]
    tell("entered", 0, call="group")
    tell("ringing", 4, call="group")
    assert "Verborgen nummer" in look(desk, 5)[1]
    nobody = Client()
    nobody.force_login(User.objects.get(pk=cast.sanne.pk))
    assert look(nobody, 5)[0] == 204  # no phone, no call


def test_one_key_registers_the_call_and_links_it(desk: Client, cast: Cast) -> None:
    wit = create_customer(by=cast.fatima, at=NINE, name="J. de Wit", phone=NUMBER)
    tell("entered", 0, caller="+31226351244")
    tell("answered", 9, agent="101")
    live = LiveCall.objects.get()
    with time_machine.travel(NINE + timedelta(seconds=60), tick=False):
        form = desk.get("/werkplek/", {"bel": live.pk})
        page = form.content.decode()
        assert f'name="call" value="{live.pk}"' in page and "J. de Wit" in page
        typed = form.context["page"].typed
        answer = desk.post(
            "/werkplek/",
            {
                "token": str(typed.token),
                "blocks": "1",
                "channel": "phone",
                "call": str(live.pk),
                "customer": str(wit.pk),
                "customer_state": "chosen",
                "customer_query": typed.get("customer_query"),
                "q0-subject": str(cast.grofvuil.pk),
                "q0-text": "Wil een bank kwijt.",
                "end": "direct",
            },
        )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    contact = Contact.objects.get(channel="phone")
    assert contact.call == Call.objects.get() and contact.received_at == NINE + timedelta(seconds=9)
    assert "Vastgelegd" in look(desk, 70)[1] and "data-call-take" not in look(desk, 70)[1]
    tell("ended", 90)
    assert "call-strip" not in look(desk, 95)[1]


def test_after_hanging_up_it_can_be_registered_for_five_minutes(desk: Client, cast: Cast) -> None:
    tell("entered", 0)
    tell("answered", 9, agent="101")
    tell("ended", 60)
    assert "data-call-take" in look(desk, 120)[1]
    assert "call-strip" not in look(desk, 361)[1]


def test_a_draft_of_the_call_is_found_again_and_a_strange_call_is_an_empty_form(desk: Client, cast: Cast) -> None:
    tell("entered", 0, caller="0612345678")
    tell("answered", 9, agent="101")
    live = LiveCall.objects.get()
    data = {"fields": {"channel": "phone", "blocks": "1", "call": str(live.pk), "q0-text": "half af"}}
    Draft.objects.create(user=cast.fatima, data=data, created_at=NINE, updated_at=NINE)
    assert "half af" in desk.get("/werkplek/", {"bel": live.pk}).content.decode()
    for strange in ("999999", "x", "-1", ""):
        assert desk.get("/werkplek/", {"bel": strange}).status_code == 200


def test_a_proof_call_rings_is_picked_up_ends_and_counts_nowhere(cast: Cast, settings: object) -> None:
    create_customer(by=cast.fatima, at=NINE, name="J. de Wit", phone=NUMBER)
    User.objects.filter(pk=cast.sanne.pk).update(extension="103")
    client = Client()
    client.force_login(User.objects.get(pk=cast.sanne.pk))
    with time_machine.travel(NINE, tick=False):
        assert (
            "geen proefgesprek"
            in client.post("/kanalen/proefgesprek/", {"doe": "opnemen"}, follow=True).content.decode()
        )
        client.post("/kanalen/proefgesprek/", {"doe": "overgaan"})
    _status, page = look(client, 1)
    assert "J. de Wit" in page and "Inkomend gesprek" in page
    for act, words in (("opnemen", "Gesprek dat u hebt"), ("ophangen", "Gesprek dat klaar is")):
        with time_machine.travel(NINE + timedelta(seconds=20), tick=False):
            client.post("/kanalen/proefgesprek/", {"doe": act})
        assert words in look(client, 21)[1]
    assert Call.objects.get().outcome == "test"
    team = Client()
    team.force_login(cast.henk)
    settings.DEMO_MODE = False  # type: ignore[attr-defined]
    assert team.post("/kanalen/proefgesprek/", {"doe": "overgaan"}).status_code == 403


def test_the_same_call_is_registered_once(desk: Client, cast: Cast) -> None:
    tell("entered", 0)
    tell("answered", 9, agent="101")
    live = LiveCall.objects.get()
    for n in range(2):
        desk.post(
            "/werkplek/",
            {
                "token": f"00000000-0000-4000-8000-00000000000{n}",
                "blocks": "1",
                "channel": "phone",
                "call": str(live.pk),
                "customer_state": "unknown",
                "q0-subject": str(cast.grofvuil.pk),
                "q0-text": f"keer {n}",
                "end": "direct",
            },
        )
    assert sorted(Contact.objects.values_list("call_id", flat=True), key=str) == sorted(
        [live.call_id or Call.objects.get().pk, None], key=str
    )


def test_a_call_whose_registration_was_undone_is_registered_anew(desk: Client, cast: Cast) -> None:
    tell("entered", 0)
    tell("answered", 9, agent="101")
    live = LiveCall.objects.get()
    form = {"blocks": "1", "channel": "phone", "call": str(live.pk), "customer_state": "unknown", "end": "direct"}
    form |= {"q0-subject": str(cast.grofvuil.pk), "q0-text": "x"}
    for n in range(2):
        with time_machine.travel(NINE + timedelta(seconds=60 + n), tick=False):
            desk.post("/werkplek/", form | {"token": f"00000000-0000-4000-8000-00000000000{n}"})
            contact = Contact.objects.latest("pk")
            assert contact.call is not None and "Vastgelegd" in look(desk, 60 + n)[1]
            if not n:
                undo_registration(contact_id=contact.pk, by=cast.fatima, at=NINE + timedelta(seconds=60))
                assert "data-call-take" in look(desk, 60)[1]
    assert Contact.objects.filter(call__isnull=False).count() == 1


def test_who_guesses_the_number_of_a_call_sees_and_takes_nothing_of_a_colleague(desk: Client, cast: Cast) -> None:
    tell("entered", 0, caller="+31226351244")
    tell("answered", 9, agent="101")
    live = LiveCall.objects.get()
    strange = Client()
    strange.force_login(User.objects.get(pk=cast.henk.pk))
    assert "0226 351 244" not in strange.get("/werkplek/", {"bel": live.pk}).content.decode()
    form = {"token": "00000000-0000-4000-8000-000000000001", "blocks": "1", "channel": "phone", "call": str(live.pk)}
    form |= {"customer_state": "unknown", "q0-subject": str(cast.grofvuil.pk), "q0-text": "x", "end": "direct"}
    assert strange.post("/werkplek/", form).status_code == 302
    assert Contact.objects.get().call is None
    tell("transferred", 20, agent="102")
    tell("answered", 25, agent="102")
    assert "0226 351 244" in strange.get("/werkplek/", {"bel": live.pk}).content.decode()


def test_who_picked_up_and_passed_the_call_on_can_still_register_it(desk: Client, cast: Cast) -> None:
    tell("entered", 0, caller="+31226351244")
    tell("answered", 5, agent="101", leg="a")
    tell("transferred", 30, agent="102", leg="b")
    colleague = Client()
    colleague.force_login(User.objects.get(pk=cast.henk.pk))
    assert "Gesprek dat u doorverbond" in look(desk, 31)[1]
    ringing = look(colleague, 34)[1]
    assert "Gesprek dat u doorverbonden krijgt" in ringing and "<b data-call-seconds>4</b>" in ringing
    tell("answered", 40, agent="102", leg="b")
    assert "Gesprek dat u hebt" in look(colleague, 41)[1] and "Gesprek dat u doorverbond" in look(desk, 41)[1]
    tell("entered", 50, call="c2")
    tell("ringing", 52, call="c2", agent="101")
    assert "Inkomend gesprek" in look(desk, 53)[1]  # what rings comes first
    tell("ended", 60, call="c2")
    assert "data-call-take" in look(desk, 330)[1] and "data-call-take" not in look(desk, 341)[1]


def test_everybody_with_the_number_is_counted_and_a_colleague_is_named(desk: Client, cast: Cast) -> None:
    for name in ("A. Aal", "B. Baars", "C. Cod", "D. Das"):
        create_customer(by=cast.fatima, at=NINE, name=name, phone=NUMBER)
    tell("entered", 0, caller="+31226351244")
    tell("ringing", 1, agent="101")
    assert "A. Aal, B. Baars, C. Cod en nog 1: een van hen?" in look(desk, 2)[1]
    tell("ended", 3)
    tell("entered", 4, call="c2", caller="102")
    tell("ringing", 5, call="c2", agent="101")
    shown = look(desk, 6)[1]
    assert cast.henk.name in shown and "102 · een collega" in shown


def test_an_event_that_was_kept_back_for_a_day_rings_at_nobody(desk: Client, cast: Cast) -> None:
    late = NINE + timedelta(hours=5)
    log_events(
        source="telefonie:1", events=[Told("c1", "ringing", NINE, agent="101")], at=late, pickup_seconds=lambda day: 30
    )
    assert "data-call-take" not in look(desk, 5 * 3600 + 1)[1]


def test_what_is_no_number_names_nobody(desk: Client, cast: Cast) -> None:
    create_customer(by=cast.fatima, at=NINE, name="J. de Wit", phone=NUMBER)
    for n, caller in enumerate(("de Wit", "351244", "1716KA", "+31226351", "4117")):
        tell("entered", n, call=f"c{n}", caller=caller)
        tell("ringing", n, call=f"c{n}", agent="101")
        live = LiveCall.objects.get(external_key=f"c{n}")
        shown = look(desk, n + 1)[1]
        assert "J. de Wit" not in shown and (caller.startswith("+") or f"<strong>{caller}</strong>" in shown)
        assert desk.get("/werkplek/", {"bel": live.pk}).context["page"].typed.get("customer") == ""


def test_a_call_that_is_put_away_is_over_when_it_is_the_own_talk_and_only_hidden_when_it_rings_for_all(
    desk: Client, cast: Cast
) -> None:
    tell("entered", 0)
    tell("answered", 5, agent="101")
    tell("entered", 6, call="c2")
    tell("ringing", 7, call="c2")
    own, other = LiveCall.objects.order_by("pk")
    for strange in ("", "x", "²", "-1", "9" * 30, "999999"):
        assert desk.post("/werkplek/gesprek/weg/", {"gesprek": strange}).status_code == 200
    with time_machine.travel(NINE + timedelta(seconds=60), tick=False):
        page = desk.post("/werkplek/gesprek/weg/", {"gesprek": own.pk}).content.decode()
        assert f'data-call-take="{other.pk}"' in page
        assert "call-strip__" not in desk.post("/werkplek/gesprek/weg/", {"gesprek": other.pk}).content.decode()
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == ("ended", "ringing")
    assert Call.objects.get().has_no_end
    colleague = Client()
    colleague.force_login(User.objects.get(pk=cast.henk.pk))
    tell("entered", 61, call="c3")
    tell("answered", 62, call="c3", agent="101")
    colleague.post("/werkplek/gesprek/weg/", {"gesprek": LiveCall.objects.get(external_key="c3").pk})
    assert LiveCall.objects.get(external_key="c3").state == "talking"


def test_the_own_talk_stands_above_however_many_ring_for_all(desk: Client, cast: Cast) -> None:
    tell("entered", 0, call="own", caller="0612345678")
    tell("answered", 5, call="own", agent="101")
    for n in range(25):
        tell("entered", 10 + n, call=f"g{n}")
        tell("ringing", 10 + n, call=f"g{n}")
    assert "Gesprek dat u hebt" in look(desk, 40)[1]
    tell("ended", 50, call="own")
    tell("ringing", 51, call="g3", agent="101")
    tell("ringing", 52, call="g4")
    assert f'data-call-take="{LiveCall.objects.get(external_key="g3").pk}"' in look(desk, 55)[1]


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(desk: Client, cast: Cast, settings: object) -> None:
    settings.SESSION_IDLE_SECONDS = 1800  # type: ignore[attr-defined]
    with time_machine.travel(NINE, tick=False):
        desk.force_login(User.objects.get(pk=cast.fatima.pk))
    for minutes in (10, 20, 29):
        assert look(desk, minutes * 60)[0] == 204
    with time_machine.travel(NINE + timedelta(minutes=31), tick=False):
        assert desk.get("/werkplek/gesprek/", headers={"HX-Request": "true"}).status_code == 401
