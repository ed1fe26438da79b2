"""What another system sends by Open311, judged: what is missing or wrong is told, all at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import noticed
from contacts import normalize
from contacts.where import LONGEST, NoPlace, Where, where_of
from organisation.models import Subject

LONGEST_TEXT: Final = 4_000
LONGEST_URL: Final = 500
_KEY: Final = re.compile(r"[\x21-\x7e]{1,100}")


@dataclass(frozen=True)
class Report:
    """Checked. `photo_url` is only written down: we fetch nothing from elsewhere."""

    text: str
    where: Where
    name: str = ""
    email: str = ""
    phone: str = ""
    photo_url: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    """What is always asked, with what was said."""


@dataclass
class Judged:
    report: Report | None = None
    wrong: list[str] = field(default_factory=list)


def judge_report(given: Mapping[str, str], subject: Subject) -> Judged:
    """`given` is the form as it came; unknown fields are left alone, as the standard wants."""
    judged = Judged()
    text = normalize.clean(given.get("description", ""), LONGEST_TEXT + 1)
    if len(text) > LONGEST_TEXT:
        judged.wrong.append(_("description: use at most 4,000 letters."))
    where = _where(given, judged)
    email = normalize.email(given.get("email", ""))
    if email:
        try:
            EmailValidator()(email)
        except ValidationError:
            judged.wrong.append(_("email: this is no e-mail address."))
    phone = normalize.clean_line(given.get("phone", ""), 30)
    if phone and not 9 <= len(normalize.phone(phone)) <= 15:
        judged.wrong.append(_("phone: this is no phone number."))
    url = normalize.clean_line(given.get("media_url", ""), LONGEST_URL + 1)
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            judged.wrong.append(_("media_url: this is no address of a photo."))
        if len(url) > LONGEST_URL:
            judged.wrong.append(_("media_url: use at most 500 letters."))
    asked = [
        (words, normalize.clean_line(given.get(f"attribute[vraag{order}]", ""), 500))
        for order, words in enumerate(subject.ask_always, start=1)
    ]
    answers = tuple((words, said) for words, said in asked if said)
    if not text and not answers:
        text = subject.name
    if "bsn" in noticed("\n".join([text, *(said for _words, said in answers)])):
        judged.wrong.append(
            _("description: it holds a citizen service number (BSN). Take it out: we do not need it here.")
        )
    if not judged.wrong:
        name = " ".join(part for part in (given.get("first_name", ""), given.get("last_name", "")) if part)
        judged.report = Report(text, where, normalize.clean_line(name, 100), email, phone, url, answers)
    return judged


def _where(given: Mapping[str, str], judged: Judged) -> Where:
    address = normalize.clean_line(given.get("address_string", ""), LONGEST)
    address_id = normalize.clean_line(given.get("address_id", ""), 60)
    if address_id and not address:
        address = address_id
    try:
        where = where_of(address, given.get("lat", ""), given.get("long", ""))
    except NoPlace:
        judged.wrong.append(_("lat and long: give both, as degrees with a point (WGS 84)."))
        return Where(address)
    if where.is_empty:
        judged.wrong.append(_("Give a place: lat and long, address_string or address_id."))
    return where


def key_of(text: str) -> str | None:
    """The caller's own key; None when it is no key."""
    return text if _KEY.fullmatch(text) else None
