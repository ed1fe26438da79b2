"""One agreement: what was promised, how it is kept, what was said about it, who changed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi import words
from kpi.forms.agreements import EndForm
from kpi.models import AgreementReview, TeamAgreement
from kpi.pages.agreement_rows import NO_DAY, day_choice, day_of, views_of
from kpi.pages.agreement_shapes import AgreementPage, ChangeView, TalkView
from kpi.periods import QUARTER, Period, period_of
from kpi.promise_words import kept_words
from kpi.promises import COMING, OVER, periods_on, state_on
from kpi.reach import hides_small
from organisation import wording
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

CHANGES: Final = 15


def agreement_page(
    row: TeamAgreement,
    user: User,
    params: Mapping[str, str],
    house: Organisation,
    at: datetime,
    end: EndForm | None = None,
) -> AgreementPage:
    """One agreement, as it stands and how it came about."""
    today = local_day(at)
    last = min(today, row.ends_on) if row.ends_on is not None else today
    day = day_of(params, last)
    (view,) = views_of([row], user, house, at, day, narrows=True)
    state = state_on(row, today)
    may_write = user.may(Right.AGREEMENTS_WRITE)
    is_over = state == OVER
    quarter = period_of(QUARTER, day)
    return AgreementPage(
        title=_title(row.team.name, quarter, "" if is_over else view.sums[1]),
        agreement=view,
        day=day_choice(day, last),
        facts=_facts(row, today),
        text=_paragraphs(row.text),
        support=_paragraphs(row.support),
        note=" ".join(part for part in (_note(row, day), _note_of_end(row, day)) if part),
        talks=[_talk(one, hides_small(user)) for one in row.reviews.select_related("by")],
        changes=_changes(row),
        report_href=f"{reverse('kpi:report_view')}?periode=kwartaal&dag={quarter.first}&team={row.team.code}"
        if user.may(Right.REPORTS_READ) and not hides_small(user)
        else "",
        may_write=may_write,
        may_talk=may_write and state not in (COMING, OVER),
        may_change=may_write and not is_over,
        end=(end or EndForm(initial={"ends_on": today, "version": row.version})) if may_write and not is_over else None,
        again_href=reverse("kpi:agreement_new", args=[row.team.code]) if may_write and is_over else "",
        query=f"dag={day.isoformat()}" if day != last else "",
    )


def _title(team: str, quarter: Period, kept: str) -> str:
    """`Afspraak met Burgerzaken: alle drie toezeggingen gehaald in kwartaal 4 van 2026`."""
    if not kept:
        return _("Agreement with %(team)s") % {"team": team}
    period = words.in_sentence(quarter.kind, words.period_name(quarter, NO_DAY))
    return _("Agreement with %(team)s: %(kept)s in %(period)s") % {"team": team, "kept": kept, "period": period}


def _facts(row: TeamAgreement, today: date) -> list[tuple[str, str]]:
    facts = [
        (_("Agreed with"), str(row.agreed_with)),
        (_("From"), wording.day_long(row.starts_on, today)),
        (_("Last day"), wording.day_long(row.ends_on, today) if row.ends_on else _("no last day")),
    ]
    if row.end_reason:
        facts.append((_("Why it ends"), row.end_reason))
    if state_on(row, today) != OVER:
        facts.append((_("Next talk"), wording.day_long(row.review_on, today)))
    return facts


def _note(row: TeamAgreement, day: date) -> str:
    """A year in which the agreement begins has days before it: they count along, as on the dashboard."""
    periods = periods_on(day)
    if all(period.first >= row.starts_on for period in periods):
        return ""
    if all(period.last < row.starts_on for period in periods):
        return _("The agreement did not hold yet in these periods.")
    return _("The agreement holds from %(day)s; days before it in the same period count along.") % {
        "day": wording.day(row.starts_on, day)
    }


def _note_of_end(row: TeamAgreement, day: date) -> str:
    if row.ends_on is None or all(period.last <= row.ends_on for period in periods_on(day)):
        return ""
    return _("The last day of the agreement is %(day)s; days after it in the same period count along.") % {
        "day": wording.day(row.ends_on, day)
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _talk(one: AgreementReview, small: bool) -> TalkView:
    heads = [str(cell["period"]) for cell in one.results[0]["cells"]] if one.results else []
    on = wording.day_long(one.held_on, NO_DAY)
    late = (one.held_on - one.planned_on) > timedelta(days=7)
    planned = _(" (planned on %(day)s)") % {"day": wording.day(one.planned_on, one.held_on)} if late else ""
    return TalkView(
        title=on[:1].upper() + on[1:] + planned,
        outcome=_paragraphs(one.outcome),
        by=str(one.by),
        heads=heads,
        results=[
            (
                row["name"],
                row["terms"],
                [
                    {"head": cell["period"], "shown": shown, "words": said}
                    for cell, (shown, said) in zip(row["cells"], kept_words(row["cells"], small), strict=True)
                ],
            )
            for row in one.results
        ],
    )


def _changes(row: TeamAgreement) -> list[ChangeView]:
    """Who wrote what when, newest first."""
    labels = {field.name: str(field.verbose_name) for field in TeamAgreement._meta.fields}
    found = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[: CHANGES + 1])
    rows = []
    for number, one in enumerate(found[:CHANGES]):
        older = found[number + 1] if number + 1 < len(found) else None
        changed = one.diff_against(older, foreign_keys_are_objs=False).changed_fields if older is not None else []
        names = [labels[name] for name in changed if name not in ("version", "end_reason", "told_of")]
        rows.append(
            ChangeView(
                when=wording.moment(one.history_date),
                who=str(one.history_user) if one.history_user else _("the machine"),
                what=_("made") if older is None and len(found) <= CHANGES else ", ".join(names),
                reason=one.history_change_reason or "",
            )
        )
    return rows
