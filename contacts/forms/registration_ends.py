"""How each question of a registration ends: answered, handed on, to be called back, waiting, or added to one that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts import normalize
from contacts.actions.asked import Asked, CallbackAsked, NewCustomer
from contacts.forms.phone_to_call import known_phone, phone_to_call
from contacts.forms.registration import ADDS, ENDS, LINES, WITHOUT_ANSWER, Block, Typed
from contacts.forms.registration_route import routed_for
from contacts.models import Customer, Question
from organisation.clock import today
from organisation.models import Membership, QuestionKind
from organisation.numbers import whole

if TYPE_CHECKING:
    from contacts.forms.registration_judge import Judged
    from organisation.models import User
    from organisation.snapshot import Organisation


def asked_of(
    user: User,
    typed: Typed,
    block: Block,
    judged: Judged,
    *,
    end: str,
    customer: Customer | NewCustomer | None,
    house: Organisation,
) -> Asked | None:
    """What `register` needs of this question; None when it cannot be (`judged` says why)."""
    if block.index > 0:
        end = block.end if block.end in ENDS else "forward" if typed.channel == Channel.LETTER else "direct"
    elif block.add_to and end in ADDS:
        return _added(user, block, judged, customer, end=end)
    name = f"q{block.index}"
    if end in WITHOUT_ANSWER:
        return Asked(text=block.text, subject_id=whole(block.subject), end="direct", close_reason=end)
    subject_id = whole(block.subject)
    subject = house.subjects.get(subject_id) if subject_id else None
    if block.subject and (subject is None or not subject.is_active):
        judged.wrong(f"{name}-subject_query", _("Choose a subject from the list."))
    elif subject is None and block.subject_query:
        judged.wrong(f"{name}-subject_query", _("Choose a subject from the list, or empty this field."))
    elif subject is None and not block.text:
        judged.wrong(
            f"{name}-subject_query", _("Choose a subject or write a note: otherwise nobody knows what it was about.")
        )
    if block.kind and block.kind not in QuestionKind.values:
        judged.wrong(f"{name}-kind", _("Choose one of the options."))
    asked = Asked(
        text=block.text if typed.block_count > 1 else "",
        subject_id=subject.pk if subject else None,
        kind=block.kind,
        end="forward" if end in ("acknowledge", "add") else "direct" if end == "add_answered" else end,
        is_confidential=bool(block.confidential),
    )
    if block.index > 0:  # the panel is of the first; the others go where the rules bring them
        return _called_too(typed, block, asked, judged, customer, house) if end == "callback" else asked
    is_chosen = end in ("forward", "acknowledge", "waiting") and typed.get("panel") == "forward"
    if end != "callback" and not is_chosen:
        return asked
    by_rules = routed_for(typed, block, customer, house).team.pk
    fill = _called_back if end == "callback" else _handed_on
    return fill(typed, asked, judged, house, by_rules)


def _added(
    user: User, block: Block, judged: Judged, customer: Customer | NewCustomer | None, *, end: str
) -> Asked | None:
    """The question that it is added to: of the very customer who is chosen, for another one may have been since."""
    name = f"q{block.index}"
    question = Question.objects.visible_to(user).filter(number=block.add_to[:20].upper()).first()
    if question is None:
        judged.wrong(f"{name}-add_to", _("This question is not there for you. Make a new question instead."))
        return None
    if not isinstance(customer, Customer) or question.customer_id != customer.pk:
        judged.wrong(f"{name}-add_to", _("This question is of another customer. Make a new question instead."))
        return None
    if not block.text:
        judged.wrong(f"{name}-text", _("Write in the note what the customer said."))
    return Asked(text=block.text, add_to=question.pk, end="direct" if end == "add_answered" else "open")


def _handed_on(typed: Typed, asked: Asked, judged: Judged, house: Organisation, by_rules: int) -> Asked:
    team_id = whole(typed.get("forward_team"))
    who = whole(typed.get("forward_who"))
    if typed.get("forward_team") and (team_id not in house.teams or not house.teams[team_id].is_active):
        judged.wrong("forward_team", _("Choose a team that is in use."))
    elif team_id:
        if not typed.get("forward_reason"):
            judged.wrong("forward_reason", _("Say why this team answers it; the team sees it."))
        asked = replace(asked, team_id=team_id, team_reason=typed.get("forward_reason"))
    if typed.get("forward_who"):
        asked = _with_person(asked, who, judged, "forward_who", team_id, by_rules)
    return asked


def _with_person(asked: Asked, who: int | None, judged: Judged, name: str, team_id: int | None, by_rules: int) -> Asked:
    """In the team that was chosen, else where the rules bring it when this colleague is in it, else in a team of theirs."""
    held = Membership.objects.valid_on(today()).reading()
    memberships = held.filter(user_id=who, user__is_active=True, team__isnull=False)
    teams = list(memberships.order_by("team_id").values_list("team_id", flat=True)) if who else []
    if not teams:
        judged.wrong(name, _("Choose a colleague from the list."))
        return asked
    if team_id and team_id not in teams:
        judged.wrong(name, _("This colleague is not in the team that you chose."))
    if not team_id and by_rules not in teams:
        asked = replace(asked, team_id=teams[0], team_reason=_("For a colleague in this team"))
    return replace(asked, assignee_id=who)


def _called_back(typed: Typed, asked: Asked, judged: Judged, house: Organisation, by_rules: int) -> Asked:
    _check_phone(typed.get("callback_phone"), judged, "callback_phone")
    kind, _colon, number = typed.get("callback_who").partition(":")
    if kind == "user":
        asked = _with_person(asked, whole(number), judged, "callback_who", None, by_rules)
    elif kind == "team":
        team_id = whole(number)
        if team_id not in house.teams or not house.teams[team_id].is_active:
            judged.wrong("callback_who", _("Choose a team that is in use."))
        asked = replace(asked, team_id=team_id, team_reason=_("Chosen for the call-back"))
    return replace(asked, callback=_call_of(typed, typed.get("callback_phone")))


def _called_too(
    typed: Typed,
    block: Block,
    asked: Asked,
    judged: Judged,
    customer: Customer | NewCustomer | None,
    house: Organisation,
) -> Asked:
    """A later question has a number of its own, else that of the customer."""
    known = known_phone(customer) if isinstance(customer, Customer) else ""
    phone = block.phone or phone_to_call(typed, known, house)
    _check_phone(phone, judged, f"q{block.index}-phone")
    return replace(asked, callback=_call_of(typed, phone))


def _check_phone(phone: str, judged: Judged, name: str) -> None:
    if not 6 <= len(normalize.phone(phone)) <= 15 or len(phone) > LINES["callback_phone"]:
        judged.wrong(name, _("Fill in the number that we must call back."))


def _call_of(typed: Typed, phone: str) -> CallbackAsked:
    moment = typed.get("callback_other") or typed.get("callback_moment")
    return CallbackAsked(phone=phone, name=typed.get("callback_name"), moment=moment)
