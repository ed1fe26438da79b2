"""Which team a question goes to, and why, in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.actions.route import choose_team
from contacts.models import RoutingRule
from contacts.routing.examples import EXAMPLES
from contacts.routing.match import Facts, Rule, first_match
from tests.cast import Cast


def rule(number: int, **conditions: object) -> Rule:
    values: dict[str, object] = {
        "channel": None,
        "mailbox": None,
        "subject_ids": None,
        "words": (),
        "question_kind": None,
        "customer_kind": None,
        "team_id": number,
    }
    return Rule(order=number, id=number, name=f"Regel {number}", **{**values, **conditions})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conditions", "facts", "fits"),
    [
        ({"channel": "email"}, {"channel": "email"}, True),
        ({"channel": "email"}, {"channel": "phone"}, False),
        ({"mailbox": 4}, {"mailbox": 4}, True),
        ({"mailbox": 4}, {"mailbox": None}, False),
        ({"subject_ids": frozenset({1, 2})}, {"subject_id": 2}, True),
        ({"subject_ids": frozenset({1, 2})}, {"subject_id": None}, False),
        ({"question_kind": "complaint"}, {"kind": "complaint"}, True),
        ({"question_kind": "complaint"}, {"kind": "question"}, False),
        ({"customer_kind": "organisation"}, {"customer_kind": "organisation"}, True),
        ({"customer_kind": "organisation"}, {"customer_kind": None}, False),
        ({"words": ("afval",)}, {"text": "Mijn AFVALbak is kapot"}, True),  # the word begins a word of the text
        ({"words": ("bak",)}, {"text": "Mijn afvalbak is kapot"}, False),
        ({"words": ("café",)}, {"text": "Terras van het cafe"}, True),  # accents do not matter
        ({"words": ("grof vuil",)}, {"text": "Komt u voor grof  vuil?"}, True),
        ({"words": ("grof vuil",)}, {"text": "grof en vuil"}, False),
        ({"words": ("!!!",)}, {"text": "!!!"}, False),  # a word without letters never fits
        ({"words": (".*",)}, {"text": "van alles"}, False),  # no regular expressions
        ({"channel": "email", "words": ("afval",)}, {"channel": "phone", "text": "afval"}, False),  # all must fit
        ({}, {}, True),
    ],
)
def test_a_rule_fits_when_every_condition_fits(
    conditions: dict[str, object], facts: dict[str, object], fits: bool
) -> None:
    outcome = first_match([rule(1, **conditions)], Facts(**{"channel": "phone", **facts}))  # type: ignore[arg-type]
    assert (outcome.rule is not None) is fits


def test_the_first_rule_in_order_decides_and_the_passed_ones_are_known() -> None:
    rules = [rule(3, words=("afval",)), rule(1, channel="email"), rule(2, words=("afval", "vuil"))]
    outcome = first_match(rules, Facts(channel="phone", text="vuil en afval"))
    assert outcome.rule is not None
    assert (outcome.rule.id, outcome.word, [r.id for r in outcome.passed_over]) == (2, "afval", [1])


def test_a_rule_that_fails_is_reported_and_the_next_one_is_tried() -> None:
    broken = rule(1, words=(None,))
    outcome = first_match([broken, rule(2)], Facts(channel="phone", text="afval"))
    assert outcome.rule is not None
    assert outcome.rule.id == 2
    assert [r.id for r, _why in outcome.failed] == [1]
    assert outcome.failed[0][1]


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_text_and_no_word_makes_routing_fail(text: str, words: list[str]) -> None:
    assert first_match([rule(1, words=tuple(words))], Facts(channel="phone", text=text)).failed == ()


def ask(cast: Cast, **facts: object) -> tuple[str, str]:
    values = {"channel": "email", "subject_id": None, "text": "", "kind": "question", "customer_kind": None, **facts}
    routed = choose_team(**values)  # type: ignore[arg-type]
    return routed.team.name, routed.reason


def test_a_rule_its_word_and_its_name_stand_in_the_reason(cast: Cast) -> None:
    RoutingRule.objects.create(name="Vuil", position=1, words=["zwerfvuil"], team=cast.openbare_ruimte)
    team, reason = ask(cast, text="Er ligt zwerfvuil in de sloot", subject_id=cast.paspoort.pk)
    assert team == "Openbare Ruimte"
    assert "Vuil" in reason
    assert "zwerfvuil" in reason


def test_a_rule_on_a_theme_holds_for_the_subjects_below_it(cast: Cast) -> None:
    RoutingRule.objects.create(name="Afval eerst", position=1, subject=cast.afval, team=cast.servicecentrum)
    assert ask(cast, subject_id=cast.grofvuil.pk)[0] == "Servicecentrum"
    assert ask(cast, subject_id=cast.paspoort.pk)[0] == "Burgerzaken"


def test_without_a_rule_the_owner_of_the_subject_or_of_its_theme_gets_it(cast: Cast) -> None:
    team, reason = ask(cast, subject_id=cast.grofvuil.pk)
    assert team == "Openbare Ruimte"
    assert "Grofvuil ophalen" in reason


def test_what_fits_nowhere_goes_to_the_servicecentrum(cast: Cast) -> None:
    team, reason = ask(cast)
    assert team == "Servicecentrum"
    assert reason


def test_the_mailbox_has_a_say_when_no_rule_or_subject_has(cast: Cast) -> None:
    assert ask(cast, mailbox_team_id=cast.burgerzaken.pk)[0] == "Burgerzaken"
    assert ask(cast, mailbox_team_id=cast.burgerzaken.pk, subject_id=cast.afval.pk)[0] == "Openbare Ruimte"


def test_rules_that_are_off_or_lead_to_a_closed_team_do_not_count(cast: Cast) -> None:
    RoutingRule.objects.create(name="Uit", position=1, channel="email", team=cast.burgerzaken, is_active=False)
    closed = RoutingRule.objects.create(name="Dicht", position=2, channel="email", team=cast.openbare_ruimte)
    cast.openbare_ruimte.is_active = False
    cast.openbare_ruimte.save()
    assert ask(cast)[0] == "Servicecentrum"
    assert closed.is_active


def test_a_changed_rule_counts_from_the_next_question_on(cast: Cast) -> None:
    row = RoutingRule.objects.create(name="Alles", position=1, channel="email", team=cast.burgerzaken)
    assert ask(cast)[0] == "Burgerzaken"
    row.team = cast.openbare_ruimte
    row.save()
    assert ask(cast)[0] == "Openbare Ruimte"


def test_a_failing_rule_is_marked_for_the_coordinator_and_stops_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contacts.routing import match

    row = RoutingRule.objects.create(name="Stuk", position=1, words=["afval"], team=cast.burgerzaken)

    def explode(plain: str, words: object) -> str | None:
        raise RuntimeError("kapot")

    monkeypatch.setattr(match, "found_word", explode)
    assert ask(cast, text="afval")[0] == "Servicecentrum"
    row.refresh_from_db()
    assert row.failed_at is not None
    assert "kapot" in row.failure


EXAMPLE_RULES = [
    Rule(number, number, one.key, None, None, None, one.words, None, None, 1) for number, one in enumerate(EXAMPLES)
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ik maak mij zorgen om een kind in onze straat.", "zorgen-kind"),
        ("Moet ik dit melden bij Veilig Thuis?", "zorgen-kind"),
        ("De kinderen worden geslagen door hun vader.", "zorgen-kind"),
        ("Als dit zo doorgaat: ik weet jullie te vinden.", "bedreiging"),
        ("Ik word bedreigd door mijn buurman", "bedreiging"),
        ("Ik ben journalist van NH Nieuws en wil graag wederhoor.", "pers"),
        ("Hierbij dien ik een Woo-verzoek in.", "woo"),
        ("Op grond van de Wet open overheid vraag ik om alle stukken.", "woo"),
        ("Hierbij maak ik bezwaar tegen de WOZ-waarde.", "bezwaar-belasting"),
        ("Wij maken bezwaar tegen de kap van zes eiken.", "bezwaar"),
        ("Bezwaarschrift omgevingsvergunning", "bezwaar"),
        ("Kunnen de kinderen hier veilig thuiskomen van school?", None),
        ("Er wordt te hard gereden. Ik maak me zorgen over de kinderen op de fiets.", None),
        ("Ik steek jullie graag een hart onder de riem!", None),
        ("De eiken worden bedreigd door een schimmel.", None),
        ("De hond van de overkant wordt mishandeld.", None),
        ("Wij hebben geen bezwaar tegen de bomen.", None),
        ("Hoe maken wij bezwaar?", None),
        ("Wij zoeken woonruimte op de woonwagenlocatie.", None),
        ("In uw persbericht las ik dat de markt verhuist.", None),
        ("Wat kost een paspoort voor meerdere personen?", None),
    ],
)
def test_the_examples_know_what_citizens_write_and_leave_ordinary_texts_alone(text: str, key: str | None) -> None:
    found = first_match(EXAMPLE_RULES, Facts(channel="email", text=text)).rule
    assert (found.name if found else None) == key
