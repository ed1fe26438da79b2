"""What the tables of the knowledge base keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

_PUBLIC = {
    "is_searched": False,
    "why": "answers for everybody, read by a second person before they count; published ones never change",
}

TABLES: list[tuple[str, dict[str, object]]] = [
    ("knowledge_articlefeedback", {"codes": ("kind",), "why": "remarks about an answer"}),
    ("knowledge_articleuse", {"is_searched": False, "why": "counts"}),
    ("knowledge_articleword", {"is_searched": False, "why": "words of answers for everybody"}),
    ("knowledge_news", {"why": "messages for colleagues"}),
    ("knowledge_productimport", {"why": "a list of products"}),
    *(
        (f"knowledge_{name}", _PUBLIC)
        for name in ("article", "articletranslation", "articleversion", "product", "publicpart")
    ),
]
