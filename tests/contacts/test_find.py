"""Customers are found by whatever is typed, in reach only, and from an index."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.customers import add_address, create_customer
from contacts.actions.register import Asked, register
from contacts.finding.customers import customer_for, find_customers
from contacts.finding.duplicates import suspects
from contacts.models import Customer
from organisation.models import User
from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def wit(fatima: User) -> Customer:
    return create_customer(
        by=fatima,
        at=AT,
        name="A. de Wit-Schouten",
        salutation="mrs",
        street="Dorpsstraat",
        house_number="41",
        postcode="1716 ka",
        place="Opmeer",
        phone="0226 35 12 44",
        email="A.deWit@voorbeeld.nl",
    )


@pytest.fixture
def other(fatima: User) -> Customer:
    return create_customer(
        by=fatima,
        at=AT,
        name="P. de Wit",
        street="Dorpsstraat",
        house_number="41",
        postcode="1716KA",
        place="Opmeer",
        phone="0226351244",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "schout",
        "Wit-Schouten",
        "a. de wit",
        "SCHOUTEN dorps",
        "wit opmeer",
        "a.dewit@voorbeeld.nl",
        "A.DEWIT@",
        "dewit@voor",
        "1716 KA 41",
        "1716ka",
        "+31226351244",
        "0226 35 12",
        "351244",
    ],
)
def test_a_customer_is_found_by_any_part(wit: Customer, fatima: User, typed: str) -> None:
    assert find_customers(fatima, typed) == [wit]


def test_one_number_of_two_people_finds_both(wit: Customer, other: Customer, fatima: User) -> None:
    assert {c.pk for c in find_customers(fatima, "0226-35 12 44")} == {wit.pk, other.pk}


def test_a_typing_error_in_a_name_still_finds(wit: Customer, fatima: User) -> None:
    assert find_customers(fatima, "schoutn") == [wit]


def test_a_name_that_begins_so_comes_first(fatima: User) -> None:
    create_customer(by=fatima, at=AT, name="K. Boswijk", street="Janlaan")
    second = create_customer(by=fatima, at=AT, name="Jan Bos")
    assert find_customers(fatima, "jan")[0] == second


def test_who_was_merged_is_found_as_who_it_became(wit: Customer, other: Customer, fatima: User) -> None:
    other.merged_into = wit
    other.save()
    assert find_customers(fatima, "0226 351244") == [wit]
    assert customer_for(fatima, other.pk) == wit


def test_a_question_number_finds_its_customer(wit: Customer, fatima: User, henk: User, cast: Cast) -> None:
    question = register(
        by=fatima,
        at=AT,
        channel="phone",
        received_at=AT,
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
    ).questions[0]
    assert find_customers(fatima, question.number) == [wit]
    assert find_customers(fatima, question.number.lower()) == [wit]
    assert find_customers(cast.bas, question.number) == []


def test_a_team_finds_its_own_customers_and_others_only_by_the_exact_address(wit: Customer, cast: Cast) -> None:
    assert find_customers(cast.henk, "schouten") == []
    assert find_customers(cast.henk, "1716KA 41") == []
    assert find_customers(cast.henk, "0226 35") == []
    assert find_customers(cast.henk, "0226 351244") == [wit]
    assert customer_for(cast.henk, wit.pk) is None
    assert customer_for(cast.henk, wit.pk, "0226 351244") == wit
    assert customer_for(cast.henk, wit.pk, "0226 000000") is None
    register(
        by=cast.fatima,
        at=AT,
        channel="phone",
        received_at=AT,
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
    )
    assert find_customers(cast.henk, "schouten") == [wit]
    assert find_customers(cast.bas, "schouten") == []


def test_who_may_see_no_customers_finds_none(wit: Customer, cast: Cast) -> None:
    for user in (cast.joost, cast.beheer, cast.receptie):
        assert find_customers(user, "0226 351244") == []
        assert customer_for(user, wit.pk) is None


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "'", "%%%", "\x00", "a" * 500, "😀😀", "؀‮abc", "' OR 1=1 --", "\\", "(((", "@", "@@@@", "+", "0", "--"],
)
def test_strange_input_finds_nothing_and_never_fails(wit: Customer, fatima: User, typed: str) -> None:
    assert find_customers(fatima, typed) == []


def test_a_sign_with_a_meaning_in_patterns_stands_for_itself_whoever_searched_before(fatima: User, henk: User) -> None:
    """The text of the search is built once for so many words: neither the words nor the person of before stay in it."""
    names = ("Abc_def Ghi", "Abcxdef Ghi", "Abc%def Ghi", "Abc\\def Ghi")
    people = {name: create_customer(by=fatima, at=AT, name=name) for name in names}
    for name in (*names, *reversed(names)):
        if name != "Abcxdef Ghi":
            assert find_customers(fatima, name)[0] == people[name]
            assert find_customers(fatima, f"ghi {name.split()[0]}") == [people[name]]
        assert find_customers(henk, name) == [], "a team reaches its own customers"
    assert len(find_customers(fatima, "ghi abc")) == 4


def test_the_number_of_queries_does_not_depend_on_the_rows(fatima: User) -> None:
    for number in range(3):
        create_customer(by=fatima, at=AT, name=f"Jansen {number}")
    find_customers(fatima, "jansen")  # settings are in memory from here on
    with CaptureQueriesContext(connection) as few:
        find_customers(fatima, "jansen")
    for number in range(30):
        create_customer(by=fatima, at=AT, name=f"Jansen {number}x")
    with CaptureQueriesContext(connection) as many:
        assert len(find_customers(fatima, "jansen")) == 8
    assert len(few) == len(many)


def test_doubles_are_suggested_with_their_reason(wit: Customer, fatima: User) -> None:
    double = create_customer(by=fatima, at=AT, name="Anna de Wit-Schouten", postcode="1716KA", house_number="41")
    husband = create_customer(by=fatima, at=AT, name="P. de Wit-Schouten", postcode="1716KA", house_number="41")
    found = suspects(fatima, wit)
    assert [one.customer for one in found] == [double]
    add_address(customer=husband, by=fatima, at=AT, kind="phone", value="0226-351244")
    assert {one.customer.pk for one in suspects(fatima, wit)} == {double.pk, husband.pk}
    assert all(one.reason for one in suspects(fatima, wit))
