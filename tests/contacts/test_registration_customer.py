"""Of whom the contact is: known, new, unknown, or typed and not chosen yet."""

import pytest
from django.test import Client

from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.models import (
    Contact,
    Customer,
    Question,
    RoutingRule,
)
from organisation.models import AccessEntry, User
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit

__all__ = ["_wednesday_morning", "desk", "wit"]


def test_a_new_customer_is_made_from_what_was_typed(desk: Client) -> None:
    step = desk.post(DESK, form(act="new", customer_query="06 12345678")).content.decode()
    assert 'name="new_phone" type="tel" value="06 12345678"' in step
    data = form(customer_query="06 12345678", customer_state="new", new_name="J. Koning", new_phone="06 12345678")
    assert desk.post(DESK, data | {"new_name": ""}).status_code == 422
    assert desk.post(DESK, data).status_code == 302
    customer = Customer.objects.get()
    assert customer.name == "J. Koning"
    assert customer.addresses.get().normalized == "31612345678"
    assert Contact.objects.get().address == "06 12345678"


@pytest.mark.parametrize("kind", ["organisation", "person"])
def test_the_team_that_is_shown_for_a_new_customer_gets_the_question(desk: Client, cast: Cast, kind: str) -> None:
    RoutingRule.objects.create(name="Ondernemers", position=10, customer_kind="organisation", team=cast.burgerzaken)
    data = form(customer_state="new", new_name="Bakker BV", new_kind=kind, panel="forward", end="forward")
    page = desk.post(DESK, data | {"act": "refresh"}).context["page"]
    shown = page.blocks[0].answer.team
    assert shown == page.panel.team == ("Burgerzaken" if kind == "organisation" else "Servicecentrum")
    assert desk.post(DESK, data).status_code == 302
    assert Question.objects.get().team.name == shown


def test_who_makes_a_customer_hears_whom_we_may_know_already(desk: Client, wit: Customer) -> None:
    data = form(customer_state="new", new_name="Anna de Wit", new_phone="0226-351244")
    page = desk.post(DESK, data, follow=True).content.decode()
    made = Customer.objects.get(name="Anna de Wit")
    assert f"/klanten/{made.pk}/samenvoegen/?met={wit.pk}" in page and "zelfde nummer" in page
    stranger = form(customer_state="new", new_name="B. Koning", new_phone="06 12345678")
    assert "kennen wij deze klant al" not in desk.post(DESK, stranger, follow=True).content.decode()


def test_an_unknown_caller_keeps_only_the_number(desk: Client) -> None:
    assert desk.post(DESK, form(customer_query="06 99999999")).status_code == 302
    assert Contact.objects.get().customer is None
    assert Contact.objects.get().address.replace(" ", "") == "0699999999"


@pytest.mark.parametrize("typed", ["+31 226 351244", "A.deWit@voorbeeld.nl"])
def test_a_number_that_names_one_customer_in_full_needs_no_choice_and_two_do(
    desk: Client, wit: Customer, fatima: User, typed: str
) -> None:
    assert desk.post(DESK, form(customer_query=typed, customer_state="unknown")).status_code == 302
    assert desk.post(DESK, form(customer_query=typed)).status_code == 302
    assert desk.post(DESK, form(customer_query=typed, end="spam")).status_code == 302
    assert list(Contact.objects.order_by("pk").values_list("customer", flat=True)) == [None, wit.pk, None]
    create_customer(by=fatima, at=AT, name="P. de Wit", phone="0226351244", email="a.dewit@voorbeeld.nl")
    assert "Onbekende klant" in desk.post(DESK, form(customer_query=typed)).content.decode()
    assert Contact.objects.count() == 3


def test_a_typed_name_that_was_not_chosen_is_asked_about(desk: Client) -> None:
    answer = desk.post(DESK, form(customer_query="Jansen"))
    assert answer.status_code == 422
    assert "Onbekende klant" in answer.content.decode()
    assert desk.post(DESK, form(customer_query="Jansen", customer_state="unknown")).status_code == 302


def test_the_screen_of_a_caller_picks_the_one_customer_with_that_number(desk: Client, wit: Customer) -> None:
    page = desk.get(DESK + "?tel=0226351244").content.decode()
    assert f'name="customer" value="{wit.pk}"' in page
    assert "Mevr. A. de Wit" in page
    assert AccessEntry.objects.filter(customer_id=wit.pk, page="registration").exists()


def test_a_customer_who_was_merged_meanwhile_is_the_one_that_stays(desk: Client, wit: Customer, cast: Cast) -> None:
    other = create_customer(by=cast.fatima, at=AT, name="Anna Wit-Koning")
    typed = form(customer=wit.pk, customer_state="chosen", customer_query="0226 351244")
    merge_customers(keep=other, merge=wit, by=cast.sanne, at=AT)
    assert "Anna Wit-Koning" in desk.post(DESK, typed | {"act": "refresh"}).content.decode()
    assert desk.post(DESK, typed).status_code == 302
    assert Contact.objects.get().customer == other
