"""What the desk shows about a subject before saving: the answer to say, what to ask, the team, the norm, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.actions.confidential_by_rule import seers
from contacts.actions.promises import Promise, promises
from contacts.finding.subject_index import subject_entries
from contacts.finding.subjects import find
from contacts.forms.registration import Block, Typed, received_at
from contacts.forms.registration_route import routed_for
from contacts.models import Customer, Question
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE
from contacts.people_here import AT_WORK, HELPS_VISITORS
from knowledge.markup import Html, html_of
from knowledge.snapshot import Said, articles_of
from organisation import wording
from organisation.choice import Choice
from organisation.models import Membership, QuestionKind, Subject
from organisation.numbers import whole
from organisation.prepared import listed, marked_user, rows_prepared, user_shape, user_values
from organisation.snapshot import Organisation, organisation
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from organisation.models import User

ENOUGH_FOR_A_SHARE = 10
LOOK_BACK = 200


@dataclass(frozen=True)
class TopicOption:
    id: int
    name: str
    note: str
    is_chosen: bool = False


@dataclass(frozen=True)
class AnswerPage:
    """Beside the subject; also shown without a subject, for the norm and the team."""

    subject_name: str
    checked: str
    text: Html
    articles: tuple[Said, ...]
    ask_always: tuple[str, ...]
    direct_share: str
    team_id: int
    team: str
    present: str
    norm: str
    why: str
    seen_by: str
    """Who alone sees it, because a rule makes it confidential; empty: no rule does."""
    is_kept_out: bool
    """Who registers it does not see it after saving, unless it is answered at once."""
    kinds: tuple[Choice, ...]


def topic_options(user: User, typed: str, at: datetime) -> list[TopicOption]:
    """The subjects that fit what the customer says, best first; one query."""
    house = organisation()
    ids = find(subject_entries(house), typed)
    if not ids:
        return []
    rows = rows_prepared(
        ("topics", user_shape(user)),
        lambda marks: (
            Question.objects.visible_to(marked_user(user, marks))
            .filter(subject__in=listed(marks["ids"]), received_at__gte=marks["since"])
            .order_by()
            .values("subject_id")
            .annotate(times=Count("pk"))
        ),
        {"ids": ",".join(map(str, ids)), "since": at - timedelta(days=7), **user_values(user)},
    )
    counts = {row["subject_id"]: row["times"] for row in rows}
    return [topic_option(house, house.subjects[pk], counts.get(pk, 0)) for pk in ids]


def topic_option(house: Organisation, subject: Subject, times: int = 0, *, is_chosen: bool = False) -> TopicOption:
    theme = house.subjects.get(subject.parent_id) if subject.parent_id else None
    parts = [theme.name] if theme else []
    if times:
        parts.append(ngettext("%(count)s time this week", "%(count)s times this week", times) % {"count": times})
    elif subject.kind != QuestionKind.QUESTION:
        parts.append(str(subject.get_kind_display()).lower())
    return TopicOption(subject.pk, subject.name, " · ".join(parts), is_chosen)


def promised(typed: Typed, block: Block, end: str, team_id: int, at: datetime, house: Organisation) -> list[Promise]:
    """The promises to people (not to machines) that this end would make."""
    subject = house.subjects.get(whole(block.subject) or 0)
    made = promises(
        channel=typed.channel,
        end=end,
        kind=block.kind or (subject.kind if subject else "question"),
        subject_id=subject.pk if subject else None,
        team_id=team_id,
        received_at=received_at(typed, at) or at,
    )
    return [one for one in made if one.code not in KEPT_BY_A_MACHINE]


def answer_page(user: User, typed: Typed, block: Block, customer: Customer | None, at: datetime) -> AnswerPage:
    """At most two queries beside the settings held in memory."""
    house = organisation()
    subject = house.subjects.get(whole(block.subject) or 0)
    routed = routed_for(typed, block, customer, house)
    rule = routed.confidential_on(typed.channel)
    seen = seers(rule, at) if rule is not None else None
    own_kind = subject.kind if subject else QuestionKind.QUESTION
    articles = articles_of(subject.pk, house) if subject else ()
    said = articles[0] if articles else None
    checked_on = said.checked_on if said else subject.answer_checked_on if subject else None
    checked = _("checked %(day)s") % {"day": wording.day(checked_on).partition(" ")[2]} if checked_on else ""
    return AnswerPage(
        subject_name=subject.name if subject else "",
        checked=checked,
        text=html_of(said.short_answer if said else subject.short_answer if subject else "", calls=False),
        articles=articles,
        ask_always=(said.ask if said and said.ask else tuple(subject.ask_always)) if subject else (),
        direct_share=_direct_share(subject, at) if subject else "",
        team_id=routed.team.pk,
        team=routed.team.name,
        present=present_in(routed.team.pk, at),
        norm=_norm_words(typed, block, routed.team.pk, at, house),
        why=routed.reason,
        seen_by=seen.names if seen else "",
        is_kept_out=bool(seen and seen.people and user.pk not in seen.people),
        kinds=(
            Choice("", str(QuestionKind(own_kind).label), not block.kind or block.kind == own_kind),
            *(
                Choice(str(value), str(label), value == block.kind)
                for value, label in QuestionKind.choices
                if value != own_kind
            ),
        ),
    )


def _norm_words(typed: Typed, block: Block, team_id: int, at: datetime, house: Organisation) -> str:
    """`Direct; anders antwoord uiterlijk ma 30 nov`, or the norm of the channel with its last day."""
    made = promised(typed, block, "forward", team_id, at, house)
    if not made:
        return _("No term: answer at once")
    first = min(made, key=lambda one: one.due_at)
    if typed.channel in ("phone", "counter", "reception", "appointment", "home_visit", "street"):
        calls = [one for one in promised(typed, block, "callback", team_id, at, house) if one.code == CALLBACK]
        if calls:
            return _("At once; otherwise an answer %(answer)s, calling back %(call)s") % {
                "answer": first.words,
                "call": calls[0].words,
            }
        return _("At once; otherwise an answer %(answer)s") % {"answer": first.words}
    return f"{first.name}: {first.words}"


def _direct_share(subject: Subject, at: datetime) -> str:
    """How many of the latest phone questions on this subject were answered at once; empty when there are few."""
    latest = rows_prepared(
        "latest on a subject",
        lambda marks: (
            Question.objects.filter(subject=marks["subject"], received_at__gte=marks["since"], channel="phone")
            .exclude(status=Question.Status.CANCELLED)
            .order_by("-received_at")
            .values("is_direct")[:LOOK_BACK]
        ),
        {"subject": subject.pk, "since": at - timedelta(days=180)},
    )
    if len(latest) < ENOUGH_FOR_A_SHARE:
        return ""
    share = wording.percent(round(sum(row["is_direct"] for row in latest) / len(latest), 2), 0)
    return _("%(share)s at once") % {"share": share}


def present_in(team_id: int, at: datetime) -> str:
    """`Joost, Noor aanwezig`: who of the team is at work now; at most two names. What somebody said on another day does not count."""
    day = local_day(at)
    values = {"team": team_id, "day": day, "since": day_start(day)}
    rows = rows_prepared("present in", _present, values)
    names = list(dict.fromkeys(row["name"].split(" ")[0] for row in rows))
    if not names:
        return ""
    if len(names) > 2:
        return _("%(names)s and others are present") % {"names": ", ".join(names[:2])}
    return _("%(names)s present") % {"names": ", ".join(names)}


def _present(marks: dict[str, Any]) -> QuerySet[Membership, dict[str, str]]:
    rows = Membership.objects.valid_on(marks["day"]).filter(
        team_id=marks["team"],
        user__is_active=True,
        role__in=HELPS_VISITORS,
        user__presence__status__in=AT_WORK,
        user__presence__changed_at__gte=marks["since"],
    )
    return rows.order_by("user__presence__status", "user__name").values(name=F("user__name"))[:6]


@dataclass(frozen=True)
class Colleague:
    id: int
    label: str


def colleagues(team_id: int, at: datetime) -> list[Colleague]:
    """Who of the team may be given the question, those at work today first; one query."""
    day = local_day(at)
    since = day_start(day)
    rows = (
        Membership.objects.valid_on(day)
        .reading()
        .filter(team_id=team_id, user__is_active=True)
        .order_by("user__name")
        .values(
            "user_id",
            name=F("user__name"),
            status=F("user__presence__status"),
            said_at=F("user__presence__changed_at"),
        )
    )
    here, away, seen = [], [], set()
    for row in rows:
        if row["user_id"] in seen:
            continue
        seen.add(row["user_id"])
        if row["status"] in AT_WORK and row["said_at"] >= since:
            here.append(Colleague(row["user_id"], _("%(name)s (present)") % {"name": row["name"]}))
        else:
            away.append(Colleague(row["user_id"], row["name"]))
    return here + away
