"""What stands above the figures: what is the case in one title, and what must be known to read them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi import words
from kpi.pages.filters import Question, heading
from kpi.pages.tiles import Tile
from kpi.periods import Period


def goals_title(tiles: list[Tile], period: Period, today: date) -> str:
    """What is the case: `Week 47: vier van de acht doelen gehaald`."""
    name = words.period_name(period, today)
    judged = [one for one in tiles if one.css != "none"]
    met = sum(one.css == "ok" for one in judged)
    if not judged and any(one.foot for one in tiles):
        return _("%(period)s: too little to judge a goal by") % {"period": name}
    if not judged:
        return _("%(period)s: no figures yet") % {"period": name}
    if met == len(judged) == 2:
        return _("%(period)s: both goals met") % {"period": name}
    if met == len(judged):
        return ngettext("%(period)s: the one goal met", "%(period)s: all %(count)s goals met", met) % {
            "period": name,
            "count": words.number_word(met),
        }
    sentence = ngettext(
        "%(period)s: %(met)s of the %(count)s goal met", "%(period)s: %(met)s of the %(count)s goals met", len(judged)
    )
    return sentence % {"period": name, "met": words.number_word(met), "count": words.number_word(len(judged))}


def lead(question: Question, tiles: list[Tile], period: Period, today: date) -> str:
    parts = [f"{heading(question)}."]
    if period.last >= today:
        parts.append(_("The period is not over yet."))
    below = [one.below for one in tiles if one.below]
    if below:
        parts.append(_("Below the norm: %(names)s.") % {"names": "; ".join(_in_sentence(name) for name in below[:3])})
        if len(below) > 3:
            parts[-1] = parts[-1][:-1] + " " + _("and %(count)s more.") % {"count": len(below) - 3}
    if any(one.delta for one in tiles):
        parts.append(_("Arrow: difference with %(period)s.") % {"period": words.previous_name(period, today)})
    return " ".join(parts)


def _in_sentence(name: str) -> str:
    """A norm's name inside a sentence begins with a small letter."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == "-" else name
