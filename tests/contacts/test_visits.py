"""The reception: a host registers visitors and warns colleagues, and reaches nothing else."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import OutboundMessage
from contacts.actions.assign import take
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.warn_visit import warn
from contacts.demo.people import People
from contacts.demo.subjects import FILE, Topic, read_topics
from contacts.demo.visits import VISITORS, add_visits
from contacts.models import ConfidentialAccess, Contact, Notice, Question
from organisation.models import AccessEntry, Membership, Presence, Subject, User
from organisation.snapshot import settings_changed
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
        assert "wacht 12 min." in late
        take(question=question, by=henk, at=AT + timedelta(minutes=12))
        assert f"{henk.name} helpt" in hall.get(f"{HALL}lijst/").content.decode()


def test_who_warns_is_not_warned_and_a_full_house_costs_as_few_statements_as_one(
    hall: Client, cast: Cast, henk: User
) -> None:
    Membership.objects.create(user=cast.receptie, team=cast.openbare_ruimte, role="team_member")

    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            hall.post(HALL, form(end="forward", name=f"Dhr. {number}", warn=f"team:{cast.openbare_ruimte.pk}"))
        return len(asked)

    for one in (cast.receptie, henk):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    statements(0)  # what a process reads once
    few = statements(1)
    assert "Henk is gewaarschuwd." in hall.get(HALL).content.decode()
    for one in (cast.ria, cast.bas, cast.fatima):
        Membership.objects.create(user=one, team=cast.openbare_ruimte, role="team_member")
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    assert statements(2) == few
    told = Notice.objects.filter(question=Question.objects.latest("pk")).values_list("user__username", flat=True)
    assert set(told) == {"henk", "ria", "bas", "fatima"}
    assert OutboundMessage.objects.filter(purpose="notice").count() == 2 + 4
    assert "Bas en 3 collega’s zijn om 10:30 gewaarschuwd." in hall.get(HALL).content.decode()


def test_after_a_forward_it_stays_true_who_was_warned(hall: Client, cast: Cast, henk: User) -> None:
    for one in (cast.ria, henk):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    Question.objects.update(team=cast.burgerzaken)
    assert "Henk en 1 collega zijn om 10:30 gewaarschuwd." in hall.get(f"{HALL}lijst/").content.decode()


@pytest.mark.parametrize(
    ("is_confidential", "assigned", "status", "words"),
    [
        (False, False, "in_progress", "iemand van Openbare Ruimte helpt"),
        (False, True, "in_progress", "Henk helpt"),
        (True, True, "in_progress", "iemand van Openbare Ruimte helpt"),
        (False, False, "new", "Henk is om 10:30 gewaarschuwd."),
        (True, False, "new", "Er is om 10:30 gewaarschuwd."),
        (True, False, "seen", "Een collega heeft om 10:30 gekeken."),
    ],
)
def test_who_helps_is_named_except_where_it_is_confidential(
    hall: Client, cast: Cast, henk: User, is_confidential: bool, assigned: bool, status: str, words: str
) -> None:
    Presence.objects.update_or_create(user=henk, defaults={"status": "available", "changed_at": AT})
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    hall.get(HALL)  # what was said of it
    question = Question.objects.get()
    question.is_confidential, question.assignee = is_confidential, henk if assigned else None
    question.status = "new" if status == "seen" else status
    question.version += 1
    question.save()
    if status != "new":
        question.notices.update(read_at=AT)  # as who goes on with it does
    page = hall.get(f"{HALL}lijst/").content.decode()
    assert words in page
    assert ("Henk" in page) == (not is_confidential and "Henk" in words)
    if is_confidential and status == "new":
        ConfidentialAccess.objects.create(question=question, user=henk, reason="Behandelt dit", from_at=AT)
        with time_machine.travel(AT + timedelta(minutes=3), tick=False):
            said = hall.post(f"{HALL}{question.number}/waarschuwen/", follow=True).content.decode()
        assert "1 collega is gewaarschuwd." in said
        assert Notice.objects.filter(user=henk).count() == 2, "who may see it hears of it"


def test_a_name_that_comes_to_the_open_list_is_in_the_read_log_once(hall: Client, cast: Cast) -> None:
    def rows(minutes: int) -> int:
        with time_machine.travel(AT + timedelta(minutes=minutes), tick=False):
            hall.get(f"{HALL}lijst/")
        return AccessEntry.objects.filter(user=cast.receptie, page="visits").count()

    def comes(minutes: int, *, is_confidential: bool = False) -> None:
        at = AT + timedelta(minutes=minutes)
        one = Asked(text="tekst", end="forward", is_confidential=is_confidential)
        register(by=cast.fatima, at=at, channel="reception", received_at=at, asked=[one])

    hall.get(HALL)
    assert [rows(1), rows(2)] == [1, 1]
    comes(3)
    assert [rows(4), rows(5)] == [2, 2]
    comes(6, is_confidential=True)
    assert rows(7) == 2, "no name came"


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
    assert ("Deze collega is er niet meer." in answer.content.decode()) == ("warn" in wrong)


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
    answer = hall.get(HALL)
    page = answer.content.decode()
    assert "Vandaag" in page
    assert "Vertrouwelijk" in page
    for hidden in ("Gisteren", "Beller", "Geheim"):
        assert hidden not in page
    about = {one.name: "Grofvuil" in one.about for one in answer.context["visits"]}
    assert about == {"Vandaag": True, "Vertrouwelijk": False}, "nor what it is about"


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


def named() -> list[str]:
    return list(dict.fromkeys(visitor.subject for visitor in VISITORS if visitor.subject))


@pytest.mark.parametrize(
    ("at", "came", "waiting"),
    [
        (AT, 5, "2 bezoekers wachten op een collega."),
        (AT - timedelta(minutes=110), 2, "2 bezoekers wachten op een collega."),  # 8:40, open since half past eight
        (AT + timedelta(days=4, hours=13), 0, "Er wacht niemand op een collega."),  # on Sunday evening
    ],
)
def test_a_demo_of_today_has_visitors_since_the_doors_opened_who_wait_and_are_helped(
    hall: Client, cast: Cast, at: datetime, came: int, waiting: str
) -> None:
    people = People(
        teams={"openbare-ruimte": cast.openbare_ruimte}, users={"receptie": cast.receptie, "henk": cast.henk}
    )
    rows = {name: Subject(code=f"s{index}", name=name, team=cast.openbare_ruimte) for index, name in enumerate(named())}
    Subject.objects.bulk_create(rows.values())
    settings_changed()
    topics = [Topic(name, "", "openbare-ruimte", row=row) for name, row in rows.items()]
    with time_machine.travel(at, tick=False):
        add_visits(people, topics, day=at.date(), at=at)
        hall.force_login(cast.receptie)  # days later
        page = hall.get(HALL).content.decode()
    assert Contact.objects.count() == came
    assert waiting in page
    assert (f"{cast.henk.name} helpt" in page) == (came == 5)
    assert {name for name in rows if f">{name} · " in page} == set(named()[3 - min(came, 3) :])


def test_the_subjects_of_the_visitors_are_those_of_the_demo() -> None:
    with FILE.open(encoding="utf-8") as lines:
        assert set(named()) <= {topic.name for topic in read_topics(lines)}


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


def test_of_a_confidential_visit_only_who_may_see_it_is_warned(cast: Cast, henk: User) -> None:
    for one in (henk, cast.ria):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    asked = Asked(text="Gevoelig", end="forward", team_id=cast.openbare_ruimte.pk, is_confidential=True)
    question = register(by=cast.fatima, at=AT, channel="reception", received_at=AT, asked=[asked]).questions[0]
    ConfidentialAccess.objects.all().delete()
    for person, until in ((cast.ria, None), (henk, AT - timedelta(minutes=1))):
        ConfidentialAccess.objects.create(
            question=question, user=person, reason="x", granted_by=cast.sanne, from_at=AT, until_at=until
        )
    told = {"since": AT, "by": cast.receptie, "at": AT}
    assert warn(question, **told) == [cast.ria], "the other one's hour is over"  # type: ignore[arg-type]
    question.assignee = henk
    assert warn(question, **told) == []  # type: ignore[arg-type]
