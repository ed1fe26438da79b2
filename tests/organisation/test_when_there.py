"""The sentence below the phone number on pages for citizens: true at each moment, also on a day that is closed."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from organisation.clock import AMSTERDAM
from organisation.models import CalendarHours, Municipality, WorkingCalendar
from organisation.snapshot import organisation, settings_changed
from organisation.when_there import when_there
from tests.cast import Cast


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02T09:00", "Wij zijn er vandaag tot 17:00."),
        ("2026-03-02T08:29", "Wij zijn er vandaag vanaf 08:30."),
        ("2026-03-02T08:30", "Wij zijn er vandaag tot 17:00."),
        ("2026-03-02T17:00", "Wij zijn er weer op dinsdag 3 maart, vanaf 08:30."),
        ("2026-03-03T00:00", "Wij zijn er vandaag vanaf 08:30."),
        ("2026-03-06T16:59", "Wij zijn er vandaag tot 17:00."),
        ("2026-03-06T17:00", "Wij zijn er weer op maandag 9 maart, vanaf 08:30."),
        ("2026-04-27T10:00", "Wij zijn er weer op dinsdag 28 april, vanaf 08:30."),
    ],
)
def test_every_moment_has_its_sentence(cast: Cast, moment: str, words: str) -> None:
    assert when_there(organisation(), datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)) == words


def test_a_house_that_never_closes_or_never_opens_says_nothing(cast: Cast) -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
    CalendarHours.objects.update(opens=0, closes=1440)
    settings_changed()
    assert when_there(organisation(), at) == ""
    CalendarHours.objects.all().delete()
    settings_changed()
    assert when_there(organisation(), at) == ""
    WorkingCalendar.objects.update(is_default=False)
    settings_changed()
    assert when_there(organisation(), at) == ""


@time_machine.travel(datetime(2026, 3, 7, 22, 0, tzinfo=AMSTERDAM), tick=False)
def test_it_stands_below_the_number(cast: Cast) -> None:
    Municipality.objects.update(phone="0226 36 33 33")
    settings_changed()
    for address in ("/mening/bestaatniet/", "/volg/OPM-2026-000001/", "/formulier/"):
        assert (
            "We are there again on Monday 9 March, from 08:30."
            in Client().get(address, {"taal": "en"}).content.decode()
        )


def test_a_citizen_at_the_sign_in_is_shown_the_way(cast: Cast) -> None:
    Municipality.objects.update(phone="0226 36 33 33", has_public_form=True)
    settings_changed()
    with time_machine.travel(datetime(2026, 3, 2, 10, 0, tzinfo=AMSTERDAM), tick=False):
        page = " ".join(Client().get("/", follow=True).content.decode().split())
    assert 'href="/formulier/"' in page and "0226 36 33 33" in page and "Wij zijn er vandaag tot" in page
    Municipality.objects.update(phone="", has_public_form=False)
    settings_changed()
    page = Client().get("/", follow=True).content.decode()
    assert "/formulier/" not in page and "inwoner" not in page
