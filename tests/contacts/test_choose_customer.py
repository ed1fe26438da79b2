"""A question of nobody gets its customer: found by what the message says, by searching, or made new; a wrong one is put right."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.invariants import check_all
from contacts.models import Contact, Customer, Question
from organisation.clock import now
from organisation.models import Municipality, User
from tests.cast import Cast

TEXT = "Bel mij op 0226-351244 of mail de.wit@voorbeeld.nl. Ik woon op 1716 KA 41. Het gaat om nummer 0226363333 van u."


@pytest.fixture
def question(cast: Cast) -> Question:
    return asked(cast.grofvuil.pk)


def asked(subject: int, customer: Customer | None = None, text: str = TEXT) -> Question:
    at: datetime = now()
    one = Asked(title="Brief", text=text, subject_id=subject, end="forward")
    return register(
        by=None, at=at, channel="letter", received_at=at, asked=[one], text=text, customer=customer
    ).questions[0]


def de_wit(cast: Cast, name: str = "A. de Wit") -> Customer:
    return create_customer(by=cast.fatima, at=now(), name=name, email="de.wit@voorbeeld.nl", postcode="1716KA")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(question: Question) -> str:
    return f"/vragen/{question.number}/klant/"


def test_the_writer_is_found_by_what_the_message_says(cast: Cast, question: Question) -> None:
    wit = de_wit(cast)
    page = signed_in(cast.fatima).get(address(question)).content.decode()
    assert f'name="customer" value="{wit.pk}"' in page and "de.wit@voorbeeld.nl · 0226-351244 · 1716 KA" in page
    assert 'value="de.wit@voorbeeld.nl"' in page, "ready for a new customer"


def test_the_address_of_the_town_hall_names_nobody(cast: Cast) -> None:
    Municipality.objects.update(visiting_address="Klaproos 1, 1716 VS Opmeer")
    neighbour = create_customer(by=cast.fatima, at=now(), name="C. Buur", postcode="1716VS")
    text = "Aan de gemeente, Klaproos 1, 1716 VS Opmeer. Van: Zomerlust 37, 1716 ZK."
    page = signed_in(cast.fatima).get(address(asked(cast.grofvuil.pk, text=text))).content.decode()
    assert f'value="{neighbour.pk}"' not in page and "1716 ZK" in page and "1716 VS" not in page


def test_the_question_and_its_contact_get_the_customer(cast: Cast, question: Question) -> None:
    wit = de_wit(cast)
    client = signed_in(cast.fatima)
    answer = client.post(address(question), {"customer": wit.pk, "version": question.version}, follow=True)
    assert "A. de Wit is nu de klant van deze vraag." in answer.content.decode()
    question.refresh_from_db()
    assert question.customer == wit and Contact.objects.get().customer == wit
    assert question.history.latest().history_user == cast.fatima
    again = client.post(address(question), {"customer": wit.pk, "version": question.version})
    assert again.status_code == 422 and "is al de klant van deze vraag" in again.content.decode()
    assert all(not found.violations for found in check_all())


def test_a_wrong_customer_is_put_right(cast: Cast) -> None:
    wit, other = de_wit(cast), de_wit(cast, "B. Jansen")
    question = asked(cast.grofvuil.pk, customer=other)
    signed_in(cast.fatima).post(address(question), {"customer": wit.pk, "version": question.version})
    question.refresh_from_db()
    assert question.customer == wit and Contact.objects.get().customer == wit


def test_a_new_customer_is_made_and_chosen_at_once(cast: Cast, question: Question) -> None:
    client = signed_in(cast.fatima)
    empty = client.post(address(question), {"name": " ", "version": question.version})
    assert empty.status_code == 422 and not Customer.objects.exists()
    wrong = client.post(address(question), {"name": "K. Bos", "email": "geen adres", "version": question.version})
    assert wrong.status_code == 422 and not Customer.objects.exists(), "nothing of it stays"
    client.post(address(question), {"name": "K. Bos", "postcode": "1716 ka", "version": question.version})
    question.refresh_from_db()
    assert question.customer is not None and question.customer.name == "K. Bos"


def test_more_customers_than_are_shown_are_told_of(cast: Cast, question: Question) -> None:
    for number in range(9):
        de_wit(cast, f"Jan Mooij {number}")
    page = signed_in(cast.fatima).get(address(question), {"q": "mooij"}).content.decode()
    assert page.count('name="customer"') == 8 and "Er zijn er meer." in page


def test_an_old_page_does_not_win(cast: Cast, question: Question) -> None:
    wit = de_wit(cast)
    answer = signed_in(cast.fatima).post(address(question), {"name": "K. Bos", "version": question.version - 1})
    assert answer.status_code == 422 and "Een collega heeft deze vraag intussen gewijzigd" in answer.content.decode()
    question.refresh_from_db()
    assert question.customer is None
    assert list(Customer.objects.all()) == [wit], "the new customer is not made either"


def test_who_may_not_see_a_customer_cannot_choose_it(cast: Cast, question: Question) -> None:
    wit = de_wit(cast)
    henk = signed_in(cast.henk)
    assert henk.post(address(question), {"customer": wit.pk, "version": question.version}).status_code == 422
    assert signed_in(cast.bas).get(address(question)).status_code == 404
    assert signed_in(cast.joost).get(address(question)).status_code == 403
