"""Class 2: letters in every charset, labelled well, badly or not at all (24). No letter may get lost."""

from __future__ import annotations

import base64

from tests.channels_app.corpus import mail
from tests.corpus.case import LETTERS, Mail

GUESSED = ("charset_guessed",)
WITHOUT_EURO = "Eén café, geïnd voor 12: reëel"


def labelled(words: str, codec: str, label: str, kind: str = "plain") -> bytes:
    data = words.encode(codec)
    return mail(
        data,
        f"Content-Type: text/{kind}; charset={label}" if label else f"Content-Type: text/{kind}",
        "Content-Transfer-Encoding: 8bit",
    )


def packed(words: str, codec: str, label: str, kind: str = "plain") -> bytes:
    """For charsets whose bytes could be taken for line ends."""
    data = base64.encodebytes(words.encode(codec))
    return mail(data, f"Content-Type: text/{kind}; charset={label}", "Content-Transfer-Encoding: base64")


CASES = [
    Mail("utf-8", "A", labelled(LETTERS, "utf-8", "utf-8"), exact=LETTERS),
    Mail("utf-8-odd-quotes", "A", labelled(LETTERS, "utf-8", '"UTF-8'), exact=LETTERS),
    Mail("utf8-without-hyphen", "A", labelled(LETTERS, "utf-8", "UTF8"), exact=LETTERS),
    Mail("utf-8-with-mark", "A", labelled(LETTERS, "utf-8-sig", "utf-8"), exact=LETTERS),
    Mail("latin-1", "A", labelled(WITHOUT_EURO, "latin-1", "iso-8859-1"), exact=WITHOUT_EURO),
    Mail("latin-9", "A", labelled(LETTERS, "iso-8859-15", "iso-8859-15"), exact=LETTERS),
    Mail("windows-1252", "A", labelled(f"\u201c{LETTERS}\u201d \u2013 nu", "cp1252", "windows-1252"), exact=f"\u201c{LETTERS}\u201d \u2013 nu"),
    Mail("windows-1252-called-latin-1", "A", labelled(f"\u201c{LETTERS}\u201d", "cp1252", "iso-8859-1"), exact=f"\u201c{LETTERS}\u201d"),
    Mail("windows-1252-called-ascii", "W", labelled(LETTERS, "cp1252", "us-ascii"), exact=LETTERS, remarks=GUESSED),
    Mail("utf-8-called-ascii", "A", labelled(LETTERS, "utf-8", "us-ascii"), exact=LETTERS),
    Mail("latin-1-called-utf-8", "W", labelled(WITHOUT_EURO, "latin-1", "utf-8"), exact=WITHOUT_EURO, remarks=GUESSED),
    Mail("utf-8-called-latin-1", "W", labelled(LETTERS, "utf-8", "iso-8859-1"), exact=LETTERS, remarks=GUESSED),
    Mail("utf-7", "A", labelled(LETTERS, "utf-7", "utf-7"), exact=LETTERS),
    Mail("utf-16", "A", packed(LETTERS, "utf-16", "utf-16"), exact=LETTERS),
    Mail("iso-2022-jp", "A", labelled("こんにちは", "iso-2022-jp", "iso-2022-jp"), exact="こんにちは"),
    Mail("gb2312-with-later-letters", "A", packed("垃圾桶 镕", "gb18030", "gb2312"), exact="垃圾桶 镕"),
    Mail("koi8-r", "A", labelled("Здравствуйте", "koi8-r", "koi8-r"), exact="Здравствуйте"),
    Mail("koi8-r-in-meta-only", "A", labelled('<meta charset="koi8-r"><p>Здравствуйте</p>', "koi8-r", "", "html"), exact="Здравствуйте"),
    Mail("turkish-in-meta-http-equiv", "A", labelled('<meta http-equiv="Content-Type" content="text/html; charset=windows-1254"><p>Şükrü soğuk</p>', "cp1254", "", "html"), exact="Şükrü soğuk"),
    Mail("unknown-name", "W", labelled(LETTERS, "utf-8", "x-klingon"), exact=LETTERS, remarks=GUESSED),
    Mail("name-glued-to-http-equiv", "A", labelled(LETTERS, "cp1252", "windows-1252http-equivcontent-type"), exact=LETTERS),
    Mail("macintosh", "A", labelled(LETTERS, "mac-roman", "x-mac-roman"), exact=LETTERS),
    Mail("none-utf-8", "A", labelled(LETTERS, "utf-8", ""), exact=LETTERS),
    Mail("none-windows-1252", "W", labelled(LETTERS, "cp1252", ""), exact=LETTERS, remarks=GUESSED),
]  # fmt: skip
