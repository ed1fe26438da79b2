"""Work on the desk for the screens that show it: a customer, and a question in every state. The same every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from channels_app.actions.calls_files import bring_calls
from channels_app.actions.log_events import Told, log_events
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in_scan import UPLOAD, take_in_scan
from channels_app.models import Call, StoredFile
from contacts.actions.ask_customer import ask_customer
from contacts.actions.chat_hand import chat_take
from contacts.actions.chat_line import add_line
from contacts.actions.chat_say import desk_says
from contacts.actions.close import close
from contacts.actions.customers import create_customer
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import propose_merge
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.actions.register_mail import register_mail
from contacts.follow_link import follow_path
from contacts.models import Chat, Customer, OutgoingLetter, PlannedReply, Question, ReplyTemplate, RoutingRule
from kpi.actions.agree import Terms, end_agreement, make_agreement
from kpi.actions.discuss_agreement import discuss_agreement
from kpi.actions.issue_report import add_issue
from kpi.actions.keep_view import keep_view
from kpi.actions.wall_links import LinkTerms, add_link
from kpi.models import FiguresView, IssuedReport, ReportFile, TeamAgreement, WallLink
from kpi.periods import WEEK, Period, period_of
from kpi.reports.content import report_of
from organisation.clock import now, today
from organisation.models import Municipality, User
from organisation.snapshot import organisation, settings_changed
from organisation.workdays import day_start, local_day
from privacy.actions.count import count_asked
from privacy.actions.destruction import make_list
from privacy.actions.rights import note_right
from privacy.models import DestructionList, PersonRequest
from tests.cast import Cast
from tests.channels_app.scans import jpeg, letter
from tests.kpi.history import call, clock
from tests.kpi.history import question as question_row

LONG = "Een heel lang bericht. " * 40 + "woordzonderspaties" * 12


def fill(cast: Cast) -> None:
    """Everything is written through the actions that the screens use."""
    at = now()
    wit = create_customer(
        by=cast.fatima,
        at=at,
        name="A. de Wit-Schouten",
        salutation="mrs",
        phone="0226 35 12 44",
        postcode="1716KA",
        house_number="41",
    )
    ends = [
        Asked(title="Grofvuil niet opgehaald", end="forward", subject_id=cast.grofvuil.pk, text=LONG),
        Asked(title="Oude bank", end="direct", subject_id=cast.grofvuil.pk),
        Asked(
            title="Paspoort verlopen",
            end="callback",
            subject_id=cast.paspoort.pk,
            callback=CallbackAsked(phone="0226 35 12 44"),
        ),
        Asked(title="Container kapot", end="waiting", subject_id=cast.grofvuil.pk),
        Asked(title="Vertrouwelijk verhaal", end="forward", subject_id=cast.grofvuil.pk, is_confidential=True),
    ]
    for asked in ends:
        register(by=cast.fatima, at=at, channel="phone", received_at=at, customer=wit, asked=[asked])
    waits = {"question": Question.objects.get(title="Container kapot"), "created_by": cast.henk, "created_at": at}
    for state, why in (("waiting", ""), ("back", ""), ("refused", "Deze vraag is gesloten.")):
        PlannedReply.objects.create(
            **waits,
            send_at=at + timedelta(days=3),
            is_scheduled=True,
            channel="email",
            text="Tot dan.",
            state=state,
            why=why,
        )
    late = at - timedelta(days=40)
    register(
        by=cast.fatima,
        at=late,
        channel="letter",
        received_at=late,
        customer=wit,
        asked=[Asked(title="Brief over bomen", end="forward", subject_id=cast.afval.pk)],
    )
    RoutingRule.objects.create(name="Afval naar Openbare Ruimte", subject=cast.afval, team=cast.openbare_ruimte)
    ReplyTemplate.objects.create(name="Grofvuil", body="U kunt zelf een afspraak maken.")


def customer(cast: Cast) -> Customer:
    return Customer.objects.get(name="A. de Wit-Schouten")


def follow_link(cast: Cast) -> str:
    """Of a question by mail with a message of ours, which waits for its customer."""
    address = "anna@voorbeeld.nl"
    asked = [Asked(title="Bank", subject_id=cast.grofvuil.pk)]
    made = register(
        by=None, at=now(), channel="email", received_at=now(), asked=asked, address=address, text="Wanneer komt u?"
    )
    ask_customer(question=made.questions[0], by=cast.ria, at=now(), text="Op welk adres?", to_address=address)
    return follow_path(made.questions[0].number, address)


def many_calls(cast: Cast) -> str:
    """Two people at a phone that asks for more on some mornings."""
    rows = []
    for back in range(7, 64):
        begin = day_start(today() - timedelta(days=back)) + timedelta(hours=9, minutes=5)
        for n in range(back % 7 * 4):
            picked = begin + timedelta(seconds=n + 10)
            rows.append(
                Call(
                    source="scene",
                    external_key=f"{back}-{n}",
                    entered_at=begin + timedelta(seconds=n),
                    answered_at=picked,
                    ended_at=picked + timedelta(seconds=150),
                    outcome="answered",
                    wait_seconds=10,
                    entered_on=local_day(begin),
                )
            )
    Call.objects.bulk_create(rows)
    return "/cijfers/telefoon/bezetting/?mensen=2"


def ringing(cast: Cast) -> str:
    """The empty form below a call that rings at Fatima, of somebody we know, with another one that waits."""
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    calls = [Told("c1", "entered", now(), caller="0226351244"), Told("c1", "ringing", now(), agent="101")]
    calls.append(Told("c2", "entered", now()))
    log_events(source="telefonie:1", events=calls, at=now(), pickup_seconds=lambda day: 30)
    return "/werkplek/?kanaal=phone"


def calls_file(cast: Cast) -> str:
    """A file with a row that cannot be read, and columns that nobody knew."""
    rows = "Call Time,Caller ID,Status,Ringing,Talking,Wat\n2026-11-16T09:00:00,0612345678,Answered,0:25,3:10,x\n2026-11-16T09:01:00,,?,0:25,,\n"
    file, _why = bring_calls(by=cast.sanne, at=now(), source="3CX", name="calls.csv", raw=rows.encode())
    return f"/cijfers/telefoon/gesprekken/inlezen/{file.pk if file else 0}/"


def chat_page(cast: Cast) -> str:
    """With the chat switched on; whether it is open depends on the day."""
    Municipality.objects.update(has_chat=True)
    settings_changed()
    return "/chat/"


def chat_talk(cast: Cast) -> str:
    """A talk of Fatima with some lines, and another visitor who waits."""
    for word in ("talk", "wait"):
        asked = [Asked(text="Hoe laat bent u open?")]
        made = register(by=None, at=now(), channel="chat", received_at=now(), asked=asked, text="Hoe laat bent u open?")
        moments = dict.fromkeys(("begun_at", "waits_since", "seen_at", "last_line_at"), now())
        chat = Chat.objects.create(token_hash=word, question=made.questions[0], **moments)
        add_line(chat, who="visitor", text=LONG, key="first", at=now())
        if word == "talk":
            chat_take(chat=chat, by=cast.fatima, at=now())
            desk_says(chat=chat, by=cast.fatima, text="Vanaf half negen.", key="answer", at=now())
    return reverse("contacts:chat", args=[Chat.objects.get(token_hash="talk").pk])


def merge_proposal(cast: Cast) -> str:
    """The list with one proposal on it."""
    other = create_customer(by=cast.fatima, at=now(), name="Anna de Wit", postcode="1716KA", house_number="41")
    propose_merge(keep=customer(cast), merge=other, by=cast.fatima, at=now())
    return "/klanten/samenvoegen/"


def question(title: str) -> str:
    """The number of the question with this title."""
    return Question.objects.get(title=title).number


def issued_report(cast: Cast) -> str:
    """A week with calls and e-mails, issued; with its Excel and CSV."""
    report = IssuedReport.objects.first()
    if report is None:
        week = _busy_week(cast)
        report = add_issue(week, None, report_of(week, None, organisation(), now()), by=cast.sanne, at=now())
        for kind in ("csv", "xlsx"):
            ReportFile.objects.create(report=report, kind=kind, sha256="0" * 64, size=1, data=b"x", made_at=now())
    return reverse("kpi:report", args=[report.pk])


def issued_report_list(cast: Cast) -> str:
    issued_report(cast)
    return reverse("kpi:reports")


def report_to_read(cast: Cast) -> str:
    issued_report(cast)
    week = period_of(WEEK, local_day(now())).previous()
    return f"{reverse('kpi:report_view')}?periode=week&dag={week.first.isoformat()}"


def agreement(cast: Cast) -> str:
    """With Openbare Ruimte, with figures and one talk; and one with Burgerzaken that ended."""
    found = TeamAgreement.objects.filter(team=cast.openbare_ruimte).first()
    if found is None:
        issued_report(cast)
        today = local_day(now())
        norms, start = ("email.answer", "callback.done"), today - timedelta(days=200)
        terms = Terms(cast.ria.pk, norms, "Wij bellen terug.", "Een volledige notitie.", start, None, today)
        found = make_agreement(team=cast.openbare_ruimte, terms=terms, by=cast.sanne, at=now())
        discuss_agreement(
            pk=found.pk,
            held_on=today,
            seen_on=today,
            outcome="Het gaat goed.",
            next_on=today + timedelta(days=7),
            version=1,
            by=cast.sanne,
            at=now(),
        )
        ended = make_agreement(
            team=cast.burgerzaken, terms=replace(terms, agreed_with=cast.bas.pk), by=cast.sanne, at=now()
        )
        end_agreement(
            pk=ended.pk, ends_on=today - timedelta(days=1), reason="klaar", version=1, by=cast.sanne, at=now()
        )
    return reverse("kpi:agreement", args=[found.pk])


def kept_view(cast: Cast) -> str:
    """A view with hidden tiles that its owner begins with."""
    query = "periode=maand&kaarten=way,held&tegels=phone.pickup,email.answer"
    if not FiguresView.objects.exists():
        keep_view(by=cast.sanne, at=now(), name="Maand", query=query, is_default=False)
    return f"{reverse('kpi:arrange')}?{query}"


def _busy_week(cast: Cast) -> Period:
    week = period_of(WEEK, local_day(now())).previous()
    start = day_start(week.first) + timedelta(hours=10)
    for number in range(12):
        at = start + timedelta(minutes=number)
        call(at, wait=20 if number < 9 else 60)
        row = question_row(cast, received=at, channel="email", team=cast.openbare_ruimte, subject=cast.grofvuil)
        stopped = at + timedelta(days=1) if number < 9 else None
        clock(row, "email.answer", started=at, due=at + timedelta(days=3), stopped=stopped)
    return week


def _screen(cast: Cast) -> tuple[int, str]:
    terms = LinkTerms(f"Scherm {WallLink.objects.count()}", [cast.burgerzaken.pk], today() + timedelta(days=20))
    link, token = add_link(terms=terms, by=cast.beheer, at=now())
    return link.pk, token


def wall_link(cast: Cast) -> str:
    """The page of a screen whose address ends soon."""
    return reverse("kpi:wall_link", args=[_screen(cast)[0]])


def wall_by_link(cast: Cast) -> str:
    """The board of one team, by the address of a screen."""
    return reverse("kpi:linked_wall", args=[_screen(cast)[1]])


def scanned_letters(_cast: Cast) -> str:
    """The post, with a letter that became a question, one that waits and one that cannot be opened."""
    take_in_scan(raw=jpeg(letter("Geachte heer, mevrouw,")), name="2026-03-02.jpg", source=UPLOAD, at=now())
    take_in_scan(raw=b"no scan at all", name="lijst.pdf", source=UPLOAD, at=now())
    parse_inbox(at=now())
    register_mail(at=now())
    take_in_scan(raw=b"%PDF-1.4", name="wacht.pdf", source=UPLOAD, at=now())
    return reverse("contacts:post")


def scanned_pages(cast: Cast) -> str:
    """The pages of a scanned letter."""
    scanned_letters(cast)
    return reverse("contacts:file_look", args=[StoredFile.objects.get().pk])


def person_request(cast: Cast) -> str:
    """A customer of Openbare Ruimte without an open question, whom the coordinator's colleague asked to erase; the list is there."""
    customer = create_customer(by=cast.fatima, at=now(), name="J. de Wissel", email="wissel@voorbeeld.nl")
    made = register(
        by=cast.fatima, at=now(), channel="phone", received_at=now(), customer=customer, text="Bank ophalen",
        asked=[Asked(subject_id=cast.grofvuil.pk, title="Bank ophalen")],
    )  # fmt: skip
    close(question=made.questions[0], by=cast.sanne, at=now(), reason="no_reaction_needed")
    request = PersonRequest.objects.create(
        kind="erase", customer=customer, reason="Brief van 25 november", asked_by=cast.joost, asked_at=now()
    )
    count_asked(at=now())
    return reverse("privacy:request", args=[request.pk])


def person_requests(cast: Cast) -> str:
    person_request(cast)
    return reverse("privacy:requests")


def right_to_answer(cast: Cast) -> str:
    """What somebody asked about the own data, with some days left."""
    came = today() - timedelta(days=26)
    made = note_right(
        customer=customer(cast),
        kind="inspect",
        reason="Brief van vorige maand",
        received_on=came,
        by=cast.sanne,
        at=now(),
    )
    return reverse("privacy:right", args=[made.pk])


def note_right_of(cast: Cast) -> str:
    return reverse("privacy:note_right", args=[customer(cast).pk])


def person_to_erase(cast: Cast) -> str:
    return reverse("privacy:person", args=[customer(cast).pk])


def letters_of_ours(cast: Cast) -> str:
    """One that waits too long, one that was made now, one that was posted."""
    question = Question.objects.get(title="Brief over bomen")
    for days, posted in ((9, False), (0, False), (9, True)):
        at = now() - timedelta(days=days)
        letter = make_letter(
            question=question, by=cast.fatima, at=at, text="Wij kijken naar de bomen.", then="interim",
            greeting="Beste mevrouw De Wit,", recipient="A. de Wit\nDorpsstraat 41\n1716 KA  OPMEER",
        )  # fmt: skip
        if posted:
            post_letter(letter=letter, by=cast.fatima, at=now(), posted_on=today())
    return reverse("contacts:letters")


def waiting_letter(cast: Cast) -> str:
    letters_of_ours(cast)
    return reverse("contacts:letter_out", args=[OutgoingLetter.objects.filter(state="waiting").order_by("pk")[0].pk])


def question_with_letter(cast: Cast) -> str:
    letters_of_ours(cast)
    return reverse("contacts:question", args=[Question.objects.get(title="Brief over bomen").number])


def unknown_writer(cast: Cast) -> str:
    """A scanned letter of nobody, with a customer that its text could mean."""
    text = "Mijn adres is 1716 KA 41, bel 0226 35 12 44"
    asked = [Asked(title="Brief", text=text, subject_id=cast.grofvuil.pk, end="forward")]
    made = register(by=None, at=now(), channel="letter", received_at=now(), asked=asked, text=text)
    return reverse("contacts:question_customer", args=[made.questions[0].number])


def destruction_list(cast: Cast) -> str:
    """Proposed by somebody else, so that the coordinator can decide about it."""
    person_request(cast)
    Question.objects.filter(status="closed").update(closed_at=now() - timedelta(days=400))
    made = make_list(at=now())
    assert made is not None
    DestructionList.objects.filter(pk=made.pk).update(state="proposed", proposed_by=cast.joost, proposed_at=now())
    return reverse("privacy:destruction", args=[made.pk])
