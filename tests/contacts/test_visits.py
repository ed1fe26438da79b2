"""The reception: a host registers visitors and warns colleagues, and reaches nothing else."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.assign import take
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.demo.people import People
from contacts.demo.visits import add_visits
from contacts.models import Contact, Notice, Question
from organisation.models import AccessEntry, Presence, User
from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HALL = "/receptie/"


@pytest.fixture(autouse=True)
def _wednesday_morning() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def hall(cast: Cast, client: Client) -> Client:
    client.force_login(cast.receptie)
    return client


def form(**fields: object) -> dict[str, object]:
    return {"token": str(uuid.uuid4()), "channel": "reception", "end": "direct", "text": "Vroeg de weg."} | fields


def test_the_host_starts_at_the_reception_with_two_channels_and_no_register(hall: Client) -> None:
    assert hall.get("/")["Location"] == HALL
    page = hall.get(HALL).content.decode()
    assert 'value="reception"' in page
    assert "Er wacht niemand op een collega." in page
    assert 'value="appointment"' in page
    assert 'value="phone"' not in page
    assert "Grofvuil ophalen" in page
    assert "customer_query" not in page
    assert AccessEntry.objects.filter(page="visits").count() == 1


def test_a_visitor_is_helped_at_once_and_the_toast_has_no_link(hall: Client, cast: Cast) -> None:
    answer = hall.post(HALL, form(name="mevr. Vriend", subject="oude bank"))
    assert (answer.status_code, answer["Location"]) == (302, HALL)
    question = Question.objects.get()
    assert (question.channel, question.status, question.subject) == ("reception", "closed", cast.grofvuil)
    assert question.customer.full_name == "mevr. Vriend"
    page = hall.get(HALL).content.decode()
    assert question.number in page
    assert "/vragen/" not in page
    assert "/werkplek/" not in page
    assert "mevr. Vriend" in page


def test_a_colleague_who_is_here_is_warned(hall: Client, cast: Cast, henk: User) -> None:
    Presence.objects.update_or_create(user=henk, defaults={"status": "available", "changed_at": AT})
    value = f"team:{cast.openbare_ruimte.pk}:user:{henk.pk}"
    assert value in hall.get(HALL).content.decode()
    answer = hall.post(HALL, form(end="forward", name="Dhr. Laan", channel="appointment", warn=value))
    assert answer.status_code == 302
    question = Question.objects.get()
    assert (question.team, question.assignee, question.channel) == (cast.openbare_ruimte, henk, "appointment")
    assert Notice.objects.get().user == henk
    assert Notice.objects.get().kind == Notice.Kind.VISITOR_WAITS
    mail = OutboundMessage.objects.get(purpose="notice")
    assert mail.to_address == henk.email
    assert "Laan" not in mail.subject + mail.body
    page = hall.get(HALL).content.decode()
    assert "Henk Bos is gewaarschuwd." in page.replace(henk.name, "Henk Bos")
    assert "1 bezoeker wacht op een collega." in page, "who was handed it has not looked yet"
    client = Client()
    client.force_login(henk)
    client.post(f"/vragen/{question.number}/kijkers/", {"first": "1"})  # the page says that it is seen
    page = hall.get(HALL).content.decode()
    assert "Er wacht niemand op een collega." in page
    assert f"{henk.name} helpt" in page


def test_a_team_is_warned_by_everybody_in_the_house_and_waits_until_somebody_takes_it(
    hall: Client, cast: Cast, henk: User
) -> None:
    def there(user: User, status: str) -> None:
        Presence.objects.update_or_create(user=user, defaults={"status": status, "changed_at": AT})

    there(henk, "available")
    there(cast.ria, "home")
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    assert {notice.user for notice in Notice.objects.all()} == {henk}, "who works at home cannot come down"
    question = Question.objects.get()
    page = hall.get(HALL).content.decode()
    assert "1 bezoeker wacht op een collega." in page
    assert "net binnen" in page
    with time_machine.travel(AT + timedelta(minutes=12), tick=False):
        late = hall.get(f"{HALL}lijst/").content.decode()
        assert "norm-clock--late" in late
        assert "12 min. wacht" in late
        take(question=question, by=henk, at=AT + timedelta(minutes=12))
        assert f"{henk.name} helpt" in hall.get(f"{HALL}lijst/").content.decode()


@pytest.mark.parametrize("is_there", [True, False])
def test_who_waits_is_told_again_but_not_at_once(hall: Client, cast: Cast, henk: User, is_there: bool) -> None:
    status = "available" if is_there else "away"
    Presence.objects.update_or_create(user=henk, defaults={"status": status, "changed_at": AT})
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    warn = f"{HALL}{Question.objects.get().number}/waarschuwen/"

    def said() -> str:
        return hall.post(warn, follow=True).content.decode()

    if not is_there:
        assert "Van Openbare Ruimte is nu niemand in huis. Bel het team." in said()
        return
    assert "Wacht even, of bel." in said()
    with time_machine.travel(AT + timedelta(minutes=3), tick=False):
        assert f"{henk.name} is gewaarschuwd." in said()
        assert Notice.objects.count() == OutboundMessage.objects.filter(purpose="notice").count() == 2
        Question.objects.update(status="closed", closed_at=AT, closed_on=AT.date(), close_reason="direct")
        assert "Deze bezoeker wordt al geholpen." in said()
    assert (
        "Dit bezoek is niet van vandaag."
        in hall.post(f"{HALL}OPM-2026-999999/waarschuwen/", follow=True).content.decode()
    )


def test_without_a_choice_the_rules_choose_the_team(hall: Client, cast: Cast) -> None:
    hall.post(HALL, form(end="forward", subject="Paspoort aanvragen", name="", text=""))
    question = Question.objects.get()
    assert (question.team, question.customer, question.status) == (cast.burgerzaken, None, "new")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "", "name": ""},
        {"channel": "phone"},
        {"subject": "qqqqqq"},
        {"subject": "paspoort ophalen"},  # half of it fits two subjects: the host chooses
        {"warn": "team:999999"},
        {"name": "x" * 201},
        {"text": "x" * 10_001},
        {"name": "nul\x00"},
    ],
)
def test_what_is_not_right_is_said_and_kept(hall: Client, wrong: dict[str, str]) -> None:
    answer = hall.post(HALL, form(name="Behouden Naam", subject="") | wrong)
    assert answer.status_code == 422
    assert Question.objects.count() == 0
    if "name" not in wrong:
        assert "Behouden Naam" in answer.content.decode()


def test_a_second_press_registers_once(hall: Client) -> None:
    data = form(name="Dubbel")
    hall.post(HALL, data)
    hall.post(HALL, data)
    assert Contact.objects.count() == 1


def test_the_list_shows_only_visits_of_today_and_no_confidential_name(hall: Client, cast: Cast) -> None:
    def visit(name: str, channel: str, at: datetime, *, confidential: bool = False) -> None:
        one = Asked(text="tekst", subject_id=cast.grofvuil.pk, end="forward", is_confidential=confidential)
        register(by=cast.fatima, at=at, channel=channel, received_at=at, asked=[one], customer=NewCustomer(name=name))

    visit("Vandaag", "reception", AT - timedelta(hours=1))
    visit("Gisteren", "reception", AT - timedelta(days=1))
    visit("Beller", "phone", AT - timedelta(hours=1))
    visit("Geheim", "appointment", AT - timedelta(hours=1), confidential=True)
    page = hall.get(HALL).content.decode()
    assert "Vandaag" in page
    assert "Vertrouwelijk" in page
    for hidden in ("Gisteren", "Beller", "Geheim"):
        assert hidden not in page


def test_the_action_itself_refuses_a_host_anything_else(cast: Cast) -> None:
    known = create_customer(by=cast.fatima, at=AT, name="A. de Wit")
    callback = Asked(end="callback", callback=CallbackAsked(phone="0226363333"))

    def as_host(channel: str = "reception", customer: object = None, asked: Asked | None = None) -> None:
        one = asked or Asked(text="x", end="direct")
        register(by=cast.receptie, at=AT, channel=channel, received_at=AT, asked=[one], customer=customer)  # type: ignore[arg-type]

    as_host()
    for wrong in ({"channel": "phone"}, {"customer": known}, {"asked": callback}, {"asked": Asked(text="x", add_to=1)}):
        with pytest.raises(PermissionDenied):
            as_host(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "words"), [("available", "Henk Bos (aanwezig)"), ("home", "Henk Bos (werkt thuis)")]
)
def test_a_visitor_is_not_sent_upstairs_to_who_is_at_home(hall: Client, cast: Cast, status: str, words: str) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": status, "changed_at": AT})
    assert words.replace("Henk Bos", cast.henk.name) in hall.get(HALL).content.decode()


def test_others_have_no_reception(client: Client, cast: Cast) -> None:
    client.force_login(cast.henk)
    assert client.get(HALL).status_code == 403


@pytest.mark.parametrize(("minutes", "came"), [(0, 5), (-600, 2)])
def test_a_demo_of_today_has_visitors_since_midnight_who_wait_and_are_helped(
    hall: Client, cast: Cast, minutes: int, came: int
) -> None:
    people = People(
        teams={"openbare-ruimte": cast.openbare_ruimte}, users={"receptie": cast.receptie, "henk": cast.henk}
    )
    at = AT + timedelta(minutes=minutes)  # half past ten, or half past midnight
    with time_machine.travel(at, tick=False):
        add_visits(people, [], day=AT.date(), at=at)
        page = hall.get(HALL).content.decode()
    assert Contact.objects.count() == came
    assert "2 bezoekers wachten op een collega." in page
    assert (f"{cast.henk.name} helpt" in page) == (came == 5)


def test_an_address_of_a_button_that_is_opened_answers_a_page_with_a_way_on(hall: Client) -> None:
    address = f"{HALL}OPM-2026-000001/waarschuwen/"
    page = hall.get(address, headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Deze pagina kunt u niet openen" in page.content.decode()
    assert "Naar mijn startpagina" in page.content.decode()
    assert hall.get(address).content == b"", "a script has no use for a page"


def test_a_visitor_of_whom_only_the_name_is_known_is_no_question_without_a_title(hall: Client) -> None:
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", text=""))
    assert Question.objects.get().title == "Bezoeker bij de receptie"


def test_words_that_may_mean_several_subjects_can_be_chosen_from(hall: Client) -> None:
    typed = form(name="Mevr. Jansen", subject="iets ophalen")
    page = hall.post(HALL, typed)
    assert page.status_code == 422
    assert 'name="meant" value="Grofvuil ophalen"' in page.content.decode()
    assert hall.post(HALL, {**typed, "meant": "Grofvuil ophalen"}).status_code == 302
    assert Question.objects.get().subject.name == "Grofvuil ophalen"
