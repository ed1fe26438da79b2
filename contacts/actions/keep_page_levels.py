"""Keeps how hard the texts are that citizens read on pages: each once, on the day that it came to stand there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Prefetch, Value
from django.db.models.functions import Cast, Concat

from channels_app.readability import VERSION, read
from contacts.models import TextLevel
from contacts.page_texts import SOURCES, PageText, fixed_texts
from knowledge.markup import plain_of
from knowledge.models import ArticleVersion
from organisation.models import Subject
from organisation.snapshot import organisation
from organisation.transact import one_transaction

MOST = 500
"""Answers at once; the next sweep goes on."""
CHANNEL = "form"
"""Where pages count: the website is the channel of the web form."""


@one_transaction
def keep_page_levels(*, at: datetime) -> int:
    """May run twice, late or not at all; three short queries when nothing changed. Says how many texts got a level."""
    house = organisation()
    desk = next((one.pk for one in house.teams.values() if one.is_front_office), None)
    if desk is None:
        return 0
    found = TextLevel.objects.exclude(page="").exclude(page__startswith="answer:")
    known = set(found.values_list("page", flat=True))
    texts = [*_answers(), *_fixed(known, at, desk)]
    for source in SOURCES:
        texts += source(known.__contains__, at, desk)
    rows = [_row(one) for one in texts]
    TextLevel.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(one: PageText) -> TextLevel:
    reading = read(one.text)
    return TextLevel(
        page=one.key[:80],
        page_title=one.title[:120],
        channel=CHANNEL,
        team_id=one.team_id,
        subject_id=one.subject_id,
        left_at=one.at,
        level=reading.level,
        score=max(-999, min(999, round(reading.score))),
        words=reading.words,
        sentences=reading.sentences,
        method=VERSION,
    )


def _fixed(known: set[str], at: datetime, desk: int) -> Iterator[PageText]:
    return (PageText(key, title, text, at, desk) for key, title, text in fixed_texts() if key not in known)


def _answers() -> Iterator[PageText]:
    """Versions that citizens could read: marked for the website, and published by a second person."""
    key = Concat(Value("answer:"), Cast(OuterRef("pk"), CharField()))
    rows = ArticleVersion.objects.filter(
        ~Exists(TextLevel.objects.filter(page=key)),
        state__in=[ArticleVersion.State.PUBLISHED, ArticleVersion.State.REPLACED],
        is_public=True,
        published_by__isnull=False,
        article__address__isnull=False,
    )
    subjects = Subject.objects.order_by("pk")
    rows = rows.select_related("article").prefetch_related(Prefetch("article__subjects", subjects)).order_by("pk")
    for one in rows[:MOST]:
        about = list(one.article.subjects.all())
        texts = (one.title + ".", one.short_answer, one.answer, one.for_business)
        yield PageText(
            key=f"answer:{one.pk}",
            title=one.title,
            text="\n\n".join(plain_of(text) for text in texts if text),
            at=one.published_at,  # type: ignore[arg-type]
            team_id=one.article.team_id,
            subject_id=about[0].pk if about else None,
        )
