"""The table of workloads: what is asked, and what a right answer looks like."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bench.client import Answer, Check, Make, request

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Workload:
    """`make(n)` gives the n-th request. `writes`: it leaves rows, so it runs after what reads."""

    name: str
    make: Make
    check: Check
    writes: bool = False


class Asker:
    """Requests of a signed-in person and of an API client."""

    def __init__(self, facts: dict[str, Any], cookies: dict[str, str], more: dict[str, str] | None = None) -> None:
        self.facts = facts
        self.more = more or {}
        self.csrf = cookies.get(facts["csrf"], "")
        self.page_headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Accept-Language": "nl",
        }
        self.api_headers = {"Authorization": f"Bearer {facts['token']}", "Accept": "application/json"}

    def page(self, path: str) -> bytes:
        return request("GET", path, {**self.page_headers, **self.more})

    def api(self, path: str) -> bytes:
        return request("GET", path, {**self.api_headers, **self.more})

    def register_by_api(self, number: int) -> bytes:
        """A new customer with a question on a channel that gets a clock."""
        body = {
            "channel": "phone" if number % 2 else "email",
            "text": "De lantaarnpaal voor ons huis brandt niet meer. Kunt u hem laten maken? " * 4,
            "customer": {
                "name": f"K. Meting {number}",
                "phone": f"06{abs(number) % 10**8:08d}",
                "email": f"meting{number}@voorbeeld.nl",
            },
            "questions": [{"title": "Lantaarnpaal kapot", "subject": self.facts["subject"], "end": "open"}],
        }
        headers = {
            **self.api_headers,
            **self.more,
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        return request("POST", "/api/v1/contacts", headers, json.dumps(body).encode())

    def register_on_screen(self, number: int) -> bytes:
        """The registration screen: a call of an unknown customer, answered at once."""
        fields = {
            "csrfmiddlewaretoken": self.csrf,
            "token": str(uuid.uuid4()),
            "channel": "phone",
            "blocks": "1",
            "customer_state": "unknown",
            "q0-subject": str(self.facts["subject_id"]),
            "q0-text": f"Vraagt naar grofvuil, uitgelegd. {number}",
            "end": "direct",
        }
        headers = {**self.page_headers, **self.more, "Content-Type": FORM, "Origin": "http://127.0.0.1"}
        return request("POST", "/werkplek/", headers, urlencode(fields).encode())

    def survey(self, number: int) -> bytes:
        """The page behind a link."""
        return request("GET", f"/mening/bench{abs(number) % self.facts['survey']['links']:017d}/", self.more)

    def answer_survey(self, number: int) -> bytes:
        """Four answers behind a link that nobody used yet, each from a network address of its own."""
        place = next(_LINK) % self.facts["survey"]["links"]
        asked = self.facts["survey"]["questions"]
        fields = {f"v{asked['mark']}": 4 + place % 7, f"v{asked['friendliness']}": 8, f"v{asked['answered']}": 3}
        fields[f"v{asked['better']}"] = "Ik moest lang wachten, maar de medewerker was vriendelijk."
        headers = {
            **self.more,
            "Content-Type": FORM,
            "X-Forwarded-For": f"10.{place >> 16}.{place >> 8 & 255}.{place & 255}",
        }
        return request("POST", f"/mening/bench{place:017d}/", headers, urlencode(fields).encode())


_LINK = count()
"""Never the same link twice in a run of the benchmark."""


def taken_in(answer: Answer) -> str:
    return "" if answer.status == 303 else f"status {answer.status}"


def has(text: str, status: int = 200) -> Check:
    """The answer has this status and this text in it."""
    wanted = text.encode()

    def check(answer: Answer) -> str:
        if answer.status != status:
            return f"status {answer.status}"
        return "" if wanted in answer.body else f"no “{text}” in the answer"

    return check


def rows_in_json(wanted: int) -> Check:
    def check(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        found = len(json.loads(answer.body)["results"])
        return "" if found == wanted else f"{found} rows"

    return check


def saved(answer: Answer) -> str:
    """Registering on the screen sends the person on to the next."""
    return "" if answer.status in (302, 303) else f"status {answer.status}"


def table(ask: Asker) -> list[Workload]:
    """All workloads over HTTP, in the order in which they run."""
    facts = ask.facts
    numbers = facts["numbers"]
    today = date.fromisoformat(facts["today"])
    deep = f"/werkvoorraad/?lijst=alles&na={facts['deep']}"

    def opened(number: int) -> bytes:
        return ask.page(f"/vragen/{numbers[number % len(numbers)]}/")

    def desk_day(number: int) -> bytes:
        """Of twenty: ten lists, five questions, three contacts registered, two searches."""
        place = number % 20
        if place in (3, 9, 15):
            return ask.register_on_screen(number)
        if place in (5, 16):
            return ask.page("/zoeken/?q=" + ("kraanvogel" if place == 5 else "lantaarnpaal"))
        if place in (1, 7, 11, 13, 18):
            return opened(number)
        return ask.page("/werkvoorraad/?lijst=alles")

    def any_scope(number: int) -> str:
        """Another period and another filter each time, so that nothing of the figures was kept."""
        period = ("dag", "week", "maand", "kwartaal", "jaar")[number % 5]
        day = today - timedelta(days=7 * (abs(number) * 11 % 200))
        parts = [f"periode={period}", f"dag={day.isoformat()}"]
        for place, name in enumerate(("team", "kanaal", "onderwerp")):
            if number * 3 % 8 & 1 << place:
                codes = facts["filters"][name]
                parts.append(f"{name}={codes[number * 13 % len(codes)]}")
        return "&".join(parts)

    def any_figure(number: int) -> bytes:
        codes = facts["filters"]["figure"]
        return ask.page(f"/cijfers/{codes[number * 7 % len(codes)]}/?{any_scope(number)}")

    def desk_answer(answer: Answer) -> str:
        if answer.status in (302, 303):
            return ""
        return "" if answer.status == 200 and b"</html>" in answer.body[-400:] else f"status {answer.status}"

    return [
        Workload("api_list_open_50", lambda n: ask.api("/api/v1/questions?status=open"), rows_in_json(50)),
        Workload(
            "api_question", lambda n: ask.api(f"/api/v1/questions/{numbers[n % len(numbers)]}"), has('"contacts"')
        ),
        Workload("work_list", lambda n: ask.page("/werkvoorraad/?lijst=alles"), has("OPM-")),
        Workload("work_list_deep", lambda n: ask.page(deep), has("OPM-")),
        Workload("search_rare", lambda n: ask.page("/zoeken/?q=kraanvogel"), has("OPM-")),
        Workload("search_common", lambda n: ask.page("/zoeken/?q=lantaarnpaal"), has("OPM-")),
        Workload("search_name", lambda n: ask.page("/zoeken/?q=ligthart"), has("Ligthart")),
        Workload(
            "question_50_contacts", lambda n: ask.page(f"/vragen/{facts['question_50']}/"), has(facts["question_50"])
        ),
        Workload("question", opened, has("OPM-")),
        Workload("registration_form", lambda n: ask.page("/werkplek/"), has("</form>")),
        Workload("registration_known", lambda n: ask.page(f"/werkplek/?klant={facts['customer_50']}"), has("</form>")),
        Workload("chats_asked", lambda n: ask.page("/chats/stand/"), has("chat")),
        Workload("dashboard", lambda n: ask.page("/cijfers/"), has("</html>")),
        Workload("dashboard_year", lambda n: ask.page("/cijfers/?periode=jaar"), has("</html>")),
        Workload("dashboard_channel", lambda n: ask.page("/cijfers/?kanaal=email"), has("</html>")),
        Workload("dashboard_subject", lambda n: ask.page(f"/cijfers/?onderwerp={facts['subject']}"), has("</html>")),
        Workload("dashboard_quarter", lambda n: ask.page("/cijfers/?periode=kwartaal"), has("</html>")),
        Workload("dashboard_today", lambda n: ask.page("/cijfers/?periode=dag"), has("</html>")),
        Workload("dashboard_any", lambda n: ask.page(f"/cijfers/?{any_scope(n)}"), has("</html>")),
        Workload("drill_down", lambda n: ask.page("/cijfers/email.answer/"), has("</html>")),
        Workload("drill_down_any", any_figure, has("</html>")),
        Workload("survey_page", ask.survey, has("</form>")),
        Workload("survey_results", lambda n: ask.page("/enquetes/"), has("Klanten geven een")),
        Workload("api_register", ask.register_by_api, has('"questions"', 201), writes=True),
        Workload("screen_register", ask.register_on_screen, saved, writes=True),
        Workload("survey_answers", ask.answer_survey, taken_in, writes=True),
        Workload("desk_day", desk_day, desk_answer, writes=True),
    ]
