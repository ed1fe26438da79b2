"""Two people decide, a sweep wipes one person everywhere, and no figure moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.http import Http404

from channels_app.files import path_of
from channels_app.models import StoredFile
from contacts.invariants import check_all
from contacts.models import Customer, Note, Question
from kpi.models import DailyFigure
from kpi.rollups import rebuild
from organisation.errors import Refused
from organisation.models import AccessEntry, AuditEntry
from privacy.actions import erase
from privacy.actions.ask import approve, ask, lift_restriction, refuse
from privacy.actions.count import count_asked
from privacy.actions.erase import erase_due
from privacy.actions.hold import place_hold
from privacy.actions.remove_files import remove_files
from privacy.columns import text_columns, untold
from privacy.models import LegalHold, PersonRequest
from privacy.words import Words
from tests.app_role import make_app_role, speak_as
from tests.cast import Cast
from tests.privacy.scene import CANARIES, MONDAY, SECRET, hits, left_everywhere

WHY = "Brief van 25 november, legitimatie gezien"
LATER = MONDAY + timedelta(days=40)


@pytest.fixture
def person(cast: Cast, settings: Any, tmp_path: Any) -> Customer:
    settings.FILES_DIR = tmp_path
    return left_everywhere(cast, files=tmp_path)


def decided(cast: Cast, person: Customer, kind: str = "erase") -> PersonRequest:
    request = ask(customer=person, kind=kind, reason=WHY, by=cast.sanne, at=LATER)
    count_asked(at=LATER)
    return approve(request=request, by=cast.ria, at=LATER)


def figures() -> list[Any]:
    rebuild(at=LATER)
    return list(DailyFigure.objects.order_by("pk").values_list(
        "grain", "measure", "on", "team", "channel", "subject", "quarter", "numerator", "denominator", "highest"
    ))  # fmt: skip


def broken() -> dict[str, int]:
    """The invariants of the database, with how often each is broken."""
    return {one.invariant: one.violations for one in check_all()}


def test_every_table_says_what_it_keeps_of_persons(db: None) -> None:
    """A newcomer fails here: say it in the module `personal` of its app, and wipe it (docs/privacy.md)."""
    assert untold(text_columns()) == []


def test_a_person_is_wiped_from_every_column_and_every_figure_stays(cast: Cast, person: Customer) -> None:
    before, well = figures(), broken()
    assert len(before) > 50
    files = [path_of(one) for one in StoredFile.objects.values_list("sha256", flat=True)]
    assert files and len(hits()) > 30
    number = Question.objects.filter(customer=person).first().number
    request = decided(cast, person)
    assert erase_due(at=LATER) == 1
    assert hits() == {}
    remove_files(at=LATER)
    assert figures() == before
    request.refresh_from_db()
    assert request.state == "done" and request.work == {} and request.decided_by == cast.ria
    assert request.counts["questions"] == 3 and request.counts["files"] == 1 and request.counts["stays"] == 3
    assert Question.objects.get(number=number).title == "Gewist"
    theirs = Note.objects.get(question__customer__name="Iemand Anders")
    assert theirs.text == "Belde ook [gewist], [gewist] en [gewist]. Blijft staan."
    assert theirs.question.title.startswith("Mijn buurvrouw [gewist] van [gewist] heeft")
    assert AuditEntry.objects.filter(action="person.erased").get().detail["number"] == request.number
    assert erase_due(at=LATER) == 0  # twice is once
    assert broken() == well


@pytest.mark.parametrize(
    "step", ["_wipe_elsewhere", "_finish", "wipe_questions", "wipe_customers", "raw_with", "look_through"]
)
def test_killed_halfway_it_goes_on_and_counts_nothing_twice(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    request = decided(cast, person)
    real, calls = getattr(erase, step), []

    def dies(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(erase, step, dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        erase_due(at=LATER)
    erase_due(at=LATER)
    request.refresh_from_db()
    assert hits() == {}
    assert request.counts["questions"] == 3 and request.counts["notes"] == 1


def test_who_may_and_never_the_same_person(cast: Cast, person: Customer) -> None:
    for nobody in (cast.fatima, cast.henk, cast.ria, cast.joost, cast.beheer, cast.receptie):
        with pytest.raises(PermissionDenied):
            ask(customer=person, kind="erase", reason=WHY, by=nobody, at=LATER)
    request = ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    for by, error in ((cast.sanne, Refused), (cast.fatima, PermissionDenied), (cast.beheer, PermissionDenied)):
        with pytest.raises(error):
            approve(request=request, by=by, at=LATER)
    Question.objects.filter(customer=person).update(team=cast.burgerzaken)
    with pytest.raises(Http404):  # not a lead of a team of this person
        approve(request=request, by=cast.ria, at=LATER)
    with pytest.raises(Refused):
        ask(customer=person, kind="restrict", reason=WHY, by=cast.sanne, at=LATER)
    with pytest.raises(Error), transaction.atomic():
        PersonRequest.objects.filter(pk=request.pk).update(state="approved", decided_by=cast.sanne)
    refuse(request=request, by=cast.sanne, at=LATER, remark="Toch niet gewenst")
    assert erase_due(at=LATER) == 0 and hits()


def test_what_is_open_or_held_is_not_erased(cast: Cast, person: Customer) -> None:
    hold = LegalHold.objects.create(customer=person, reason="Rechtszaak", placed_by=cast.sanne, placed_at=LATER)
    with pytest.raises(Refused, match="Rechtszaak"):
        ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    LegalHold.objects.filter(pk=hold.pk).update(ended_at=LATER)
    request = decided(cast, person)
    question = Question.objects.filter(customer=person).first()
    LegalHold.objects.create(question=question, reason="Bezwaar", placed_by=cast.sanne, placed_at=LATER)
    assert erase_due(at=LATER) == 0 and hits()
    LegalHold.objects.update(ended_at=LATER)
    Question.objects.filter(pk=question.pk).update(status="in_progress", closed_at=None)
    assert erase_due(at=LATER) == 0
    request.refresh_from_db()
    assert request.state == "approved"


def test_a_hold_while_a_person_is_being_erased_comes_too_late(cast: Cast, person: Customer) -> None:
    request = decided(cast, person)
    question = Question.objects.filter(customer=person).first()
    PersonRequest.objects.filter(pk=request.pk).update(state="working")
    for thing in ({"customer": person}, {"question": question}):
        with pytest.raises(Refused, match="te laat"):
            place_hold(by=cast.sanne, at=LATER, reason=WHY, **thing)
    assert not LegalHold.objects.exists()


def test_what_somebody_else_has_too_stays_with_them(cast: Cast, person: Customer) -> None:
    other = Customer.objects.get(name="Iemand Anders")
    other.addresses.create(kind="email", value="kanariestra@kooi.example")
    decided(cast, person)
    erase_due(at=LATER)
    assert other.addresses.filter(normalized="kanariestra@kooi.example").exists()
    assert "Kanariestra" not in Note.objects.get(question__customer=other).text


def test_restricted_data_are_seen_by_nobody_until_they_may_be_used_again(
    cast: Cast, person: Customer, client: Any
) -> None:
    request = decided(cast, person, "restrict")
    person.refresh_from_db()
    assert person.restricted_at == LATER
    client.force_login(cast.sanne)
    assert client.get(f"/klanten/{person.pk}/").status_code == 404
    assert SECRET not in client.get("/zoeken/", {"q": "Kanariestra"}).content.decode()
    numbers = list(Question.objects.filter(customer=person).values_list("number", flat=True))
    assert [client.get(f"/vragen/{one}/").status_code for one in numbers] == [403, 403, 403]
    lift_restriction(
        request=PersonRequest.objects.get(pk=request.pk), by=cast.sanne, at=LATER, remark="Bezwaar is afgehandeld"
    )
    assert client.get(f"/klanten/{person.pk}/").status_code == 200
    assert list(Question.objects.filter(customer=person).order_by("pk").values_list("is_confidential", flat=True)) == [
        False,
        False,
        True,
    ]


def test_the_application_changes_no_log_but_by_what_two_people_decided(cast: Cast, person: Customer) -> None:
    request = ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    speak_as(make_app_role())

    def told(statement: str, *given: Any) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('kcc.erasing', 'words', true)")
                cursor.execute(statement, given)
        except Error as error:
            return str(getattr(error.__cause__, "pgcode", "?"))
        return ""

    assert told("UPDATE organisation_accessentry SET reason = ''") == "42501"
    assert told("SELECT privacy_words_from_logs(%s, 'kanariestra')", request.pk) == "42501"
    assert told("SELECT privacy_reasons_from_logs(%s, '{}')", [Question.objects.first().pk]) == "42501"
    assert told("SELECT privacy_reasons_from_logs('{}', %s)", [person.pk]) == "42501"
    count_asked(at=LATER)
    approve(request=request, by=cast.ria, at=LATER)
    erase._begun(PersonRequest.objects.get(pk=request.pk), LATER)
    assert told("SELECT privacy_words_from_logs(%s, '.+')", request.pk) == "22023"
    assert told("SELECT privacy_words_from_logs(%s, '[a-z]{9,}')", request.pk) == "22023"
    erase_due(at=LATER)
    assert hits() == {}


def test_who_forges_what_two_people_decided_leaves_a_line_that_stays(cast: Cast, person: Customer) -> None:
    """The application's role can write such rows; the functions of the owner write down what they did with them."""
    AccessEntry.objects.create(
        at=LATER, user=cast.fatima, page="customer", reason="Zoekt een stoeptegel", question_id=7
    )
    speak_as(make_app_role())
    forged = PersonRequest.objects.create(
        customer=person, kind="erase", reason=WHY, state="working", asked_by=cast.sanne, asked_at=LATER,
        decided_by=cast.ria, decided_at=LATER, work={"words": {}},
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_words_from_logs(%s, 'stoeptegel')", [forged.pk])
    line = AuditEntry.objects.get(action="log.words_erased")
    assert (line.object_id, line.detail) == (str(forged.pk), {"rows": 1})
    with pytest.raises(Error), transaction.atomic():
        line.delete()


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("bel 06-18772635 terug", True), ("+31 6 1877 2635", True), ("0031618772635", True), ("+31 (0)6 18 77 26 35", True),
        ("106187726351", False), ("k.  KANARIESTRA", True), ("K. Kanariestraat", False), ("x+kanariestra@kooi.example", False),
        ("zoek=K.+Kanariestra&van=", True), ("zoek=kanariestra%40kooi.example", True), ("zoek=06+18772635", True),
        ("kanariestra@kooi.example.", True), ("kanariestra@kooi.example.nl", False), ("jan (a|b)", True),
    ],
)  # fmt: skip
def test_words_are_found_as_people_write_them(db: None, text: str, is_found: bool) -> None:
    words = Words(
        names=("K. Kanariestra", "Jan (a|b)", "Bakker"), emails=("kanariestra@kooi.example",), phones=("31618772635",)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~* %s, %s ~* %s", [text, words.pattern, text, words.rough_pattern])
        found, found_roughly = cursor.fetchone()
    assert found is is_found
    assert found_roughly or not is_found
    assert CANARIES
