"""The screen of the rules: add, change, move, switch off, and try an example."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Mailbox
from contacts.actions.route import choose_team
from contacts.models import RoutingRule
from contacts.pages.routing import Tried
from organisation.clock import now
from organisation.models import AuditEntry
from tests.cast import Cast


@pytest.fixture
def sanne_at(client: Client, cast: Cast) -> Client:
    client.force_login(cast.sanne)
    return client


def body(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "name": "Zwerfvuil",
        "channel": "email",
        "mailbox": "",
        "subject": "",
        "words": "zwerfvuil\nrommel",
        "question_kind": "",
        "customer_kind": "",
        "team": cast.openbare_ruimte.pk,
        "is_active": "on",
        **changes,
    }


def rules(cast: Cast, count: int) -> list[RoutingRule]:
    return [
        RoutingRule.objects.create(name=f"Regel {n}", position=n * 10, channel="email", team=cast.burgerzaken)
        for n in range(1, count + 1)
    ]


def test_the_coordinator_adds_a_rule_and_it_holds_at_once(sanne_at: Client, cast: Cast) -> None:
    rules(cast, 2)
    answer = sanne_at.post("/beheer/routering/nieuw/", body(cast, channel=""))
    rule = RoutingRule.objects.get(name="Zwerfvuil")
    assert answer.status_code == 302
    assert rule.position == 30  # last
    assert rule.words == ["zwerfvuil", "rommel"]
    assert rule.history.first().history_user == cast.sanne
    assert AuditEntry.objects.filter(action="rule.added", user=cast.sanne).exists()
    routed = choose_team(channel="phone", subject_id=None, text="Rommel op straat", kind="question", customer_kind=None)
    assert routed.rule_id == rule.pk


def test_words_with_commas_between_them_are_words_of_their_own(sanne_at: Client, cast: Cast) -> None:
    sanne_at.post("/beheer/routering/nieuw/", body(cast, words="duif, duiven\nmeeuw"))
    assert RoutingRule.objects.get(name="Zwerfvuil").words == ["duif", "duiven", "meeuw"]


def test_a_rule_with_many_words_shows_the_first_few_until_it_is_opened(sanne_at: Client, cast: Cast) -> None:
    sanne_at.post("/beheer/routering/nieuw/", body(cast, words="\n".join("abcdefgh")))
    rule = RoutingRule.objects.get()
    assert "“c”, “d” of nog 4 andere" in sanne_at.get("/beheer/routering/").content.decode()
    assert "“g”, “h”</strong>" in sanne_at.get(f"/beheer/routering/{rule.pk}/").content.decode()


def test_others_read_the_rules_and_change_nothing(client: Client, cast: Cast) -> None:
    (rule,) = rules(cast, 1)
    for user in (cast.fatima, cast.henk, cast.ria, cast.joost, cast.beheer):
        client.force_login(user)
        assert "Regel 1" in client.get("/beheer/routering/").content.decode()
        assert client.get(f"/beheer/routering/{rule.pk}/").status_code == 200
        assert client.post(f"/beheer/routering/{rule.pk}/", body(cast, version=1)).status_code == 403
        assert client.get("/beheer/routering/nieuw/").status_code == 403
        assert client.post(f"/beheer/routering/{rule.pk}/verplaatsen/", {"to": "up"}).status_code == 403
        assert client.post(f"/beheer/routering/{rule.pk}/schakelen/").status_code == 403
    client.force_login(cast.receptie)
    assert client.get("/beheer/routering/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 500}, "name"),
        ({"name": "regel 1"}, "Er is al een regel met deze naam."),
        ({"team": ""}, "team"),
        ({"team": "999999"}, "team"),
        ({"team": "x' OR 1=1"}, "team"),
        ({"channel": "duif"}, "channel"),
        ({"subject": "999999"}, "subject"),
        ({"words": "!!!"}, "heeft geen letters of cijfers"),
        ({"words": "x" * 61}, "words"),
        ({"words": "\n".join(f"woord{n}" for n in range(40))}, "words"),
        ({"words": "nul\x00byte"}, "words"),
        ({"channel": "", "words": ""}, "Vul één of meer voorwaarden in."),
    ],
)
def test_a_rule_that_cannot_work_is_refused_and_what_was_typed_is_kept(
    sanne_at: Client, cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    rules(cast, 1)
    answer = sanne_at.post("/beheer/routering/nieuw/", body(cast, **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert 'role="alert"' in text
    assert RoutingRule.objects.count() == 1


def test_a_save_on_an_old_version_shows_both_and_loses_nothing(sanne_at: Client, cast: Cast) -> None:
    (rule,) = rules(cast, 1)
    address = f"/beheer/routering/{rule.pk}/"
    assert sanne_at.post(address, body(cast, name="Eerste", version=1)).status_code == 302
    second = sanne_at.post(address, body(cast, name="Tweede", version=1))
    assert second.status_code == 409
    assert "Eerste" in second.content.decode()
    assert "Tweede" in second.content.decode()
    assert RoutingRule.objects.get().name == "Eerste"
    assert sanne_at.post(address, body(cast, name="Derde")).status_code == 409  # without a version nothing is written


def test_rules_move_one_place_and_the_ends_stay_where_they_are(sanne_at: Client, cast: Cast) -> None:
    one, two, three = rules(cast, 3)

    def order() -> list[str]:
        return list(RoutingRule.objects.values_list("name", flat=True))

    sanne_at.post(f"/beheer/routering/{three.pk}/verplaatsen/", {"to": "up"})
    assert order() == ["Regel 1", "Regel 3", "Regel 2"]
    sanne_at.post(f"/beheer/routering/{one.pk}/verplaatsen/", {"to": "up"})
    assert order() == ["Regel 1", "Regel 3", "Regel 2"]
    sanne_at.post(f"/beheer/routering/{one.pk}/verplaatsen/", {"to": "down"})
    assert order() == ["Regel 3", "Regel 1", "Regel 2"]
    sanne_at.post(f"/beheer/routering/{two.pk}/verplaatsen/", {"to": "opzij"})
    assert order() == ["Regel 3", "Regel 1", "Regel 2"]


def test_a_rule_that_is_switched_off_is_passed_over_and_comes_back_by_undo(sanne_at: Client, cast: Cast) -> None:
    (rule,) = rules(cast, 1)
    address = f"/beheer/routering/{rule.pk}/schakelen/"
    page = sanne_at.post(address, follow=True).content.decode()
    assert address in page  # the toast takes it back
    facts = {"channel": "email", "subject_id": None, "text": "", "kind": "question", "customer_kind": None}
    assert choose_team(**facts).rule_id is None
    sanne_at.post(address)
    assert choose_team(**facts).rule_id == rule.pk


def test_an_example_says_the_team_why_and_which_rules_did_not_fit(sanne_at: Client, cast: Cast) -> None:
    rules(cast, 1)
    RoutingRule.objects.create(name="Vuil", position=20, words=["zwerfvuil"], team=cast.openbare_ruimte)
    answer = sanne_at.post(
        "/beheer/routering/proef/", {"channel": "phone", "kind": "question", "text": "Er ligt zwerfvuil in de sloot"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Naar Openbare Ruimte" in text
    assert "zwerfvuil" in text
    assert "Voorbijgegaan" in text
    assert "Regel 1" in text
    assert "sloot" not in answer.request["QUERY_STRING"]
    assert sanne_at.post("/beheer/routering/proef/", {"channel": "duif"}).status_code == 422


def test_an_example_goes_where_registering_would_bring_it(sanne_at: Client, cast: Cast) -> None:
    """The kind of the subject, the team of the mailbox, and a chat that no rule makes confidential."""
    cast.grofvuil.kind = "report"
    cast.grofvuil.save()
    box = Mailbox.objects.create(name="Burgerzaken", address="bz@opmeer.example", team=cast.burgerzaken)
    RoutingRule.objects.create(name="Meldingen", position=10, question_kind="report", team=cast.openbare_ruimte)
    RoutingRule.objects.create(
        name="Bedreiging", position=20, words=["bedreigd"], team=cast.openbare_ruimte, is_confidential=True
    )

    def tried(**given: object) -> Tried:
        found: Tried = sanne_at.post("/beheer/routering/proef/", {"channel": "email", **given}).context["answer"]
        return found

    assert "Meldingen" in tried(subject=cast.grofvuil.pk).reason, "of the kind that the subject has"
    assert "Meldingen" not in tried(subject=cast.grofvuil.pk, kind="complaint").reason
    assert (tried(mailbox=box.pk).team, tried().team) == ("Burgerzaken", "Servicecentrum")
    assert tried(text="Ik word bedreigd").seen is not None
    assert tried(text="Ik word bedreigd", channel="chat").seen is None


def test_a_failing_rule_shows_until_it_is_saved_again(sanne_at: Client, cast: Cast) -> None:
    (rule,) = rules(cast, 1)
    RoutingRule.objects.filter(pk=rule.pk).update(failed_at=now(), failure="RuntimeError: kapot")
    text = sanne_at.get("/beheer/routering/").content.decode()
    assert "Een regel kon niet worden beoordeeld" in text
    assert "kapot" in text
    sanne_at.post(f"/beheer/routering/{rule.pk}/", body(cast, version=1))
    assert "kon niet worden beoordeeld" not in sanne_at.get("/beheer/routering/").content.decode()


def test_twice_the_rules_asks_as_many_queries(sanne_at: Client, cast: Cast) -> None:
    def count() -> int:
        sanne_at.get("/beheer/routering/")
        with CaptureQueriesContext(connection) as found:
            sanne_at.get("/beheer/routering/")
        return len(found)

    rules(cast, 5)
    few = count()
    RoutingRule.objects.all().delete()
    rules(cast, 40)
    assert count() == few


def test_a_new_rule_begins_with_an_example_and_only_lacks_the_team(sanne_at: Client, cast: Cast) -> None:
    shown = sanne_at.get("/beheer/routering/nieuw/").content.decode()
    assert "?voorbeeld=woo#paneel" in shown
    filled = sanne_at.get("/beheer/routering/nieuw/?voorbeeld=woo")
    assert filled.context["form"].initial["name"] == "Verzoek om documenten (Woo)"
    assert "Wet open overheid" in filled.content.decode()
    words = "\n".join(filled.context["form"].initial["words"])
    assert sanne_at.post("/beheer/routering/nieuw/", body(cast, channel="", words=words)).status_code == 302
    assert sanne_at.get("/beheer/routering/nieuw/?voorbeeld=onbekend").status_code == 200
