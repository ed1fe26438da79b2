"""Results: only whole batches, for who may see them; own words masked, for who may improve by them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from organisation.models import AccessEntry, Team, User
from organisation.snapshot import organisation
from surveys.actions.add_defaults import add_defaults
from surveys.actions.gather import gather
from surveys.models import Answer, AnswerBatch, ChannelRule, Invitation, Response, Survey, SurveyQuestion, SurveyVersion
from surveys.pages import words as own_words
from surveys.pages.filters import filters_of
from surveys.pages.response import parts_words, response, tens
from surveys.results import interval, results
from tests.cast import Cast
from tests.surveys.conftest import AT

Given = Callable[..., list[Response]]


@pytest.fixture
def given(cast: Cast) -> Given:
    """Answers that can no longer be replaced."""
    add_defaults(at=AT)
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    asked = {one.key: one for one in SurveyQuestion.objects.filter(version=version)}

    def make(
        marks: list[int], *, team: Team | None = None, channel: str = "phone", days_ago: int = 1, words: str = ""
    ) -> list[Response]:
        made = []
        for mark in marks:
            response = Response.objects.create(
                survey_version=version,
                channel=channel,
                team=team or cast.servicecentrum,
                theme=cast.afval,
                answered_on=AT.date() - timedelta(days=days_ago),
            )
            Answer.objects.create(
                response=response, question=asked["mark"], survey=version.survey, key="mark", value=mark
            )
            if words:
                Answer.objects.create(
                    response=response, question=asked["better"], survey=version.survey, key="better", text=words
                )
            made.append(response)
        return made

    return make


def page(user: User, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/enquetes/{query}").content.decode()


def test_nine_answers_are_too_few_and_ten_are_a_mark(cast: Cast, given: Given) -> None:
    given([8] * 9)
    assert gather(at=AT) == 0
    assert "Te weinig antwoorden" in page(cast.sanne)
    assert "Geen gegevens" in page(cast.sanne, f"?periode={AT.year - 1}"), "nobody answered in that year"
    given([10])
    assert gather(at=AT) == 10
    assert gather(at=AT) == 0
    text = page(cast.sanne)
    assert ">8,2<" in text
    assert "<h1>Klanten geven een 8,2</h1>" in text
    assert "<h1>Wat klanten vinden</h1>" in page(cast.sanne, "?vraag=effort")
    assert "10 antwoorden. Met 95 % zekerheid ligt het gemiddelde tussen 7,8 – 8,6." in text


def test_an_empty_house_says_that_there_are_no_data(cast: Cast) -> None:
    assert "Geen gegevens" in page(cast.sanne)


def test_an_answer_that_may_still_be_replaced_does_not_count(cast: Cast, given: Given) -> None:
    made = given([8] * 10)
    Response.objects.filter(pk=made[0].pk).update(closes_at=AT + timedelta(hours=1), revise_hash="x")
    assert gather(at=AT) == 0
    assert gather(at=AT + timedelta(hours=2)) == 10


@pytest.mark.parametrize("wrong", ["size", "total", "member", "team"])
def test_the_database_refuses_a_batch_that_is_not_whole(cast: Cast, given: Given, wrong: str) -> None:
    given([7] * 10)
    survey = Survey.objects.get(code="gesprek")
    values: dict[str, Any] = {"size": 10, "total": 70, "squares": 490, "n7": 10, "team": cast.servicecentrum}
    values |= {"size": {"size": 9, "n7": 9}, "total": {"total": 71}, "team": {"team": cast.burgerzaken}}.get(wrong, {})
    with pytest.raises(IntegrityError):
        count(survey, values, 9 if wrong == "member" else 10)


@transaction.atomic
def count(survey: Survey, values: dict[str, Any], members: int) -> None:
    batch = AnswerBatch.objects.create(survey=survey, key="mark", channel="phone", on=AT.date(), **values)
    answers = list(Answer.objects.filter(key="mark").values_list("pk", flat=True))
    Answer.objects.filter(pk__in=answers[:members]).update(batch=batch)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_counts_stays_as_it_is(cast: Cast, given: Given) -> None:
    made = given([7] * 10)
    gather(at=AT)
    for act in (
        lambda: AnswerBatch.objects.update(total=1),
        lambda: AnswerBatch.objects.all().delete(),
        lambda: Answer.objects.update(value=1),
        lambda: Answer.objects.update(batch=None),
        lambda: made[0].delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_published_version_never_changes_under_its_answers(cast: Cast, given: Given) -> None:
    version = SurveyVersion.objects.get(survey__code="gesprek")
    question = SurveyQuestion.objects.filter(version=version).first()
    for act in (
        lambda: SurveyQuestion.objects.filter(pk=question.pk).update(text_nl="Anders"),
        lambda: question.delete(),
        lambda: SurveyQuestion.objects.create(
            version=version, order=9, key="speed", kind="mark", text_nl="?", text_en="?"
        ),
        lambda: SurveyVersion.objects.filter(pk=version.pk).update(title_nl="Anders"),
        lambda: SurveyVersion.objects.filter(pk=version.pk).update(state="draft", published_at=None),
        lambda: version.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_no_filter_and_no_difference_of_filters_shows_fewer_than_ten(cast: Cast, given: Given) -> None:
    """Every pair of filters that a screen, a figure or a request can ask for: what one has more than the other is none or ten."""
    teams = [cast.servicecentrum, cast.openbare_ruimte, cast.burgerzaken]
    for step, (team, channel) in enumerate(itertools.product(teams, ("phone", "counter"))):
        for week in range(1, 14):
            given([5 + step % 5] * ((step + week) % 4 + 1), team=team, channel=channel, days_ago=week * 7)
    for week in range(14, 0, -1):
        gather(at=AT - timedelta(days=week * 7 - 7))
    assert AnswerBatch.objects.count() > 5
    days = sorted(set(AnswerBatch.objects.values_list("on", flat=True)))
    spans = [(first, last) for first in days[::2] for last in days[1::2] if first <= last]
    shown: list[frozenset[int]] = []
    for (first, last), team, channel in itertools.product(spans, [None, *teams], ["", "phone", "counter"]):
        rows = AnswerBatch.objects.visible_to(cast.sanne).within(
            first, last, channel=channel, team_id=team.pk if team else None
        )
        shown.append(frozenset(Answer.objects.filter(batch__in=rows).values_list("pk", flat=True)))
    for one, other in itertools.combinations(set(shown), 2):
        assert not one - other or len(one - other) >= 10
        assert not one & other or len(one & other) >= 10


def test_who_sees_which_results(cast: Cast, given: Given) -> None:
    given([9] * 10, team=cast.openbare_ruimte, words="Bel piet maar")
    given([4] * 10, team=cast.burgerzaken, words="Niet goed")
    gather(at=AT)
    for user in (cast.fatima, cast.sanne, cast.joost):
        assert ">6,5<" in page(user)
    for user in (cast.henk, cast.ria):
        text = page(user)
        assert ">9,0<" in text
        assert "Burgerzaken</a>" not in text
        out_of_reach = page(user, f"?team={cast.burgerzaken.pk}")
        assert ">9,0<" in out_of_reach  # a team out of reach is no choice: what is one's own is shown
        assert ">4,0<" not in out_of_reach
    said = {}
    for user in (cast.henk, cast.ria, cast.sanne, cast.fatima, cast.joost, cast.beheer, cast.receptie):
        client = Client()
        client.force_login(user)
        answer = client.get("/enquetes/woorden/")
        said[user.username] = (
            answer.status_code,
            "Bel piet" in answer.content.decode(),
            "Niet goed" in answer.content.decode(),
        )
    assert said == {
        "henk": (200, True, False),
        "ria": (200, True, False),
        "sanne": (200, True, True),
        "fatima": (403, False, False),
        "joost": (403, False, False),
        "beheer": (403, False, False),
        "receptie": (403, False, False),
    }
    assert AccessEntry.objects.filter(page="survey_words").count() == 3


def test_own_words_are_searched_and_leafed_through_without_mark_or_day(
    cast: Cast, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_words, "ON_A_PAGE", 15)
    for number in range(20):
        given([3], words=f"Woord{number} <b>graag</b>")
    client = Client()
    client.force_login(cast.sanne)
    first = client.get("/enquetes/woorden/").content.decode()
    assert first.count("survey-words__one") == 15
    assert "&lt;b&gt;graag&lt;/b&gt;" in first
    assert "november 2026 · Telefoon · Servicecentrum · Afval" in first
    assert "24 november" not in first
    following = first.split('" rel="next"')[0].split('href="?')[-1].replace("&amp;", "&")
    second = client.get(f"/enquetes/woorden/?{following}").content.decode()
    assert second.count("survey-words__one") == 5
    assert client.get("/enquetes/woorden/?q=woord7").content.decode().count("survey-words__one") == 1
    for hostile in (
        "na=2026-13:x",
        "na=2026-11:" + "g" * 36,
        "q=" + "%" * 300,
        "team=²",
        "thema=99999999999",
        "periode=0000",
    ):
        assert client.get(f"/enquetes/woorden/?{hostile}").status_code == 200


def test_twice_the_answers_take_the_same_number_of_queries(
    cast: Cast, given: Given, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(cast.sanne)
    given([8] * 10)
    gather(at=AT)
    client.get("/enquetes/")
    with django_assert_max_num_queries(14):
        client.get("/enquetes/")
    given([6] * 60, team=cast.burgerzaken)
    gather(at=AT)
    with django_assert_max_num_queries(14):
        client.get("/enquetes/")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([8], None),
        ([7, 7, 7, 7], (7.0, 7.0)),
        ([6, 8], (5.04, 8.96)),
        ([10, 10, 9], (9.013, 10.0)),
        ([5, 6, 7, 8, 9], (5.614, 8.386)),
    ],
)
def test_the_interval_is_that_of_the_mean(values: list[int], expected: tuple[float, float] | None) -> None:
    found = interval(len(values), sum(values), sum(value * value for value in values))
    assert found == (None if expected is None else pytest.approx(expected, abs=0.001))


def test_the_sums_are_those_of_the_answers(cast: Cast, given: Given) -> None:
    given([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    gather(at=AT)
    (one,) = results(AnswerBatch.objects.within(date(2026, 1, 1), AT.date()), "key").values()
    assert (one.size, one.total, one.squares, one.counts) == (10, 55, 385, (1,) * 10)


def test_results_over_time_are_a_line_from_three_months_on_with_gaps_where_there_are_none(
    cast: Cast, given: Given
) -> None:
    for days_ago, mark, lines in ((130, 6, 0), (70, 7, 0), (1, 8, 1)):
        given([mark] * 10, days_ago=days_ago)
        gather(at=AT)
        text = page(cast.sanne)
        assert text.count('data-chart="line"') == lines
    assert text.count('class="chart__dot"') == text.count('class="chart__line"') == 3
    assert "Cijfer voor het contact. Juli 2026: 6,0. November 2026: 8,0" in text
    assert "November 2026\n8,0\n10 antwoorden" in text


def test_the_coordinator_switches_a_channel_on_and_a_colleague_who_was_first_is_seen(cast: Cast) -> None:
    add_defaults(at=AT)
    client = Client()
    client.force_login(cast.sanne)
    rule = ChannelRule.objects.get(channel="phone")
    form = {"is_active": "on", "survey": rule.survey_id, "share": "30", "delay_minutes": "90", "version": "1"}
    assert client.post("/enquetes/vragen/phone/", form).status_code == 302
    assert client.post("/enquetes/vragen/phone/", {**form, "share": "50"}).status_code == 409
    assert client.post("/enquetes/vragen/phone/", {**form, "share": "101", "version": "2"}).status_code == 422
    rule.refresh_from_db()
    assert (rule.is_active, rule.share, rule.delay_minutes) == (True, 30, 90)
    choices = {
        "days_between": "60",
        "valid_days": "10",
        "stale_days": "3",
        "quiet_from": "19",
        "quiet_until": "9",
        "version": "1",
    }
    assert client.post("/enquetes/vragen/", choices).status_code == 302
    assert client.post("/enquetes/vragen/", {**choices, "quiet_from": "24", "version": "2"}).status_code == 422
    # A channel that asks when the contact is too old would ask nobody.
    assert client.post("/enquetes/vragen/phone/", {**form, "delay_minutes": "3500", "version": "2"}).status_code == 422
    assert client.post("/enquetes/vragen/phone/", {**form, "delay_minutes": "3300", "version": "2"}).status_code == 302
    assert client.post("/enquetes/vragen/", {**choices, "stale_days": "2", "version": "2"}).status_code == 422


@pytest.mark.parametrize(("count", "expected"), [(10, 10), (14, 10), (15, 20), (24, 20), (25, 30), (123, 120)])
def test_who_answered_is_counted_in_tens(count: int, expected: int) -> None:
    assert tens(count) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((40, 12), "a 40, b 12"),
        ((40, 12, 10, 3), "a 40, b 12, de rest samen 13"),
        ((40, 9, 8), "a 40, de rest samen 17"),
        ((40, 3), ""),
        ((9, 3), ""),
        ((), ""),
    ],
)
def test_no_part_of_fewer_than_ten_who_were_asked_stands_alone(asked: tuple[int, ...], expected: str) -> None:
    found = parts_words([(name, count, 0) for name, count in zip("abcd", asked, strict=False)])
    assert ", ".join(f"{one.name} {one.asked}" for one in found) == expected


def test_no_difference_of_periods_or_filters_shows_fewer_than_ten_who_answered(cast: Cast) -> None:
    """A year less its months, all teams less the others: of every pair of numbers on all pages the difference is none or ten and more."""
    add_defaults(at=AT)
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    rows = []
    for month, (team, channel) in itertools.product(
        range(1, 12), itertools.product((cast.servicecentrum, cast.burgerzaken), ("phone", "email"))
    ):
        for number in range(12 + month):
            on = AT.date().replace(month=month, day=3)
            rows.append(
                Invitation(
                    survey=version.survey,
                    survey_version=version,
                    token_hash=f"{month} {team.pk} {channel} {number}",
                    channel=channel,
                    team=team,
                    contact_on=on,
                    invited_at=AT,
                    invited_on=on,
                    expires_at=AT,
                    is_answered=number < (month * 7 + len(channel)) % 17,
                )
            )
    Invitation.objects.bulk_create(rows)
    spans = ["2026", *(f"2026-k{quarter}" for quarter in range(1, 5)), *(f"2026-{month:02d}" for month in range(1, 12))]
    seen = set()
    for span, team in itertools.product(spans, ("", str(cast.servicecentrum.pk), str(cast.burgerzaken.pk))):
        chosen = filters_of({"periode": span, "team": team}, cast.sanne, organisation(), AT.date())
        seen |= {row.answered for row in response(chosen, cast.sanne)["response"]}
    numbers = {int(one) for one in seen - {"–"}}
    assert len(numbers) > 5
    assert all(abs(one - other) == 0 or abs(one - other) >= 10 for one in numbers for other in numbers)
