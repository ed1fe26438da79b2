"""Whether a machine wrote a message, and which kind (RFC 3834, RFC 3464; pure; email-cases 11–20)."""

from __future__ import annotations

import re

from channels_app.adapters.email.addresses import Address
from channels_app.adapters.email.headers import Headers, normal_id

_AWAY = re.compile(
    r"^\s*(?:automatisch(?:e)? (?:antwoord|reactie|beantwoord)|afwezig(?:heid)?\b|afwezigheids(?:bericht|melding)|buiten kantoor|out of (?:the )?office"
    r"|automatic reply|\[?auto(?:matische)?[- ]?reply\b|autoantwoord|automatische (?:afwezigheid|antwort)|abwesen(?:d|heit)|vakantiebericht|réponse automatique|absence du bureau"
    r"|ik ben (?:er even niet|afwezig|op vakantie))",
    re.I,
)
_AWAY_CERTAIN = re.compile(
    r"^\s*(?:automatisch(?:e)? (?:antwoord|reactie|antwort)|afwezigheids(?:bericht|melding)|automatic reply|out of office|réponse automatique)\s*:",
    re.I,
)
_READ = re.compile(r"^\s*(?:gelezen|read|niet gelezen|not read|leesbevestiging|return receipt|gelesen|lu)\s*:", re.I)
_RECEIVED = re.compile(
    r"^\s*(?:gelezen|niet gelezen|ontvangen|afgeleverd|bezorgd|leesbevestiging|(?:automatische )?ontvangstbevestiging|read|not read|received|delivered|return receipt"
    r"|(?:wij|we) hebben uw (?:bericht|e-?mail) ontvangen|uw (?:bericht|e-?mail) is ontvangen|we (?:have )?received your (?:message|e-?mail))\s*(?::|$)",
    re.I,
)
_ANSWERED = re.compile(
    r"^\s*(?:geaccepteerd|voorlopig(?: geaccepteerd)?|afgewezen|geweigerd|accepted|tentative(?:ly accepted)?|declined|zugesagt|abgelehnt|mit vorbehalt|accepté|refusé|provisoire)\s*:",
    re.I,
)
_NO_REPLY = re.compile(
    r"^(?:no|geen|not?|do-?not|niet)[-_.]?(?:reply|antwoord(?:en)?|beantwoorden|respond|answer)", re.I
)
_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|bounce[sd]?|microsoftexchange[0-9a-f]*)(?:[+\-=].*)?$", re.I
)
NEWSLETTER, REPLIED = frozenset({"list"}), frozenset({"auto_replied", "out_of_office", "receipt"})


def automatic(
    headers: Headers, sender: Address, own: frozenset[str], subject: str, content_type: str, report: str
) -> str:
    """The code of why this is automatic mail (`channels_app.reasons.AUTOMATIC`), empty for a person."""
    if content_type == "multipart/report" and "disposition-notification" in report:
        return "receipt"
    if headers.has("X-Opmeer-Message") and _left_here(headers, sender, own):
        return "own_message"
    submitted = headers.plain("Auto-Submitted").split(";")[0].strip()
    if submitted and submitted != "no":
        return "auto_replied" if submitted.startswith("auto-replied") else _generated(headers)
    if _is_autoreply(headers):
        return "auto_replied"
    if headers.has("List-Id") or headers.plain("Precedence") == "list":
        return "list"
    if _AWAY.match(subject):
        return "out_of_office"
    if _READ.match(subject) and (headers.has("X-MS-Exchange-Organization-SCL") or content_type == "multipart/report"):
        return "receipt"
    if sender.address and sender.address in own:
        return "own"
    local = sender.address.partition("@")[0]
    if _DAEMON.match(local):
        return "daemon"
    if _RECEIVED.match(subject):
        return "receipt_words"
    if _ANSWERED.match(subject):
        return "invitation_words"
    if _NO_REPLY.match(local):
        return "no_reply"
    if headers.plain("Precedence") in {"bulk", "junk"}:
        return "bulk"
    if headers.has("Return-Path") and headers.plain("Return-Path").replace(" ", "") in {"<>", ""}:
        return "empty_return_path"
    if headers.plain("X-Spam-Flag").startswith("yes"):
        return "spam"
    return "suppressed" if _suppresses_replies(headers) else ""


def cannot_be_answered(address: str) -> bool:
    """An address of a machine, or one that says itself that nobody reads it."""
    local = address.partition("@")[0]
    return bool(_NO_REPLY.match(local) or _DAEMON.match(local))


def is_certainly_away(subject: str) -> bool:
    """A subject that only a mail program writes; `Afwezig: wie leegt mijn container?` may be a person."""
    return bool(_AWAY_CERTAIN.match(subject))


def _left_here(headers: Headers, sender: Address, own: frozenset[str]) -> bool:
    """Another municipality with this product marks its mail as we do: an answer of a person there is one."""
    host = normal_id(headers.raw("Message-ID")).strip("<>").rpartition("@")[2]
    return sender.address in own or host in {address.rpartition("@")[2] for address in own}


def _generated(headers: Headers) -> str:
    return "list" if headers.has("List-Id") else "auto_generated"


def _is_autoreply(headers: Headers) -> bool:
    if headers.has("X-Autoreply") or headers.has("X-Autorespond") or headers.has("X-Autoreply-From"):
        return headers.plain("X-Autoreply") not in {"no", "false"}
    return headers.plain("Precedence") in {"auto_reply", "auto-reply"} or headers.plain("X-Precedence") == "auto_reply"


def _suppresses_replies(headers: Headers) -> bool:
    """Exchange asks for no automatic answer: `All`, or a list with `OOF` or `AutoReply`; `DR`, `RN`, `NRN` are receipts only."""
    wishes = {wish.strip() for wish in headers.plain("X-Auto-Response-Suppress").split(",")}
    return bool(wishes & {"all", "oof", "autoreply"})
