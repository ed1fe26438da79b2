"""From opening a round to a report that stays as it was given."""

from __future__ import annotations

import io
import threading
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from channels_app.models import OutboundMessage
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.pdf import NoPdf
from programme.actions.ask_update import ask_update
from programme.actions.issue_report import issue_report
from programme.actions.make_report_pdf import make_report_pdfs
from programme.actions.open_round import open_round
from programme.actions.remind_owners import remind_owners
from programme.models import (
    BudgetLine,
    IssuedStatusReport,
    Milestone,
    MoneyEntry,
    Project,
    StatusReportFile,
    StatusReportJob,
    StatusRound,
    StatusUpdate,
)
from tests.cast import Cast
from tests.programme.rounds_scene import ended_round, small_programme

STORY = "De website loopt.\n\n<script>alert(1)</script> & {{ geheim }}"


def at_the_door(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def opened(cast: Cast) -> StatusRound:
    small_programme(cast.henk, at=now())
    return open_round(title="4e kwartaal", last_day=today() + timedelta(days=7), by=cast.joost, at=now())


def filled(update: StatusUpdate, step: Milestone, **change: str) -> dict[str, str]:
    return {
        "version": str(update.version),
        "light": "attention",
        "reason": "De leverancier is laat",
        "done": "Ontwerp klaar",
        "ahead": "Bouwen",
        f"due_{step.pk}": "2027-02-20",
        f"done_{step.pk}": "",
        **change,
    }


def test_a_round_goes_from_the_question_to_the_report(cast: Cast) -> None:
    small_programme(cast.henk, at=now())
    ended_round(cast.joost, at=now() - timedelta(days=90))
    joost, henk = at_the_door(cast.joost), at_the_door(cast.henk)
    joost.post("/voortgang/rondes/", {"title": "4e kwartaal", "last_day": (today() + timedelta(days=7)).isoformat()})
    one = StatusRound.objects.get(is_open=True)
    mail = OutboundMessage.objects.get(object_key__startswith="status_round:")
    update = StatusUpdate.objects.get()
    assert mail.to_address == cast.henk.email and reverse("programme:update", args=[update.pk]) in mail.body
    step = Milestone.objects.get()

    address = reverse("programme:update", args=[update.pk])
    assert at_the_door(cast.bas).get(address).status_code == 404
    assert at_the_door(cast.bas).post(address, filled(update, step)).status_code == 404
    assert henk.post(address, filled(update, step, draft="1")).status_code == 302
    assert Project.objects.get().light == "on_track"  # a draft changes nothing
    update.refresh_from_db()
    assert henk.post(address, filled(update, step)).status_code == 302
    project, step = Project.objects.get(), Milestone.objects.get()
    assert (project.light, project.light_reason) == ("attention", "De leverancier is laat")
    assert step.due_on.isoformat() == "2027-02-20" and step.first_due_on.isoformat() == "2027-01-15"
    assert henk.post(address, filled(update, step)).status_code == 409  # an old version

    page = joost.get(reverse("programme:round", args=[one.pk])).content.decode()
    assert "De leverancier is laat" in page and "20 feb 2027" in page
    assert joost.post(reverse("programme:round_issue", args=[one.pk]), {"body": "raad"}).status_code == 422  # no story
    joost.post(reverse("programme:round_story", args=[one.pk]), {"version": one.version, "narrative": STORY})
    answer = joost.post(reverse("programme:round_issue", args=[one.pk]), {"body": "raad"})
    report = IssuedStatusReport.objects.get(body="raad")
    assert answer.headers["Location"] == reverse("programme:report", args=[report.pk])
    shown = joost.get(answer.headers["Location"]).content.decode()
    assert "&lt;script&gt;" in shown and "<script>alert" not in shown
    assert henk.post(address, filled(update, step)).status_code == 422  # the round is over

    assert joost.get(reverse("programme:report_pdf", args=[report.pk])).status_code == 404
    assert make_report_pdfs() == 2 and make_report_pdfs() == 0
    data = joost.get(reverse("programme:report_pdf", args=[report.pk])).content
    assert sha256(data).hexdigest() == StatusReportFile.objects.get(report=report).sha256
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "nl"
    assert report.number in reader.metadata.title and b"pdfuaid" in root["/Metadata"].get_data()
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Website", "De leverancier is laat", "€ 41.337", "<script>alert(1)</script> & {{ geheim }}"):
        assert words in " ".join(text.replace("\xa0", " ").split())


def test_a_project_that_joins_an_open_round_is_asked_as_the_others_were(cast: Cast) -> None:
    """Added, given to another, brought back, or not ready after all; each owner hears it once, and nobody for what is ready or withdrawn."""
    opened(cast)
    first = Project.objects.get()
    joost = at_the_door(cast.joost)
    form = {field: getattr(first, field) for field in ("want", "plan", "measure", "starts_on", "ends_on", "light")}
    form |= {"name": "Balie", "pillar": first.pillar_id, "owner": cast.henk.pk, "light_reason": "Nieuw", "order": 0}
    for code in ("KLAAR", "NIEUW"):
        assert joost.post(reverse("programme:add", args=["project"]), {**form, "code": code}).status_code == 302
    ready, new = Project.objects.get(code="KLAAR"), Project.objects.get(code="NIEUW")
    assert list(StatusUpdate.objects.values_list("project__code", "light", "reason")) == [
        ("RONDE-1", "on_track", "Het loopt"),
        ("KLAAR", "on_track", "Nieuw"),
        ("NIEUW", "on_track", "Nieuw"),
    ]
    mails = OutboundMessage.objects.filter(object_key__startswith="status_round:").order_by("pk")
    update = StatusUpdate.objects.get(project=new)
    assert [mail.to_address for mail in mails] == [cast.henk.email] * 3
    assert reverse("programme:update", args=[update.pk]) in mails[2].body

    for code, owner in (("NIEUW", cast.sanne), ("ANDERS", cast.sanne)):
        new.refresh_from_db()
        given = {**form, "code": code, "owner": owner.pk, "version": new.version}
        assert joost.post(reverse("programme:edit", args=["project", new.pk]), given).status_code == 302
    assert [mail.to_address for mail in mails.all()[3:]] == [cast.sanne.email], "the new owner, once"

    StatusUpdate.objects.exclude(project=first).delete()
    Project.objects.filter(pk=ready.pk).update(done_on=today())
    Project.objects.filter(pk=new.pk).update(withdrawn_on=today(), withdrawn_why="Geen geld")
    change = {**form, "code": "KLAAR", "version": ready.version, "light_reason": "Anders"}
    assert joost.post(reverse("programme:edit", args=["project", ready.pk]), change).status_code == 302
    assert StatusUpdate.objects.get().project == first, "of what is ready nothing is asked"
    ready.refresh_from_db()
    state = {"light": "behind", "light_reason": "Toch niet klaar", "done_on": "", "version": ready.version}
    assert joost.post(reverse("programme:project_state", args=[ready.pk]), state).status_code == 302
    assert joost.post(reverse("programme:bring_back", args=["project", new.pk])).status_code == 302
    asked = StatusUpdate.objects.exclude(project=first).order_by("project__code")
    assert [(one.project.code, one.reason) for one in asked] == [("ANDERS", "Nieuw"), ("KLAAR", "Toch niet klaar")]


def test_a_round_that_asks_nobody_says_so_instead_of_0_of_0(cast: Cast) -> None:
    one = StatusRound.objects.create(title="Zomer", last_day=today(), opened_at=now(), opened_by=cast.joost)
    for address in ("/voortgang/rondes/", reverse("programme:round", args=[one.pk])):
        page = at_the_door(cast.joost).get(address).content.decode()
        assert "0 van 0" not in page and "er doet geen project mee" in page


def test_a_day_that_a_colleague_moved_meanwhile_does_not_go_back_in_silence(cast: Cast) -> None:
    opened(cast)
    update, step = StatusUpdate.objects.get(), Milestone.objects.get()
    henk = at_the_door(cast.henk)
    address = reverse("programme:update", args=[update.pk])
    seen = {f"due_{step.pk}": "2027-01-15", f"was_{step.pk}": "2027-01-15/"}
    henk.post(address, filled(update, step, **seen, draft="1"))
    Milestone.objects.update(due_on=date(2027, 3, 1))  # the director moves it
    assert 'value="2027-03-01"' in henk.get(address).content.decode(), "a draft keeps only what the owner changed"
    assert henk.post(address, filled(update, step, **seen, version="2")).status_code == 302
    assert Milestone.objects.get().due_on == date(2027, 3, 1), "the owner changed nothing here"

    seen[f"due_{step.pk}"] = "2027-02-20"
    asked = henk.post(address, filled(update, step, **seen, version="3"))
    page = asked.content.decode()
    assert asked.status_code == 422 and "nu gepland op" in page and 'value="2027-03-01/"' in page
    assert Milestone.objects.get().due_on == date(2027, 3, 1) and StatusUpdate.objects.get().version == 3
    again = filled(update, step, **seen | {f"was_{step.pk}": "2027-03-01/"}, version="3")
    assert henk.post(address, again).status_code == 302
    assert Milestone.objects.get().due_on == date(2027, 2, 20)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    ahead = henk.post(address, filled(update, step, version="4", **{f"done_{step.pk}": tomorrow}))
    assert ahead.status_code == 422 and "moet nog komen" in ahead.content.decode()


def test_a_draft_of_before_keeps_the_days_that_its_owner_moved(cast: Cast) -> None:
    opened(cast)
    step = Milestone.objects.get()
    StatusUpdate.objects.update(milestones={str(step.pk): {"due_on": "2027-02-20", "done_on": "2026-03-02"}})
    page = at_the_door(cast.henk).get(reverse("programme:update", args=[StatusUpdate.objects.get().pk]))
    days = page.content.decode()
    assert 'value="2027-02-20"' in days and 'value="2026-03-02"' in days
    assert 'value="2027-01-15/"' in days, "handing in moves them from what stands now"


def test_an_owner_who_reads_no_programme_comes_back_to_the_project_and_two_windows_show_what_differs(
    cast: Cast,
) -> None:
    small_programme(cast.receptie, at=now())
    open_round(title="4e kwartaal", last_day=today() + timedelta(days=7), by=cast.joost, at=now())
    update, step = StatusUpdate.objects.get(), Milestone.objects.get()
    door = at_the_door(cast.receptie)
    address = reverse("programme:update", args=[update.pk])
    told = door.post(address, filled(update, step), follow=True)
    assert told.status_code == 200 and "Uw bijdrage is ingeleverd" in told.content.decode()
    clash = door.post(address, filled(update, step, ahead="Iets heel anders"))
    page = clash.content.decode()
    assert clash.status_code == 409 and "Bouwen" in page and "Iets heel anders" in page
    assert '<input type="hidden" name="version" value="2">' in page, "it can be saved over it"
    one = StatusRound.objects.get()
    joost = at_the_door(cast.joost)
    story = {"version": one.version, "narrative": "Goed."}
    address = reverse("programme:round_story", args=[one.pk])
    assert joost.post(address, story).status_code == 302
    page = joost.post(address, {**story, "narrative": "Slecht."}).content.decode()
    assert f'href="{reverse("programme:round", args=[one.pk])}"' in page, "the way back is a page"


def test_what_was_given_stays_whatever_happens_to_the_programme(cast: Cast) -> None:
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    report = issue_report(round_=one, body="mt", by=cast.joost, at=now())
    before = at_the_door(cast.joost).get(reverse("programme:report", args=[report.pk])).content.decode()
    Project.objects.update(name="Heel iets anders", light="behind")
    after = at_the_door(cast.joost).get(reverse("programme:report", args=[report.pk])).content.decode()
    assert "Heel iets anders" not in after and "Website" in after and "Website" in before
    for act in (
        lambda: IssuedStatusReport.objects.filter(pk=report.pk).update(title="x"),
        lambda: IssuedStatusReport.objects.filter(pk=report.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    report.refresh_from_db()
    assert sha256(report.html.encode()).hexdigest() == report.html_sha256


def test_a_body_gets_one_report_of_a_round_and_numbers_follow_each_other(cast: Cast) -> None:
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    numbers = [issue_report(round_=one, body=body, by=cast.joost, at=now()).sequence for body in ("mt", "college")]
    with pytest.raises(Refused):
        issue_report(round_=one, body="mt", by=cast.joost, at=now())
    twice = at_the_door(cast.joost).post(reverse("programme:round_issue", args=[one.pk]), {"body": "mt"}, follow=True)
    assert "Dit rapport is al uitgegeven, als STATUS-" in twice.content.decode()
    assert [*numbers, issue_report(round_=one, body="raad", by=cast.joost, at=now()).sequence] == [1, 2, 3]


def test_a_body_reads_what_changed_since_the_report_that_it_had_itself(cast: Cast) -> None:
    """The MT hears every round; the council twice a year, and then also of what only the MT was told."""
    given = {}
    for title, bodies in (("Voorjaar", ("mt", "raad")), ("Zomer", ("mt",)), ("Najaar", ("mt", "raad", "college"))):
        one = (
            opened(cast) if title == "Voorjaar" else open_round(title=title, last_day=today(), by=cast.joost, at=now())
        )
        StatusRound.objects.filter(pk=one.pk).update(title=title, narrative="Goed.")
        for body in bodies:
            given[title, body] = issue_report(round_=one, body=body, by=cast.joost, at=now())
        Project.objects.update(light="behind" if title == "Voorjaar" else "on_track", light_reason=title)
    before = {key: (one.content["before"] or {}).get("number") for key, one in given.items()}
    assert before["Voorjaar", "mt"] is None
    assert before["Zomer", "mt"] == given["Voorjaar", "mt"].number
    assert before["Najaar", "mt"] == given["Zomer", "mt"].number
    assert before["Najaar", "raad"] == given["Voorjaar", "raad"].number
    assert before["Najaar", "college"] == given["Zomer", "mt"].number, "who never had one reads what is newest"


def test_a_report_without_budget_or_goals_says_nothing_of_them(cast: Cast) -> None:
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    with_money = issue_report(round_=one, body="mt", by=cast.joost, at=now()).html
    MoneyEntry.objects.all().delete()
    BudgetLine.objects.all().delete()
    without = issue_report(round_=one, body="raad", by=cast.joost, at=now()).html
    assert "besteed van" in with_money and "besteed van" not in without and "€" not in without
    assert "0 / 0" not in without


def test_a_part_without_milestones_is_not_0_of_0_reached(cast: Cast) -> None:
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    assert "1 project, 0 van 1 mijlpalen gehaald" in issue_report(round_=one, body="mt", by=cast.joost, at=now()).html
    Milestone.objects.all().delete()
    without = issue_report(round_=one, body="raad", by=cast.joost, at=now()).html
    assert "1 project, nog zonder mijlpalen" in without and "0 van 0" not in without


def test_a_last_day_that_is_over_is_not_told_as_time_that_owners_have(cast: Cast) -> None:
    one, joost = opened(cast), at_the_door(cast.joost)
    pages = [reverse("programme:front"), reverse("programme:rounds")]
    assert all("Eigenaren hebben tijd tot en met" in joost.get(page).content.decode() for page in pages)
    StatusRound.objects.filter(pk=one.pk).update(last_day=today() - timedelta(days=1))
    for page in pages:
        said = joost.get(page).content.decode()
        assert "De laatste dag was" in said and "Eigenaren hebben tijd" not in said, page


def test_owners_hear_each_thing_once(cast: Cast) -> None:
    one = opened(cast)
    for days in (0, 4, 5, 6, 7, 8, 9, 8):
        remind_owners(at=now() + timedelta(days=days))
    keys = sorted(OutboundMessage.objects.values_list("object_key", flat=True))
    assert [key.split(":")[2] for key in keys] == ["asked", "late", "soon"]
    StatusRound.objects.filter(pk=one.pk).update(is_open=False, ended_at=now())
    assert remind_owners(at=now() + timedelta(days=9)) == 0


def test_who_was_told_late_hears_of_a_project_that_joins_after_the_last_day_and_nobody_hears_it_twice(
    cast: Cast,
) -> None:
    one = opened(cast)
    late = now() + timedelta(days=8)
    first = Project.objects.get()
    new = {"pillar": first.pillar, "ends_on": first.ends_on, "starts_on": first.starts_on, "light_moved_at": late}
    early = Project.objects.create(
        **new, code="EERDER", name="Eerder", owner=cast.henk, light="on_track", light_reason="x"
    )
    ask_update(early, at=late)
    remind_owners(at=late)
    mails = OutboundMessage.objects.filter(object_key__contains=":late").order_by("pk")
    assert [mail.to_address for mail in mails] == [cast.henk.email], "the mail to who is late tells of it"
    assert "Eerder" in mails[0].body
    joins = Project.objects.create(
        **new, code="LATER", name="Later", owner=cast.henk, light="on_track", light_reason="x"
    )
    for _again in range(2):
        ask_update(joins, at=late)
        remind_owners(at=late)
    update = StatusUpdate.objects.get(round=one, project=joins)
    told = list(mails.all())
    assert len(told) == 2 and reverse("programme:update", args=[update.pk]) in told[1].body
    assert "Website" not in told[1].body
    Project.objects.filter(pk=joins.pk).update(owner=cast.ria)
    joins.refresh_from_db()
    ask_update(joins, at=late, has_new_owner=True)
    remind_owners(at=late)
    assert [mail.to_address for mail in mails.all()[2:]] == [cast.ria.email]


def test_a_pdf_whose_worker_died_is_made_by_another_and_one_that_never_succeeds_is_given_up(cast: Cast) -> None:
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    report = issue_report(round_=one, body="mt", by=cast.joost, at=now())
    StatusReportJob.objects.update(state="making", tries=1, due_at=now() + timedelta(seconds=60))
    assert make_report_pdfs(render=lambda html: b"%PDF-x") == 0  # somebody holds it
    later = now() + timedelta(seconds=61)
    assert make_report_pdfs(at=lambda: later, render=lambda html: b"%PDF-x") == 1
    assert bytes(StatusReportFile.objects.get(report=report).data) == b"%PDF-x"

    second = issue_report(round_=one, body="raad", by=cast.joost, at=now())

    def fail(html: str) -> bytes:
        raise NoPdf("Kapot.")

    for step in range(8):
        make_report_pdfs(at=lambda step=step: now() + timedelta(minutes=step), render=fail)  # type: ignore[misc]
    job = StatusReportJob.objects.get(report=second)
    assert (job.state, job.tries, job.error) == ("failed", 5, "Kapot.")
    told = OutboundMessage.objects.get(object_key__startswith="status_report:")
    assert told.to_address == cast.joost.email
    assert "Kapot." in told.body and reverse("programme:report", args=[second.pk]) in told.body
    at_the_door(cast.joost).post(reverse("programme:report_retry", args=[second.pk]))
    job.refresh_from_db()
    assert job.state == "waiting"


@pytest.mark.parametrize("bodies", [("mt", "mt"), ("mt", "raad")])
@pytest.mark.django_db(transaction=True)
def test_two_directors_at_the_same_moment_make_no_double_and_no_gap(bodies: tuple[str, str]) -> None:
    from tests.cast import settle_in

    cast = settle_in()
    one = opened(cast)
    StatusRound.objects.filter(pk=one.pk).update(narrative="Goed.")
    gate, outcomes = threading.Barrier(2), []

    def run(body: str) -> None:
        try:
            gate.wait()
            outcomes.append(issue_report(round_=one, body=body, by=cast.joost, at=now()).sequence)
        except Refused:
            outcomes.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ([0, 1] if bodies[0] == bodies[1] else [1, 2])
    with connection.cursor() as cursor:  # the test's own cleaning may empty the tables; a delete may not
        cursor.execute("SELECT count(*) FROM programme_issuedstatusreport")
        assert cursor.fetchone()[0] == len([one for one in outcomes if one])
