"""Places with their address, as text and as a code for the camera of a phone."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from organisation import wording
from surveys.models import SurveyPlace


@dataclass(frozen=True)
class PlaceRow:
    code: str
    name: str
    survey: str
    channel: str
    team: str
    feeds_figures: bool
    is_active: bool
    is_selected: bool


def place_rows(selected: SurveyPlace | None) -> list[PlaceRow]:
    return [
        PlaceRow(
            one.code,
            one.name,
            one.survey.name,
            str(wording.channel_name(one.channel)),
            one.team.name if one.team else "",
            one.feeds_figures,
            one.is_active,
            selected is not None and one.pk == selected.pk,
        )
        for one in SurveyPlace.objects.select_related("survey", "team")
    ]


@dataclass(frozen=True)
class Printed:
    """What hangs at the place."""

    link: str
    screen_link: str
    qr: SafeString


def printed(place: SurveyPlace) -> Printed:
    path = reverse("surveys:here", args=[place.code])
    link = settings.SITE_URL + path
    drawn = segno.make(link, error="m").svg_inline(border=2, dark="#12201f", light="#ffffff", omitsize=True)
    return Printed(link, f"{path}?scherm=1", mark_safe(drawn))  # noqa: S308 - drawn from our own address
