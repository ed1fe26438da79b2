"""Half-finished contacts survive, belong to one person, and come back after an undo."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contacts.actions.assign import take
from contacts.actions.keep_draft import forget_finished_drafts, stamp_of
from contacts.models import Contact, Customer, Draft, NormClock, Notice, Question
from organisation.models import User
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk

__all__ = ["_wednesday_morning", "desk"]


def typed(**fields: object) -> dict[str, object]:
    return {"token": str(uuid.uuid4()), "blocks": "1", "channel": "phone", "q0-text": "Half"} | fields


def save(client: Client, data: dict[str, object]) -> object:
    return client.post(reverse("contacts:save_draft"), data)


def test_two_drafts_stand_side_by_side_and_survive_a_sign_out(desk: Client, cast: Cast) -> None:
    one, two = typed(**{"q0-text": "Eerste half"}), typed(**{"q0-text": "Tweede half", "channel": "counter"})
    assert "Bewaard 10:30" in save(desk, one).content.decode()
    save(desk, two)
    desk.logout()
    desk.force_login(cast.fatima)
    page = desk.get(f"{DESK}?concept={one['token']}").content.decode()
    assert "Eerste half" in page
    assert page.count('class="draft-tabs__tab"') == 2
    assert "Tweede half" in desk.get(f"{DESK}?concept={two['token']}").content.decode()


def test_an_empty_form_is_not_kept(desk: Client) -> None:
    save(desk, typed(**{"q0-text": ""}))
    assert Draft.objects.count() == 0


def test_saving_twice_keeps_one_and_nul_does_no_harm(desk: Client) -> None:
    data = typed()
    save(desk, data)
    save(desk, data | {"q0-text": "Anders\x00"})
    assert Draft.objects.get().data["fields"]["q0-text"] == "Anders"


def test_a_colleagues_draft_is_not_there(desk: Client, cast: Cast, henk: User) -> None:
    mine = typed(**{"q0-text": "KANARIE"})
    save(desk, mine)
    desk.force_login(henk)
    assert "KANARIE" not in desk.get(f"{DESK}?concept={mine['token']}").content.decode()
    assert save(desk, mine | {"q0-text": "gekaapt"}).status_code == 404
    desk.post(reverse("contacts:throw_away"), {"token": mine["token"]})
    assert Draft.objects.get().data["fields"]["q0-text"] == "KANARIE"


def test_a_draft_can_be_thrown_away_and_for_a_minute_be_brought_back(desk: Client, henk: User, cast: Cast) -> None:
    data = typed()
    save(desk, data)

    def throw() -> str:
        page = desk.post(reverse("contacts:throw_away"), {"token": data["token"]}, follow=True).content.decode()
        assert "Half</textarea>" not in desk.get(f"{DESK}?concept={data['token']}").content.decode()
        return re.search(r'action="(/werkplek/concept/[^"]+/terug/)"', page).group(1)

    undo = throw()
    desk.force_login(henk)
    assert "nieuw=1" in desk.post(undo)["Location"], "not of somebody else"
    desk.force_login(cast.fatima)
    assert "Half</textarea>" in desk.post(undo, follow=True).content.decode()
    throw()
    with time_machine.travel(AT + timedelta(minutes=3), tick=False):
        assert "nieuw=1" in desk.post(undo)["Location"]
        forget_finished_drafts(at=AT + timedelta(minutes=3))
    assert Draft.objects.count() == 0


def test_a_person_has_at_most_thirty_drafts(desk: Client) -> None:
    for _number in range(30):
        save(desk, typed())
    assert save(desk, typed()).status_code == 422
    assert Draft.objects.count() == 30
    desk.post(reverse("contacts:throw_away"), {"token": str(Draft.objects.earliest("pk").token)})
    assert save(desk, typed()).status_code == 200, "as the sentence says"


def test_a_registered_draft_leaves_the_tabs(desk: Client) -> None:
    data = typed()
    save(desk, data)
    desk.post(DESK, data | {"end": "direct"})
    assert 'aria-current="true"' not in desk.get(f"{DESK}?nieuw=1").content.decode()
    assert "Half</textarea>" not in desk.get(f"{DESK}?concept={data['token']}").content.decode()


def test_undo_cancels_and_brings_the_draft_back(desk: Client, cast: Cast) -> None:
    data = typed(channel="email", end="direct", **{"q0-text": "Te snel", "q0-subject": cast.grofvuil.pk})
    desk.post(DESK, data)
    contact = Contact.objects.get()
    answer = desk.post(reverse("contacts:undo", args=[contact.pk]))
    question = Question.objects.get()
    assert (question.status, question.is_direct) == ("cancelled", False)
    assert not NormClock.objects.filter(replaced_by__isnull=True).exclude(state="cancelled").exists()
    assert "Te snel" in desk.get(answer["Location"]).content.decode()
    again = Draft.objects.get()
    assert str(again.token) != data["token"]
    assert desk.post(DESK, data | {"token": str(again.token)}).status_code == 302
    assert Question.objects.filter(status="closed").count() == 1


def test_undo_of_a_new_customer_does_not_make_the_customer_twice(desk: Client) -> None:
    data = typed(end="direct", customer_state="new", new_name="J. Koning")
    desk.post(DESK, data)
    desk.post(reverse("contacts:undo", args=[Contact.objects.get().pk]))
    draft = Draft.objects.get()
    desk.post(DESK, {"token": str(draft.token), "end": "direct", **draft.data["fields"]})
    assert Customer.objects.count() == 1


def test_undo_is_for_a_minute_for_oneself_and_while_nobody_went_on(desk: Client, cast: Cast) -> None:
    desk.post(DESK, typed(end="forward", panel="forward", **{"q0-subject": cast.grofvuil.pk}))
    contact, question = Contact.objects.get(), Question.objects.get()
    undo = reverse("contacts:undo", args=[contact.pk])
    with time_machine.travel(AT + timedelta(seconds=61), tick=False):
        desk.post(undo)
    assert Question.objects.get().status == "new"
    desk.force_login(cast.sanne)
    assert desk.post(undo).status_code == 404
    take(question=question, by=cast.henk, at=AT)
    desk.force_login(cast.fatima)
    desk.post(undo)
    assert Question.objects.get().status == "in_progress"


@pytest.mark.parametrize(
    ("choice", "where"), [("new", "nieuw=1"), ("next", "concept="), ("stay", "klant="), ("raar", "nieuw=1")]
)
def test_where_saving_leads_is_remembered(desk: Client, cast: Cast, choice: str, where: str) -> None:
    desk.post(reverse("contacts:after_saving"), {"after_saving": choice})
    save(desk, typed(**{"q0-text": "Wacht nog"}))
    answer = desk.post(DESK, typed(end="direct", customer_state="new", new_name="J. Koning"))
    assert where in answer["Location"]


def test_a_draft_in_two_windows_warns_who_is_behind(desk: Client) -> None:
    first = typed(page="een", seen="")
    save(desk, first)
    second = first | {"page": "twee", "seen": stamp_of(Draft.objects.get()), "q0-text": "Tweede venster"}
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        assert save(desk, second).status_code == 200
        behind = save(desk, first | {"q0-text": "Eerste venster"})
        assert behind.status_code == 422
        page = behind.content.decode()
        assert "in een ander venster gewijzigd, om 10:31" in page and 'value="mine"' in page
        assert Draft.objects.get().data["fields"]["q0-text"] == "Tweede venster"
        shown = desk.post(DESK, first | {"q0-text": "Eerste venster", "act": "add_block"}).content.decode()
        assert "Eerste venster" in shown and 'value="mine"' in shown
        desk.post(DESK, first | {"q0-text": "Eerste venster", "act": "mine"})
    assert Draft.objects.get().data["fields"]["q0-text"] == "Eerste venster"
    assert save(desk, second | {"q0-text": "Weer"}).status_code == 422, "now the second one is behind"


def test_saving_from_a_window_that_is_behind_asks_first(desk: Client) -> None:
    first = typed(page="een", seen="")
    save(desk, first)
    stale = first | {"page": "twee", "seen": stamp_of(Draft.objects.get()), "q0-text": "Tweede venster"}
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        save(desk, first | {"q0-text": "Eerste venster"})
        asked = desk.post(DESK, stale | {"end": "direct"})
        assert asked.status_code == 422
        assert Draft.objects.get().data["fields"]["q0-text"] == "Eerste venster"
        assert not Contact.objects.exists()
        page = asked.content.decode()
        assert "Tweede venster" in page and 'value="mine:direct"' in page
        assert desk.post(DESK, stale | {"act": "mine:direct"}).status_code == 302
    assert Contact.objects.get().text == "Tweede venster"


def test_the_same_text_in_another_window_is_no_change(desk: Client) -> None:
    first = typed(page="een", seen="")
    save(desk, first)
    second = first | {"page": "twee", "seen": stamp_of(Draft.objects.get())}
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        assert save(desk, second).status_code == 200
        assert save(desk, first | {"q0-text": "Verder"}).status_code == 200


@pytest.mark.parametrize("other", [{"q0-subject": "paspoort"}, {"q0-confidential": "1"}, {"channel": "counter"}])
def test_two_windows_that_register_something_else_are_two_contacts(
    desk: Client, cast: Cast, other: dict[str, str]
) -> None:
    data = typed(end="direct", **{"q0-subject": cast.grofvuil.pk})
    desk.post(DESK, data)
    assert desk.post(DESK, data).status_code == 302, "a second press"
    changed = {name: cast.paspoort.pk if value == "paspoort" else value for name, value in other.items()}
    answer = desk.post(DESK, data | changed)
    assert answer.status_code == 422
    assert Question.objects.get().number in answer.content.decode()
    again = re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)
    assert desk.post(DESK, data | changed | {"token": again}).status_code == 302
    assert Contact.objects.count() == 2


def test_what_was_registered_in_another_window_is_not_said_to_be_kept(desk: Client) -> None:
    data = typed()
    desk.post(DESK, data | {"end": "direct"})
    answer = save(desk, data | {"q0-text": "Nog meer"})
    assert answer.status_code == 422
    assert "Bewaard" not in answer.content.decode()


def test_every_draft_stands_among_the_tabs(desk: Client) -> None:
    for _number in range(14):
        save(desk, typed())
    last = typed(**{"q0-text": "De laatste"})
    page = save(desk, last).content.decode()
    assert page.count('class="draft-tabs__tab"') == 15
    assert f'?concept={last["token"]}" aria-current' in page


def test_undoing_takes_back_what_a_colleague_was_told(desk: Client, cast: Cast) -> None:
    handed = {"end": "forward", "panel": "forward", "forward_who": cast.henk.pk, "q0-subject": cast.grofvuil.pk}
    desk.post(DESK, typed(**handed))
    assert Notice.objects.get().user == cast.henk
    desk.post(reverse("contacts:undo", args=[Contact.objects.get().pk]))
    assert not Notice.objects.exists()
