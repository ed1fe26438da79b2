"""Cuts the quoted earlier messages, the signature and the small print off a mail, as Dutch mail programs write them (pure; stack.md: no library does)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_DIVIDER = re.compile(
    r"^\s*(?:-{2,}|_{3,})?\s*"
    r"(?:Oorspronkelijk bericht|Origineel bericht|Oorspronkelijk e-mailbericht|Original Message|Original e-mail"
    r"|Ursprüngliche Nachricht|Message d'origine|Doorgestuurd bericht|Forwarded message|Weitergeleitete Nachricht"
    r"|Begin doorgestuurd bericht|Begin forwarded message|Beantwoord bericht)\s*:?\s*-*\s*:?\s*$",
    re.I,
)
_FORWARD = re.compile(r"Doorgestuurd|Forwarded|doorgestuurd|Weitergeleitet", re.I)
_FROM = re.compile(r"^[\s>*]*(?:Van|From|Von|De)\s*:\**\s*\S", re.I)
_FIELD = re.compile(
    r"^[\s>*]*(?:Verzonden|Verstuurd|Datum|Sent|Date|Gesendet|Aan|To|An|CC|BCC|Onderwerp|Subject|Betreff|Objet|Envoyé|À"
    r"|Antwoord aan|Reply-To|Prioriteit|Importance|Urgentie|Bijlagen|Attachments)\s*:\**",
    re.I,
)
_ATTRIBUTION = (
    re.compile(r"^\s*Op\s.{4,250}\b(?:schreef|geschreven)\b.{0,200}:\s*$", re.I | re.S),
    re.compile(r"^\s*On\s.{4,250}\bwrote\b.{0,40}:\s*$", re.I | re.S),
    re.compile(r"^\s*Am\s.{4,250}\bschrieb\b.{0,200}:\s*$", re.I | re.S),
    re.compile(r"^\s*Le\s.{4,250}\ba écrit\b.{0,40}:\s*$", re.I | re.S),
    re.compile(r"^\s*\S.{0,200}\bschreef op\b.{4,120}:\s*$", re.I | re.S),
    re.compile(r"^\s*\S.{0,200}<\S+@\S+>\s+(?:schreef|wrote|heeft geschreven)\s*:\s*$", re.I | re.S),
)
_ATTRIBUTION_START = re.compile(r"^\s*(?:Op|On|Am|Le)\s+\S|\bschreef\b|\bwrote\b|\bgeschreven\b", re.I)
_MOBILE = re.compile(
    r"^\s*(?:(?:Verstuurd|Verzonden|Gestuurd) (?:vanaf|vanuit|met|via) (?:mijn |de |een )?.{2,60}|Sent from (?:my |the )?.{2,60}"
    r"|Vanaf mijn .{2,40} (?:verstuurd|verzonden)|Outlook voor (?:iOS|Android).{0,60}|(?:Get|Verkrijg|Download) Outlook (?:for|voor) .{2,80})\s*$",
    re.I,
)
_LINK = re.compile(r"<https?://[^<>\s]{1,400}>")
"""What is left of a link when a mail program makes plain text."""
_SMALL_PRINT = re.compile(
    r"(?:uitsluitend|alleen|enkel)\s+(?:bestemd|bedoeld)\s+voor|(?:niet|geen)\s+de\s+(?:beoogde\s+)?(?:geadresseerde|ontvanger)"
    r"|kan\s+vertrouwelijke\s+informatie|geen\s+rechten\s+(?:worden|aan)|think\s+before\s+you\s+print|denk\s+(?:aan\s+het|om\s+het)\s+milieu"
    r"|consider\s+the\s+environment|intended\s+(?:solely|only|exclusively)\s+for|not\s+the\s+(?:intended\s+recipient|addressee)",
    re.I,
)
"""What programs put below every mail; nobody writes it to us."""
_LONGEST_SIGNATURE = 30
MAX_LINES = 20_000
_LOOK = 8


@dataclass(frozen=True)
class Cut:
    """`text` is what the writer wrote now; `quoted` what was there before and what stands below every mail; a forwarded message is kept in `text`."""

    text: str
    quoted: str = ""
    is_forward: bool = False


def cut_quotes(text: str) -> Cut:
    """Takes the quoted part off. When nothing would be left (a forward, a bare quote) everything stays."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return Cut(text)
    start, body = _first_quote(lines)
    if start is None:
        own, below = _without_signature(_without_mobile(lines))
        return Cut(_join(own), _join(below))
    if _FORWARD.search(lines[start]):
        return Cut(text.strip(), is_forward=True)
    before = _without_mobile(lines[:start])
    after, quoted = _answer_below(lines, start, body)
    if after and _is_interleaved(lines[body:]):
        return Cut(text.strip())
    before, below = (before, []) if after else _without_signature(before)
    fresh = _join([*before, "", *after] if after else before)
    return Cut(fresh, _join([*below, "", *quoted])) if fresh else Cut(text.strip())


def _first_quote(lines: list[str]) -> tuple[int | None, int]:
    """Line on which the quoted part begins and the line after its introduction; (None, 0) when there is none."""
    plain = (at for at in range(len(lines) - 1, -1, -1) if lines[at].strip() and not lines[at].lstrip().startswith(">"))
    last_plain = next(plain, -1)  # below it everything is marked as quoted
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if _DIVIDER.match(line):
            return index, index + 1
        if _FROM.match(line) and sum(bool(_FIELD.match(near)) for near in lines[index + 1 : index + _LOOK]) >= 2:
            begin = index - 1 if index and re.match(r"^\s*[_\-]{5,}\s*$", lines[index - 1]) else index
            return begin, index + 1
        if _ATTRIBUTION_START.search(line):
            for height in (1, 2, 3, 4):
                joined = " ".join(part.strip() for part in lines[index : index + height])
                if len(joined) < 500 and any(pattern.match(joined) for pattern in _ATTRIBUTION):
                    return index, index + height
        if index > last_plain:
            return index, index
    return None, 0


def _answer_below(lines: list[str], start: int, body: int) -> tuple[list[str], list[str]]:
    """What stands below a quote that is marked with `>`, and the quote itself; an unmarked quote runs to the end."""
    rest = lines[body:]
    first = next((line for line in rest if line.strip()), "")
    if not first.lstrip().startswith(">"):
        return [], lines[start:]
    after = [line for line in rest if not line.lstrip().startswith(">")]
    if not any(line.strip() for line in after):
        return [], lines[start:]
    return _without_mobile(after), lines[start:body] + [line for line in rest if line.lstrip().startswith(">")]


def _is_interleaved(lines: list[str]) -> bool:
    """Answers between the quoted lines: cutting would take the sense away."""
    marks = [line.lstrip().startswith(">") for line in lines if line.strip()]
    return sum(1 for a, b in pairwise(marks) if a != b) > 1


def _without_mobile(lines: list[str]) -> list[str]:
    """Without `Verstuurd vanaf mijn iPhone` at the end."""
    kept = list(lines)
    while kept and (
        not kept[-1].strip() or _MOBILE.match(_LINK.sub("", kept[-1])) or re.match(r"^\s*[_\-]{5,}\s*$", kept[-1])
    ):
        kept.pop()
    return kept


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """What was written, and the end of it: from the line `--` on, or from the paragraph with the small print on."""
    at = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip() == "--"), None)
    if at is None:
        begins = [n for n in range(len(lines)) if lines[n].strip() and (n == 0 or not lines[n - 1].strip())]
        printed = (n for n in begins if _SMALL_PRINT.search(" ".join(_paragraph(lines, n))))
        at = next(printed, None)
    if at is None or len(lines) - at > _LONGEST_SIGNATURE or not _join(lines[:at]):
        return lines, []
    if any(line.rstrip().endswith("?") for line in lines[at:]):  # it asks something: no signature
        return lines, []
    return lines[:at], lines[at:]


def _paragraph(lines: list[str], start: int) -> list[str]:
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    return lines[start:end]


def _join(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n").strip()
