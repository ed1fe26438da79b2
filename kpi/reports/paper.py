"""What the pages of a report show, made from its plain data: for the screen and for the PDF."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kpi.reports.content import BELOW, MET, NO_DATA
from kpi.reports.files import title_of
from organisation import wording
from organisation.pdf import make_pdf

CSS = {MET: "ok", BELOW: "below"}
MARKS = {MET: "✓", BELOW: "✗"}


def paper_of(report: dict[str, Any]) -> dict[str, Any]:
    """The context of a template: goals with data, names without, what stands beside them, sums."""
    rows = [{**row, "then_shown": then} for row, then in zip(_marked(report["figures"]), _then(report), strict=True)]
    load = report["backlog"]
    return {
        "report": report,
        "title": title_of(report),
        "promises": _marked((report.get("agreement") or {"rows": []})["rows"]),
        "goals": [row for row in rows if row["has_norm"] and row["state"] != NO_DATA],
        "unmeasured": [row["name"] for row in rows if row["state"] == NO_DATA],
        "beside": [row for row in rows if not row["has_norm"] and row["state"] != NO_DATA],
        "definitions": _definitions(rows),
        "channels": [_with_words(row) for row in report["channels"]],
        "volume": _volume(report, "volume", "count"),
        "volume_before": _volume(report, "volume_before", "before"),
        "waits": [
            (_("open"), load["open"]),
            (_("overdue"), load["late"]),
            (_("almost due"), load["soon"]),
            (_("without assignee"), load["unassigned"]),
            (_("waiting for customer"), load["waiting"]),
            *((_("due %(day)s") % {"day": row["day"]}, row["count"]) for row in load["forecast"]),
        ],
    }


def _then(report: dict[str, Any]) -> list[str]:
    """Of each figure what it was a year before; a dash where nothing can be compared. Reports of before this was told hold none."""
    known = {row["code"]: row["then_shown"] for row in (report.get("year") or {"rows": []})["rows"]}
    return [known.get(row["code"], "–") for row in report["figures"]]


def _with_words(row: dict[str, Any]) -> dict[str, Any]:
    """Reports of before small channels were hidden hold numbers alone."""
    shown = {f"{name}_shown": wording.number(row[name]) for name in ("count", "before") if row[name] is not None}
    return {**shown, **row}


def _volume(report: dict[str, Any], name: str, column: str) -> int:
    """All contacts; reports of before tell it by their channels alone."""
    return int(report[name]) if name in report else sum(row[column] for row in report["channels"])


def _marked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "css": CSS.get(row["state"], "none"), "mark": MARKS.get(row["state"], "")} for row in rows]


def _definitions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Figures that are counted in the same way stand together, each with what was promised."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["definition"], []).append(row)
    return [{"rows": same, "words": text} for text, same in found.items()]


def issue_words(number: int, issued: str) -> str:
    """`Uitgave 1, vastgesteld op 3 december 2026`."""
    return _("Issue %(number)s, frozen on %(day)s") % {"number": number, "day": issued}


def report_pdf(report: dict[str, Any], issue: str) -> bytes:
    """The PDF; raises `NoPdf`."""
    context = paper_of(report)
    return make_pdf("reports/report_pdf.html", {**context, "issue": issue, "municipality": report["municipality"]})
