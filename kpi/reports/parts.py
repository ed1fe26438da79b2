"""The tables of a report that cut the whole into channels and teams, and how little of these may be told to everybody who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from channels_app.models import Channel
from channels_app.models.channel import DIGITAL_CHANNELS
from kpi import words
from kpi.measures.base import SHARE, Measure, Tally
from kpi.reading import Answer
from kpi.registry import ANSWERS
from kpi.shares import hidden_in_groups, hidden_of, is_all_hidden, parts_words, share_of, share_words
from organisation import wording
from organisation.snapshot import Organisation


def signed(change: float, decimals: int = 0) -> str:
    if change == 0:
        return "0"
    return f"{'+' if change > 0 else '−'}{wording.number(abs(change) if decimals else int(abs(change)), decimals)}"


def difference(measure: Measure, value: float | None, before: float | None) -> str:
    """`+1,2` in points for shares, `+1,5 uur` for lengths, else rows; with two decimals for averages per question."""
    if value is None or before is None:
        return ""
    if measure.is_length:
        change = round(value) - round(before)
        sign = "+" if change > 0 else "−"
        return f"{sign}{words.value_text(measure, abs(change))}" if change else "0"
    decimals = 2 if measure.code.endswith("per_question") else 1 if measure.kind == SHARE or measure.is_mark else 0
    change = round(value - before, decimals)
    return signed(change, decimals)


def channels(answer: Answer, hides_small: bool) -> list[dict[str, Any]]:
    """Contacts per channel in this period and the one before, the most first. `hides_small`: cells under ten are hidden, as in `teams`, and stand
    last, where their place tells nothing; how many contacts there were in all, and how many of these on a digital channel, stands in the same
    report. Nothing when nothing may be told."""
    counts = {code: (_contacts(answer, 0, code), _contacts(answer, 1, code)) for code, _name in Channel.choices}
    rows = [(code, *pair) for code, pair in counts.items() if any(pair)]
    digital = [code in DIGITAL_CHANNELS for code, *_counts in rows]
    befores = _told([before for _code, before, _now in rows], digital, hides_small)
    nows = _told([now for _code, _before, now in rows], digital, hides_small)
    total = volume(answer, 1)
    told = [
        {
            "code": code,
            "name": str(wording.channel_name(code)),
            "count": now,
            "count_shown": now_shown,
            "before": before,
            "before_shown": before_shown,
            "delta": signed(now - before) if now is not None and before is not None else "",
            "share": wording.percent(now / total, 0) if now is not None and total else "",
        }
        for (code, *_counts), (before, before_shown), (now, now_shown) in zip(rows, befores, nows, strict=True)
    ]
    kept_back = [(row["count"] is None) + (row["before"] is None) for row in told]
    if all(columns == 2 for columns in kept_back) or (len(told) == 1 and any(kept_back)):
        return []
    return sorted(told, key=lambda row: -row["count"] if row["count"] is not None else 1)


def _told(counts: Sequence[int], digital: Sequence[bool], hides_small: bool) -> list[tuple[int | None, str]]:
    """One column of the channels: each count, and its words; None for what is hidden."""
    if not hides_small:
        return [(count, wording.number(count)) for count in counts]
    hidden = hidden_in_groups(counts, digital, [True] * len(counts))
    if is_all_hidden(counts, hidden):  # a nought would then tell who is left
        return [(None, "–")] * len(counts)
    words_ = parts_words(counts, hidden)
    return [(None if is_hidden else count, word) for count, word, is_hidden in zip(counts, words_, hidden, strict=True)]


def _contacts(answer: Answer, place: int, channel: str) -> int:
    return answer.get(("contacts.digital", place, channel), Tally()).denominator


def volume(answer: Answer, place: int) -> int:
    """All contacts of the period before (0) or of this one (1)."""
    return sum(_contacts(answer, place, code) for code, _name in Channel.choices)


def teams(answer: Answer, house: Organisation) -> list[dict[str, Any]]:
    """What each team answered in time. Cells under ten are hidden, since everybody who reads reports may read the whole; and the next
    smallest where the figures of the same report would give them away; nothing when nothing may be told."""
    found = [
        (team.name, sum((answer.get((code, 0, str(team.pk)), Tally()) for code in ANSWERS), Tally()))
        for team in sorted(house.teams.values(), key=lambda one: one.name)
    ]
    filled = [(name, kept) for name, kept in found if not kept.is_empty]
    counts = [kept.denominator for _name, kept in filled]
    hidden = hidden_of(counts)
    if is_all_hidden(counts, hidden):
        return []
    words_ = parts_words(counts, hidden)
    return [
        _team(name, kept, word if is_hidden else "")
        for (name, kept), is_hidden, word in zip(filled, hidden, words_, strict=True)
    ]


def _team(name: str, kept: Tally, instead: str) -> dict[str, Any]:
    """`instead`: what stands there of a hidden one."""
    if instead:
        return {"name": name, "numerator": None, "denominator": None, "behind": instead, "shown": share_words(None)}
    told = {"hits": wording.number(kept.numerator), "all": wording.number(kept.denominator)}
    return {
        "name": name,
        "numerator": kept.numerator,
        "denominator": kept.denominator,
        "behind": _("%(hits)s of %(all)s") % told,
        "shown": share_words(share_of(kept, hides_small=False)),
    }
