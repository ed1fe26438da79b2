"""The page of a report, made once from its frozen content; the PDF is made of this page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from organisation.pdf import picture
from organisation.workdays import local_day
from programme.reports import charts, words
from programme.reports.compare import compare


def document(content: Mapping[str, Any], *, number: str, issued_at: datetime) -> str:
    """A whole HTML document in the language that is active now."""
    day = date.fromisoformat(content["day"])
    before = content["before"]
    context = {
        **shown(content),
        "number": number,
        "issued": words.day(local_day(issued_at).isoformat()),
        "timelines": [
            {
                "source": picture(charts.drawing(part, style=charts.STYLE)),
                "alt": _("Timeline of %(projects)s. The table on the next pages gives the same in words.")
                % {"projects": ", ".join(f"{row.plan.name} ({row.plan.state})" for row in part.rows)},
            }
            for part in charts.pages_of(charts.plans(content), day)
        ],
        "changes": words.changes(compare(before["facts"], content)) if before else [],
        "before": before["number"] if before else "",
        "before_day": words.day(before["facts"]["day"]) if before else "",
    }
    for goal in context["goals"]:
        svg = charts.goal_chart(goal["raw"], style=charts.STYLE)
        goal["source_of_picture"] = picture(svg) if svg is not None else ""
    return render_to_string("programme/report_pdf.html", context)


def shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """The frozen content in words: for the page on paper and the one on the screen."""
    names = {place["key"]: place["name"] for place in content["places"]}
    goals = [_goal(goal, names) for goal in content["goals"]]
    by_id = {goal["raw"]["id"]: goal for goal in goals}
    projects = [_project(one, content["day"]) for one in content["projects"]]
    places = [
        {
            **place,
            **_state(place),
            "goals": [by_id[pk] for pk in place["goals"]],
            "rows": [one for one in projects if one["place"] == place["key"]],
        }
        for place in content["places"]
    ]
    return {
        "municipality": content["municipality"],
        "programme": content["programme"],
        "title": content.get("round", ""),
        "day": words.day(content["day"]),
        "body": words.body(content.get("body", "")),
        "story": [part for part in content.get("story", "").split("\n\n") if part.strip()],
        "pillars": [place for place in places if place["kind"] == "pillar"],
        "conditions": [place for place in places if place["kind"] == "condition"],
        "foundation": next((place for place in places if place["kind"] == "foundation"), None),
        "places": [place for place in places if place["rows"]],
        "goals": goals,
        "sums": _sums(content),
        "money": [_money(line) for line in content["money"]],
        "money_total": _money(_total(content["money"])) if content["money"] else None,
        "money_is_example": any(line["is_example"] for line in content["money"]),
        "dates_are_example": any(one["is_example"] for one in content["projects"]),
        "decisions": [
            {**one, "when": words.day(one["on"]), "by": words.body(one["body"])} for one in content["decisions"]
        ],
        "risks": content["risks"],
    }


def _state(place: Mapping[str, Any]) -> dict[str, str]:
    """As on the front page: a part of which every project is ready is ready; reports of before knew only its light."""
    is_done = bool(place.get("is_done"))
    tone = words.tone(place["light"], is_done=is_done)
    told = words.light(place["light"], is_done=is_done) if place["light"] else _("no projects")
    return {"words": told, "tone": tone, "icon": words.ICONS[tone]}


def _goal(goal: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    unit = goal["unit"]
    state = "none" if goal["met"] is None else "ok" if goal["met"] else "warn"
    base = ""
    if goal["base"] is not None:
        base = f"{words.value(goal['base'], unit)} ({goal['base_year']})"
    return {
        "raw": goal,
        "name": goal["name"],
        "place": names.get(goal["place"], ""),
        "actual": words.value(goal.get("told", goal["actual"]), unit),
        "actual_of": goal["actual_of"],
        "target": words.value(goal["target"], unit),
        "target_year": goal["target_year"] or "",
        "base": base,
        "met": words.met(goal),
        "tone": state,
        "icon": words.ICONS[state],
        "outlook": words.outlook(goal),
        "source": _("figures of the Servicecentrum") if goal["is_live"] else goal["source"] or goal["base_source"],
    }


def _project(one: Mapping[str, Any], day: str) -> dict[str, Any]:
    is_done = bool(one["done"])
    tone = words.tone(one["light"], is_done=is_done)
    ahead = sorted((step for step in one["milestones"] if not step["done"]), key=lambda step: step["due"])
    following = ahead[0] if ahead else None
    return {
        **one,
        "words": words.light(one["light"], is_done=is_done),
        "tone": tone,
        "icon": words.ICONS[tone],
        "begins": words.short_day(one["from"]),
        "ends": words.short_day(one["until"]),
        "ready": words.day(one["done"]),
        "next_name": following["name"] if following else "",
        "next_day": words.short_day(following["due"]) if following else "",
        "next_is_late": bool(following) and following["due"] < day,
        "next_was": words.short_day(following["first"]) if following and following["first"] != following["due"] else "",
        "steps": [
            {**step, "when": words.short_day(step["done"] or step["due"]), "was": words.short_day(step["first"])}
            for step in one["milestones"]
        ],
    }


def _sums(content: Mapping[str, Any]) -> dict[str, Any]:
    running = [one for one in content["projects"] if not one["done"]]
    steps = [step for one in content["projects"] for step in one["milestones"]]
    known = [goal for goal in content["goals"] if goal["met"] is not None]
    total = _total(content["money"])
    return {
        "on_track": sum(1 for one in running if one["light"] == "on_track"),
        "attention": sum(1 for one in running if one["light"] == "attention"),
        "behind": sum(1 for one in running if one["light"] == "behind"),
        "ready": len(content["projects"]) - len(running),
        "steps_done": sum(1 for step in steps if step["done"]),
        "steps": len(steps),
        "goals_met": sum(1 for goal in known if goal["met"]),
        "goals": len(known),
        "spent": words.euros(total["spent"]),
        "budget": words.euros(total["budget"]),
        "left": words.euros(total["budget"] - total["spent"] - total["committed"]),
    }


def _total(lines: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "name": _("Total"),
        "budget": sum(line["budget"] for line in lines),
        "spent": sum(line["spent"] for line in lines),
        "committed": sum(line["committed"] for line in lines),
    }


def _money(line: Mapping[str, Any]) -> dict[str, Any]:
    budget = line["budget"] or 1
    spent = max(0.0, min(200.0, 200 * line["spent"] / budget))
    return {
        "name": line["name"],
        "budget": words.euros(line["budget"]),
        "spent": words.euros(line["spent"]),
        "committed": words.euros(line["committed"]),
        "left": words.euros(line["budget"] - line["spent"] - line["committed"]),
        "is_over": line["budget"] < line["spent"] + line["committed"],
        "spent_width": f"{spent:.1f}",
        "bound_width": f"{max(0.0, min(200.0 - spent, 200 * line['committed'] / budget)):.1f}",
    }
