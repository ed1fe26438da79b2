"""What the tables of the desk keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

_SETTINGS = {"why": "a setting; searched all the same, because people type in it"}

TABLES: list[tuple[str, dict[str, object]]] = [
    (
        "contacts_customer",
        {
            "personal": ("salutation", "name", "street", "house_number", "postcode", "place", "remark", "search_text"),
            "codes": ("kind",),
            "is_all_told": True,
        },
    ),
    ("contacts_contactaddress", {"personal": ("value", "normalized"), "codes": ("kind",), "is_all_told": True}),
    (
        "contacts_question",
        {
            "personal": ("title", "summary"),
            "codes": ("number", "kind", "channel", "status", "close_reason"),
            "is_all_told": True,
        },
    ),
    ("contacts_questionplace", {"personal": ("address", "latitude", "longitude"), "is_all_told": True}),
    (
        "contacts_chat",
        {
            "personal": ("name", "email"),
            "codes": ("token_hash", "site", "origin", "origin_network"),
            "is_all_told": True,
        },
    ),
    ("contacts_chatline", {"personal": ("text",), "codes": ("key",), "is_all_told": True}),
    ("contacts_questionlink", {"personal": ("reason",), "codes": ("kind",), "is_all_told": True}),
    (
        "contacts_contact",
        {
            "personal": ("text", "quoted_text", "subject_line", "address", "address_name"),
            "codes": ("channel", "direction", "remarks"),
            "is_all_told": True,
        },
    ),
    (
        "contacts_plannedreply",
        {
            "personal": ("to_address", "copies", "subject_line", "text", "why"),
            "codes": ("channel", "then", "state"),
            "is_all_told": True,
        },
    ),
    (
        "contacts_outgoingletter",
        {"personal": ("about", "recipient", "text"), "codes": ("kind", "then", "state"), "is_all_told": True},
    ),
    (
        "contacts_messageconsent",
        {"personal": ("number", "note"), "codes": ("channel", "how"), "is_all_told": True},
    ),
    ("contacts_note", {"personal": ("text",), "is_all_told": True}),
    ("contacts_assignment", {"personal": ("reason",), "is_all_told": True}),
    ("contacts_confidentialaccess", {"personal": ("reason",), "is_all_told": True}),
    (
        "contacts_callbackrequest",
        {"personal": ("phone", "name", "moment"), "codes": ("state",), "is_all_told": True},
    ),
    ("contacts_callbackattempt", {"personal": ("note",), "codes": ("outcome",), "is_all_told": True}),
    ("contacts_draft", {"why": "goes whole when the person is named in it"}),
    ("contacts_idempotencykey", {"why": "goes whole when the person is named in it"}),
    ("contacts_savedview", {}),
    ("contacts_notice", {"codes": ("key",), "why": "number and kind only"}),
    ("contacts_textlevel", {"why": "counts of words, and titles of pages that everybody reads"}),
    (
        "contacts_clockevent",
        {"is_searched": False, "why": "append-only: typed reasons go through privacy_words_from_logs (ADR 24)"},
    ),
    ("contacts_normclock", {"codes": ("stop_reason",), "why": "codes only"}),
    ("contacts_apiclient", {**_SETTINGS, "codes": ("token_hash", "token_hint", "scopes", "channels")}),
    ("contacts_replytemplate", {**_SETTINGS, "codes": ("use",)}),
    ("contacts_routingrule", _SETTINGS),
    ("contacts_servicenorm", _SETTINGS),
]
