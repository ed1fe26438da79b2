"""What the tables of the surveys keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

_TEXTS = {"is_searched": False, "why": "texts for everybody; published ones never change"}

TABLES: list[tuple[str, dict[str, object]]] = [
    (
        "surveys_invitation",
        {"personal": ("address_hash",), "codes": ("token_hash", "reminder_hash", "channel"), "is_all_told": True},
    ),
    ("surveys_optout", {"codes": ("address_hash",), "is_all_told": True, "why": "a hash, so that we do not ask again"}),
    (
        "surveys_answer",
        {"codes": ("key",), "why": "words of nobody known, masked when they came in; searched all the same"},
    ),
    ("surveys_response", {"codes": ("channel", "revise_hash"), "is_all_told": True}),
    ("surveys_answerbatch", {"is_searched": False, "why": "sums"}),
    ("surveys_askingchoices", {"codes": ("salt",), "is_all_told": True}),
    ("surveys_outsideimport", {"why": "scores of others"}),
    *(
        (f"surveys_{name}", _TEXTS)
        for name in [
            "channelrule",
            "outsideindicator",
            "outsideresult",
            "survey",
            "surveyplace",
            "surveyquestion",
            "surveyround",
            "surveyversion",
            "wordgroup",
        ]
    ),
]
