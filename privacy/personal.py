"""What the tables about the rights of persons keep of them (read by privacy/columns.py): a list of table and what stands in it."""

TABLES: list[tuple[str, dict[str, object]]] = [
    (
        "privacy_personrequest",
        {"codes": ("kind", "state", "work"), "why": "the reason is searched; the words go when the work is done"},
    ),
    ("privacy_legalhold", {}),
    ("privacy_rightsrequest", {}),
    ("privacy_destructionlist", {"codes": ("state",), "why": "counts by kind and channel"}),
    ("privacy_readlogreview", {}),
    ("privacy_retentionterm", {"is_searched": False, "why": "a setting"}),
    ("privacy_filetoremove", {"is_searched": False, "why": "a hash, until the file went"}),
]
