"""What is said about citizen service numbers and bank accounts in a text: a calm remark, never a refusal."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.adapters.email.sensitive import noticed

REMARKS: Final[dict[str, Promise]] = {
    "bsn": _("Contains a citizen service number"),
    "iban": _("Contains a bank account number"),
}
_TYPED: Final[dict[tuple[str, ...], Promise]] = {
    ("bsn",): _(
        "There is a citizen service number in this text. Leave it out when it is not needed; in lists it is covered."
    ),
    ("iban",): _(
        "There is a bank account number in this text. Leave it out when it is not needed; in lists it is covered."
    ),
    ("bsn", "iban"): _(
        "There are a citizen service number and a bank account number in this text. Leave them out when they are not needed; in lists they are covered."
    ),
}


def remarks_of(text: str, known: tuple[str, ...] | list[str] = ()) -> tuple[str, ...]:
    """For the timeline: what stands in the text and was not noticed on the way in."""
    return tuple(str(REMARKS[code]) for code in noticed(text) if code not in known)


def typed_remark(*texts: str) -> str:
    """For who just typed it; empty when there is nothing to say."""
    return str(_TYPED.get(noticed("\n".join(texts)), ""))
