"""What the tables of the post room keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

TABLES: list[tuple[str, dict[str, object]]] = [
    (
        "channels_app_inboundmessage",
        {
            "personal": ("sender", "subject", "parsed", "reason", "conversation"),
            "words": ("message_id",),
            "is_all_told": True,
            "codes": ("source", "external_key", "channel", "sha256", "body_sha256", "state", "outcome"),
        },
    ),
    ("channels_app_inboundraw", {"personal": ("data",), "is_all_told": True}),
    (
        "channels_app_storedfile",
        {"personal": ("name",), "codes": ("content_type", "sha256", "check_state", "virus"), "is_all_told": True},
    ),
    (
        "channels_app_outboundmessage",
        {
            "personal": (
                "to_address",
                "copies",
                "to_name",
                "subject",
                "body",
                "html",
                "in_reply_to",
                "references",
                "error",
                "conversation",
                "details",
                "remote_id",
            ),
            "codes": (
                *("purpose", "object_key", "channel", "reference_number", "state"),
                *("cause", "origin", "origin_network"),
            ),
            "words": ("message_id",),
            "is_all_told": True,
        },
    ),
    ("channels_app_deadaddress", {"personal": ("address", "detail"), "codes": ("status",), "is_all_told": True}),
    ("channels_app_stoppednumber", {"personal": ("number",), "is_all_told": True}),
    ("channels_app_call", {"personal": ("caller",), "codes": ("source", "external_key", "queue", "outcome")}),
    (
        "channels_app_phoneevent",
        {"personal": ("caller",), "codes": ("source", "event_key", "call_key", "leg", "kind", "queue")},
    ),
    ("channels_app_livecall", {"personal": ("caller",), "codes": ("source", "external_key", "state", "queue")}),
    ("channels_app_arrival", {"codes": ("kind", "address", "network"), "why": "marks that only count, a day at most"}),
    ("channels_app_mailbox", {"codes": ("password_encrypted",), "why": "a setting"}),
    (
        "channels_app_callsfile",
        {
            "personal": ("raw",),
            "words": ("file_name", "heads"),
            "codes": ("source", "heads_digest", "columns"),
            "is_all_told": True,
            "why": "the bytes of a file with calls, a day at most",
        },
    ),
    ("channels_app_messagesource", {"codes": ("key", "secrets_encrypted"), "why": "a setting"}),
]
