"""The municipality as the story needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contacts.demo.pattern import Chance, Weighted
from contacts.demo.people import People
from contacts.demo.subjects import Topic
from organisation.snapshot import Organisation


@dataclass
class Place:
    """Teams, people, topics, and the first and the last day of the story."""

    house: Organisation
    people: People
    topics: list[Topic]
    first: date
    last: date

    def __post_init__(self) -> None:
        self.codes = {team.pk: code for code, team in self.people.teams.items()}
        self.names = {team.pk: team.name for team in self.people.teams.values()}
        self._by_month = {
            month: Weighted(
                {index: topic.weight * (3 if month in topic.months else 1) for index, topic in enumerate(self.topics)}
            )
            for month in range(1, 13)
        }

    def topic(self, day: date, chance: Chance) -> Topic:
        return self.topics[self._by_month[day.month].draw(chance)]

    def by_name(self, name: str) -> Topic:
        return next(topic for topic in self.topics if topic.name == name)
