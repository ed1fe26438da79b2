"""Life goes on while a person asks: mail comes in, two customers become one, a colleague was let in for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, DataError, OperationalError

from channels_app.adapters.email.addresses import Address
from channels_app.adapters.email.mail import ParsedMail
from channels_app.models import InboundMessage, InboundRaw, OutboundMessage
from channels_app.reference import signed_reference
from contacts.actions.confidential import break_glass, set_confidential
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers, merge_questions
from contacts.actions.receive_mail import receive_mail
from contacts.models import ConfidentialAccess, Contact, Customer, PlannedReply, Question, QuestionLink
from contacts.person.file import person_file
from organisation.actions.password import give_one_time_password
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import Membership, User
from organisation.roles import Role
from privacy import tasks
from privacy.actions import erase
from privacy.actions.ask import approve, ask, refuse
from privacy.actions.destruction import approve_list, destroy_approved, due, make_list, propose_list
from privacy.actions.erase import erase_due
from privacy.actions.hold import end_hold, place_hold
from privacy.actions.notify import second_people
from privacy.actions.terms import decide_term, propose_term
from privacy.models import PersonRequest
from privacy.obstacles import obstacle
from privacy.scope import words_of
from tests.cast import Cast
from tests.privacy.scene import EMAIL, MONDAY, NAME, left_everywhere
from tests.privacy.test_erase import LATER, WHY, decided
from tests.privacy.test_requests_screen import of
from tests.privacy.test_terms import AFTER, approved

NEW = "Nog een nieuwe vraag"


@pytest.fixture
def person(cast: Cast, settings: Any, tmp_path: Any) -> Customer:
    settings.FILES_DIR = tmp_path
    return left_everywhere(cast, files=tmp_path)


def writes(number: str, *, at: datetime) -> Contact:
    """The person answers a mail of ours about this question, from the address that we know."""
    mail = ParsedMail(
        message_id="<nieuw@kooi.example>",
        senders=(Address(EMAIL, NAME),),
        subject=NEW,
        text="Hoe staat het ermee?",
        quoted=f"Ons kenmerk: {signed_reference(number)}",
    )
    row = InboundMessage.objects.create(
        source="test", external_key="nieuw", received_at=at, taken_in_at=at, sha256="9" * 64, size=9, state="done",
        sender=EMAIL, subject=NEW,
    )  # fmt: skip
    assert receive_mail(row=row, mail=mail, own=frozenset(), at=at).code == "registered"
    return Contact.objects.get(inbound=row)


def is_new(contact: Contact, person: Customer, cast: Cast) -> bool:
    """A question of somebody new that the desk sees, and that leads nobody to what is kept or was wiped."""
    question = contact.questions.get()
    assert (question.title, question.status, contact.address) == (NEW, "new", EMAIL)
    return (
        contact.customer is not None
        and contact.customer != person
        and Question.objects.visible_to(cast.fatima).filter(pk=question.pk).exists()
        and not QuestionLink.objects.filter(question=question).exists()
    )


def test_who_is_restricted_and_answers_our_mail_is_heard(cast: Cast, person: Customer) -> None:
    number = Question.objects.filter(customer=person).order_by("pk").values_list("number", flat=True)[0]
    day = MONDAY + timedelta(days=1)
    request = ask(customer=person, kind="restrict", reason=WHY, by=cast.sanne, at=day)
    approve(request=request, by=cast.ria, at=day)
    assert is_new(writes(number, at=day + timedelta(hours=1)), person, cast)
    assert Question.objects.get(number=number).status == "closed"


def test_whose_data_were_erased_and_answers_our_mail_is_somebody_new(cast: Cast, person: Customer) -> None:
    number = Question.objects.filter(customer=person).order_by("pk").values_list("number", flat=True)[0]
    decided(cast, person)
    erase_due(at=LATER)
    assert is_new(writes(number, at=LATER), person, cast)


def test_who_was_let_in_for_an_hour_opens_nothing_for_the_others(cast: Cast, person: Customer) -> None:
    question = Question.objects.filter(customer=person, is_confidential=False).first()
    assert question is not None
    decided(cast, person, "restrict")
    break_glass(question=question, by=cast.sanne, at=LATER, reason="Vraag van de rechter")
    ConfidentialAccess.objects.filter(user=cast.sanne).update(until_at=None)  # whatever the clock of this machine says
    with pytest.raises(Refused, match="beperking"):
        set_confidential(question=question, by=cast.sanne, at=LATER, is_confidential=False)


def test_erasing_does_not_begin_while_mail_is_on_its_way(cast: Cast, person: Customer) -> None:
    request = decided(cast, person)
    ours = OutboundMessage.objects.filter(to_address=EMAIL).first()
    assert ours is not None
    OutboundMessage.objects.filter(pk=ours.pk).update(state="queued")
    assert erase_due(at=LATER) == 0
    request.refresh_from_db()
    assert (request.state, Customer.objects.get(pk=person.pk).name) == ("approved", NAME)
    assert "is onderweg" in of(cast.sanne).get(f"/beheer/verzoeken/{request.pk}/").content.decode()
    OutboundMessage.objects.filter(pk=ours.pk).update(state="sent")
    assert erase_due(at=LATER) == 1


def test_erasing_waits_for_a_reply_that_leaves_later(cast: Cast, person: Customer) -> None:
    question = Question.objects.filter(customer=person).first()
    waits = PlannedReply.objects.create(
        question=question, created_by=cast.sanne, created_at=MONDAY, send_at=LATER + timedelta(days=1), channel="email", text="x", then="stay"
    )  # fmt: skip
    with pytest.raises(Refused, match=question.number):  # type: ignore[union-attr]
        ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    PlannedReply.objects.filter(pk=waits.pk).update(state="back")
    decided(cast, person)


def test_a_question_that_comes_in_while_a_person_is_erased_is_of_somebody_new(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = Question.objects.filter(customer=person).order_by("pk").values_list("number", flat=True)[0]
    request = decided(cast, person)
    real, came = erase._wipe_own, []

    def meanwhile(*args: Any) -> None:
        came.append(writes(number, at=LATER))
        real(*args)

    monkeypatch.setattr(erase, "_wipe_own", meanwhile)
    assert erase_due(at=LATER) == 1
    contact = Contact.objects.get(pk=came[0].pk)
    assert is_new(contact, person, cast) and contact.customer is not None and contact.customer.name == NAME
    request.refresh_from_db()
    assert request.state == "done" and {"name", "email"} <= set(request.counts["left"])
    gone = Customer.objects.get(pk=person.pk)
    assert (gone.name, gone.restricted_at, gone.search_text) == ("Gewiste klant", None, "")


@pytest.mark.parametrize(
    ("theirs", "is_shared"),
    [
        ("Mevr. J. Bakkerij", True),
        ("dhr. J.  Bakkerij", True),
        ("j. BAKKERIJ", True),
        ("J. Bakkerij", True),
        ("A.J. Bakkerij", False),
        ("J. Bakkerij-Smit", False),
        ("Smit J. Bakkerij", False),
    ],
)
def test_a_name_that_somebody_else_has_too_however_it_was_typed_points_at_nobody(
    cast: Cast, theirs: str, is_shared: bool
) -> None:
    mine, other = (
        create_customer(by=cast.fatima, at=MONDAY, name=name, email=f"{number}@voorbeeld.nl")
        for number, name in enumerate(["Mevr. J. Bakkerij", "Iemand Anders"])
    )
    other.name = theirs
    other.save()
    words = words_of(mine)
    assert words.names == (() if is_shared else ("J. Bakkerij",))
    assert words.left == (("name",) if is_shared else ())


def test_who_works_here_and_is_erased_as_a_citizen_stays_known_as_who_signed(cast: Cast) -> None:
    henk = cast.henk
    henk.name, henk.email = "Henk de Vries", "Henk@opmeer.example"
    henk.save()
    own = {"name": "Dhr. Henk de Vries", "email": "henk@opmeer.example", "phone": "06 1234 5678"}
    words = words_of(create_customer(by=cast.fatima, at=MONDAY, **own))
    assert (words.names, words.emails, words.left) == ((), (), ("name", "email"))
    assert words.phones == ("31612345678",)


@pytest.mark.parametrize("error", [OperationalError("lock timeout"), DataError("value too long")])
def test_one_who_cannot_be_erased_holds_up_nobody_and_what_lasts_is_seen(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch, error: DatabaseError
) -> None:
    other = Customer.objects.get(name="Iemand Anders")
    decided(cast, person)
    second = decided(cast, other)
    real = erase._begun

    def held(request: PersonRequest, at: datetime) -> bool:
        if request.customer_id == person.pk:
            raise error
        return real(request, at)

    monkeypatch.setattr(erase, "_begun", held)
    if isinstance(error, OperationalError):  # the next tick may do it
        assert erase_due(at=LATER) == 1
    else:
        reached: list[datetime] = []
        monkeypatch.setattr(tasks, "destroy_approved", lambda *, at: reached.append(at))
        with pytest.raises(DataError):
            tasks.erase()
        assert reached
    second.refresh_from_db()
    assert second.state == "done"


def test_who_signs_in_by_what_the_asker_gave_is_no_second_person(cast: Cast, person: Customer) -> None:
    Membership.objects.create(user=cast.sanne, role=Role.ADMINISTRATOR)
    sanne = User.objects.get(pk=cast.sanne.pk)
    request = ask(customer=person, kind="restrict", reason=WHY, by=sanne, at=now())
    give_one_time_password(person=cast.ria, by=sanne, at=now())
    assert not second_people(person.pk, asked_by=sanne.pk, at=now())
    with pytest.raises(Refused, match="deze week"):
        approve(request=request, by=cast.ria, at=now())
    made = make_list(at=AFTER)
    assert made is not None
    give_one_time_password(person=cast.sanne, by=cast.beheer, at=now())
    propose_list(pk=made.pk, by=cast.beheer, at=now())
    propose_term(code="raw", days=30, by=cast.beheer, at=now())
    with pytest.raises(Refused, match="deze week"):
        approve_list(pk=made.pk, by=sanne, at=now())
    with pytest.raises(Refused, match="deze week"):
        decide_term(code="raw", days=30, is_agreed=True, by=sanne, at=now())


def test_customers_become_one_only_when_no_request_about_them_waits(cast: Cast, person: Customer) -> None:
    other = create_customer(by=cast.fatima, at=MONDAY, name="K. Kanarie")
    request = ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    for keep, gone in ((person, other), (other, person)):
        with pytest.raises(Refused, match=request.number):
            merge_customers(keep=keep, merge=gone, by=cast.sanne, at=LATER)
    refuse(request=request, by=cast.sanne, at=LATER, remark="Eerst samenvoegen")
    merge_customers(keep=other, merge=person, by=cast.sanne, at=LATER)
    person.refresh_from_db()
    assert "samengevoegd" in obstacle(person)


def test_what_was_held_before_two_became_one_is_held_after_it(cast: Cast, person: Customer) -> None:
    keep = create_customer(by=cast.fatima, at=MONDAY, name="K. Kanarie")
    hold = place_hold(by=cast.sanne, at=AFTER, reason=WHY, customer=person)
    merge_customers(keep=keep, merge=person, by=cast.sanne, at=AFTER)
    approved(cast)
    assert destroy_approved(at=AFTER) == 1, "only of somebody else"
    assert Question.objects.filter(customer=keep).exclude(title="Gewist").count() == 3
    assert Customer.objects.get(pk=person.pk).name == NAME
    end_hold(pk=hold.pk, by=cast.sanne, at=AFTER)
    assert due(AFTER).count() == 3


def test_a_hold_on_a_question_holds_what_was_merged_with_it(cast: Cast, person: Customer) -> None:
    first, second = Question.objects.filter(customer=person, is_confidential=False).order_by("pk")[:2]
    place_hold(by=cast.sanne, at=AFTER, reason=WHY, question=first)
    merge_questions(keep=second, merge=first, by=cast.sanne, at=AFTER)
    assert second not in due(AFTER)


def test_the_file_tells_former_addresses_and_what_was_asked(cast: Cast, person: Customer) -> None:
    request = ask(customer=person, kind="restrict", reason=WHY, by=cast.sanne, at=LATER)
    refuse(request=request, by=cast.sanne, at=LATER, remark="Toch niet gewenst")
    hold = place_hold(by=cast.sanne, at=LATER, reason="Bezwaar bij de rechter", customer=person)
    person.addresses.get(kind="email").delete()
    told = "\n".join(str(row) for section in person_file(person, cast.sanne) for row in section.rows)
    for words in (EMAIL, request.number, "Toch niet gewenst", hold.reason, "niet opgenomen"):
        assert words in told, words


def test_a_mail_that_still_had_to_be_read_is_looked_at_again_after_a_step_that_failed(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(cast, person)
    row = InboundMessage.objects.create(
        source="test", external_key="9", received_at=MONDAY, taken_in_at=MONDAY, sha256="9" * 64, size=9,
        state="received", sender="ander@voorbeeld.nl",
    )  # fmt: skip
    InboundRaw.objects.create(message=row, data=f"Cc: {EMAIL}\r\n\r\nHond".encode())
    with monkeypatch.context() as broken:
        broken.setattr(erase, "look_through", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_due(at=LATER)
    InboundMessage.objects.filter(pk=row.pk).update(state="done", outcome="ignored", parsed={"text": "Hond"})
    assert erase_due(at=LATER) == 1
    assert not InboundRaw.objects.filter(message=row).exists()
