"""Texts that break programs (24): each is typed into every field of every form and into the search."""

from __future__ import annotations

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onfocus=alert(1) autofocus x='",
    "sql": "'; DROP TABLE contacts_question; --",
    "sql-union": "1' OR '1'='1' UNION SELECT password FROM organisation_user --",
    "template": "{{ 7*7 }} {% debug %} {{ settings.SECRET_KEY }} ${7*7} #{7*7}",
    "format": "%(x)s %s %d {0} {x.__class__}",
    "nul": "voor\x00na",
    "control": "\x01\x07\x1b[31mrood\x7f",
    "lone-surrogate": "half\udc80",
    "right-to-left": "\u202eredro\u202c \u2066x",
    "zero-width": "a\u200bb\u200d\ufeffc\u2060",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f1 " * 20,
    "combining": "e" + "\u0301" * 500,
    "one-letter": "x",
    "spaces": "   \t \u00a0\u2003 ",
    "newlines": "a\r\nBcc: x@y.nl\n\n\nb",
    "10-kB": "woord " * 1700,
    "one-word-of-5-kB": "x" * 5000,
    "path": "../../../../etc/passwd",
    "number": "-99999999999999999999",
    "infinity": "1e999",
    "formula": '=HYPERLINK("http://x.example","klik")',
    "date": "31-02-2026",
    "regex": "(a+)+$" + "a" * 40 + "!",
}
