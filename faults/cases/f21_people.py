"""Repeats of an exchange, and ten people at one question."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Answer, ask, percentile
from faults.people import CSRF, signed_in

if TYPE_CHECKING:
    from contacts.models import Question


@fault("F21")
class EventsRepeated(Fault):
    """Every event of a telephone exchange comes 2 to 50 times, at once and in reverse order, and all once more when the calls are over."""

    expected = "each is taken in once; one call each, none goes back; p95 at most 250 ms"
    MOST = 50

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import Call, PhoneEvent
        from organisation.clock import now

        calls = world.times(15, 150)
        begun = now() - timedelta(minutes=30)
        events = []
        for number in range(calls):
            for second, kind in ((0, "entered"), (3, "ringing"), (9, "answered"), (90, "ended")):
                at = (begun + timedelta(seconds=number + second)).isoformat()
                events.append({"eventId": f"f21-{number}-{kind}", "callId": f"f21-{number}", "type": kind, "at": at})
        dice = random.Random(21)
        times = range(2, self.MOST + 1)  # few come very often
        often = [*dice.choices(times, [1 / one**2 for one in times], k=len(events) - 1), self.MOST]
        sent = [one for one, again in zip(reversed(events), often, strict=True) for _again in range(again)]

        def tell(event: dict[str, str], place: int) -> Answer:
            body = json.dumps({"events": [event]}).encode()
            port = world.stack.web_ports[place % 2]
            return _patient(lambda: ask(port, "POST", "/api/v1/telefonie/events", body, world.ledger.api_headers), busy)

        busy: list[int] = []
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(tell, sent, range(len(sent))))
        notes.figure("events_sent", len(sent))
        notes.few("told_to_come_back", len(busy), len(sent), when_busy=1)
        notes.exactly("answers_other_than_202", sorted({one.status for one in answers} - {202}), [])
        ours = PhoneEvent.objects.filter(event_key__startswith="f21-")
        notes.exactly("events_kept", ours.count(), len(events))
        rows = Call.objects.filter(external_key__startswith="f21-")
        notes.exactly("calls", rows.count(), calls)
        as_they_were = list(rows.order_by("pk").values())
        with ThreadPoolExecutor(4) as pool:
            repeated = list(pool.map(tell, events, range(len(events))))
        notes.exactly("answers_afterwards", sorted({one.status for one in repeated}), [202])
        notes.exactly("events_kept_afterwards", ours.count(), len(events))
        notes.exactly("calls_changed_afterwards", list(rows.order_by("pk").values()) != as_they_were, False)
        notes.exactly("calls_not_answered", rows.filter(answered_at=None).count(), 0)
        outcomes = {"answered", "outside_hours"}  # the hour at which this runs decides
        notes.exactly("other_outcomes", sorted(set(rows.values_list("outcome", flat=True)) - outcomes), [])
        notes.within("p95_ms", percentile([one.seconds for one in answers], 0.95) * 1000, 250)


@fault("F22")
class TenAtOneQuestion(Fault):
    """Ten agents take, edit and close one question at the same moment, round after round."""

    expected = "one winner each; the others read it, with what they typed; no update lost, no deadlock shown"

    def run(self, world: World, notes: Notes) -> None:
        from contacts.models import Assignment, Question

        people = [signed_in(pk) for pk in world.house.agents]
        rounds = world.times(8, 200)
        winners: list[int] = []
        strange: set[int] = set()
        busy: list[int] = []
        lost = doubled = kept = conflicts = 0
        for number in range(rounds):
            entry = world.ledger.send(world.ledger.fresh("api"))
            question = Question.objects.get(number=entry.numbers[0])
            barrier = Barrier(len(people))

            def take(place: int, path: str = f"/vragen/{question.number}/oppakken/", gate: Barrier = barrier) -> Answer:
                gate.wait(PATIENCE)
                return _post(world, people[place], place, path, {}, busy)

            with ThreadPoolExecutor(len(people)) as pool:
                taken = list(pool.map(take, range(len(people))))
            strange |= {one.status for one in taken if one.status not in (302, 303, 409, 422)}
            winners.append(Assignment.objects.filter(question=question, until_at=None, assignee__isnull=False).count())
            question.refresh_from_db()
            version = question.version
            typed = [f"Ronde {number}, tekst van agent {place}" for place in range(len(people))]

            def edit(place: int, path: str = f"/vragen/{question.number}/notitie/", text: list[str] = typed) -> Answer:
                return _post(world, people[place], place, path, {"note": text[place]}, busy)

            with ThreadPoolExecutor(len(people)) as pool:
                noted = list(pool.map(edit, range(len(people))))
            strange |= {one.status for one in noted if one.status not in (302, 303)}

            def close(place: int, path: str = f"/vragen/{question.number}/sluiten/", was: int = version) -> Answer:
                fields = {
                    "version": str(was),
                    "reason": "answered",
                    "text": f"Gebeld, zegt agent {place} in ronde {was}",
                }
                return _post(world, people[place], place, path, fields, busy)

            with ThreadPoolExecutor(len(people)) as pool:
                closed = list(pool.map(close, range(len(people))))
            strange |= {one.status for one in closed if one.status not in (302, 303, 409, 422)}
            conflicts += sum(one.status in (409, 422) for one in closed)
            kept += sum(
                one.status in (409, 422) and f"zegt agent {place}".encode() in one.body
                for place, one in enumerate(closed)
            )
            written = _notes_of(question)
            lost += len(set(typed) - set(written))
            doubled += len(written) - len(set(written))
            question.refresh_from_db()
            versions = set(question.history.values_list("version", flat=True))  # a machine's row repeats one
            lost += versions != set(range(1, question.version + 1))
        notes.figure("rounds", rounds)
        notes.few("told_to_come_back", len(busy), rounds * 3 * len(people), when_busy=1)
        notes.exactly("winners_per_round", sorted(set(winners)), [1])
        notes.exactly("strange_answers", sorted(strange), [])
        notes.exactly("lost_updates", lost, 0)
        notes.exactly("notes_doubled", doubled, 0)
        notes.figure("told_that_somebody_was_first", conflicts)
        notes.exactly("typed_text_kept", kept, conflicts)


def _patient(request: Callable[[], Answer], busy: list[int]) -> Answer:
    """As a careful sender: a 503 says that nothing was done, so it is offered again."""
    end = time.monotonic() + PATIENCE
    while (answer := request()).status == 503 and time.monotonic() < end:
        busy.append(answer.status)
        time.sleep(0.3)
    return answer


def _notes_of(question: Question) -> list[str]:
    """What was noted, also that of who closed it."""
    from contacts.models import Note

    return list(Note.objects.filter(question=question).values_list("text", flat=True))


def _post(
    world: World, person: dict[str, str], place: int, path: str, fields: dict[str, str], busy: list[int]
) -> Answer:
    port = world.stack.web_ports[place % 2]
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
    headers = {**person, "Content-Type": "application/x-www-form-urlencoded"}
    return _patient(lambda: ask(port, "POST", path, body, headers), busy)
