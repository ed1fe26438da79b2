"""Every address × method × role × relation, as one table (quality.md §4). A route without a row fails.

The table is `tests/access_matrix.py`. A new route: add its arguments to `arguments` below when it has any, then run

    ACCESS_MATRIX=write ACCESS_MATRIX_ONLY=contacts:question_new pytest tests/test_access_matrix.py -k every_address

(without ACCESS_MATRIX_ONLY all of it), which appends rows for what is missing, as the code answers now. Judge each new cell against quality.md §4 before you commit it:
the run copies what is, only a person knows what should be.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from channels_app.files import store_file
from channels_app.models import InboundMessage, InboundRaw, Mailbox, MessageSource, OutboundMessage
from contacts.actions.api_clients import SCOPES
from contacts.actions.close import close
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.follow_link import follow_path
from contacts.models import (
    ApiClient,
    Chat,
    ConfidentialAccess,
    MessageConsent,
    OutgoingLetter,
    ReplyTemplate,
    RoutingRule,
    SavedView,
    ServiceNorm,
)
from contacts.views import open311
from contacts.views.act_table import ACTS
from kpi.actions.issue_report import add_issue
from kpi.models import FiguresView, Signal, TeamAgreement, WallLink
from kpi.periods import MONTH, period_of
from kpi.reports.content import report_of
from organisation.actions.role_requests import ask_role
from organisation.clock import now
from organisation.models import AccessEntry, CalendarDay, WorkingCalendar
from organisation.roles import Role
from organisation.snapshot import organisation
from organisation.tokens import hashed
from privacy.actions.restrict import restrict
from privacy.models import DestructionList, LegalHold, PersonRequest
from tests.access_matrix import API_CALLERS, API_MATRIX, MATRIX, ROLES
from tests.kept import Kept, keep
from tests.knowledge.scene import article_arguments, article_ids
from tests.programme.rounds_scene import programme_ids
from tests.programme.scene import PROGRAMME_LISTS, add_programme_rows, programme_arguments
from tests.surveys.scene import invitation, survey_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast

CANARY = "KANARIE7731"
"""Stands in every text of a confidential question of another team; nobody of the cast but Bas may ever receive it."""
MAY_SEE_CANARY = frozenset({"bas"})
A_CUSTOMER = re.compile(rb"(?:own|closed|other|confidential|restricted)(?: van dam|@example[.]nl)", re.I)
"""Name or address of one of the customers of the scene."""
WALL_TOKEN = "a-screen-in-the-hall"
TABLE = Path(__file__).with_name("access_matrix.py")
LETTER_ACTS = ("out", "print", "posted", "withdraw", "correct")
CHAT_ACTS = ("", "_say", "_take_up", "_hand_over", "_finish")
ONLY_QUESTION = ("own", "other", "confidential", "closed")


@dataclass
class Scene:
    """The objects that addresses name, per relation to Openbare Ruimte, the team of Henk and Ria."""

    cast: Cast
    numbers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)


def routes() -> Iterator[str]:
    """The names of all addresses that people open, with their namespace."""
    for name, path in _walk(get_resolver().url_patterns):
        if not path.startswith("api/v1/"):
            yield name


def api_routes() -> Iterator[str]:
    for name, path in _walk(get_resolver().url_patterns):
        if path.startswith("api/v1/"):
            yield name


def _walk(patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, path, f"{one.namespace}:" if one.namespace else space)
        else:
            assert one.name, f"an address without a name: {path}"
            yield space + one.name, path


def set_the_scene(cast: Cast) -> Scene:
    scene = Scene(cast)
    at = now() - timedelta(hours=3)

    def question(relation: str, subject_id: int, title: str, *, confidential: bool = False) -> None:
        inbound = InboundMessage.objects.create(
            source="test", external_key=relation, received_at=at, taken_in_at=at, sha256="0" * 64, size=1, state="done"
        )
        made = register(
            by=cast.fatima,
            at=at,
            channel="email",
            received_at=at,
            asked=[
                Asked(
                    title=title,
                    text=f"{title} tekst",
                    subject_id=subject_id,
                    is_confidential=confidential,
                    end="callback",
                    callback=CallbackAsked(phone="0226363333", name=title),
                )
            ],
            customer=NewCustomer(name=f"{relation} van Dam", email=f"{relation}@example.nl", phone="0612345678"),
            address=f"{relation}@example.nl",
            subject_line=title,
            text=f"{title} tekst",
            inbound=inbound,
        )
        file = store_file(data=title.encode(), name=f"{title}.txt", at=at, declared_type="text/plain", inbound=inbound)
        found = made.questions[0]
        scene.numbers[relation] = found.number
        scene.ids[relation] = {
            "question": found.pk,
            "customer": found.customer_id,
            "file": file.pk,
            "contact": made.contact.pk,
            "address": found.customer.addresses.first().pk,
            "consent": MessageConsent.objects.create(
                customer=found.customer,
                channel="whatsapp",
                number="31612345678",
                how="phone",
                given_at=at,
                given_by=cast.fatima,
            ).pk,
            "letter": OutgoingLetter.objects.create(
                question=found,
                kind="interim",
                then="interim",
                about=title,
                recipient=title,
                text=title,
                made_at=at,
                made_by=cast.fatima,
                post_by=at,
            ).pk,
            "chat": Chat.objects.create(
                token_hash=relation, question=found, begun_at=at, waits_since=at, seen_at=at, last_line_at=at
            ).pk,
        }
        if relation == "closed":
            close(question=found, by=cast.fatima, at=at, reason="answered", text="Gebeld")

    question("own", cast.grofvuil.pk, "Eigen")
    question("closed", cast.grofvuil.pk, "Dicht")
    question("other", cast.paspoort.pk, "Vreemd")
    question("restricted", cast.paspoort.pk, "Beperkt")
    question("confidential", cast.paspoort.pk, CANARY, confidential=True)
    ConfidentialAccess.objects.filter(question=scene.ids["confidential"]["question"]).delete()
    ConfidentialAccess.objects.create(
        question_id=scene.ids["confidential"]["question"],
        user=cast.bas,
        reason="behandelt",
        granted_by=cast.bas,
        from_at=at,
    )
    calendar = WorkingCalendar.objects.get(is_default=True)
    parked = InboundMessage.objects.create(
        source="test",
        external_key="parked",
        received_at=at,
        taken_in_at=at,
        sha256="1" * 64,
        size=1,
        state="parked",
        reason="x",
    )
    InboundRaw.objects.create(message=parked, data=b"Subject: x\r\n\r\nx")
    scene.ids["any"] = {
        "person": cast.henk.pk,
        "membership": cast.henk.memberships.get().pk,
        "role_request": ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=now()).pk,
        "team": cast.openbare_ruimte.pk,
        "calendar": calendar.pk,
        "day": CalendarDay.objects.filter(calendar=calendar).first().pk,
        "subject": cast.afval.pk,
        "parked": parked.pk,
        "outgoing": OutboundMessage.objects.create(
            purpose="reply",
            object_key="x",
            to_address="x@example.nl",
            subject="x",
            body="x",
            state="failed",
            created_at=at,
            next_try_at=at,
        ).pk,
        "source": MessageSource.objects.create(kind="whatsapp", name="WhatsApp").pk,
        "mailbox": Mailbox.objects.create(name="Post", address="post@opmeer.example").pk,
        "norm": ServiceNorm.objects.get(code="email.answer").pk,
        "rule": RoutingRule.objects.create(name="Regel", channel="email", team=cast.burgerzaken).pk,
        "template": ReplyTemplate.objects.create(name="Tekst", body="Tekst", team=cast.openbare_ruimte).pk,
        "client": ApiClient.objects.create(
            name="Website", token_hash="x", token_hint="x", created_at=at, expires_at=at + timedelta(days=9)
        ).pk,
        "view": SavedView.objects.create(user=cast.henk, name="Mijn lijst", query="").pk,
        "person_request": PersonRequest.objects.create(
            kind="erase", customer_id=scene.ids["other"]["customer"], reason="x", asked_by=cast.joost, asked_at=at
        ).pk,
        "restriction": restriction(scene.ids["restricted"]["customer"], cast, at),
        "destruction": DestructionList.objects.create(
            made_at=at, first_on=at.date(), last_on=at.date(), state="proposed", proposed_by=cast.joost, proposed_at=at
        ).pk,
        "hold": LegalHold.objects.create(
            customer_id=scene.ids["other"]["customer"], reason="x", placed_by=cast.joost, placed_at=at
        ).pk,
        "figures_view": FiguresView.objects.create(owner=cast.henk, name="Mijn cijfers", query="").pk,
        "signal": Signal.objects.create(
            kind="band",
            code="email.answer",
            team=cast.openbare_ruimte,
            period_kind="day",
            first=at.date(),
            last=at.date(),
            seen_until=at.date(),
            watch="band:day:email.answer",
            facts={"numerator": 5, "denominator": 20, "low": 80.0, "high": 100.0, "days": 8, "direction": "down"},
            found_at=at,
        ).pk,
    }
    scene.ids["any"]["wall_link"] = WallLink.objects.create(
        name="Hal",
        token_hash=hashed(WALL_TOKEN),
        token_hint="x",
        created_at=at,
        created_by=cast.beheer,
        expires_at=at + timedelta(days=9),
    ).pk
    month = period_of(MONTH, at.date()).previous()
    team = cast.openbare_ruimte
    report = add_issue(month, team.pk, report_of(month, team, organisation(), at), by=cast.ria, at=at)
    scene.ids["any"]["report"] = report.pk
    scene.ids["any"]["agreement"] = TeamAgreement.objects.create(
        team=team,
        agreed_with=cast.ria,
        norms=["email.answer"],
        text="Tekst",
        starts_on=at.date(),
        review_on=at.date() + timedelta(90),
    ).pk
    scene.ids["any"] |= programme_ids(cast.henk, cast.joost, at=at)
    scene.ids["any"] |= add_programme_rows()
    scene.ids["any"] |= article_ids(cast, at)
    invitation(cast, at)
    return scene


def restriction(customer_id: int, cast: Cast, at: datetime) -> int:
    """A request that was carried out."""
    request = PersonRequest.objects.create(
        kind="restrict",
        customer_id=customer_id,
        reason="x",
        asked_by=cast.joost,
        asked_at=at,
        decided_by=cast.ria,
        decided_at=at,
    )
    restrict(request, at=at)
    request.save()
    return request.pk


def arguments(name: str, scene: Scene, relation: str) -> list[dict[str, object]]:
    """The arguments of an address for this relation; several when one address carries several acts."""
    ids = scene.ids["any"]
    objects = scene.ids.get(relation, {})
    space, _colon, short = name.rpartition(":")
    number = {"number": scene.numbers.get(relation, "")}
    by_name: dict[str, list[dict[str, object]]] = {
        "contacts:question_act": [{**number, "act": act} for act in (ACTS if relation == "own" else ("sluiten",))],
        "contacts:question_put_back": [{**number, "version": 1}],
        "contacts:queue_put_back": [{"moment": 1}],
        "contacts:question_template": [{**number, "pk": ids["template"]}],
        "contacts:question_take_back": [{**number, "pk": 1}],
        "contacts:question_put_away": [{**number, "pk": 1}],
        "contacts:question_unlink": [{**number, "pk": 1}],
        "contacts:callback_try": [number],
        "contacts:visit_warn": [number],
        "contacts:visit_leaves": [number],
        "contacts:visit_stays": [number],
        "contacts:letter": [{"pk": objects.get("contact")}],
        **{f"contacts:letter_{act}": [{"pk": objects.get("letter") or 0}] for act in LETTER_ACTS},
        "contacts:cti": [{"token": "not-a-token"}],
        "contacts:citizen_form": [{"code": "grofvuil"}],
        **{f"contacts:chat{act}": [{"pk": objects.get("chat") or 0}] for act in CHAT_ACTS},
        "contacts:open311_services": [{"kind": "json"}],
        "contacts:open311_service": [{"kind": "json", "code": "grofvuil"}],
        "contacts:open311_requests": [{"kind": "json"}],
        "contacts:open311_request": [{"kind": "json", "number": "OPM-2026-000001"}],
        "contacts:open311_token": [{"kind": "json", "key": "x"}],
        "contacts:follow": [{**number, "token": _follow_token(number["number"], relation)}],
        "contacts:adopt_sender": [{**number, "contact_id": objects.get("contact")}],
        "contacts:customer": [{"pk": objects.get("customer")}],
        "contacts:customer_edit": [{"pk": objects.get("customer")}],
        "contacts:customer_merge": [{"pk": objects.get("customer")}],
        "contacts:customer_export": [{"pk": objects.get("customer")}],
        "contacts:address_add": [{"pk": objects.get("customer")}],
        "contacts:address_change": [{"pk": objects.get("customer"), "address_id": objects.get("address")}],
        "contacts:consent_withdraw": [{"pk": objects.get("customer"), "consent_id": objects.get("consent")}],
        "surveys:wishes": [{"pk": objects.get("customer")}],
        "privacy:person": [{"pk": objects.get("customer")}],
        "privacy:request": [{"pk": ids["person_request"]}, {"pk": ids["restriction"]}],
        "privacy:restricted_file": [{"pk": ids["person_request"]}, {"pk": ids["restriction"]}],
        "privacy:approve": [{"pk": ids["person_request"]}],
        "privacy:destruction": [{"pk": ids["destruction"]}],
        "privacy:hold_end": [{"pk": ids["hold"]}],
        "kpi:calls_file": [{"pk": 1}],
        "contacts:undo": [{"pk": objects.get("contact")}],
        "contacts:pick_up": [{"token": "6f1c0f8e-0000-4000-8000-000000000000"}],
        "contacts:attachment": [{"pk": objects.get("file")}],
        "contacts:file_look": [{"pk": objects.get("file")}],
        "contacts:file_picture": [{"pk": objects.get("file"), "page": 1}],
        "contacts:registration_topics": [{"index": 0}],
        "contacts:view_change": [{"pk": ids["view"]}],
        "contacts:api_client": [{"pk": ids["client"]}],
        "contacts:api_client_token": [{"pk": ids["client"]}],
        "contacts:api_client_revoke": [{"pk": ids["client"]}],
        "contacts:norm": [{"pk": ids["norm"]}],
        "contacts:norm_impact": [{"pk": ids["norm"]}],
        "contacts:norm_end": [{"pk": ids["norm"]}],
        "contacts:rule": [{"pk": ids["rule"]}],
        "contacts:rule_move": [{"pk": ids["rule"]}],
        "contacts:rule_switch": [{"pk": ids["rule"]}],
        "contacts:template": [{"pk": ids["template"]}],
        "organisation:role_request": [{"pk": ids["role_request"]}],
        "organisation:remove_role": [{"pk": ids["person"], "role_pk": ids["membership"]}],
        "organisation:team": [{"pk": ids["team"]}],
        "organisation:subject": [{"pk": ids["subject"]}],
        "organisation:change_day": [{"pk": ids["calendar"], "day_pk": ids["day"]}],
        "channels_app:resend_outgoing": [{"pk": ids["outgoing"]}],
        "channels_app:leave_outgoing": [{"pk": ids["outgoing"]}],
    }
    if name in by_name:
        return by_name[name]
    if space == "contacts" and short.startswith("question"):
        return [number]
    if space == "kpi" and short in ("view_begin", "view_remove"):
        return [{"pk": ids["figures_view"]}]
    if space == "kpi" and short in ("agreement", "agreement_edit", "agreement_end", "agreement_talk"):
        return [{"pk": ids["agreement"]}]
    if name == "kpi:agreement_new":
        return [{"code": "burgerzaken"}]
    if space == "kpi" and short == "report_live_file":
        return [{"kind": "csv"}]
    if space == "kpi" and short in ("report", "report_make_files"):
        return [{"pk": ids["report"]}]
    if space == "kpi" and short == "report_unschedule":
        return [{"pk": 1}]
    if space == "kpi" and short == "report_file":
        return [{"pk": ids["report"], "kind": "csv"}]
    if space == "kpi" and short in ("wall_link", "wall_link_renew", "wall_link_end"):
        return [{"pk": ids["wall_link"]}]
    if space == "kpi" and short.startswith("linked_wall"):
        return [{"token": WALL_TOKEN}]
    if space == "kpi" and short.startswith("signal_"):
        return [{"pk": ids["signal"]}]
    if space == "kpi" and short.startswith("figure"):
        return [{"code": "email.answer"}]
    if space == "programme" and short.startswith("round") and short != "rounds":
        return [{"pk": ids["round"]}]
    if space == "programme" and short == "update":
        return [{"pk": ids["update"]}]
    if space == "programme" and short.startswith("report"):
        other = {"other": ids["status_report"]} if short == "report_compare" else {}
        return [{"pk": ids["status_report"], **other}]
    if space == "knowledge":
        return article_arguments(short, ids)
    if space == "surveys":
        return survey_arguments(short)
    if space == "programme" and short not in PROGRAMME_LISTS:
        return programme_arguments(short, ids)
    groups = {
        "organisation": (
            ("calendar", ("calendar", "add_day", "days", "propose_holidays")),
            (
                "person",
                (
                    "person",
                    "add_role",
                    "access",
                    "one_time_password",
                    "reset_second_factor",
                    "work_account_link",
                    "sign_out",
                ),
            ),
        ),
        "channels_app": (
            ("mailbox", ("mailbox", "check_mailbox")),
            ("source", ("source", "try_source")),
            ("parked", ("parked_message", "parked_raw", "retry_parked", "dismiss_parked")),
        ),
    }
    if name in ("channels_app:new_source", "channels_app:webhook"):
        return [{"kind": "whatsapp"} if short == "new_source" else {"key": "nobody"}]
    for key, names in groups.get(space, ()):
        if short in names:
            return [{"pk": ids[key]}]
    return [{}]


def _follow_token(number: str, relation: str) -> str:
    """Of the customer's own link; any number, where there is no question."""
    return follow_path(number or "OPM-2026-000000", f"{relation}@example.nl").split("/")[-2]


def relations(name: str) -> tuple[str, ...]:
    """Against which objects the address is tried: a question's relations to the team, or just any object."""
    short = name.removeprefix("contacts:")
    about_question = name.startswith("contacts:") and (
        short.startswith("question")
        or short in [f"chat{act}" for act in CHAT_ACTS]
        or short in [f"letter_{act}" for act in LETTER_ACTS]
        or short
        in (
            "callback_try",
            "visit_warn",
            "visit_leaves",
            "visit_stays",
            "adopt_sender",
            "attachment",
            "file_look",
            "file_picture",
            "undo",
            "follow",
            "letter",
        )
    )
    about_customer = name in ("surveys:wishes", "privacy:person") or (
        name.startswith("contacts:")
        and (short.startswith("customer") or short in ("address_add", "address_change", "consent_withdraw"))
    )
    if about_question:
        return ONLY_QUESTION
    return ("own", "other", "confidential") if about_customer else ("any",)


_SCENE: list[tuple[Kept, dict[Path, bytes]]] = []
"""The rows and the files of the scene, once they were made."""


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.FILES_DIR = tmp_path
    if not _SCENE:
        kept = keep(lambda: set_the_scene(cast), may_change=True)
        files = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        _SCENE.append((kept, files))
    kept, files = _SCENE[0]
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    found: Scene = kept.put_back()
    found.cast = cast
    return found


class Clients(dict[str, Client]):
    """A browser per role, signed in as soon as somebody asks for it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __missing__(self, role: str) -> Client:
        self[role] = Client(raise_request_exception=False)
        if role != "nobody":
            self[role].force_login(getattr(self.cast, role))
        return self[role]


@pytest.fixture
def clients(scene: Scene) -> dict[str, Client]:
    return Clients(scene.cast)


def ask(client: Client, method: str, address: str, unlogged: list[str] | None = None) -> tuple[int, bytes]:
    """The answer; the database and the cookies stay as they were before. `unlogged`: where an employee saw a customer and the read log says nothing."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if unlogged is not None and A_CUSTOMER.search(body) and client.session.get(SESSION_KEY):
            unlogged += [] if AccessEntry.objects.exists() else [f"{method} {address}"]
        transaction.set_rollback(True)
    client.cookies.clear()
    dict.update(client.cookies, cookies)
    return answer.status_code, body + answer.get("Location", "").encode()


def cells(
    name: str, scene: Scene, clients: dict[str, Client], leaks: list[str], unlogged: list[str]
) -> dict[str, dict[str, list[int]]]:
    """What every role gets at one address: key → method → status per role. What was guessed wrong at others does not count."""
    open311.WRONG.clear()
    open311.LOOKED.clear()
    found: dict[str, dict[str, list[int]]] = {}
    for relation in relations(name):
        for number, kwargs in enumerate(arguments(name, scene, relation)):
            extra = f" {kwargs['act']}" if "act" in kwargs else "" if number == 0 else f" {number}"
            key = f"{name} {relation}{extra}"
            address = reverse(name, kwargs=kwargs)
            found[key] = {}
            for method in ("GET", "POST"):
                statuses = []
                for role in ROLES:
                    status, body = ask(clients[role], method, address, unlogged)
                    statuses.append(status)
                    if role not in MAY_SEE_CANARY and CANARY.lower().encode() in body.lower():
                        leaks.append(f"{role} {method} {key}")
                found[key][method] = statuses
    return found


def words(statuses: list[int]) -> str:
    return " ".join(str(status) for status in statuses)


PARTS = 4
"""The table is tried in parts, so that two processes can share the work."""


@pytest.fixture
def quiet() -> Iterator[None]:
    """Two refusals in three requests are meant: their lines in the log cost one part in twenty of the time and tell nothing."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_every_role_as_the_table_says(
    part: int, scene: Scene, clients: dict[str, Client]
) -> None:
    wrong: list[str] = []
    missing: dict[str, dict[str, str]] = {}
    leaks: list[str] = []
    unlogged: list[str] = []
    only = os.environ.get("ACCESS_MATRIX_ONLY", "").split(",")
    for name in [name for name in sorted(routes())[part::PARTS] if any(word in name for word in only)]:
        for key, methods in cells(name, scene, clients, leaks, unlogged).items():
            for method, statuses in methods.items():
                expected = MATRIX.get(key, {}).get(method)
                if expected is None:
                    missing.setdefault(key, {})[method] = words(statuses)
                elif expected != words(statuses):
                    wrong.append(f"{method} {key}: expected {expected}, got {words(statuses)}")
                if any(status >= 500 for status in statuses):
                    wrong.append(f"{method} {key}: {words(statuses)}")
    if missing and os.environ.get("ACCESS_MATRIX") == "write":
        _append(missing)
        missing = {}
    assert not leaks, f"a foreign confidential question was shown: {leaks}"
    assert not unlogged, f"a customer was shown and the read log does not say to whom: {unlogged}"
    assert not missing, f"addresses without a row in tests/access_matrix.py: {sorted(missing)}"
    assert not wrong, "\n".join(wrong)


def _append(missing: dict[str, dict[str, str]]) -> None:
    """Adds rows before the end of the table; whoever runs this judges them."""
    text = TABLE.read_text()
    rows = "".join(
        f'    "{key}": {{"GET": "{row["GET"]}", "POST": "{row["POST"]}"}},\n' for key, row in sorted(missing.items())
    )
    marker = "    # end of the table\n"
    assert marker in text
    TABLE.write_text(text.replace(marker, rows + marker))


def test_the_table_names_no_address_that_is_gone(scene: Scene) -> None:
    known = set(routes())
    assert [key for key in MATRIX if key.split(" ")[0] not in known] == []
    assert [key for key in API_MATRIX if key.split(" ")[0] not in set(api_routes())] == []


# --- ids of other people's objects in bodies and questions --------------------------------------------------------------------


def test_searching_for_a_foreign_confidential_question_gives_nothing(scene: Scene, clients: dict[str, Client]) -> None:
    number = scene.numbers["confidential"]
    looks = [
        f"/zoeken/?q={CANARY}",
        f"/zoeken/?q={number}",
        f"/zoeken/?q={CANARY}@example.nl",
        f"/werkvoorraad/?q={CANARY}",
        "/werkvoorraad/?lijst=alle",
        f"/werkplek/klanten/?q={CANARY}",
        f"/werkplek/klanten/?customer_query={CANARY}",
        "/terugbellen/?lijst=alle",
        "/meldingen/",
        "/cijfers/email.answer/",
        "/cijfers/email.answer/lijst.csv?reason=test",
        "/werkvoorraad/bestand/",
    ]
    for role in ROLES:
        if role in MAY_SEE_CANARY:
            continue
        for look in looks:
            status, body = ask(clients[role], "GET", look)
            assert status < 500, (role, look)
            shown = body.lower().replace(f'value="{CANARY.lower()}'.encode(), b"").replace(look.lower().encode(), b"")
            assert f"{CANARY.lower()} tekst".encode() not in shown, (role, look)


SHOWN = [
    ("sanne", "GET", "/zoeken/?q=own@example.nl", {}),
    ("henk", "GET", "/zoeken/?q=own van Dam", {}),
    ("fatima", "POST", "/werkplek/klanten/", {"customer_query": "own@example.nl"}),
    ("fatima", "GET", "/werkplek/?klant={customer}", {}),
    ("henk", "GET", "/werkvoorraad/?lijst=team", {}),
    ("ria", "POST", "/werkvoorraad/bestand/", {"reason": "voor het overleg", "list": "lijst=team"}),
    ("sanne", "POST", "/klanten/{customer}/inzage/", {"reason": "verzoek van 2 maart", "kind": "json"}),
    ("henk", "GET", "/vragen/{number}/?druk=1", {}),
    ("henk", "GET", "/vragen/{number}/geschiedenis/", {}),
]
"""Who asks for what shows a customer: looked for, as a file, on paper; the table above asks without words."""


@pytest.mark.parametrize(("who", "method", "address", "data"), SHOWN)
@pytest.mark.parametrize("htmx", [False, True])
def test_who_found_or_took_a_customer_along_stands_in_the_read_log(
    scene: Scene, clients: dict[str, Client], who: str, method: str, address: str, data: dict[str, str], htmx: bool
) -> None:
    there = address.format(customer=scene.ids["own"]["customer"], number=scene.numbers["own"])
    ask_ = clients[who].get if method == "GET" else clients[who].post
    answer = ask_(there, data or None, headers={"HX-Request": "true"} if htmx else {})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200 and (b"own" in body.lower() or b"Eigen" in body)
    assert AccessEntry.objects.filter(user=getattr(scene.cast, who)).exists()


BODIES = [
    ("contacts:question_act", "own", "koppelen", {"other": "{number}", "number": "{number}", "kind": "related"}),
    ("contacts:question_act", "own", "samenvoegen", {"other": "{number}", "number": "{number}"}),
    ("contacts:question_act", "own", "toewijzen", {"assignee": "{bas}"}),
    ("contacts:queue_bulk", "any", "", {"ids": "{question}", "question": "{question}", "act": "take"}),
    ("contacts:customer_merge", "own", "", {"other": "{customer}", "merge": "{customer}", "keep": "{customer}"}),
    ("contacts:undo", "confidential", "", {}),
    (
        "contacts:registration",
        "any",
        "",
        {"channel": "phone", "customer": "{customer}", "add_to": "{question}", "b0-add_to": "{question}"},
    ),
]


@pytest.mark.parametrize(("name", "relation", "act", "body"), BODIES)
def test_a_foreign_id_in_a_body_changes_nothing_and_shows_nothing(
    scene: Scene, clients: dict[str, Client], name: str, relation: str, act: str, body: dict[str, str]
) -> None:
    from contacts.models import Customer, Question

    secret = scene.ids["confidential"]
    values = {
        "number": scene.numbers["confidential"],
        "question": str(secret["question"]),
        "customer": str(secret["customer"]),
        "bas": str(scene.cast.bas.pk),
    }
    before = Question.objects.filter(pk=secret["question"]).values().get()
    (kwargs,) = [one for one in arguments(name, scene, relation) if not act or one.get("act") == act]
    version = Question.objects.get(number=scene.numbers["own"]).version
    for role in ("henk", "ria", "fatima", "sanne"):
        if name == "contacts:customer_merge" and role in ("fatima", "sanne"):
            continue  # they see every customer, so for them this one is not foreign
        with transaction.atomic():
            data = {key: value.format(**values) for key, value in body.items()}
            answer = clients[role].post(reverse(name, kwargs=kwargs), {**data, "version": version})
            after = Question.objects.filter(pk=secret["question"]).values().get()
            merged = Customer.objects.get(pk=secret["customer"]).merged_into_id
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 422), (role, answer.status_code)
        assert (after, merged) == (before, None), role
        assert CANARY.lower().encode() not in answer.content.lower(), role


# --- the API ---------------------------------------------------------------------------------------------------------------------

API_ARGUMENTS: dict[str, dict[str, str]] = {
    "kpi": {"code": "email.answer"},
    "article": {"address": "grofvuil-laten-ophalen"},
}


def api_clients() -> dict[str, dict[str, str]]:
    """Header per caller: no token, a wrong one, one without rights, one with all, one for another channel, one that expired."""
    at = now()
    headers: dict[str, dict[str, str]] = {"no_token": {}, "wrong": {"authorization": "Bearer wrong"}}
    kinds: dict[str, dict[str, object]] = {
        "no_rights": {"scopes": []},
        "all_rights": {"scopes": list(SCOPES)},
        "form_only": {"scopes": list(SCOPES), "channels": ["form"]},
        "expired": {"scopes": list(SCOPES), "expires_at": at - timedelta(seconds=1)},
        "revoked": {"scopes": list(SCOPES), "is_active": False},
    }
    for name, values in kinds.items():
        ApiClient.objects.create(
            name=name,
            token_hash=hashed(name),
            token_hint=name[-4:],
            **{"created_at": at, "expires_at": at + timedelta(days=1), **values},
        )
        headers[name] = {"authorization": f"Bearer {name}"}
    return headers


def test_the_api_answers_every_caller_as_the_table_says(scene: Scene) -> None:
    headers = api_clients()
    wrong: list[str] = []
    missing: list[str] = []
    for name in sorted(set(api_routes())):
        for relation in ("own", "confidential") if name == "question" else ("any",):
            kwargs = {"number": scene.numbers[relation]} if name == "question" else API_ARGUMENTS.get(name, {})
            for method in ("GET", "POST"):
                statuses = []
                for caller in API_CALLERS:
                    with transaction.atomic():
                        client = Client(raise_request_exception=False, headers=headers[caller])
                        address = reverse(name, kwargs=kwargs)
                        answer = (
                            client.get(address)
                            if method == "GET"
                            else client.post(address, "{}", content_type="application/json")
                        )
                        transaction.set_rollback(True)
                    statuses.append(answer.status_code)
                    assert CANARY.lower().encode() not in answer.content.lower(), (caller, method, name)
                expected = API_MATRIX.get(f"{name} {relation}", {}).get(method)
                if expected is None:
                    missing.append(f'"{name} {relation}" {method}: {words(statuses)}')
                elif expected != words(statuses):
                    wrong.append(f"{method} {name} {relation}: expected {expected}, got {words(statuses)}")
    assert not missing, "rows to add to API_MATRIX:\n" + "\n".join(missing)
    assert not wrong, "\n".join(wrong)


def test_the_api_never_finds_a_confidential_question(scene: Scene) -> None:
    client = Client(headers=api_clients()["all_rights"])
    for address in (f"/api/v1/questions?q={CANARY}", "/api/v1/questions", f"/api/v1/customers?q={CANARY}"):
        answer = client.get(address)
        assert answer.status_code in (200, 400)
        assert f"{CANARY} tekst".lower().encode() not in answer.content.lower()
        assert scene.numbers["confidential"].encode() not in answer.content
