"""Messages of the demo: one that must be read and that some read, news, one that is over, one to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from knowledge.models import Article, News, NewsRead
from organisation.models import Membership, User
from organisation.roles import Role

DAY: Final = timedelta(days=1)
# title, text, begins so many days from today, lasts so many days, must be read, answer it belongs to, for whom
MESSAGES: Final = (
    (
        "Milieustraat dicht op zaterdag 5 december",
        "De milieustraat is **zaterdag 5 december** dicht. Er wordt een nieuwe weegbrug geplaatst.\n\n- Maandag 7 december is hij weer open.\n- Wijs op de container bij de werf voor klein afval.",
        -2, 10, True, "Milieustraat: open en kosten", (Role.FRONT_OFFICE,),
    ),
    (
        "Nieuw tarief voor een uittreksel per 1 januari",
        "Vanaf 1 januari kost een uittreksel meer. Het antwoord in de kennisbank is dan ook aangepast. Noem nu nog het oude bedrag.",
        -5, 40, False, "Uittreksel uit de basisregistratie", (Role.FRONT_OFFICE, Role.TEAM_MEMBER),
    ),
    (
        "Strooiroutes staan op de website",
        "Bij gladheid bellen mensen over hun straat. De kaart met routes staat nu op de website; u kunt de link meesturen.",
        -1, 20, False, "Gladheid: waar wordt gestrooid?", (),
    ),
    (
        "Storing in de telefooncentrale opgelost",
        "Gesprekken vielen weg bij doorverbinden. Dat is opgelost. Noteer het als het nog eens gebeurt.",
        -30, 7, True, "", (Role.FRONT_OFFICE,),
    ),
    (
        "Kerst: openingstijden",
        "Op donderdag 24 december sluiten wij om 15 uur. Op vrijdag 25 december zijn wij dicht.",
        9, 20, True, "Openingstijden en afspraak maken", (),
    ),
)  # fmt: skip


def add_example_news(
    *, articles: Sequence[Article], people: Mapping[tuple[int | None, str], User], at: datetime
) -> None:
    """Half of the front office read the first one, all of it the one that is over."""
    by_title = {one.title: one for one in articles}
    coordinator = next((user for (_team, role), user in people.items() if role == Role.COORDINATOR), None)
    readers = list(User.objects.filter(is_active=True, memberships__role=Role.FRONT_OFFICE).distinct().order_by("pk"))
    front = Membership.objects.filter(role=Role.FRONT_OFFICE, team__isnull=False).select_related("team").first()
    if front is None or front.team is None:
        return
    for place, (title, text, begins, lasts, must, about, roles) in enumerate(MESSAGES):
        article: Any = by_title.get(about)
        writer = people.get((article.team_id, Role.TEAM_LEAD)) if article is not None else None
        row = News.objects.create(
            title=title,
            text=text,
            team=article.team if writer is not None else front.team,
            article=article,
            for_everybody=not roles,
            for_roles=sorted(role.value for role in roles),
            must_read=must,
            from_at=at + begins * DAY,
            until_at=at + (begins + lasts) * DAY,
            written_by=writer or coordinator,
            written_at=at + (min(begins, 0) - 1) * DAY,
        )
        done = {0: readers[1::2], 3: readers}.get(place, [])
        moment = row.from_at + timedelta(hours=10)
        NewsRead.objects.bulk_create([NewsRead(news=row, user=one, round=1, at=moment) for one in done])
