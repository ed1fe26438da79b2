"""The rounds of the demo: two that ended with a report, and one that is open; as an example."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from organisation.models import User
from organisation.workdays import AMSTERDAM
from programme.actions.issue_report import freeze
from programme.models import Programme, Project, StatusRound, StatusUpdate
from programme.reports.facts import Facts, facts

STORIES = (
    "De digitale pijler ligt op koers. De website is klaar en de formulieren volgen.\n\nAandacht vraagt de telefoon: op maandag wachten bellers te lang. Wij passen het rooster aan.",
    "De meeste projecten liggen op koers. Receptie en telefoon zijn gescheiden en dat werkt.\n\nDe sjablonen voor brieven lopen achter. Wij vragen het MT om tijd van Vergunningen.\n\nHet geld is genoeg tot en met volgend jaar.",
)
UPDATES = (
    ("De afspraken met de teams staan op papier.", "Wij beginnen met de volgende groep."),
    ("De proef is klaar en de uitkomst is goed.", "Wij maken het plan voor alle teams."),
    ("De leverancier leverde de eerste versie.", "Wij testen die met tien inwoners."),
)


def load_example_rounds(*, day: date) -> None:
    """Only when there are projects and no rounds yet; in the transaction of the demo."""
    if not Programme.objects.exists() or StatusRound.objects.exists():
        return
    director = User.objects.filter(username="joost").first()
    today_at = _at(day)
    found = facts(at=today_at)
    if found is None or not found["projects"]:
        return
    for back, story in zip((175, 84), STORIES, strict=True):
        at = _at(day - timedelta(days=back))
        title = _quarter(at.date() - timedelta(days=20))
        ended = StatusRound.objects.create(
            title=title,
            last_day=at.date() - timedelta(days=5),
            narrative=story,
            is_open=False,
            opened_at=at - timedelta(days=20),
            opened_by=director,
            ended_at=at,
        )
        freeze(ended, "mt" if back > 100 else "college", _earlier(found, at.date()), by=director, at=at)
    _open(day, director)


def _open(day: date, director: User | None) -> None:
    at = _at(day - timedelta(days=6))
    current = StatusRound.objects.create(
        title=_quarter(day), last_day=day + timedelta(days=8), opened_at=at, opened_by=director
    )
    updates = []
    for number, project in enumerate(Project.objects.filter(done_on=None).order_by("pk")):
        done, ahead = UPDATES[number % len(UPDATES)]
        is_in = number % 3 != 2
        updates.append(
            StatusUpdate(
                round=current,
                project=project,
                light=project.light,
                reason=project.light_reason,
                done=done if is_in else "",
                ahead=ahead if is_in else "",
                handed_in_at=at + timedelta(days=number % 5, hours=1) if is_in else None,
                saved_by=project.owner if is_in else None,
            )
        )
    StatusUpdate.objects.bulk_create(updates)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), AMSTERDAM)


def _quarter(day: date) -> str:
    return f"{(day.month - 1) // 3 + 1}e kwartaal {day.year}"


def _earlier(found: Facts, day: date) -> Facts:
    """How the example stood on that day: what came later is taken out."""
    on = day.isoformat()
    share = day.year + (day.timetuple().tm_yday - 1) / 366
    projects = []
    for number, one in enumerate(found["projects"]):
        is_done = bool(one["done"]) and one["done"] <= on
        steps = [
            {
                **step,
                "done": step["done"] if step["done"] and step["done"] <= on else "",
                "due": step["first"] if step["first"] > on else step["due"],
            }
            for step in one["milestones"]
        ]
        light = "on_track" if one["light"] == "behind" else "attention" if number % 7 == 3 else one["light"]
        projects.append(
            {**one, "done": one["done"] if is_done else "", "milestones": steps, "light": light}
            if light == one["light"]
            else {
                **one,
                "done": one["done"] if is_done else "",
                "milestones": steps,
                "light": light,
                "reason": "Het loopt volgens plan." if light == "on_track" else "De planning is krap.",
            }
        )
    goals = []
    for goal in found["goals"]:
        points = [point for point in goal["points"] if point[0] <= share]
        actual = points[-1][1] if points else goal["base"]
        met = None if actual is None or goal["target"] is None else (actual >= goal["target"]) == goal["is_up"]
        goals.append(
            {**goal, "points": points, "actual": actual, "told": actual, "met": met, "ahead": None, "reaches": ""}
        )
    places = []
    for place in found["places"]:
        mine = [one for one in projects if one["place"] == place["key"]]
        steps = [step for one in mine for step in one["milestones"]]
        lights = [one["light"] for one in mine if not one["done"]]
        light = next((code for code in ("behind", "attention") if code in lights), "on_track" if mine else "")
        done = sum(1 for step in steps if step["done"])
        places.append({**place, "light": light, "milestones_done": done})
    money = [
        {**line, "spent": round(line["spent"] * 0.7, -2), "committed": round(line["committed"] * 0.8, -2)}
        for line in found["money"]
    ]
    decisions = [one for one in found["decisions"] if one["on"] <= on]
    return {
        **found,
        "day": on,
        "projects": projects,
        "goals": goals,
        "places": places,
        "money": money,
        "decisions": decisions,
        "risks": found["risks"][1:],
        "risk_ids": found["risk_ids"][1:],
    }
