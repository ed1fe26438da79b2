"""Loads the demo municipality into an empty database, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import translation

from contacts.actions.keep_level import WRITTEN, keep_earlier_levels, reader, templates
from contacts.actions.keep_page_levels import keep_page_levels
from contacts.actions.settle import settle_due
from contacts.demo.beside import beside
from contacts.demo.books import Books
from contacts.demo.chats import add_chats
from contacts.demo.desk import add_mailbox, lay_out, lay_out_personal
from contacts.demo.finish import finish
from contacts.demo.history import History
from contacts.demo.house import add_team_norms, set_up_calendar, set_up_municipality, set_up_norms
from contacts.demo.keys import filled_at_once
from contacts.demo.letters import add_letters
from contacts.demo.pattern import Chance, Days
from contacts.demo.people import People, add_people
from contacts.demo.place import Place
from contacts.demo.places import add_places
from contacts.demo.planned import add_planned
from contacts.demo.posted import add_letters_of_ours
from contacts.demo.routing import add_routing_rules
from contacts.demo.sheet import copy_all
from contacts.demo.stories import plan_stories
from contacts.demo.subjects import add_subjects
from contacts.demo.talks import add_talks
from contacts.demo.templates import add_templates
from contacts.demo.trail import histories, write_history
from contacts.demo.visits import add_visits
from contacts.demo.work import Work
from contacts.models import ServiceNorm, TextLevel
from contacts.numbering import make_sequence, sequence_of
from contacts.own_words import KnownText
from contacts.rulebook import rulebook
from organisation.clock import now
from organisation.models import User
from organisation.signals import demo_begins, demo_loaded
from organisation.snapshot import organisation
from organisation.workdays import day_start

YEARS_OF_CONTACTS = 2


class NotEmpty(Exception):
    """There are employees already; the demo never mixes with real data."""


def load_demo(*, day: date, first: date | None = None) -> dict[str, int]:
    """Everything from `first` (two years back) up to the first instant of `day`; says how many rows each table got.

    The same rows for the same day; a demo of today also has the visitors of the last hours.
    """
    if User.objects.exists():
        raise NotEmpty
    with transaction.atomic(), translation.override("nl"):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
        return _load(day, first or _two_years_before(day))


def _load(day: date, first: date) -> dict[str, int]:
    until = day_start(day)
    set_up_municipality()
    people = add_people(at=until)
    calendar = set_up_calendar(day=day, by=people.users["sanne"], at=until - timedelta(days=790))
    set_up_norms(day=day)
    add_team_norms(teams=people.teams, day=day)
    topics = add_subjects(teams=people.teams, at=until)
    add_routing_rules(teams=people.teams, topics=topics, at=until)
    add_templates(teams=people.teams, at=until)
    add_mailbox(at=until)
    house = organisation()
    chance = Chance(f"opmeer {day.isoformat()}")
    books = Books(
        norms={(norm.code, norm.team_id): norm for norm in ServiceNorm.objects.filter(subject=None)},
        calendar=calendar,
        rules=house.calendar_of(None).rules,
        until=until,
    )
    place = Place(house=house, people=people, topics=topics, first=first, last=day - timedelta(days=1))
    history = History(books=books, place=place, days=Days(books.rules, chance), chance=chance)
    work = Work(history, day)
    rulebook(house)  # the teller asks the database nothing
    with beside(partial(_told, history, work, templates())) as story:
        demo_begins.send(sender=None, day=day)
        with filled_at_once([*(sheet.model for sheet in books.sheets), *histories()]) as index:
            rows = copy_all(books.sheets, story, index)
            write_history()
        _numbers(next(story))
        _add_by_the_doors(day, people, history, work)
        _count()
        with filled_at_once([TextLevel]):
            keep_earlier_levels(seconds=600, readings=next(story))
    demo_loaded.send(sender=None, day=day)
    keep_page_levels(at=until)
    return rows


def _told(history: History, work: Work, known: KnownText) -> Iterator[Any]:
    """The story of the two years: each sheet as the database takes it in, the last number of every year, how hard our texts are."""
    books = history.books
    plan_stories(work)
    work.plan_all()
    history.play()
    for case in books.cases:
        finish(case, history.place.people)
    lay_out(history)
    for sheet in books.sheets:
        yield sheet.written()
    yield books.numbers
    reading_of = reader(known)
    texts = {row["text"] for row in books.contacts.rows if row["direction"] == "out" and row["channel"] in WRITTEN}
    yield {text: reading_of(text) for text in texts}


def _add_by_the_doors(day: date, people: People, history: History, work: Work) -> None:
    """What comes in and leaves as it does every day, by the acts themselves."""
    until = history.books.until
    add_letters(day)
    add_places(Chance(f"places {day.isoformat()}"))
    add_talks(people, lambda back, minute: history.days.at(work.back(back), minute))
    add_chats(people, lambda back, minute: history.days.at(work.back(back), minute), until=until)
    add_planned(people, at=until)
    add_letters_of_ours(people, at=until)
    settle_due(at=until)  # what came in by the real doors has real clocks
    lay_out_personal(people, at=until)
    add_visits(people, history.place.topics, day=day, at=now())


def _two_years_before(day: date) -> date:
    return date(day.year - YEARS_OF_CONTACTS, day.month, min(day.day, 28))


def _count() -> None:
    """The planner knows how many rows there are now; left to itself the database finds out minutes later, and figures wait."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if model._meta.managed)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(table) for table in tables)}")


def _numbers(last: dict[int, int]) -> None:
    """Sets the sequences of question numbers behind the numbers that were given out."""
    for year, number in last.items():
        make_sequence(year)
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(%s, %s)", [sequence_of(year), number])
