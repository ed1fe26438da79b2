"""Who wants no surveys any more is heard, by the link or at the desk, at every address."""

from datetime import timedelta
from typing import Any

from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.models import Contact, ContactAddress
from contacts.person.file import person_file
from organisation.models import AuditEntry
from surveys.actions.invite import invite
from surveys.actions.opt_out import note_wish, opt_out
from surveys.choices import asking_choices
from surveys.links import address_hash
from surveys.models import Invitation, OptOut
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended, token_of
from tests.surveys.scene import invitation


def test_a_customer_who_says_at_the_desk_that_it_is_enough_is_not_asked(
    asking: None, ended: Ended, settings: Any, cast: Cast
) -> None:
    settings.DEMO_MODE = True
    made = ended()
    invite(at=AT)
    desk = Client()
    desk.force_login(cast.fatima)
    page = f"/klanten/{made.contact.customer_id}/"
    wish = f"/enquetes/klanten/{made.contact.customer_id}/"
    assert "Mag een enquête krijgen over hoe wij hielpen." in desk.get(page).content.decode()
    for _press in range(2):
        assert desk.post(wish, {"keuze": "niet"})["Location"] == page
    assert "Wil geen enquêtes." in desk.get(page).content.decode()
    assert AuditEntry.objects.filter(action="survey.opted_out").count() == 1
    deliver(at=AT)  # the invitation that was on its way
    assert OutboundMessage.objects.get(purpose="survey").state == "held"
    ContactAddress.objects.create(
        customer=made.contact.customer, kind="email", value="nieuw@example.nl", normalized="nieuw@example.nl"
    )
    assert "Wil geen enquêtes." in desk.get(page).content.decode()
    later = AT + timedelta(days=100)
    again = ended(at=later, email="nieuw@example.nl").contact
    Contact.objects.filter(pk=again.pk).update(customer=made.contact.customer)
    assert invite(at=later) == 0  # the wish is of the person, not of the address
    desk.post(wish, {"keuze": "wel"})
    assert not OptOut.objects.exists()
    assert invite(at=later) == 1
    director = Client()
    director.force_login(cast.joost)
    assert director.post(wish, {"keuze": "niet"}).status_code == 403


def test_who_opts_out_with_a_link_of_before_two_customers_became_one_is_heard_for_both(
    asking: None, ended: Ended, cast: Cast
) -> None:
    gone = ended("Jansen").contact.customer
    invite(at=AT)
    token = token_of(OutboundMessage.objects.get(purpose="survey"))
    kept = ended("Pieters").contact.customer
    merge_customers(keep=kept, merge=gone, by=cast.sanne, at=AT)
    assert opt_out(token=token, at=AT)
    salt = asking_choices().salt
    refused = set(OptOut.objects.values_list("address_hash", flat=True))
    assert {address_hash(salt, f"{name}@example.nl") for name in ("jansen", "pieters")} <= refused


def test_who_has_no_address_is_told_nothing_about_surveys(asking: None, ended: Ended, cast: Cast) -> None:
    made = ended(email="")
    desk = Client()
    desk.force_login(cast.fatima)
    assert "enquête" not in desk.get(f"/klanten/{made.contact.customer_id}/").content.decode().split('id="h-data"')[1]


def test_who_asks_what_we_know_reads_when_he_was_asked_and_that_he_wants_no_more(cast: Cast) -> None:
    at = AT
    wit = create_customer(by=cast.fatima, at=at, name="J. de Wit", email="wit@gesprek.nl")
    asked = invitation(cast, at)
    Invitation.objects.filter(pk=asked.pk).update(customer=wit)
    told = {one.title: one.rows for one in person_file(wit, cast.sanne)}
    assert [row["Wat"] for row in told["Enquêtes"]] == [f"gevraagd: {asked.survey.name}"]
    note_wish(customer=wit, wants=False, at=at, by=cast.fatima)
    told = {one.title: one.rows for one in person_file(wit, cast.sanne)}
    assert [row["Wat"] for row in told["Enquêtes"]][-1] == "wil geen enquêtes"
