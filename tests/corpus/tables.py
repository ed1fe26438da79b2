"""Files with rows as people and programs save them (60): calls, products of the knowledge base, scores measured elsewhere.

Each case: the file, its answer (A all rows, W some rows are told wrong, R nothing is used and the page says why), and how many rows.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    name: str
    answer: str
    raw: bytes | Callable[[], bytes]
    rows: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return self.raw if isinstance(self.raw, bytes) else self.raw()


def every(kind: str, head: str, row: Callable[[int], str], sep: str) -> list[Table]:
    """What holds for every kind of list: how it is saved, and what cannot be one. `row(n)` is a good row, different for each n."""

    def lines(count: int) -> str:
        return head + "\n" + "\n".join(row(n) for n in range(count)) + "\n"

    two = lines(2)
    wide = "x" * 10_000_000
    return [
        Table("utf-8", "A", two.encode(), 2),
        Table("with-mark", "A", two.encode("utf-8-sig"), 2),
        Table("utf-16", "A", two.encode("utf-16"), 2),
        Table("windows-1252", "A", two.encode("cp1252"), 2),
        Table("tabs", "A", two.replace(sep, "\t").encode(), 2),
        Table("returns-and-newlines", "A", two.replace("\n", "\r\n").encode(), 2),
        Table("no-newline-at-the-end", "A", two.rstrip("\n").encode(), 2),
        Table("empty-lines-between", "A", two.replace("\n", "\n\n").encode(), 2),
        Table("empty", "R", b""),
        Table("only-white-space", "R", b"\r\n \n"),
        Table("only-the-head", "R" if kind != "calls" else "A", (head + "\n").encode()),
        Table("binary", "R", bytes(range(256)) * 40),
        Table("picture", "R", b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(5000)),
        Table("other-columns", "R", b"naam van de hond;leeftijd\nFikkie;3\n"),
        Table("cell-of-10-MB", "R", lambda: (head + "\n" + row(0) + wide + "\n").encode()),
    ]


def call(n: int) -> str:
    return f"c{n};16-11-2026 09:{n % 60:02}:00;16-11-2026 09:{n % 60:02}:20;16-11-2026 09:{n % 60:02}:50;Belastingen é"


CALL_HEAD = "gesprek;binnen;opgenomen;einde;wachtrij"


def calls(*rows: str) -> bytes:
    return (f"{CALL_HEAD};nummer;uitkomst\n" + "\n".join(rows) + "\n").encode()


AT = "16-11-2026 09:00:00"
CALLS = [
    *every("calls", CALL_HEAD, call, ";"),
    Table("one-column-short", "A", calls(f"a;{AT}"), 0, 1),
    Table("31-february", "W", calls("a;31-02-2026 09:00:00", f"b;{AT};;16-11-2026 09:00:09"), 1, 1),
    Table("hour-that-does-not-exist", "W", calls("a;29-03-2026 02:30:00;;29-03-2026 02:31:00"), 0, 1),
    Table("in-the-future", "W", calls("a;26-11-2036 09:00:00;;26-11-2036 09:00:09"), 0, 1),
    Table("twice-in-the-file", "W", calls(*[f"a;{AT};;16-11-2026 09:00:09"] * 2), 1, 1),
    Table("quote-over-two-lines", "A", calls(f'a;{AT};;16-11-2026 09:00:09;"Rij\n twee";;opgehangen'), 0, 1),
    Table("formula-cells", "A", calls(f"a;{AT};;16-11-2026 09:00:09;'=1+1;'+31612345678;"), 1),
    Table("phone-numbers-of-all-forms", "A", calls(*[f"t{n};{AT};;16-11-2026 09:00:09;;{number};" for n, number in enumerate(["0612345678", "+31 6 12345678", "0031-612345678", "(0226) 363 333", "anoniem", "", "06-1234", "+49 30 901820"])]), 8),
    Table("1,200-rows", "A", lambda: (CALL_HEAD + "\n" + "\n".join(call(n) for n in range(1_200))).encode(), 1_200),
]  # fmt: skip
PRODUCT_HEAD = "naam;omschrijving;doelgroep"


def product(n: int) -> str:
    return f"Product é {n};Woorden;inwoner"


PRODUCTS = [
    *every("products", PRODUCT_HEAD, product, ";"),
    Table("formula-cells", "A", f"{PRODUCT_HEAD}\n'=1+1;'@SUM(A1);burger\n".encode(), 1),
    Table("quotes-over-lines", "A", f'{PRODUCT_HEAD}\nA;"Eerste\nTweede ""regel""";burger\n'.encode(), 1),
    Table("quote-never-closed", "A", f'{PRODUCT_HEAD}\nA;"Eerste\nTweede;burger\n'.encode(), 1),
    Table("1,001-rows", "R", lambda: (PRODUCT_HEAD + "\n" + "\n".join(product(n) for n in range(1001))).encode()),
]  # fmt: skip
SCORE_HEAD = "Onderwerp;Jaar;Score;Aantal;Bron"


def score(n: int) -> str:
    return f"Heldere taal;{2019 + n};7{n}%;412;Bron é"


def zip_of(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return held.getvalue()


SCORES = [
    *every("scores", SCORE_HEAD, score, ";"),
    Table("zip-that-is-no-book", "R", lambda: zip_of(1000)),
]  # fmt: skip
