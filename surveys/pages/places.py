"""Places with their address, as text and as a code for the camera of a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.signals import Code
from surveys.models import SurveyPlace, SurveyVersion


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
            str(one.get_channel_display()),
            one.team.name if one.team else "",
            one.feeds_figures,
            one.is_active,
            selected is not None and one.pk == selected.pk,
        )
        for one in SurveyPlace.objects.filter(round__isnull=True).select_related("survey", "team")
    ]


@dataclass(frozen=True)
class Printed:
    """What hangs at the place."""

    link: str
    screen_link: str
    qr: SafeString


def printed(place: SurveyPlace) -> Printed:
    path = reverse("surveys:here", args=[place.code])
    return Printed(link_of(place), f"{path}?scherm=1", drawn_code(place))


def link_of(place: SurveyPlace) -> str:
    return settings.SITE_URL + reverse("surveys:here", args=[place.code])


def drawn_code(place: SurveyPlace) -> SafeString:
    """For the camera of a phone."""
    import segno  # loaded where a code is drawn

    drawn = segno.make(link_of(place), error="m").svg_inline(border=2, dark="#12201f", light="#ffffff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn from our own address


def heading_of(place: SurveyPlace) -> str:
    """What stands above the code: what stands above the questions, in Dutch."""
    running = SurveyVersion.objects.filter(survey_id=place.survey_id, state=SurveyVersion.State.RUNNING)
    return str(running.values_list("title_nl", flat=True).first() or "")


def code_on_letters() -> Code | None:
    """The place that stands on letters, when there is one in use."""
    running = SurveyPlace.objects.filter(is_on_letters=True, is_active=True, survey__versions__state="running")
    place = running.first()
    if place is None:
        return None
    return Code(_("What do you think of this letter? Tell us in 1 minute:"), link_of(place), drawn_code(place))
