"""Who gets which answer at which address: a row per address and relation, a status per role, for GET and for an empty POST.

Relations are those of the object to Openbare Ruimte, the team of Henk and Ria: own, other (Burgerzaken), confidential (of
Burgerzaken, only Bas is named), closed, or any. 302 for nobody is the way to the sign-in page; 403 a wrong function; 404 an object
out of reach; 405 a method that the address does not have; 422 an empty form that was refused.
"""

ROLES = ("nobody", "fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie", "bas")
API_CALLERS = ("no_token", "wrong", "no_rights", "all_rights", "form_only", "expired", "revoked")

MATRIX: dict[str, dict[str, str]] = {
    "channels_app:channels any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:check_mailbox any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "channels_app:dismiss_parked any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 422 403 422 403 403",
    },
    "channels_app:leave_outgoing any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 302 403 403",
    },
    "channels_app:mailbox any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "channels_app:mailboxes any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:new_mailbox any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "channels_app:outgoing any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:parked any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:parked_message any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:parked_raw any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "channels_app:resend_outgoing any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 302 403 403",
    },
    "channels_app:retry_parked any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 302 403 403",
    },
    "contacts:address_add confidential": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:address_add other": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:address_add own": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:address_change confidential": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:address_change other": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:address_change own": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:adopt_sender closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:adopt_sender confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:adopt_sender other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:adopt_sender own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:after_saving any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 302 302 302 403 403 403 302",
    },
    "contacts:api_client any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 403 403 403 403 403 422 403 403",
    },
    "contacts:api_client_new any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 403 403 403 403 403 422 403 403",
    },
    "contacts:api_client_revoke any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 302 403 403",
    },
    "contacts:api_client_token any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 302 403 403",
    },
    "contacts:api_clients any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:attachment closed": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:attachment confidential": {
        "GET": "302 404 404 404 404 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:attachment other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:attachment own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:callback_try closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:callback_try confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:callback_try other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:callback_try own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:callbacks any": {
        "GET": "302 200 200 200 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:clocks_behind any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "contacts:customer confidential": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 403 403 403 405",
    },
    "contacts:customer other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 403 403 403 405",
    },
    "contacts:customer own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 403 403 403 405",
    },
    "contacts:customer_edit confidential": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:customer_edit other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:customer_edit own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:customer_merge confidential": {
        "GET": "302 200 403 404 200 403 403 403 403",
        "POST": "302 404 403 404 404 403 403 403 403",
    },
    "contacts:customer_merge other": {
        "GET": "302 200 403 404 200 403 403 403 403",
        "POST": "302 404 403 404 404 403 403 403 403",
    },
    "contacts:customer_merge own": {
        "GET": "302 200 403 200 200 403 403 403 403",
        "POST": "302 404 403 404 404 403 403 403 403",
    },
    "contacts:norm any": {"GET": "302 200 200 200 200 200 200 403 200", "POST": "302 403 403 403 422 403 403 403 403"},
    "contacts:norm_end any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:norm_impact any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 200 403 403 403 403",
    },
    "contacts:norms any": {"GET": "302 200 200 200 200 200 200 403 200", "POST": "302 405 405 405 405 405 405 405 405"},
    "contacts:notices any": {
        "GET": "302 200 200 200 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:notices_read any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 302",
    },
    "contacts:proof_mail any": {
        "GET": "302 200 200 200 200 403 200 403 200",
        "POST": "302 200 200 200 200 403 200 403 200",
    },
    "contacts:question closed": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question confidential": {
        "GET": "302 403 404 404 403 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_acknowledged closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_acknowledged confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:question_acknowledged other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:question_acknowledged own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_act closed sluiten": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act confidential sluiten": {
        "GET": "302 404 404 404 404 403 403 403 200",
        "POST": "302 404 404 404 404 403 403 403 422",
    },
    "contacts:question_act other sluiten": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:question_act own afsplitsen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own annuleren": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own doorzetten": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own heropenen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own koppelen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own niet-bellen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own openbaar": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_act own poging": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own samenvoegen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own sluiten": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own termijn": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "contacts:question_act own terugbellen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_act own toewijzen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_act own vertrouwelijk": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_act own wachten": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_act own wijzigen": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_break_glass closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:question_break_glass confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "contacts:question_break_glass other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:question_break_glass own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:question_history closed": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_history confidential": {
        "GET": "302 404 404 404 404 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_history other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_history own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_next closed": {
        "GET": "302 302 302 302 302 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_next confidential": {
        "GET": "302 404 404 404 404 403 403 403 302",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_next other": {
        "GET": "302 302 404 404 302 403 403 403 302",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_next own": {
        "GET": "302 302 302 302 302 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_note closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_note confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 422",
    },
    "contacts:question_note other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:question_note own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_release closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_release confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:question_release other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:question_release own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_reply closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_reply confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 422",
    },
    "contacts:question_reply other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:question_reply own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_resume closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_resume confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:question_resume other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:question_resume own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_take closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_take confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 302",
    },
    "contacts:question_take other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 404 404 302 403 403 403 302",
    },
    "contacts:question_take own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 404",
    },
    "contacts:question_talk closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_talk confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 422",
    },
    "contacts:question_talk other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 404 404 422 403 403 403 422",
    },
    "contacts:question_talk own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 403 403 403 404",
    },
    "contacts:question_template closed": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_template confidential": {
        "GET": "302 404 404 404 404 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_template other": {
        "GET": "302 200 404 404 200 403 403 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_template own": {
        "GET": "302 200 200 200 200 403 403 403 404",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:question_viewers closed": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 200 200 200 200 403 403 403 404",
    },
    "contacts:question_viewers confidential": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 404 404 404 403 403 403 200",
    },
    "contacts:question_viewers other": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 200 404 404 200 403 403 403 200",
    },
    "contacts:question_viewers own": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 200 200 200 200 403 403 403 404",
    },
    "contacts:queue any": {"GET": "302 200 200 200 200 403 403 403 200", "POST": "302 405 405 405 405 405 405 405 405"},
    "contacts:queue_bulk any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 302",
    },
    "contacts:queue_export any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 302 302 403 403 403 403",
    },
    "contacts:registration any": {
        "GET": "302 200 200 200 200 403 403 403 200",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:registration_candidates any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:registration_parts any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:registration_topics any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:routing any": {
        "GET": "302 200 200 200 200 200 200 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:routing_try any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 422 422 422 422 422 422 403 422",
    },
    "contacts:rule any": {"GET": "302 200 200 200 200 200 200 403 200", "POST": "302 403 403 403 422 403 403 403 403"},
    "contacts:rule_move any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:rule_new any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "contacts:rule_switch any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "contacts:save_draft any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:search any": {
        "GET": "302 200 200 200 200 403 403 403 200",
        "POST": "302 200 200 200 200 403 403 403 200",
    },
    "contacts:template any": {
        "GET": "302 200 200 200 200 403 200 403 200",
        "POST": "302 403 403 422 422 403 422 403 403",
    },
    "contacts:template_new any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 403 403 422 422 403 422 403 403",
    },
    "contacts:templates any": {
        "GET": "302 200 200 200 200 403 200 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "contacts:throw_away any": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 302 302 302 403 403 403 302",
    },
    "contacts:undo closed": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 404 404 404 403 403 403 404",
    },
    "contacts:undo confidential": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 404 404 404 403 403 403 404",
    },
    "contacts:undo other": {
        "GET": "302 405 405 405 405 403 403 403 405",
        "POST": "302 302 404 404 404 403 403 403 404",
    },
    "contacts:undo own": {"GET": "302 405 405 405 405 403 403 403 405", "POST": "302 302 404 404 404 403 403 403 404"},
    "contacts:view_change any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 404 302 404 404 403 403 403 404",
    },
    "contacts:view_save any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 403 403 403 302",
    },
    "health_live any": {"GET": "200 200 200 200 200 200 200 200 200", "POST": "200 200 200 200 200 200 200 200 200"},
    "health_ready any": {"GET": "200 200 200 200 200 200 200 200 200", "POST": "200 200 200 200 200 200 200 200 200"},
    "home any": {"GET": "302 302 302 302 302 302 302 302 302", "POST": "302 302 302 302 302 302 302 302 302"},
    "kpi:calls any": {"GET": "302 200 200 200 200 403 403 403 200", "POST": "302 405 405 405 405 405 405 405 405"},
    "kpi:calls_import any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "kpi:dashboard any": {"GET": "302 200 200 200 200 200 403 403 200", "POST": "302 405 405 405 405 405 405 405 405"},
    "kpi:dashboard_csv any": {
        "GET": "302 403 403 200 200 200 403 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "kpi:figure any": {"GET": "302 200 200 200 200 200 403 403 200", "POST": "302 405 405 405 405 405 405 405 405"},
    "kpi:figure_csv any": {"GET": "302 403 403 200 200 200 403 403 403", "POST": "302 405 405 405 405 405 405 405 405"},
    "kpi:figure_rows_csv any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 302 302 403 403 403 403",
    },
    "login any": {"GET": "200 302 302 302 302 302 302 302 302", "POST": "422 302 302 302 302 302 302 302 302"},
    "logout any": {"GET": "302 405 405 405 405 405 405 405 405", "POST": "302 302 302 302 302 302 302 302 302"},
    "organisation:access any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 302 403 403",
    },
    "organisation:add_day any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "organisation:add_role any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 422 403 403",
    },
    "organisation:audit any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:calendar any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "organisation:calendars any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:days any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 302 403 403 403 403",
    },
    "organisation:directory any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:manage any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 200 200 200 200 200 200 200 200",
    },
    "organisation:municipality any": {
        "GET": "302 403 403 403 200 403 200 403 403",
        "POST": "302 403 403 403 200 403 403 403 403",
    },
    "organisation:new_calendar any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 403 403 403 200 403 403 403 403",
    },
    "organisation:new_person any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "organisation:new_subject any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 403 403 403 200 403 403 403 403",
    },
    "organisation:new_team any": {
        "GET": "302 403 403 403 403 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "organisation:one_time_password any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "organisation:people any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:person any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "organisation:preference any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 302 302 302 302 302 302 302 302",
    },
    "organisation:presence any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 400 400 400 400 400 400 400 400",
    },
    "organisation:profile any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 200 200 200 200 200 200 200 200",
    },
    "organisation:propose_holidays any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 422 403 403 403 403",
    },
    "organisation:read_log any": {
        "GET": "302 403 403 403 200 403 403 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:remove_role any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 302 403 403",
    },
    "organisation:reset_second_factor any": {
        "GET": "302 405 405 405 405 405 405 405 405",
        "POST": "302 403 403 403 403 403 302 403 403",
    },
    "organisation:subject any": {
        "GET": "302 200 200 200 200 200 200 403 200",
        "POST": "302 403 403 403 200 403 403 403 403",
    },
    "organisation:subjects any": {
        "GET": "302 200 200 200 200 200 200 403 200",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "organisation:team any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 403 403 403 403 403 200 403 403",
    },
    "organisation:teams any": {
        "GET": "302 403 403 200 200 403 200 403 403",
        "POST": "302 405 405 405 405 405 405 405 405",
    },
    "password_change any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 422 422 422 422 422 422 422 422",
    },
    "recovery_codes any": {"GET": "302 302 302 302 302 302 302 302 302", "POST": "302 302 302 302 302 302 302 302 302"},
    "second_factor any": {"GET": "302 302 302 302 302 302 302 302 302", "POST": "302 302 302 302 302 302 302 302 302"},
    "second_factor_setup any": {
        "GET": "302 200 200 200 200 200 200 200 200",
        "POST": "302 200 200 200 200 200 200 200 200",
    },
    "security_txt any": {"GET": "200 200 200 200 200 200 200 200 200", "POST": "200 200 200 200 200 200 200 200 200"},
    "set_language any": {"GET": "302 302 302 302 302 302 302 302 302", "POST": "302 302 302 302 302 302 302 302 302"},
    # end of the table
}

API_MATRIX: dict[str, dict[str, str]] = {
    "contacts any": {"GET": "401 401 405 405 405 401 401", "POST": "401 401 403 400 400 401 401"},
    "customers any": {"GET": "401 401 403 400 400 401 401", "POST": "401 401 405 405 405 401 401"},
    "kpi any": {"GET": "401 401 403 200 200 401 401", "POST": "401 401 405 405 405 401 401"},
    "kpis any": {"GET": "401 401 403 200 200 401 401", "POST": "401 401 405 405 405 401 401"},
    "openapi any": {"GET": "200 200 200 200 200 200 200", "POST": "405 405 405 405 405 405 405"},
    "question own": {"GET": "401 401 403 200 404 401 401", "POST": "401 401 405 405 405 401 401"},
    "question confidential": {"GET": "401 401 403 404 404 401 401", "POST": "401 401 405 405 405 401 401"},
    "questions any": {"GET": "401 401 403 200 200 401 401", "POST": "401 401 405 405 405 401 401"},
    "subjects any": {"GET": "401 401 403 200 200 401 401", "POST": "401 401 405 405 405 401 401"},
}
