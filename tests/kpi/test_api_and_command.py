"""The command and the API give the very figure of the screen."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from kpi.rollups import roll_up
from organisation.clock import now
from tests.api.conftest import call as call_api  # noqa: F401
from tests.api.conftest import website  # noqa: F401
from tests.cast import Cast
from tests.kpi.history import call, clock, local, question

pytestmark = pytest.mark.django_db


def ask(*words: str) -> dict:
    out = io.StringIO()
    call_command("kpi", *words, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def refused(*words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("kpi", *words, stdout=out, stderr=err)
    assert stopped.value.code == 2
    assert out.getvalue() == ""
    return err.getvalue()


WEEK = ("--from", "2026-11-16", "--to", "2026-11-22")


def test_the_command_prints_one_object_with_everything(cast: Cast) -> None:
    for minute in range(3):
        call(local(f"2026-11-16 10:0{minute}"), wait=minute * 20)
    assert ask("phone.pickup", *WEEK) == {
        "code": "phone.pickup",
        "from": "2026-11-16",
        "to": "2026-11-22",
        "numerator": 2,
        "denominator": 3,
        "value": 66.666667,
        "target": 90.0,
        "met": False,
    }
    roll_up(at=now())
    assert ask("phone.pickup", *WEEK)["numerator"] == 2


def test_a_norm_that_nothing_measures_yet_has_its_target_and_no_data(cast: Cast) -> None:
    answer = ask("rating.phone", "--from", "2026-03-01", "--to", "2026-03-31")
    assert (answer["target"], answer["value"], answer["met"]) == (7.0, None, None)


def test_the_command_gives_nulls_without_data(cast: Cast) -> None:
    found = ask("letter.respond", *WEEK)
    assert [found[name] for name in ("numerator", "denominator", "value", "met")] == [None] * 4
    assert found["target"] == 95.0


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("phone.nothing", *WEEK), "phone.nothing"),
        (("phone.pickup", "--from", "2026-11-32", "--to", "2026-11-22"), "YYYY-MM-DD"),
        (("phone.pickup", "--from", "2026-11-22", "--to", "2026-11-16"), "first day"),
        (("phone.pickup", *WEEK, "--team", "nobody"), "nobody"),
        (("phone.pickup", *WEEK, "--channel", "pigeon"), "pigeon"),
        (("phone.pickup", *WEEK, "--subject", "nothing"), "nothing"),
        (("email.answer", *WEEK, "--team", ""), "leave --team out"),
    ],
)
def test_the_command_refuses_wrong_use_in_a_sentence(cast: Cast, words: tuple[str, ...], part: str) -> None:
    assert part in refused(*words)


def test_team_and_subject_go_by_code_or_name_and_a_theme_holds_what_lies_below(cast: Cast) -> None:
    at = local("2026-11-16 10:00")
    row = question(cast, received=at, team=cast.openbare_ruimte, subject=cast.grofvuil, channel="email")
    clock(row, "email.answer", started=at, due=local("2026-11-20 00:00"), stopped=local("2026-11-17 10:00"))
    for words in (
        ("--team", "openbare-ruimte"),
        ("--team", "Openbare Ruimte"),
        ("--subject", "afval"),
        ("--subject", "Grofvuil ophalen"),
        ("--channel", "email"),
    ):
        assert ask("email.answer", *WEEK, *words)["denominator"] == 1
    assert ask("email.answer", *WEEK, "--team", "burgerzaken")["denominator"] is None


@pytest.mark.parametrize(("today", "target"), [("2026-11-19", 90.0), ("2026-11-20", 95.0), ("2026-11-25", 95.0)])
def test_the_target_is_that_of_the_norm_on_the_last_day_that_has_come(
    cast: Cast, settings: object, today: str, target: float
) -> None:
    """A target that begins on Friday is none on Thursday; a week that is over is judged by its last day."""
    from contacts.models import ServiceNorm

    noon = local(f"{today} 12:00")
    settings.CLOCK_OFFSET_SECONDS = int((noon - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]
    norm = ServiceNorm.objects.get(code="phone.pickup")
    norm.valid_until = date(2026, 11, 20)
    norm.save()
    ServiceNorm.objects.create(
        code="phone.pickup",
        name="Strenger",
        channel="phone",
        unit="seconds",
        length=30,
        target=95,
        valid_from=date(2026, 11, 20),
    )
    assert ask("phone.pickup", *WEEK)["target"] == target
    assert ask("phone.pickup", "--from", "2026-11-16", "--to", "2026-11-19")["target"] == 90.0


def test_the_api_lists_all_figures_and_reads_one(cast: Cast, call_api) -> None:  # noqa: F811
    call(local("2026-11-16 10:00"))
    answer = call_api("GET", "/api/v1/kpis/phone.pickup?from=2026-11-16&to=2026-11-22")
    assert answer.status_code == 200
    assert answer.json()["numerator"] == 1
    rows = call_api("GET", "/api/v1/kpis?from=2026-11-16&to=2026-11-22").json()["results"]
    assert {row["code"]: row["value"] for row in rows}["phone.pickup"] == 100.0


def test_the_api_hides_small_cells_of_a_team_and_refuses_what_it_does_not_know(cast: Cast, call_api) -> None:  # noqa: F811
    question(cast, received=local("2026-11-16 10:00"))
    path = "/api/v1/kpis/questions.asked?from=2026-11-16&to=2026-11-22"
    assert call_api("GET", path).json()["numerator"] == 1
    for part in ("team=burgerzaken", "channel=phone"):
        narrowed = call_api("GET", f"{path}&{part}").json()
        assert (narrowed["numerator"], narrowed["isHidden"]) == (None, True), part
    assert call_api("GET", f"{path}&colour=red").status_code == 400
    assert call_api("GET", f"{path}&team=nobody").status_code == 400
    assert call_api("GET", "/api/v1/kpis/phone.nothing").status_code == 404
    assert call_api("GET", path, token=None).status_code == 401


def test_no_channel_under_ten_follows_from_the_whole_and_the_other_channels_of_the_api(cast: Cast, call_api) -> None:  # noqa: F811
    for channel, count in (("email", 30), ("phone", 12), ("letter", 4)):
        for _one in range(count):
            question(cast, received=local("2026-11-16 10:00"), channel=channel)
    path = "/api/v1/kpis/questions.asked?from=2026-11-16&to=2026-11-22"

    def told(narrowed: str = "") -> int | None:
        return call_api("GET", f"{path}{narrowed}").json()["numerator"]

    assert told() == told("&team=burgerzaken") == 46
    asked = {channel: told(f"&channel={channel}") for channel in ("email", "phone", "letter")}
    assert asked == {"email": 30, "phone": None, "letter": None}, "46 less 30 and 12 would be four letters"
    assert told("&channel=phone&team=burgerzaken") is None, "all of them are of this team"
    rows = call_api("GET", "/api/v1/kpis?from=2026-11-16&to=2026-11-22&channel=phone").json()["results"]
    hidden = {row["code"]: row["isHidden"] for row in rows}
    assert (hidden["questions.asked"], hidden["contacts.digital"], hidden["letter.respond"]) == (True, True, False)
    per_question = call_api("GET", f"{path.replace('questions.asked', 'contacts.per_question')}&channel=phone").json()
    assert per_question["isHidden"] is True
