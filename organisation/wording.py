"""Dates, numbers and deadlines in words, in the language of the reader (design/README.md "Wording").

Pure functions: no models, no queries. Days are cut in Europe/Amsterdam. The names of days and months stand here as tables, so a
list of 50 rows costs microseconds; views may call these functions to format in bulk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation.clock import AMSTERDAM, now

DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
DAYS_LONG = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
MONTHS_LONG = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}

CHANNEL_ICONS = {
    "phone": "phone",
    "counter": "building",
    "reception": "walk",
    "email": "mail",
    "letter": "mailbox",
    "form": "forms",
    "chat": "message-circle",
    "whatsapp": "brand-whatsapp",
    "sms": "message-2",
    "social": "at",
    "appointment": "calendar",
    "home_visit": "home",
    "street": "map-pin",
    "app": "device-mobile",
}
CHANNEL_NAMES: dict[str, Promise] = {
    "phone": lazy("Phone"),
    "counter": lazy("Counter"),
    "reception": lazy("Reception"),
    "email": lazy("E-mail"),
    "letter": lazy("Letter"),
    "form": lazy("Web form"),
    "chat": lazy("Chat"),
    "whatsapp": lazy("WhatsApp"),
    "sms": lazy("SMS"),
    "social": lazy("Social media"),
    "appointment": lazy("Appointment"),
    "home_visit": lazy("Home visit"),
    "street": lazy("On the street"),
    "app": lazy("App"),
}
MORE_NAMES: dict[str, Promise] = {"newsletter": lazy("Newsletter")}
"""What customers give their opinion of, and by which nobody comes to us."""
STATE_ICONS = {
    "ok": "clock",
    "soon": "hourglass",
    "late": "alert-triangle",
    "missed": "alert-triangle",
    "paused": "player-pause",
    "met": "circle-check",
}


def language() -> str:
    """`nl` or `en`: the language of the reader; Dutch when none is active."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def channel_name(code: str) -> Promise | str:
    """The channel in words; an unknown code is shown as it is."""
    return CHANNEL_NAMES.get(code) or MORE_NAMES.get(code, code)


def channel_inside(code: str) -> str:
    """The channel within a sentence: the name of a service keeps its capitals."""
    words = str(channel_name(code))
    return {"whatsapp": words, "sms": "sms"}.get(code, words.lower())


def local(value: datetime) -> datetime:
    """An aware moment as the clock on the wall in Amsterdam; naive input is an error."""
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone has no local time.")
    return value.astimezone(AMSTERDAM)


def _as_day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None, today: date | None = None) -> str:
    """`wo 25 nov`; with the year when that is another one: `wo 25 nov 2025`. Empty for None."""
    if value is None or value == "":
        return ""
    on = _as_day(value)
    this_year = (today or local(now()).date()).year
    lang = language()
    text = f"{DAYS[lang][on.weekday()]} {on.day} {MONTHS[lang][on.month - 1]}"
    return text if on.year == this_year else f"{text} {on.year}"


def day_long(value: date | datetime | None, today: date | None = None) -> str:
    """`woensdag 25 november`, as citizens read it; with the year when that is another one."""
    if value is None or value == "":
        return ""
    on = _as_day(value)
    this_year = (today or local(now()).date()).year
    lang = language()
    text = f"{DAYS_LONG[lang][on.weekday()]} {on.day} {MONTHS_LONG[lang][on.month - 1]}"
    return text if on.year == this_year else f"{text} {on.year}"


def clock(value: datetime | None) -> str:
    """`10:42` in Amsterdam."""
    return "" if value is None or value == "" else f"{local(value):%H:%M}"


def moment(value: datetime | None, today: date | None = None) -> str:
    """`vandaag 10:42`, `gisteren 16:22`, else `wo 18 nov, 16:22`."""
    if value is None or value == "":
        return ""
    at = local(value)
    today = today or local(now()).date()
    if at.date() == today:
        return _("today %(time)s") % {"time": f"{at:%H:%M}"}
    if at.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": f"{at:%H:%M}"}
    return f"{day(at.date(), today)}, {at:%H:%M}"


def moment_long(value: datetime | None, today: date | None = None) -> str:
    """`woensdag 18 november, 16:22`."""
    return "" if value is None or value == "" else f"{day_long(value, today)}, {clock(value)}"


def printed(at: datetime) -> str:
    """`woensdag 18 november 2026, 16:22`: on paper "today" is soon another day, and this year another one."""
    return moment_long(at, date.min)


def number(value: int | float | Decimal | None, decimals: int | str = -1) -> str:
    """`1.105` and `3,5` in Dutch, `1,105` and `3.5` in English; a dash for None.

    `decimals` -1: none for a whole number, one for the rest.
    """
    if value is None or value == "":
        return "–"
    places = int(decimals)
    if places < 0:
        places = 0 if value == int(value) else 1
    text = f"{value:,.{places}f}"
    return text if language() == "en" else text.translate(_SWAP)


_SWAP = str.maketrans({",": ".", ".": ","})


def percent(value: float | Decimal | None, decimals: int | str = -1) -> str:
    """`87,5 %` from the fraction 0.875; a dash for None."""
    if value is None or value == "":
        return "–"
    return f"{points(Decimal(str(value)) * 100, decimals)}{percent_sign()}"


def points(value: float | Decimal, decimals: int | str = -1) -> str:
    """`87,5` of a hundred. A part is never shown as the whole nor as nothing: 99,96 is 99,9, and without decimals 99; not 100."""
    places = int(decimals)
    kept = 1 if places < 0 else places
    exact, least = Decimal(str(value)), Decimal(1).scaleb(-kept)
    shown = round(exact, kept)
    if exact < 100 <= shown:
        shown = 100 - least
    elif shown <= 0 < exact:
        shown = least
    return number(shown, decimals)


def percent_sign() -> str:
    """As it stands behind a number: with a space in Dutch, without in English."""
    return "%" if language() == "en" else "\u00a0%"


NO_NAME = frozenset({"Mevr.", "Mw.", "Dhr.", "B.V.", "BV", "N.V.", "NV", "V.O.F.", "VOF"})  # stands with a name


def initials(name: str | None) -> str:
    """Two letters for the circle: `Fatima el Amrani` → FA, `Mevr. A. de Wit-Schouten` → AW, `Joost` → JO."""
    words = [word for word in (name or "").split() if word[0].isalpha() and word not in NO_NAME]
    if len(words) == 1:
        words = [part for part in words[0].split("-") if part]
    big = [word for word in words if word[0].isupper()] or words
    if len(big) < 2:
        return big[0][:2].upper() if big else "?"
    return (big[0][0] + big[-1][0]).upper()


@dataclass(frozen=True)
class Badge:
    """A deadline as `{% norm_clock %}` shows it: `state` is the CSS suffix, `note` the small line under it."""

    state: str
    word: str
    icon: str
    title: str = ""
    note: str = ""


def days_late(count: int) -> str:
    return ngettext("%(count)s day late", "%(count)s days late", count) % {"count": count}


def last_day(due_at: datetime) -> date:
    """The last day on which there is still time: a deadline of midnight belongs to the day before (`due_at` is exclusive)."""
    return local(due_at - timedelta(microseconds=1)).date()


def deadline_words(
    due_at: datetime | None, state: str, at: datetime, working_days_late: int | None = None
) -> Badge | None:
    """The badge of one clock at the moment `at`.

    `state`: running, paused, met, missed, cancelled, or the shown states soon, late and ok of someone who already knows.
    `working_days_late` comes from the calendar of the team; without it the days of the week are counted. None: no deadline.
    """
    if state == "paused":
        return Badge("paused", _("waiting for customer"), STATE_ICONS["paused"])
    if state == "met":
        return Badge("ok", _("in time"), STATE_ICONS["met"])
    if state == "missed":
        return Badge("missed", _("too late"), STATE_ICONS["missed"])
    if due_at is None or state == "cancelled":
        return None
    today = local(at).date()
    last = last_day(due_at)
    if state == "late" or at >= due_at:
        late = (today - last).days if working_days_late is None else working_days_late
        if late >= 1:
            return Badge("late", days_late(late), STATE_ICONS["late"], day_long(last, today), day(last, today))
        begun = local(due_at).date()  # an earlier day when no working day has passed since: a weekend
        since = clock(due_at) if begun == today else day(begun, today)
        word = _("overdue since %(time)s") % {"time": since}
        return Badge("late", word, STATE_ICONS["late"], day_long(last, today), day(last, today))
    if last == today:
        return Badge("soon", _("today"), STATE_ICONS["soon"], day_long(last, today), _left(due_at - at))
    shown = "soon" if state == "soon" else "ok"
    note = _("tomorrow") if last == today + timedelta(days=1) else ""
    return Badge(shown, day(last, today), STATE_ICONS[shown], day_long(last, today), note)


def _left(span: timedelta) -> str:
    """What is left of today; never more than a day (design: a deadline names the last day, not hours)."""
    minutes = int(span.total_seconds() // 60)
    if minutes >= 120:
        return _("%(count)s hours left") % {"count": minutes // 60}
    if minutes < 1:
        return _("less than a minute left")
    return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}
