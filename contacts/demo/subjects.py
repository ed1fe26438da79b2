"""The tree of subjects with what people say about each; read from `subjects.txt`, which anyone can edit.

A line begins with its kind: `#` theme | team, `=` subject | weight | kind | handling | months, `~` words of citizens,
`!` answer to say, `?` always ask, `-` title :: what the customer writes :: what the desk notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.text import slugify

from contacts import normalize
from organisation.bulk import history_of, insert_rows
from organisation.models import Subject, Team
from organisation.snapshot import settings_changed

FILE = Path(__file__).with_name("subjects.txt")
ENGLISH = Path(__file__).with_name("subjects_en.txt")
"""`Dutch name = English name`; a name that is not there has none."""


@dataclass(frozen=True)
class Situation:
    """A title, the customer's own words, and the desk's note of a conversation; with slots in braces."""

    title: str
    text: str
    note: str


@dataclass
class Topic:
    """A subject as the text file describes it; `row` is the subject in the database."""

    name: str
    theme: str
    team: str
    weight: int = 10
    kind: str = "question"
    handling: str = "answer"
    months: frozenset[int] = frozenset()
    """Months in which it is asked three times as often."""
    words: list[str] = field(default_factory=list)
    answer: str = ""
    ask: list[str] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    row: Subject = field(default_factory=Subject)


def read_topics(lines: Iterator[str]) -> list[Topic]:
    """The topics in the order of the file; a line that cannot be read is an error with its number."""
    topics: list[Topic] = []
    theme = team = ""
    for number, line in enumerate(lines, start=1):
        mark, _space, rest = line.strip().partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        if not mark:
            continue
        if mark == "#":
            theme, team = parts
        elif mark == "=":
            name, weight, kind, handling, months = parts
            numbers = frozenset(int(month) for month in months.split())
            topics.append(Topic(name, theme, team, int(weight), kind, handling, numbers))
        elif mark == "~":
            topics[-1].words = [word.strip() for word in rest.split(",")]
        elif mark == "!":
            topics[-1].answer = rest
        elif mark == "?":
            topics[-1].ask.append(rest)
        elif mark == "-":
            title, text, note = (part.strip() for part in rest.split("::"))
            topics[-1].situations.append(Situation(title, text, note))
        else:
            raise ValueError(f"{FILE.name} line {number}: what is “{mark}”?")
    return topics


def add_subjects(*, teams: dict[str, Team], at: datetime) -> list[Topic]:
    """Writes themes and subjects, and gives the topics with their rows."""
    with FILE.open(encoding="utf-8") as lines:
        topics = read_topics(iter(lines))
    english = dict(line.split(" = ") for line in ENGLISH.read_text(encoding="utf-8").splitlines())
    themes: dict[str, Subject] = {}
    for topic in topics:
        if topic.theme not in themes:
            themes[topic.theme] = Subject(
                name=topic.theme,
                name_en=english.get(topic.theme, ""),
                code=slugify(topic.theme),
                team=teams[topic.team],
            )
    for theme in themes.values():
        theme.search_text = normalize.plain(theme.name)
    Subject.objects.bulk_create(themes.values())
    for index, topic in enumerate(topics):
        topic.row = Subject(
            name=topic.name,
            name_en=english.get(topic.name, ""),
            code=f"{slugify(topic.theme)}-{slugify(topic.name)}"[:60],
            parent=themes[topic.theme],
            team=None if teams[topic.team].pk == themes[topic.theme].team_id else teams[topic.team],
            synonyms=topic.words,
            kind=topic.kind,
            handling=topic.handling,
            ask_always=topic.ask,
            short_answer=topic.answer,
            answer_checked_on=(at - timedelta(days=5 + index * 37 % 160)).date() if topic.answer else None,
            search_text=normalize.plain(" ".join([topic.name, topic.theme, *topic.words])),
        )
    Subject.objects.bulk_create(topic.row for topic in topics)
    rows = [*themes.values(), *(topic.row for topic in topics)]
    insert_rows(history_of(rows, by=None, at=at - timedelta(days=790)))
    settings_changed()
    return topics
