"""What the desk asks whoever listens above it."""

from dataclasses import dataclass

from django.dispatch import Signal

customer_shown = Signal()
"""Sent with `customer` and `user` when the page of a customer is put together. An app above that keeps something about this customer may
answer `Told`, or several: they stand below the addresses."""
form_thanked = Signal()
"""Sent when a citizen who sent the public form is thanked. An app above may answer `Told`: a sentence with a link below the thanks. It is
told nothing of the question or of who asked it."""

letter_ends = Signal()
"""Sent when an answer by letter is put on paper, unless the question is confidential. An app above may answer `Code`: it stands below the
text. It is told nothing of the question or of who gets the letter."""

customers_merge = Signal()
"""Sent inside the transaction with `people` (the ids of two) before two customers become one. An app above that must not have that answers a
sentence that says why; nothing is merged then."""

person_gathered = Signal()
"""Sent with `people` (a customer and those merged into it) when everything about a person is gathered. An app above that keeps something about
them answers a list of `contacts.person.words.Section`."""

person_wiped = Signal()
"""Sent inside a transaction with `people` (ids), `emails` and `phones` when everything about a person is wiped. An app above that keeps
something about them wipes it now; what it wipes already is wiped again harmlessly."""


@dataclass(frozen=True)
class Told:
    """A sentence, and perhaps a button that posts to `href`."""

    icon: str
    words: str
    act: str = ""
    href: str = ""
    value: str = ""
    """What the button sends as `keuze`."""


@dataclass(frozen=True)
class Code:
    """A question below a letter, with an address to type and the same as a drawing for the camera of a phone."""

    words: str
    link: str
    drawing: str
