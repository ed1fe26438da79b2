"""Customers and their addresses: made, changed, merged, with history; a stale form changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from contacts.actions.customers import (
    StaleCustomer,
    add_address,
    change_address,
    change_customer,
    create_customer,
    remove_address,
)
from contacts.actions.merge import merge_customers, propose_merge
from contacts.actions.refuse_merge import refuse_merge
from contacts.actions.register import Asked, register
from contacts.finding.duplicates import suspects
from contacts.models import Customer, MergeProposal
from organisation.errors import Refused
from organisation.models import AccessEntry, User
from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def wit(fatima: User) -> Customer:
    return create_customer(
        by=fatima, at=AT, name="A. de Wit", postcode="1716 KA", house_number="41", phone="0226 351244"
    )


def test_a_change_is_in_the_history_with_its_author(wit: Customer, fatima: User) -> None:
    changed = change_customer(customer=wit, by=fatima, at=AT, version=1, name="A. de Wit-Schouten", place="Opmeer")
    assert (changed.name, changed.version) == ("A. de Wit-Schouten", 2)
    assert changed.history.first().history_user == fatima
    assert "schouten" in changed.search_text


def test_an_older_version_changes_nothing(wit: Customer, fatima: User) -> None:
    change_customer(customer=wit, by=fatima, at=AT, version=1, place="Opmeer")
    with pytest.raises(StaleCustomer) as stale:
        change_customer(customer=wit, by=fatima, at=AT, version=1, place="Spanbroek")
    assert stale.value.theirs.place == "Opmeer"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 201), ("kind", "robot"), ("remark", "x" * 301)]
)
def test_what_cannot_be_stored_is_refused_with_its_field(wit: Customer, fatima: User, field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        change_customer(customer=wit, by=fatima, at=AT, **{field: value})
    assert refused.value.field == field
    assert Customer.objects.get(pk=wit.pk).version == 1


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "geen adres"), ("phone", "abc"), ("phone", "12"), ("email", ""), ("fax", "1")]
)
def test_what_is_no_address_is_refused(wit: Customer, fatima: User, kind: str, value: str) -> None:
    with pytest.raises(Refused):
        add_address(customer=wit, by=fatima, at=AT, kind=kind, value=value)


def test_one_address_a_kind_is_preferred_and_the_same_one_is_kept_once(wit: Customer, fatima: User) -> None:
    first = add_address(customer=wit, by=fatima, at=AT, kind="phone", value="+31 226 351244", is_preferred=True)
    assert wit.addresses.count() == 1
    second = add_address(customer=wit, by=fatima, at=AT, kind="phone", value="06 12345678", is_preferred=True)
    first.refresh_from_db()
    assert (first.is_preferred, second.is_preferred) == (False, True)
    change_address(address=first, by=fatima, at=AT, is_verified=True)
    first.refresh_from_db()
    assert first.is_verified
    assert remove_address(customer=wit, address_id=second.pk, by=fatima, at=AT) == "06 12345678"
    assert second.history.model.objects.filter(id=second.pk, history_type="-").exists()


def test_who_may_not_write_customers_is_refused(wit: Customer, cast: Cast) -> None:
    for user in (cast.joost, cast.beheer, cast.receptie):
        with pytest.raises(PermissionDenied):
            change_customer(customer=wit, by=user, at=AT, place="X")


def test_the_page_shows_only_what_this_person_may_see_and_is_in_the_read_log(
    wit: Customer, cast: Cast, client: Client
) -> None:
    seen = register(
        by=cast.fatima,
        at=AT,
        channel="phone",
        received_at=AT,
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
    )
    register(
        by=cast.sanne,
        at=AT,
        channel="phone",
        received_at=AT,
        customer=wit,
        asked=[Asked(title="Kanarie", end="forward", subject_id=cast.paspoort.pk, is_confidential=True)],
    )
    client.force_login(cast.henk)
    page = client.get(reverse("contacts:customer", args=[wit.pk]))
    assert page.status_code == 200
    assert seen.questions[0].number in page.content.decode()
    assert "Kanarie" not in page.content.decode()
    assert AccessEntry.objects.filter(user=cast.henk, customer_id=wit.pk, page="customer").count() == 1
    client.force_login(cast.bas)
    assert client.get(reverse("contacts:customer", args=[wit.pk])).status_code == 404
    client.force_login(cast.joost)
    assert client.get(reverse("contacts:customer", args=[wit.pk])).status_code == 403


def test_a_stale_form_gives_409_with_both_texts(wit: Customer, fatima: User, client: Client) -> None:
    client.force_login(fatima)
    address = reverse("contacts:customer_edit", args=[wit.pk])
    data = {"kind": "person", "salutation": "mrs", "name": "Mijn naam", "version": "1"}
    change_customer(customer=wit, by=fatima, at=AT, version=1, name="Hun naam")
    answer = client.post(address, data)
    assert answer.status_code == 409
    assert "Mijn naam" in answer.content.decode()
    assert "Hun naam" in answer.content.decode()
    assert ("Aanhef", "Mevrouw") in [(str(label), words) for label, words in answer.context["yours"]]
    again = dict(answer.context["again"])
    assert client.post(answer.context["again_url"], again).status_code == 302
    assert Customer.objects.get(pk=wit.pk).name == "Mijn naam"


def test_a_form_of_a_customer_who_was_merged_meanwhile_overwrites_nothing(
    wit: Customer, fatima: User, cast: Cast, client: Client
) -> None:
    other = create_customer(by=fatima, at=AT, name="A. de Wit-Schouten")
    change_customer(customer=other, by=fatima, at=AT, version=1, street="Dorpsstraat")
    merge_customers(keep=wit, merge=other, by=cast.sanne, at=AT)
    client.force_login(fatima)
    address = reverse("contacts:customer_edit", args=[other.pk])
    version = Customer.objects.get(pk=wit.pk).version
    data = {"kind": "person", "salutation": "none", "name": "Mijn naam", "version": str(version)}
    answer = client.post(address, data)
    assert answer.status_code == 409 and "Mijn naam" in answer.content.decode()
    assert Customer.objects.get(pk=wit.pk).name == "A. de Wit"
    assert client.post(answer.context["again_url"], dict(answer.context["again"])).status_code == 302
    assert Customer.objects.get(pk=wit.pk).name == "Mijn naam"


def test_what_colleagues_warned_of_and_checked_stays_with_the_customer_that_stays(wit: Customer, cast: Cast) -> None:
    for customer, remark in ((wit, "Is slechthorend."), (None, "Komt met hond.")):
        one = customer or create_customer(by=cast.fatima, at=AT, name="A. Wit", phone="0226 35 12 44")
        change_customer(customer=one, by=cast.fatima, at=AT, remark=remark)
    change_address(address=one.addresses.get(), by=cast.fatima, at=AT, is_verified=True)
    merge_customers(keep=wit, merge=one, by=cast.sanne, at=AT)
    wit.refresh_from_db()
    assert wit.remark == "Is slechthorend. Komt met hond."
    assert wit.addresses.get(kind="phone").is_verified


def test_remarks_that_do_not_fit_together_are_not_cut_off(wit: Customer, cast: Cast, client: Client) -> None:
    other = create_customer(by=cast.fatima, at=AT, name="A. Wit", phone="0226 35 12 44")
    for one, letter in ((wit, "a"), (other, "b")):
        change_customer(customer=one, by=cast.fatima, at=AT, remark=letter * 200)
    client.force_login(cast.sanne)
    address = reverse("contacts:customer_merge", args=[wit.pk])
    answer = client.post(address, {"met": other.pk, "keep": wit.pk})
    assert answer.status_code == 422 and "samen 401 letters" in answer.content.decode()
    other.refresh_from_db()
    assert other.merged_into is None
    change_customer(customer=other, by=cast.fatima, at=AT, remark="b" * 99)
    assert client.post(address, {"met": other.pk, "keep": wit.pk}).status_code == 302
    wit.refresh_from_db()
    assert wit.remark == f"{'a' * 200} {'b' * 99}"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 300},
        {"kind": "robot"},
        {"version": "no"},
        {"version": "9" * 30},
        {"remark": "😀" * 301},
    ],
)
def test_bad_input_keeps_what_was_typed(wit: Customer, fatima: User, client: Client, change: dict[str, str]) -> None:
    client.force_login(fatima)
    data = {"kind": "person", "salutation": "none", "name": "A. de Wit", "street": "Nieuwstraat", "version": "1"}
    answer = client.post(reverse("contacts:customer_edit", args=[wit.pk]), data | change)
    assert answer.status_code == 422
    assert "Nieuwstraat" in answer.content.decode()
    assert Customer.objects.get(pk=wit.pk).version == 1


def test_another_customers_address_is_not_there(wit: Customer, fatima: User, client: Client) -> None:
    other = create_customer(by=fatima, at=AT, name="Ander", phone="0612345678")
    foreign = other.addresses.get()
    client.force_login(fatima)
    answer = client.post(reverse("contacts:address_change", args=[wit.pk, foreign.pk]), {"act": "remove"})
    assert answer.status_code == 404
    assert other.addresses.count() == 1


def test_the_desk_proposes_and_the_coordinator_merges(wit: Customer, cast: Cast, client: Client) -> None:
    other = create_customer(by=cast.fatima, at=AT, name="Anna de Wit", postcode="1716KA", house_number="41")
    address = reverse("contacts:customer_merge", args=[wit.pk])
    client.force_login(cast.fatima)
    assert "Anna de Wit" in client.get(address).content.decode()
    assert "Anna de Wit" in client.get(f"{address}?q=anna").content.decode()
    assert client.get(f"{address}?met=nobody").status_code == 404
    assert client.get(f"{address}?met={other.pk}").status_code == 200
    assert client.post(address, {"met": other.pk, "keep": wit.pk}).status_code == 302
    assert MergeProposal.objects.get().proposed_by == cast.fatima
    client.force_login(cast.henk)
    assert client.get(f"{address}?met={other.pk}").status_code == 403
    about = [Asked(title="Grofvuil", subject_id=cast.grofvuil.pk)]
    register(by=cast.fatima, at=AT, channel="phone", received_at=AT, customer=wit, asked=about)
    page = reverse("contacts:customer", args=[wit.pk])
    client.force_login(cast.ria)
    assert "A. de Wit" in client.get(page).content.decode()
    assert "Anna de Wit" not in client.get(page).content.decode(), "who has no question with a team of the lead"
    client.force_login(cast.sanne)
    Customer.objects.filter(pk=other.pk).update(restricted_at=AT)
    assert "Anna de Wit" not in client.get(page).content.decode(), "whose data may only be kept"
    Customer.objects.filter(pk=other.pk).update(restricted_at=None)
    client.force_login(cast.sanne)
    assert "Anna de Wit" in client.get(reverse("contacts:customer", args=[wit.pk])).content.decode()
    assert client.post(address, {"met": other.pk, "keep": wit.pk}).status_code == 302
    other.refresh_from_db()
    assert other.merged_into_id == wit.pk
    answer = client.get(reverse("contacts:customer", args=[other.pk]))
    assert answer.status_code == 302
    assert str(wit.pk) in answer["Location"]
    late = client.post(address, {"met": other.pk, "keep": wit.pk}, follow=True)
    assert "al één klant" in late.content.decode(), "merged by a colleague since the two were shown"


def test_the_coordinator_sees_what_was_proposed_and_decides(wit: Customer, cast: Cast, client: Client) -> None:
    others = [create_customer(by=cast.fatima, at=AT, name=name, phone="0612345678") for name in ("Anna", "Arie")]
    first, second = (propose_merge(keep=wit, merge=other, by=cast.fatima, at=AT) for other in others)
    address = reverse("contacts:merge_proposals")
    client.force_login(cast.fatima)
    assert client.get(address).status_code == 403
    client.force_login(cast.sanne)
    assert "2 voorstellen wachten" in client.get(reverse("organisation:manage")).content.decode()
    page = client.get(address).content.decode()
    assert "Anna" in page
    assert "Arie" in page
    assert client.post(address, {"refuse": first.pk}).status_code == 302
    assert client.post(address, {"accept": second.pk}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_accepted, first.decided_by, second.is_accepted) == (False, cast.sanne, True)
    assert [Customer.objects.get(pk=other.pk).merged_into_id for other in others] == [None, wit.pk]
    again = client.post(address, {"accept": first.pk}, follow=True).content.decode()
    assert "heeft hier al over beslist" in again
    assert "Alles is beslist" in again
    assert client.post(address, {"accept": "999999"}).status_code == 404


def test_a_list_of_proposals_costs_the_same_whatever_its_length(
    wit: Customer, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        other = create_customer(by=cast.fatima, at=AT, name=f"Klant {number}", phone="0612345678")
        propose_merge(keep=wit, merge=other, by=cast.fatima, at=AT)
    client.force_login(cast.sanne)
    address = reverse("contacts:merge_proposals")
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_a_pair_that_was_refused_is_suggested_no_more_and_a_proposal_follows_the_one_that_stays(
    wit: Customer, cast: Cast, client: Client
) -> None:
    anna, arie, ada = (create_customer(by=cast.fatima, at=AT, name=name, phone="0612345678") for name in "XYZ")
    assert {one.customer for one in suspects(cast.sanne, anna)} == {arie, ada}
    refuse_merge(proposal=propose_merge(keep=anna, merge=arie, by=cast.fatima, at=AT), by=cast.sanne, at=AT)
    assert {one.customer for one in suspects(cast.sanne, anna)} == {ada}
    assert {one.customer for one in suspects(cast.sanne, arie)} == {ada}
    again = propose_merge(keep=ada, merge=arie, by=cast.fatima, at=AT)
    waits = propose_merge(keep=wit, merge=ada, by=cast.fatima, at=AT)
    merge_customers(keep=anna, merge=ada, by=cast.sanne, at=AT)
    waits.refresh_from_db()
    assert (waits.keep, waits.merge, waits.decided_at) == (wit, anna, None)
    assert not MergeProposal.objects.filter(pk=again.pk).exists(), "of anna and arie that was refused already"
    merge_customers(keep=wit, merge=anna, by=cast.sanne, at=AT)
    waits.refresh_from_db()
    assert waits.is_accepted
