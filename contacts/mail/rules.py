"""What is done with a message of each kind (pure); the table behind `register_mail`."""

from __future__ import annotations

import re

from channels_app.adapters.email.machine import is_certainly_away
from channels_app.adapters.email.sensitive import masked

_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwoord|betr|fw|fwd|wg|doorst|doorsturen|doorgestuurd|doorgezonden|dst|tr|sv|vs|rv|res|enc)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*)+",
    re.I,
)
_NUMBER = re.compile(r"[\[(]?\b[A-Z]{2,6}-20\d{2}-\d{6,9}(?:-[A-Z2-7]{10})?\b[\])]?")
_GREETING = re.compile(
    r"^(?:beste|geachte|hallo|hoi|hi|hello|dear|dag|goede(?:n?dag|morgen|middag|n?avond)|l\.?s\.?)\b[^.?!]{0,60}[,.!:]?$",
    re.I,
)
_IGNORED_ALONE = frozenset({"auto_replied", "receipt", "invitation_answer", "list", "daemon", "own_message", "own"})
"""Machines that answer nothing of ours: kept, shown under "not registered", no question."""
_SILENT = frozenset(
    {"auto_replied", "receipt", "receipt_words", "invitation_answer", "out_of_office", "daemon", "list"}
)
"""Added to the question they answer, and nothing else happens: a closed question stays closed."""
_UNACKNOWLEDGED = frozenset(
    {
        "auto_generated",
        "bulk",
        "no_reply",
        "empty_return_path",
        "spam",
        "suppressed",
        "out_of_office",
        "receipt_words",
        "invitation_words",
        "daemon",
        "list",
        "own",
    }
)


def is_silent(automatic: str) -> bool:
    return automatic in _SILENT


def is_ignored_alone(automatic: str, subject: str) -> bool:
    """`Afwezig: wie leegt mijn container?` may be a person, so only a certain out-of-office message is ignored."""
    return automatic in _IGNORED_ALONE or (automatic == "out_of_office" and is_certainly_away(subject))


def may_acknowledge(automatic: str) -> bool:
    return automatic not in _UNACKNOWLEDGED and automatic not in _IGNORED_ALONE and automatic != "bounce"


def is_by_machine(automatic: str) -> bool:
    """No customer waits for an answer, so no promise runs; it is registered all the same."""
    return automatic in {"auto_generated", "list", "daemon", "auto_replied", "receipt", "invitation_answer"}


def title_of(subject: str, text: str) -> str:
    """The subject without stacks of RE: and Doorst: and without our numbers, else the first words; numbers of citizens and accounts masked."""
    bare = " ".join(_NUMBER.sub("", _PREFIX.sub("", subject)).split()).strip(" -:")
    if not bare:
        lines = [line.strip() for line in text.split("\n") if len(line.strip()) > 3]
        line = next((line for line in lines if not _GREETING.match(line)), lines[0] if lines else "")
        bare = line if len(line) <= 80 else line[:80].rpartition(" ")[0] + " …"
    return masked(bare)[:200]
