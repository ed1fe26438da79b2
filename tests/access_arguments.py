"""Which addresses there are, against which objects the access matrix tries each, and with which arguments.

A new address with arguments gets its line in `arguments`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

from contacts.follow_link import follow_path
from contacts.views.act_table import ACTS
from tests.access_scene import DRAFT_TOKEN, WALL_TOKEN, Scene
from tests.knowledge.scene import article_arguments
from tests.programme.scene import PROGRAMME_LISTS, programme_arguments
from tests.surveys.scene import survey_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER_ACTS = ("out", "print", "posted", "withdraw", "correct")
CHAT_ACTS = ("", "_say", "_take_up", "_hand_over", "_finish")
ONLY_QUESTION = ("own", "other", "confidential", "closed")
API_ARGUMENTS: dict[str, dict[str, str]] = {
    "kpi": {"code": "email.answer"},
    "article": {"address": "grofvuil-laten-ophalen"},
}


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


def arguments(name: str, scene: Scene, relation: str) -> list[dict[str, object]]:
    """The arguments of an address for this relation; several when one address carries several acts."""
    ids = scene.ids["any"]
    objects = scene.ids.get(relation, {})
    space, _colon, short = name.rpartition(":")
    number = {"number": scene.numbers.get(relation, "")}
    by_name: dict[str, list[dict[str, object]]] = {
        "contacts:question_act": [{**number, "act": act} for act in (ACTS if relation == "own" else ("sluiten",))],
        "contacts:question_put_back": [{**number, "version": 1}],
        "contacts:question_undo_close": [{**number, "version": 1}],
        "contacts:queue_put_back": [{"moment": 1}],
        "contacts:question_template": [{**number, "pk": ids["template"]}],
        "contacts:question_take_back": [{**number, "pk": 1}],
        "contacts:question_put_away": [{**number, "pk": 1}],
        "contacts:question_unlink": [{**number, "pk": ids["link"]}],
        "contacts:callback_try": [number],
        "contacts:visit_warn": [number],
        "contacts:visit_is_fetched": [number],
        "contacts:visit_waits_on": [number],
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
        "privacy:note_right": [{"pk": objects.get("customer")}],
        "privacy:right": [{"pk": ids["right"]}],
        "privacy:request": [{"pk": ids["person_request"]}, {"pk": ids["restriction"]}],
        "privacy:restricted_file": [{"pk": ids["person_request"]}, {"pk": ids["restriction"]}],
        "privacy:approve": [{"pk": ids["person_request"]}],
        "privacy:destruction": [{"pk": ids["destruction"]}],
        "privacy:hold_end": [{"pk": ids["hold"]}],
        "kpi:calls_file": [{"pk": 1}],
        "contacts:undo": [{"pk": objects.get("contact")}],
        "contacts:visit_undo": [{"pk": objects.get("contact")}],
        "contacts:pick_up": [{"token": DRAFT_TOKEN}],
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
            "visit_is_fetched",
            "visit_waits_on",
            "visit_leaves",
            "visit_stays",
            "adopt_sender",
            "attachment",
            "file_look",
            "file_picture",
            "undo",
            "visit_undo",
            "follow",
            "letter",
        )
    )
    about_customer = name in ("surveys:wishes", "privacy:person", "privacy:note_right") or (
        name.startswith("contacts:")
        and (short.startswith("customer") or short in ("address_add", "address_change", "consent_withdraw"))
    )
    if about_question:
        return ONLY_QUESTION
    return ("own", "other", "confidential") if about_customer else ("any",)
