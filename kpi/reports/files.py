"""A report as a spreadsheet and as CSV: real numbers, and cells that cannot run (quality rule 41)."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from contacts.csv_cells import csv_text
from kpi import words

Row = list[Any]


def figure_table(report: dict[str, Any]) -> list[Row]:
    """One figure a line, with a head."""
    head = [
        _("Code"), _("Figure"), _("Value"), _("Norm"), _("Met"), _("Numerator"), _("Denominator"),
        _("Previous period"), _("Difference"), _("How we count"),
    ]  # fmt: skip
    lines: list[Row] = [head]
    for row in report["figures"]:
        lines.append(
            [
                row["code"],
                row["name"],
                _rounded(row["value"]),
                row["target"],
                row["state_shown"],
                row["numerator"],
                row["denominator"],
                _rounded(row["before"]),
                _rounded(row["value"] - row["before"]) if None not in (row["value"], row["before"]) else None,
                f"{row['definition']} {row['promise']}".strip(),
            ]
        )
    return lines


def other_tables(report: dict[str, Any]) -> list[tuple[str, list[Row]]]:
    """(name, lines) of what stands beside the figures."""
    tables: list[tuple[str, list[Row]]] = [
        (
            _("Channels"),
            [[_("Channel"), _("Contacts"), _("Previous period")]]
            + [[row["name"], _or_words(row, "count"), _or_words(row, "before")] for row in report["channels"]],
        ),
        (
            _("Subjects"),
            [[_("List"), _("Subject"), _("Questions"), _("More than before")]]
            + [[_("most asked"), row["name"], row["count"], _more(row)] for row in report["subjects"]["top"]]
            + [[_("rising fastest"), row["name"], row["count"], _more(row)] for row in report["subjects"]["risers"]],
        ),
    ]
    if report["teams"]:
        tables.append(
            (
                _("Teams"),
                [[_("Team"), _("Answered in time"), _("Of"), _("Share")]]
                + [
                    [
                        row["name"],
                        row["numerator"],
                        row["denominator"],
                        _rounded(100 * row["numerator"] / row["denominator"]) if row["denominator"] else row["behind"],
                    ]
                    for row in report["teams"]
                ],
            )
        )
    if report.get("year"):
        tables.insert(0, (_("A year before"), _a_year_before(report)))
    agreement = report.get("agreement")
    if agreement:
        tables.insert(0, (_("Agreement"), _promises(agreement)))
    load = report["backlog"]
    waits: list[Row] = [[_("Waits at %(moment)s") % {"moment": report["made_shown"]}, _("Questions")]]
    waits += [
        [_("open"), load["open"]],
        [_("overdue"), load["late"]],
        [_("almost due"), load["soon"]],
        [_("without assignee"), load["unassigned"]],
        [_("waiting for customer"), load["waiting"]],
    ]
    waits += [[_("due %(day)s") % {"day": row["day"]}, row["count"]] for row in load["forecast"]]
    tables.append((_("Backlog"), waits))
    return tables


def _a_year_before(report: dict[str, Any]) -> list[Row]:
    """The contacts and the figures beside those of the same period a year before."""
    year = report["year"]
    head = [_("Figure"), _("Value"), _("A year before: %(period)s") % {"period": year["name"]}, _("Difference")]
    rows = [
        [row["name"], _rounded(row["value"]), _rounded(row["then"]), _rounded(row["value"] - row["then"])]
        for row in year["rows"]
    ]
    return [head, [_("Contacts"), report["volume"], year["volume"], report["volume"] - year["volume"]], *rows]


def _promises(agreement: dict[str, Any]) -> list[Row]:
    """What a team promised and how it was kept; issued before agreements were there, a report has none."""
    head = [_("Promise"), _("Norm"), _("Value"), _("Target"), _("Met"), _("Numerator"), _("Denominator"), _("How we count")]  # fmt: skip
    return [
        head,
        *(
            [
                row["name"],
                row["terms"],
                _rounded(row["value"]),
                row["target"],
                row["state_shown"],
                row["numerator"],
                row["denominator"],
                row["definition"],
            ]
            for row in agreement["rows"]
        ),
    ]


def as_csv(report: dict[str, Any]) -> bytes:
    """Everything in one file, the tables under each other."""
    lines: list[Row] = [[title_of(report)], [report["dates"], report["where"]], [], *figure_table(report)]
    for name, rows in other_tables(report):
        lines += [[], [name], *rows]
    return csv_text(lines).encode()


def as_xlsx(report: dict[str, Any]) -> bytes:
    """A sheet of figures, one of definitions beside them, and one for each other table."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    import xlsxwriter  # 4 MB that only a report needs

    with xlsxwriter.Workbook(out, {**safe, "nan_inf_to_errors": True}) as book:
        book.set_properties({"title": title_of(report), "author": report["municipality"]})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#0a3a44"}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#eef6f7", "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        figures = figure_table(report)
        _sheet(book, _("Figures"), report, [row[:9] for row in figures], [18, 38, 11, 9, 16, 12, 12, 12, 12], styles)
        _sheet(book, _("Definitions"), report, [[row[0], row[1], row[9]] for row in figures], [18, 38, 110], styles)
        for name, rows in other_tables(report):
            _sheet(book, name, report, rows, [40, 34, 16, 18], styles)
    return out.getvalue()


def _sheet(book: Any, name: str, report: dict[str, Any], rows: list[Row], widths: list[int], styles: Any) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.write_string(0, 0, title_of(report), styles["title"])
    sheet.write_string(1, 0, f"{report['dates']}, {report['where']}")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            style = styles["head"] if number == 3 else styles["wrap"] if name == _("Definitions") else None
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell, style)
            elif cell not in (None, ""):
                sheet.write_string(number, column, str(cell).replace("\x00", ""), style)
    sheet.freeze_panes(4, 0)
    if len(rows) > 1:
        sheet.autofilter(3, 0, 2 + len(rows), len(rows[0]) - 1)


def title_of(report: dict[str, Any]) -> str:
    """`Kwartaalrapport: kwartaal 3 van 2026`."""
    names = {
        "week": _("Weekly report"),
        "month": _("Monthly report"),
        "quarter": _("Quarterly report"),
        "year": _("Annual report"),
    }
    return f"{names.get(report['kind'], _('Report'))}: {words.in_sentence(report['kind'], report['name'])}"


def _or_words(row: dict[str, Any], name: str) -> int | str:
    """A number, or what stands instead of one that is hidden; reports of before numbers were hidden know no words for them."""
    return row[name] if row[name] is not None else row[f"{name}_shown"]


def _more(row: dict[str, Any]) -> int | str | None:
    """How much more than before; `≥ 17` when only the least that it can be is told."""
    return f"≥ {row['more']}" if row.get("is_least") and row["more"] is not None else row["more"]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
