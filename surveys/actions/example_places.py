"""Places of the demo where anybody may answer: letters, two newsletters and the web form."""

from __future__ import annotations

from datetime import date, timedelta

from organisation.wording import MONTHS_LONG
from surveys.models import Survey, SurveyPlace


def example_places(day: date) -> list[tuple[SurveyPlace, int]]:
    """Each with how many days ago the first answered."""
    newsletter, form = Survey.objects.get(code="nieuwsbrief"), Survey.objects.get(code="formulier")
    asked = {"name": "Webformulier", "survey": form, "channel": "form", "is_after_form": True}
    found = [(SurveyPlace.objects.get_or_create(code="formulier", defaults=asked)[0], 60)]
    letters = {"name": "Op onze brieven", "channel": "letter", "survey": Survey.objects.get(code="antwoord")}
    found.append((SurveyPlace.objects.get_or_create(code="brief", defaults={**letters, "is_on_letters": True})[0], 40))
    for number, back in enumerate((70, 10), start=1):
        on = day - timedelta(days=back)
        asked = {
            "name": f"Nieuwsbrief {MONTHS_LONG['nl'][on.month - 1]} {on.year}",
            "survey": newsletter,
            "channel": "newsletter",
            "feeds_figures": True,
        }
        found.append((SurveyPlace.objects.get_or_create(code=f"nieuws{number}", defaults=asked)[0], back))
    return found
