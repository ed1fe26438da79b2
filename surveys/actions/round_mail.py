"""The mail of a questionnaire: written once for everybody and filled in for each, so that a large sample is asked in one short transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message
from channels_app.models import OutboundMessage
from organisation import wording
from organisation.clock import local_day
from organisation.snapshot import organisation
from surveys.actions.invite import PER_SECOND, PURPOSE
from surveys.models import SurveyRound, SurveyVersion

NAME: Final = "\ue000name\ue001"
LINK: Final = "\ue000link\ue001"
NO_MORE: Final = "\ue000no_more\ue001"
"""Stand in the text for what differs: signs that nobody types."""


@dataclass(frozen=True)
class RoundMail:
    """The text and the markup of it, each for who has a name (True) and who has none."""

    version: SurveyVersion
    subject: str
    body: Mapping[bool, str]
    html: Mapping[bool, str]

    def to(self, *, key: str, address: str, name: str, token: str, at: datetime, place: int) -> OutboundMessage:
        """Not saved; `place` among those who are asked now: they leave one after the other."""
        link = settings.SITE_URL + reverse("surveys:ask", args=[token])
        no_more = settings.SITE_URL + reverse("surveys:no_more", args=[token])
        has_name = bool(name)
        message = compose_message(
            purpose=PURPOSE,
            object_key=key,
            to_address=address,
            to_name=name,
            subject=self.subject,
            body=_filled(self.body[has_name], name, link, no_more),
            html=_filled(self.html[has_name], escape(name), escape(link), escape(no_more)),
            at=at,
            is_automatic=True,
        )
        message.next_try_at = at + timedelta(seconds=place / PER_SECOND)
        return message


def round_mail(row: SurveyRound, version: SurveyVersion, at: datetime, *, is_reminder: bool = False) -> RoundMail:
    """At B1, with the English text behind its own link."""
    with translation.override("nl"):
        context = {
            "intro": row.intro_nl,
            "is_reminder": is_reminder,
            "link": LINK,
            "no_more": NO_MORE,
            "last_day": wording.day_long(row.ends_on, local_day(at)),
            "municipality": organisation().municipality,
        }
        named = {True: {**context, "name": NAME}, False: {**context, "name": ""}}
        return RoundMail(
            version=version,
            subject=_("Reminder: %(title)s") % {"title": version.title_nl} if is_reminder else version.title_nl,
            body={has: render_to_string("mail/survey_round.txt", one).strip() + "\n" for has, one in named.items()},
            html={has: render_to_string("mail/survey_round.html", one).strip() for has, one in named.items()},
        )


def _filled(text: str, name: str, link: str, no_more: str) -> str:
    return text.replace(LINK, link).replace(NO_MORE, no_more).replace(NAME, name)
