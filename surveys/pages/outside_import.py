"""A file with results as it would be read in: what is new, what is corrected, and what is wrong with its row and column."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from surveys.actions.outside import CORRECTED, NEW, REMOVED, SAME, Plan, Step
from surveys.forms.outside import PART_WORDS
from surveys.models import OutsideImport, OutsideIndicator
from surveys.outside import Row, Wrong
from surveys.pages.outside import shown

MOST_SHOWN = 100


@dataclass(frozen=True)
class PreviewRow:
    line: int
    name: str
    when: str
    score: str
    size: str
    source: str
    what: str
    css: str


@dataclass(frozen=True)
class ImportPage:
    sentence: str
    wrong: list[str]
    more_wrong: str
    rows: list[PreviewRow]
    more_rows: str
    is_ready: bool
    changes: int
    digest: str
    notes: list[str]
    """What of the file is not read, and why that is no fault."""


def import_page(row: OutsideImport, plan: Plan) -> ImportPage:
    named = {one.code: one for one in OutsideIndicator.objects.all()}
    new, corrected = plan.count(NEW), plan.count(CORRECTED)
    return ImportPage(
        sentence=_sentence(plan, new, corrected),
        wrong=[*(_missing(part) for part in plan.missing), *(_wrong(row, one) for one in plan.wrong[:MOST_SHOWN])],
        more_wrong=_more(len(plan.wrong)),
        rows=[_preview(one, named) for one in sorted(plan.steps, key=_order)[:MOST_SHOWN]],
        more_rows=_more(len(plan.steps)),
        is_ready=plan.is_ready,
        changes=new + corrected,
        digest=plan.digest,
        notes=_notes(plan),
    )


def file_words(code: str) -> str:
    """Why a file cannot be used."""
    return {
        "too_large": _("The file is too large."),
        "empty": _("The file is empty."),
        "no_rows": _("The file has names of columns but no rows."),
        "not_text": _("This is no CSV and no Excel file (.xlsx)."),
        "not_csv": _("This is no CSV and no Excel file (.xlsx)."),
        "not_readable": _("The file cannot be opened. Save it again as .xlsx or .csv."),
        "too_slow": _("The file cannot be opened. Save it again as .xlsx or .csv."),
        "too_many_rows": _("The file has more than 2,000 rows. Split it."),
        "too_many_columns": _("The file has more than 120 columns. Take out what is not needed."),
    }.get(code, _("The file cannot be opened. Save it again as .xlsx or .csv."))


def done_words(row: OutsideImport) -> str:
    given = {"added": row.added, "corrected": row.corrected, "same": row.same}
    return _("Read in: %(added)s new, %(corrected)s corrected, %(same)s stood here already.") % given


def _sentence(plan: Plan, new: int, corrected: int) -> str:
    if plan.missing or plan.wrong:
        return _("Nothing is read in yet: something in the file is not right.")
    if not plan.steps:
        return _("There is nothing in the file to read in.")
    if not new + corrected:
        return _("Everything in this file stands here already. Nothing changes.")
    told = (
        (new, ngettext("%(count)s new score.", "%(count)s new scores.", new)),
        (corrected, ngettext("%(count)s score is corrected.", "%(count)s scores are corrected.", corrected)),
    )
    return " ".join(words % {"count": count} for count, words in told if count)


def _notes(plan: Plan) -> list[str]:
    notes = []
    if plan.others:
        notes.append(
            ngettext(
                "%(count)s row of another municipality is not read.",
                "%(count)s rows of other municipalities are not read.",
                plan.others,
            )
            % {"count": plan.others}
        )
    if plan.shape is not None and plan.shape.unread:
        notes.append(
            _("Not read, for no score here has this name: %(heads)s.") % {"heads": ", ".join(plan.shape.unread[:20])}
        )
    return notes


def _missing(part: str) -> str:
    if part == "place":
        return _("No row is of our municipality. Choose at the side which one to read.")
    return _("No column says “%(part)s”. Choose it at the side.") % {"part": PART_WORDS[part]}


def _wrong(row: OutsideImport, one: Wrong) -> str:
    """`Regel 4, kolom “Score”: …`"""
    place = row.columns.get(one.part)
    column = row.heads[place] if place is not None and place < len(row.heads) else str(PART_WORDS[one.part])
    column = one.column or column
    why = {
        "empty": _("nothing is filled in"),
        "unknown": _("“%(found)s” is not in our list. Add it first, or write it as another name of what it is."),
        "no_year": _("“%(found)s” is no year"),
        "no_number": _("“%(found)s” is no number"),
        "no_percent": _("“%(found)s” is a percentage, and a mark or number is wanted"),
        "fraction": _("“%(found)s”: write it as a percentage, for example 68"),
        "two_ways": _("“%(found)s” can be read in two ways; write it without the point, or with a comma"),
        "not_mark": _("“%(found)s” is no mark from 1 to 10"),
        "not_percent": _("“%(found)s” is no percentage from 0 to 100"),
        "not_number": _("“%(found)s” is no number that can be right"),
        "no_count": _("“%(found)s” is no number of answers"),
        "too_long": _("the source is longer than 200 characters"),
        "twice": _("the same stands in line %(found)s with another score"),
    }[one.code] % {"found": one.found}
    return _("Line %(line)s, column “%(column)s”: %(why)s.") % {
        "line": one.line,
        "column": column,
        "why": why.rstrip("."),
    }


def _more(count: int) -> str:
    rest = count - MOST_SHOWN
    return ngettext("And %(count)s more.", "And %(count)s more.", rest) % {"count": rest} if rest > 0 else ""


def _order(step: Step) -> tuple[int, int]:
    """What changes something first."""
    return (NEW, CORRECTED, REMOVED, SAME).index(step.what), step.row.line


def _preview(step: Step, named: dict[str, OutsideIndicator]) -> PreviewRow:
    row, one = step.row, named[step.row.indicator]
    what, css = {
        NEW: (_("new"), "success"),
        CORRECTED: (_("corrected"), "warning"),
        SAME: (_("stands here already"), "inactive"),
        REMOVED: (_("was taken away, stays away"), "inactive"),
    }[step.what]
    if step.what == CORRECTED and step.before is not None:
        what = _("was %(before)s") % {"before": shown(one.unit, step.before.value)}
        if step.before.value == row.value:
            what = _("number of answers was %(before)s") % {"before": wording.number(step.before.sample_size)}
    return PreviewRow(
        line=row.line,
        name=one.name,
        when=_when(row),
        score=shown(one.unit, row.value),
        size=wording.number(row.size) if row.size else "–",
        source=row.source,
        what=what,
        css=css,
    )


def _when(row: Row) -> str:
    return f"{wording.MONTHS_LONG[wording.language()][row.month - 1]} {row.year}" if row.month else str(row.year)
