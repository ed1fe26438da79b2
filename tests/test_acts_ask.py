"""Every act asks itself who may do it, also where its screen asked before: the API, jobs and mail call the same one (quality.md §4 g).

An act that must refuse stands in the table. It is called by somebody without a role, with things that can do nothing: it refuses before it looks at them.
"""

from importlib import import_module
from inspect import signature, unwrap
from unittest.mock import MagicMock

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.errors import Refused
from organisation.models import User

ACTS = {
    "channels_app.actions.calls_files": "bring_calls take_in_calls",
    "channels_app.actions.import_calls": "import_calls",
    "channels_app.actions.parked": "dismiss retry",
    "channels_app.actions.resend": "leave_unsent resend",
    "channels_app.actions.save_mailbox": "save_mailbox",
    "channels_app.actions.save_source": "save_source",
    "contacts.actions.acknowledge_by_letter": "acknowledge_by_letter",
    "contacts.actions.acknowledge_letter": "acknowledge_letter",
    "contacts.actions.adopt_sender": "adopt_sender",
    "contacts.actions.answer": "answer",
    "contacts.actions.api_clients": "add_client change_client renew_token revoke_client",
    "contacts.actions.ask_access": "ask_access",
    "contacts.actions.ask_customer": "ask_customer",
    "contacts.actions.assign": "assign take",
    "contacts.actions.change_norm": "change_norm end_norm preview_norm",
    "contacts.actions.change_rule": "add_rule change_rule move_rule switch_rule",
    "contacts.actions.change_template": "add_template change_template",
    "contacts.actions.choose_customer": "choose_customer",
    "contacts.actions.confidential": "break_glass set_confidential",
    "contacts.actions.consent": "give_consent withdraw_consent",
    "contacts.actions.correct_clock": "correct_clock",
    "contacts.actions.customers": "add_address change_address change_customer create_customer remove_address",
    "contacts.actions.export_list": "export_list",
    "contacts.actions.merge": "merge_customers propose_merge",
    "contacts.actions.post_letter": "post_letter",
    "contacts.actions.put_back": "take_back_reminder",
    "contacts.actions.quick_register": "quick_register",
    "contacts.actions.recompute": "recompute_calendars",
    "contacts.actions.refuse_merge": "refuse_merge",
    "contacts.actions.register": "register",
    "contacts.actions.remind": "remind",
    "contacts.actions.resume": "resume",
    "contacts.actions.simulate": "start_simulation stop_simulation",
    "contacts.actions.take_back_reply": "take_back_reply",
    "contacts.actions.unpost_letter": "redate_letter unpost_letter",
    "contacts.actions.visit_fetched": "visit_fetched visit_not_fetched",
    "contacts.actions.visit_left": "visit_left visitor_is_back",
    "contacts.actions.withdraw_letter": "withdraw_letter",
    "knowledge.actions.save_draft": "add_article",
    "knowledge.actions.say": "say",
    "knowledge.actions.take_in_products": "keep_products",
    "knowledge.actions.write_news": "add_news",
    "kpi.actions.agree": "change_agreement end_agreement locked make_agreement",
    "kpi.actions.discuss_agreement": "discuss_agreement",
    "kpi.actions.handle_signals": "dismiss follow_up settle",
    "kpi.actions.issue_report": "ask_report",
    "kpi.actions.schedule_reports": "add_schedule stop_schedule",
    "kpi.actions.wall_links": "add_link change_link end_link renew_link",
    "organisation.actions.end_sessions": "end_sessions_of",
    "organisation.actions.role_requests": "ask_role refuse_role",
    "organisation.actions.roles": "give_role may_change set_active take_role",
    "organisation.actions.work_account": "link_work_account unlink_work_account",
    "privacy.actions.ask": "approve ask lift_restriction refuse",
    "privacy.actions.destruction": "approve_list propose_list refuse_list",
    "privacy.actions.hold": "end_hold place_hold",
    "privacy.actions.review": "review_week",
    "privacy.actions.rights": "answer_right note_right put_off take_over tell_otherwise",
    "privacy.actions.terms": "decide_term propose_term",
    "programme.actions.dependencies": "add_dependency",
    "programme.actions.issue_report": "issue_report",
    "programme.actions.open_round": "open_round",
    "programme.actions.remove_row": "remove_row",
    "programme.actions.retry_report_pdf": "retry_report_pdf",
    "programme.actions.save_row": "save_row",
    "programme.actions.save_story": "save_story",
    "programme.actions.withdraw": "bring_back withdraw",
    "surveys.actions.outside": "choose_columns confirm drop set_removed take_in",
    "surveys.actions.plan_round": "plan_round stop_round take_back",
    "surveys.actions.write_version": "begin_draft drop_draft publish save_draft",
}
NOT_PEOPLE = "You may not change people."


def test_no_act_is_for_somebody_without_a_role(db: None) -> None:
    nobody = User.objects.create(username="nobody", name="Nobody")
    wrong = []
    for module, names in ACTS.items():
        for name in names.split():
            act = getattr(import_module(module), name)
            given = {
                key: nobody if key in ("by", "user") else MagicMock()
                for key, one in signature(unwrap(act)).parameters.items()
                if one.default is one.empty and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
            }
            try:
                with transaction.atomic():
                    act(**given)
            except PermissionDenied:
                continue
            except Refused as refusal:
                if refusal.message == _(NOT_PEOPLE):
                    continue
                wrong.append(f"{module}.{name}: {refusal.message}")
            except Exception as error:
                wrong.append(f"{module}.{name}: {type(error).__name__}")
            else:
                wrong.append(f"{module}.{name}: it was done")
    assert wrong == []
