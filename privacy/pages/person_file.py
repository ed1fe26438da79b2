"""Why what stands in the file about one person is kept, who gets it, and how long (AVG, article 15, paragraph 1, a to h)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from contacts.person.words import Section, row
from privacy.pages.register import register_page
from privacy.register import REGISTER


def why_section() -> Section:
    """The entries of the register that are about citizens, and what a person may do."""
    about_citizens = {one.code for one in REGISTER if not one.is_about_employees}
    rows = [
        row(
            (_("What"), one.name),
            (_("Purpose"), one.purpose),
            (_("Basis"), one.basis),
            (_("Who gets them"), "\n".join(one.receivers)),
            (_("How long"), "\n".join(one.terms)),
        )
        for one in register_page().entries
        if one.code in about_citizens
    ]
    note = _(
        "What we know we have from you, or from who contacted us for you. You may ask us to correct, erase or restrict it, and object to its use. Are you not satisfied? You may complain to the Autoriteit Persoonsgegevens."
    )
    return Section(_("Why we keep this, and how long"), tuple(rows), note)
