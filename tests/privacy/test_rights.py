"""Whoever asks something about the own data has an answer within a month (AVG, article 12): the last day, who is told, putting off, answering."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import Error, transaction

from channels_app.actions.deliver import deliver
from channels_app.models import Mailbox, OutboundMessage
from channels_app.signals import outbound_settled
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.models import ContactAddress, Customer, Notice, Question
from contacts.person.file import person_file
from organisation import wording
from organisation.clock import today
from organisation.errors import Refused
from organisation.models import Membership
from organisation.roles import Role
from privacy.actions.ask import ask
from privacy.actions.destruction import due, wipe_left_over
from privacy.actions.remind import remind_handlers
from privacy.actions.rights import answer_right, note_right, put_off, take_over, tell_otherwise
from privacy.models import RightsRequest
from privacy.month import last_day
from tests.cast import Cast, person
from tests.channels_app.corpus import report
from tests.contacts.mail_scene import _one_reader, mailbox, receive
from tests.privacy.scene import MONDAY, asked, close_all
from tests.privacy.test_requests_screen import of

__all__ = ["_one_reader", "mailbox"]
WHY = "Brief van 2 maart, legitimatie gezien"
LATER = "Wij doorzoeken ook het papieren archief."
LAST = date(2026, 4, 2)
"""A month after Monday 2 March."""


@pytest.fixture
def wit(cast: Cast) -> Customer:
    return create_customer(by=cast.fatima, at=MONDAY, name="J. de Wit", email="wit@gesprek.nl")


def noted(cast: Cast, customer: Customer, **more: Any) -> RightsRequest:
    given = {"kind": "inspect", "reason": WHY, "received_on": MONDAY.date(), "by": cast.sanne, "at": MONDAY} | more
    return note_right(customer=customer, **given)


def on(day: date) -> datetime:
    return MONDAY + (day - MONDAY.date())


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind, read_at=None).values_list("user__username", flat=True))


@pytest.mark.parametrize(
    ("received", "months", "last"),
    [
        (date(2026, 3, 2), 1, LAST),
        (date(2026, 1, 30), 1, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 27), 1, date(2026, 4, 28)),  # King's Day
        (date(2026, 3, 4), 1, date(2026, 4, 7)),  # a Saturday, then Easter Monday
        (date(2026, 11, 25), 1, date(2026, 12, 28)),  # Christmas, then a weekend
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),  # the 28th of February is a Sunday
        (date(2026, 12, 1), 1, date(2027, 1, 4)),  # New Year's Day on a Friday
    ],
)
def test_the_last_day(cast: Cast, received: date, months: int, last: date) -> None:
    assert last_day(received, months) == last


def test_who_handles_it_is_told_a_week_before_and_when_it_is_late_once_each(cast: Cast, wit: Customer) -> None:
    one = noted(cast, wit)
    assert one.last_on == LAST
    for days, soon, late in (
        (-8, [], []),
        (-7, ["sanne"], []),
        (0, ["sanne"], []),
        (1, [], ["sanne"]),
        (9, [], ["sanne"]),
    ):
        for _twice in range(2):
            remind_handlers(at=on(LAST + timedelta(days=days)))
        assert (told("right_due"), told("right_late")) == (soon, late), days
    assert Notice.objects.filter(user=cast.sanne).count() == 2
    page = of(cast.sanne).get("/meldingen/").content.decode()
    assert f"{one.number}, inzage" in page and "de Wit" not in page
    answer_right(
        pk=one.pk, by=cast.sanne, at=on(LAST + timedelta(10)), outcome="granted", remark="Brief met het bestand"
    )
    assert told("right_late") == []
    assert remind_handlers(at=on(LAST + timedelta(11))) == 0


def test_another_coordinator_takes_it_over_and_hears_of_it(cast: Cast, wit: Customer) -> None:
    karin = person("karin", Role.COORDINATOR, cast.servicecentrum)
    one = noted(cast, wit)
    remind_handlers(at=on(LAST))
    take_over(pk=one.pk, by=karin, at=on(LAST))
    assert told("right_due") == []
    remind_handlers(at=on(LAST))
    assert told("right_due") == ["karin"]
    Membership.objects.filter(user=karin).update(valid_until=LAST)  # has other work now
    remind_handlers(at=on(LAST + timedelta(1)))
    assert told("right_late") == ["sanne"]


def test_it_is_put_off_once_in_time_with_a_reason_that_the_person_reads(cast: Cast, wit: Customer) -> None:
    one = noted(cast, wit)
    remind_handlers(at=on(LAST))
    for wrong in ({"reason": "kort"}, {"told_by": ""}, {"told_by": "duif"}):
        with pytest.raises(Refused):
            put_off(**{"pk": one.pk, "by": cast.sanne, "at": on(LAST), "reason": LATER, "told_by": "email"} | wrong)
    with pytest.raises(Refused, match="De laatste dag is voorbij"):
        put_off(pk=one.pk, by=cast.sanne, at=on(LAST + timedelta(1)), reason=LATER, told_by="email")
    put_off(pk=one.pk, by=cast.sanne, at=on(LAST), reason=LATER, told_by="email")
    one.refresh_from_db()
    assert one.last_on == date(2026, 6, 2) and told("right_due") == []
    mail = OutboundMessage.objects.get(object_key=f"right:{one.pk}")
    assert mail.to_address == "wit@gesprek.nl" and one.number in mail.subject
    for words in ("Beste J. de Wit,", "maandag 2 maart", LATER, "dinsdag 2 juni", "(inzage)"):
        assert words in mail.body, words
    with pytest.raises(Refused, match="één keer"):
        put_off(pk=one.pk, by=cast.sanne, at=on(LAST), reason=LATER, told_by="letter")
    remind_handlers(at=on(date(2026, 5, 26)))
    assert told("right_due") == ["sanne"], "once more, before the new last day"
    with pytest.raises(Error), transaction.atomic():
        RightsRequest.objects.filter(pk=one.pk).update(extension_reason="")


def test_who_has_no_address_is_told_otherwise(cast: Cast, wit: Customer) -> None:
    wit.addresses.update(bounced_at=MONDAY)
    one = noted(cast, wit)
    assert "met een e-mail" not in of(cast.sanne).get(f"/beheer/verzoeken/persoon/{one.pk}/").content.decode()
    with pytest.raises(Refused, match="geen e-mailadres"):
        put_off(pk=one.pk, by=cast.sanne, at=MONDAY, reason=LATER, told_by="email")
    put_off(pk=one.pk, by=cast.sanne, at=MONDAY, reason=LATER, told_by="letter")
    assert not OutboundMessage.objects.exists()


def test_who_handles_it_hears_that_the_mail_about_the_delay_came_back(
    mailbox: Mailbox, cast: Cast, wit: Customer
) -> None:
    karin = person("karin", Role.COORDINATOR, cast.servicecentrum)
    one = noted(cast, wit)
    put_off(pk=one.pk, by=cast.sanne, at=MONDAY, reason=LATER, told_by="email")
    mail = OutboundMessage.objects.get(object_key=f"right:{one.pk}")
    with pytest.raises(Refused, match="weet al"):
        tell_otherwise(pk=one.pk, by=cast.sanne, at=MONDAY, told_by="phone")
    deliver(at=MONDAY)
    mail.refresh_from_db()
    for number, came in enumerate((("delayed", "4.4.1"), ("failed", "5.1.1"))):
        assert told("right_not_told") == [], "the mail server still tries"
        receive(report(*came, "wit@gesprek.nl", original=mail.message_id), mailbox, f"1:{number}", MONDAY)
    assert told("right_not_told") == ["sanne"]
    assert ContactAddress.objects.get(normalized="wit@gesprek.nl").bounced_at and not Question.objects.exists()
    assert f"{one.number}, inzage" in of(cast.sanne).get("/meldingen/").content.decode()
    take_over(pk=one.pk, by=karin, at=MONDAY)
    assert told("right_not_told") == ["karin"]
    address = f"/beheer/verzoeken/persoon/{one.pk}/"
    screen = of(karin)
    assert "De persoon weet niet dat het langer duurt" in screen.get(address).content.decode()
    for wrong in ("email", "duif", ""):
        assert screen.post(address, {"told": "1", "t-told_by": wrong}).status_code == 422
    assert screen.post(address, {"told": "1", "t-told_by": "phone"}).status_code == 302
    page = screen.get(address).content.decode()
    assert "De persoon weet niet" not in page and "aan de telefoon" in page and "niet verzonden" not in page
    assert told("right_not_told") == []


@pytest.mark.parametrize(("states", "hears"), [(("held",), True), (("failed", "sent"), False), (("sent",), False)])
def test_a_mail_about_the_delay_that_leaves_after_all_asks_nothing(
    cast: Cast, wit: Customer, states: tuple[str, ...], hears: bool
) -> None:
    one = noted(cast, wit)
    put_off(pk=one.pk, by=cast.sanne, at=MONDAY, reason=LATER, told_by="email")
    mail = OutboundMessage.objects.get(object_key=f"right:{one.pk}")
    for mail.state in states:
        mail.save()
        outbound_settled.send(sender=OutboundMessage, message=mail)
    assert told("right_not_told") == (["sanne"] if hears else [])


def test_who_was_merged_since_has_the_mail_at_the_address_that_went_along(cast: Cast, wit: Customer) -> None:
    one = noted(cast, wit)
    merge_customers(
        keep=create_customer(by=cast.fatima, at=MONDAY, name="Jo de Wit"), merge=wit, by=cast.sanne, at=MONDAY
    )
    put_off(pk=one.pk, by=cast.sanne, at=MONDAY, reason=LATER, told_by="email")
    assert OutboundMessage.objects.get(object_key=f"right:{one.pk}").to_address == "wit@gesprek.nl"
    stays = Customer.objects.get(name="Jo de Wit")
    person("karin", Role.COORDINATOR, cast.servicecentrum)  # who decides
    with pytest.raises(Refused, match="al genoteerd"):
        noted(cast, stays)
    request = ask(customer=stays, kind="restrict", reason=WHY, by=cast.sanne, at=MONDAY)
    page = of(cast.sanne).get(f"/beheer/verzoeken/persoon/{one.pk}/").content.decode()
    assert request.number in page, "what is asked of the one who stays belongs to it"


def test_asking_to_erase_or_restrict_is_noted_with_the_day_on_which_it_came_in(cast: Cast, wit: Customer) -> None:
    karin = person("karin", Role.COORDINATOR, cast.servicecentrum)
    noted(cast, wit, kind="erase", by=karin)
    for kind, noted_of in (("erase", 1), ("restrict", 2)):
        request = ask(
            customer=wit, kind=kind, reason=WHY, by=cast.sanne, at=on(date(2026, 3, 9)), received_on=date(2026, 3, 4)
        )
        assert RightsRequest.objects.count() == noted_of
        request.state = "withdrawn"
        request.save()
    assert RightsRequest.objects.get(kind="restrict").last_on == date(2026, 4, 7)
    with pytest.raises(Refused, match="al genoteerd"):
        noted(cast, wit, kind="erase")
    for day in (date(2026, 3, 3), date(2025, 2, 1)):
        with pytest.raises(Refused, match="afgelopen jaar"):
            noted(cast, wit, received_on=day)


def test_whoever_sees_the_customer_can_tell_when_the_answer_comes_but_not_what_was_written(
    cast: Cast, wit: Customer
) -> None:
    other = create_customer(by=cast.fatima, at=MONDAY, name="Jo de Wit")
    asked(cast, other, "Wanneer komt u?")
    one = noted(cast, wit)
    merge_customers(keep=other, merge=wit, by=cast.sanne, at=MONDAY)
    close_all(cast)
    request = ask(customer=other, kind="erase", reason=WHY, by=cast.sanne, at=MONDAY)
    for colleague in (cast.fatima, cast.henk, cast.ria, cast.sanne):
        page = of(colleague).get(f"/klanten/{other.pk}/").content.decode()
        for right, kind in ((one, "inzage"), (RightsRequest.objects.get(kind="erase"), "wissen")):
            words = f"{right.number} wacht: {kind}. De laatste dag om te antwoorden is {wording.day_long(LAST)}; "
            assert f"{words}{cast.sanne.name} behandelt het." in page, colleague
        assert WHY not in page and request.number not in page
    answer_right(pk=one.pk, by=cast.sanne, at=MONDAY, outcome="granted", remark="Brief met het bestand")
    assert one.number not in of(cast.fatima).get(f"/klanten/{other.pk}/").content.decode()


def test_what_is_asked_about_does_not_go_meanwhile_because_its_term_is_over(cast: Cast, wit: Customer) -> None:
    question = asked(cast, wit, "Wanneer komt u?")
    close_all(cast)
    after = MONDAY + timedelta(days=366)
    one = noted(cast, wit, received_on=after.date(), at=after)
    assert not due(after).exists() and wipe_left_over({wit.pk}, at=after) == {}
    answer_right(pk=one.pk, by=cast.sanne, at=after, outcome="granted", remark="Brief met het bestand")
    assert list(due(after)) == [question]


def test_on_the_screens_from_asked_to_answered(cast: Cast, wit: Customer) -> None:
    sanne = of(cast.sanne)
    assert "AVG-verzoek" in sanne.get(f"/klanten/{wit.pk}/").content.decode()
    note = f"/klanten/{wit.pk}/verzoek/"
    assert sanne.post(note, {"kind": "rectify", "received_on": "2199-01-01", "reason": WHY}).status_code == 422
    came = today() - timedelta(days=40)
    made = sanne.post(note, {"kind": "rectify", "received_on": came.isoformat(), "reason": WHY})
    address = made["Location"]
    page = sanne.get(address).content.decode()
    assert "te laat" in page and "Wijzig de gegevens" in page and "Stel het twee maanden uit" not in page
    assert "1 antwoord is te laat" in sanne.get("/beheer/").content.decode()
    row = sanne.get("/beheer/verzoeken/").content.decode()
    assert RightsRequest.objects.get().number in row and "de Wit" not in row
    assert RightsRequest.objects.get().number not in of(cast.ria).get("/beheer/verzoeken/").content.decode()
    assert sanne.post(address, {}).status_code == 422
    assert sanne.post(address, {"outcome": "refused", "remark": "Brief van vandaag met de reden"}).status_code == 302
    page = sanne.get(address).content.decode()
    assert "te laat beantwoord" in page and "Brief van vandaag" in page and "De persoon heeft het antwoord" not in page
    assert "heeft dit al beantwoord" in sanne.post(address, {"take": "1"}, follow=True).content.decode()
    file = "\n".join(str(one) for section in person_file(wit, cast.sanne) for one in section.rows)
    assert RightsRequest.objects.get().number in file and "Brief van vandaag" in file
