"""The questions of a survey as citizens read them, for the level of our pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from contacts.page_texts import PageText
from surveys.models import SurveyRound, SurveyVersion


def survey_texts(is_known: Callable[[str], bool], at: datetime, desk: int) -> Iterator[PageText]:
    """Every version that was published, and what stands above the questions of research that began. Two queries, one more when one is new."""
    versions = SurveyVersion.objects.filter(published_at__isnull=False).select_related("survey")
    keys = versions.order_by("pk").values_list("pk", flat=True)
    new = [pk for pk in keys if not is_known(f"survey:{pk}")]
    for version in versions.filter(pk__in=new).prefetch_related("questions") if new else ():
        asked = [f"{one.text_nl} {one.low_nl} {one.high_nl}".strip() for one in version.questions.all()]
        text = "\n\n".join([version.title_nl, *asked])
        yield PageText(f"survey:{version.pk}", version.title_nl, text, version.published_at, desk)  # type: ignore[arg-type]
    for held in SurveyRound.objects.filter(began_at__isnull=False).order_by("pk"):
        if not is_known(f"round:{held.pk}"):
            yield PageText(f"round:{held.pk}", held.name, held.intro_nl, held.began_at, desk)  # type: ignore[arg-type]
