"""Reads a CSV of calls in a child process with little time and memory (quality rule 13); no Django, no models.

As a program it takes the bytes on standard input and writes one JSON object a line: `{"line": 2, "values": {…}}` or
`{"line": 3, "error": "code", "detail": "…"}`; a file that cannot be used at all gives one line `{"line": 0, "error": …}`.
Its argument is JSON: `{"columns": {"entered": 3, …}}` or `{"look": true}`, which gives the heads, the first row and a guess.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 50_000
MOST_CHARACTERS: Final = 200
MOST_COLUMNS: Final = 60
CPU_SECONDS: Final = 10
MEMORY_BYTES: Final = 512 * 1024 * 1024

COLUMNS: Final = {
    "id": ("id", "call id", "callid", "gesprek", "gesprek id", "gespreksnummer", "gespreksnr", "kenmerk", "conversation id", "session id", "unique id"),
    "queue": ("queue", "wachtrij", "rij", "queue name", "skill", "ucc"),
    "caller": ("caller", "nummer", "beller", "telefoonnummer", "van", "caller id", "from", "caller number", "phone number"),
    "entered": ("entered", "entered at", "binnen", "in wachtrij", "start", "aangeboden", "call time", "start time", "start date", "starttijd", "datum tijd", "datum/tijd", "datum en tijd", "date time", "tijdstip", "tijd", "time"),
    "date": ("datum", "date", "call date", "dag"),
    "answered": ("answered", "answered at", "opgenomen", "aangenomen", "answer time", "answered time", "accepted", "accept time"),
    "ended": ("ended", "ended at", "einde", "beeindigd", "beëindigd", "opgehangen", "end time", "end date", "eindtijd"),
    "wait": ("wait", "wachttijd", "ringing", "ring time", "wait time", "waiting time", "wait duration", "time in queue", "queue time"),
    "talk": ("talk", "gespreksduur", "talking", "talk time", "talk duration", "conversation duration"),
    "outcome": ("outcome", "uitkomst", "resultaat", "status", "result", "call status", "disposition"),
    "agent": ("agent", "medewerker", "toestel", "answered by", "extension", "agent name"),
}  # fmt: skip
NEEDED: Final = ("id", "entered")
OUTCOMES: Final = {
    "answered": ("answered", "opgenomen", "beantwoord", "aangenomen", "accepted", "handled", "completed"),
    "abandoned": ("abandoned", "opgehangen", "afgebroken", "gemist", "unanswered", "not answered", "no answer", "missed", "lost"),
    "voicemail": ("voicemail", "voice mail", "time-out", "timeout"),
    "outside_hours": ("outside_hours", "outside hours", "buiten openingstijd", "buiten openingstijden", "gesloten"),
    "overflow": ("overflow", "overloop", "redirected", "forwarded"),
    "test": ("test", "proef"),
}  # fmt: skip
DAYS: Final = ("%d-%m-%Y", "%d-%m-%y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
DAYS_OF_12_HOURS: Final = ("%d-%m-%Y", "%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y")
"""With AM and PM a day with slashes begins with its month."""
SPREADSHEET_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, the zone is put on with the moment
"""From where a spreadsheet counts days, when a moment is saved as a number."""


class BadFile(ValueError):
    """The file as a whole cannot be used; the code says why."""


class BadCell(ValueError):
    """One row cannot be used; the code says why, the detail what stands there, the column (one of ours) where."""

    def __init__(self, code: str, detail: str = "", column: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail[:60]
        self.column = column


def read(raw: bytes, columns: Mapping[str, int] | None = None) -> Iterator[dict[str, Any]]:
    """The rows with their line numbers; raises `BadFile` before the first row. `columns`: where each stands, as somebody chose."""
    rows, heads = _opened(raw)
    places = _places(heads) if columns is None else dict(columns)
    names = {column: _shown(heads[place]) for column, place in places.items() if place < len(heads)}
    seen: set[str] = set()
    count = 0
    for line, cells in rows:
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            yield {"line": line, "error": "too_many"}
            return
        try:
            if cells is None:
                raise BadCell("not_csv")
            values = _values(cells, places)
            if "id" not in places:
                values |= _row_keys(heads, cells)
            if values["id"] in seen:
                raise BadCell("twice", values["id"], "id")
            seen.add(values["id"])
        except BadCell as error:
            yield {"line": line, "error": error.code, "detail": error.detail, "column": names.get(error.column, "")}
        else:
            yield {"line": line, "values": values}


def look(raw: bytes) -> dict[str, Any]:
    """The heads, what stands in the first row, and which column each may be."""
    rows, heads = _opened(raw)
    first = next((cells for _line, cells in rows if cells and any(cell.strip() for cell in cells)), [])
    shown = [_shown(head) for head in heads[:MOST_COLUMNS]]
    cells = [_shown(first[n]) if n < len(first) else "" for n in range(len(shown))]
    return {"heads": shown, "first": cells, "guess": _guess(heads)}


def _opened(raw: bytes) -> tuple[Iterator[tuple[int, list[str] | None]], list[str]]:
    if len(raw) > MOST_BYTES:
        raise BadFile("too_large")
    text = _decoded(raw)
    if not text.strip():
        raise BadFile("empty")
    text = text.lstrip("\ufeff\r\n ")
    if text[:4].lower() == "sep=":  # so spreadsheets are told
        text = text.partition("\n")[2]
    delimiter = max(";,\t|", key=text.split("\n", 1)[0].count)
    csv.field_size_limit(10_000)
    rows = _rows(list(io.StringIO(text, newline="")), delimiter)
    if (heads := next(rows, (1, []))[1]) is None:
        raise BadFile("not_text")
    return rows, heads


def _rows(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line on which it ends; None for a line that is none, as one whose quote never closes: the next begins anew."""
    begin = done = width = 0
    while begin < len(lines):
        reader = csv.reader((lines[n] for n in range(begin, len(lines))), delimiter=delimiter)
        with suppress(csv.Error):
            for cells in reader:
                last = begin + reader.line_num
                if width and last - done > 1 and len(cells) != width:
                    break
                width, done = width or len(cells), last
                yield last, cells
            else:
                return
        begin = done = done + 1
        yield done, None


def _shown(cell: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())[:60]


def _decoded(raw: bytes) -> str:
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("not_text")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise BadFile("not_text")


def _guess(heads: list[str]) -> dict[str, int]:
    """For each of our columns the head that is the first of its names."""
    given: dict[str, int] = {}
    for index, head in enumerate(heads[:MOST_COLUMNS]):
        given.setdefault(" ".join(head.strip().lower().replace("_", " ").split()), index)
    found = {column: next((given[word] for word in words if word in given), None) for column, words in COLUMNS.items()}
    return {column: place for column, place in found.items() if place is not None}


def _places(heads: list[str]) -> dict[str, int]:
    places = _guess(heads)
    missing = [column for column in NEEDED if column not in places]
    if missing:
        raise BadFile("no_column_" + missing[0])
    return places


def _values(cells: list[str], places: dict[str, int]) -> dict[str, Any]:
    def cell(column: str) -> str:
        index = places.get(column)
        text = cells[index].strip() if index is not None and index < len(cells) else ""
        if len(text) > MOST_CHARACTERS or any(ord(letter) < 32 for letter in text):
            raise BadCell("bad_text", column=column)
        return text.removeprefix("'") if text[:2] in ("'+", "'=", "'-", "'@") else text

    key = cell("id")
    if "id" in places and not 0 < len(key) <= 120:
        raise BadCell("no_id", column="id")
    entered = _moment(cell("entered"), "entered", cell("date"))
    if entered is None:
        raise BadCell("no_entered", column="entered")
    answered = _moment(cell("answered"), "answered", cell("date"))
    ended = _moment(cell("ended"), "ended", cell("date"))
    wait, talk = _duration(cell("wait"), "wait"), _duration(cell("talk"), "talk")
    if "answered" not in places and _outcome(cell("outcome"), bool(talk)) == "answered":
        answered = entered + (wait or timedelta())
    if "ended" not in places and ended is None:
        length = talk if answered is not None else wait
        ended = (answered or entered) + length if length is not None else None
    if answered is not None and answered < entered:
        raise BadCell("answered_before_entered", column="answered")
    if ended is not None and ended < (answered or entered):
        raise BadCell("ended_too_early", column="ended")
    outcome = _outcome(cell("outcome"), answered is not None)
    if (outcome == "answered") != (answered is not None) and outcome in ("answered", "abandoned", "voicemail"):
        raise BadCell("outcome_differs", cell("outcome"), "outcome")
    if outcome == "abandoned" and ended is None:
        raise BadCell("no_end", column="ended")
    until = answered or ended or entered
    if (until - entered).total_seconds() > 86_400:
        raise BadCell("too_long")
    return {
        "id": key,
        "queue": cell("queue")[:60],
        "caller": cell("caller")[:40],
        "entered": entered.isoformat(),
        "answered": answered.isoformat() if answered else None,
        "ended": ended.isoformat() if ended else None,
        "outcome": outcome,
        "wait": int((until - entered).total_seconds()),
        "agent": cell("agent")[:60],
    }


def _row_keys(heads: list[str], cells: list[str]) -> dict[str, str]:
    """Of a row without an id: what stands below each head, in whatever order. `was`: as earlier versions told it, in the order of the file."""
    told = {"id": sorted(map("\x1e".join, zip(heads, cells, strict=False))), "was": cells}
    return {name: "rij-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40] for name, parts in told.items()}


def _duration(text: str, column: str) -> timedelta | None:
    """Seconds, or hours, minutes and seconds with colons."""
    if not text:
        return None
    bare = text.lower().removesuffix("sec").removesuffix("s").strip().replace(",", ".")
    parts = bare.split(":") if re.fullmatch(r"(\d{1,4}:){0,2}\d{1,6}(\.\d+)?", bare, re.ASCII) else ["-1"]
    seconds = sum(float(part) * 60**place for place, part in enumerate(reversed(parts)))
    if not 0 <= seconds <= 86_400:
        raise BadCell("bad_duration", text, column)
    return timedelta(seconds=int(seconds))


def _outcome(text: str, is_answered: bool) -> str:
    if not text:
        return "answered" if is_answered else "abandoned"
    for outcome, words in OUTCOMES.items():
        if text.lower() in words:
            return outcome
    raise BadCell("unknown_outcome", text, "outcome")


def _moment(text: str, column: str, day: str = "") -> datetime | None:
    """With an offset as given, else on the clock in Amsterdam; an hour that does not exist is an error. `day`: for a cell with a time only."""
    if not text:
        return None
    given, found = text, None
    if day and (time := re.fullmatch(r"(\d{1,2})(:\d\d(?::\d\d)?(?:\s?[ap]m)?)", text, re.ASCII | re.I)):
        text = f"{day.split()[0]} {time[1]:0>2}{time[2]}"
    elif re.fullmatch(r"\d{5}(?:[.,]\d+)?", text, re.ASCII):
        text = str(SPREADSHEET_DAY + timedelta(seconds=round(float(text.replace(",", ".")) * 86_400)))
    try:
        found = datetime.fromisoformat(text) if ":" in text or "T" in text else None
    except ValueError:
        found = _by_form(re.sub(r"\s*([ap]m)$", r" \1", text, flags=re.I))
    if found is None or not 2000 <= found.year < 2200:
        raise BadCell("bad_moment", given, column)
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    instant = found.replace(tzinfo=AMSTERDAM).astimezone(UTC)
    if instant.astimezone(AMSTERDAM).replace(tzinfo=None) != found:
        raise BadCell("bad_moment", given, column)
    return instant


def _by_form(text: str) -> datetime | None:
    day, _space, time = text.partition(" ")
    is_half_day = time[-2:].lower() in ("am", "pm")
    clock = f"%{'I' if is_half_day else 'H'}:%M{':%S' * (time.count(':') == 2)}{' %p' * is_half_day}"
    for form in DAYS_OF_12_HOURS if is_half_day else DAYS:
        if form[2] in day:
            with suppress(ValueError):
                return datetime.strptime(f"{day} {time}", f"{form} {clock}")  # noqa: DTZ007 - its reader puts the zone on
    return None


def main() -> None:
    """The child: limits first, then the bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    asked = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        for row in [look(raw)] if asked.get("look") else read(raw, asked.get("columns")):
            print(json.dumps(row))
    except BadFile as error:
        print(json.dumps({"line": 0, "error": str(error)}))


if __name__ == "__main__":
    main()
