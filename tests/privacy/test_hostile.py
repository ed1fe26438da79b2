"""Names that look like patterns, people who share everything, and two sweeps at once do no harm."""

from __future__ import annotations

from typing import Any

import pytest

from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.actions.note import add_note
from contacts.models import Customer, Note
from privacy.actions.ask import approve, ask
from privacy.actions.count import count_asked
from privacy.actions.erase import erase_due
from privacy.models import PersonRequest
from tests.cast import Cast
from tests.privacy.scene import MONDAY, asked, close_all, hits
from tests.privacy.test_erase import LATER, WHY

NAMES = [
    "Jan .* (Sr.) de Wit",
    'O\'Brien "x" \\d+',
    "Ünïcode Çelik-Ğüney",
    "50% Korting & Zn.",
    "A{2,9}B [a-z] C",
    "%s %(mark)s {0}",
    "Bakker",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_erased_and_nothing_else(cast: Cast, settings: Any, tmp_path: Any, name: str) -> None:
    settings.FILES_DIR = tmp_path
    made = create_customer(by=cast.fatima, at=MONDAY, name=name, email="a%b+c@kooi-x.example")
    old = create_customer(by=cast.fatima, at=MONDAY, name="Vroegere Naamdrager", phone="+44 20 7946 0018")
    asked(cast, old, "Oude vraag van toen")
    merge_customers(keep=made, merge=old, by=cast.sanne, at=MONDAY)
    other = create_customer(by=cast.fatima, at=MONDAY, name="Iemand Anders", email="ander@voorbeeld.nl")
    theirs = asked(cast, other, "Hond blaft")
    add_note(
        question=theirs,
        by=cast.henk,
        at=MONDAY,
        text=f"Sprak {name} en a%b+c@kooi-x.example, ook 0044 20 7946 0018. Bakker en 100% akkoord",
    )
    close_all(cast)
    request = ask(customer=made, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    count_asked(at=LATER)
    approve(request=request, by=cast.ria, at=LATER)
    assert erase_due(at=LATER) == 1
    assert hits(("kooi-x", "79460018", "7946 0018", "naamdrager")) == {}
    text = Note.objects.get(question=theirs).text
    assert text.endswith("ook [gewist]. Bakker en 100% akkoord") and "[gewist]" in text
    assert (name in text) is (name == "Bakker")  # a name of one word is not looked for with others: it may be a word
    assert Customer.objects.get(pk=old.pk).name == "Gewiste klant"
    assert PersonRequest.objects.get().state == "done"
