"""Everything the registration screen shows, as one frozen object."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.actions.keep_draft import Window
from contacts.finding.customers import customer_for, find_customers, recognised
from contacts.finding.recognise import Typed as Recognised
from contacts.forms.post import ACCEPT
from contacts.forms.registration import PANELS, Block, Typed
from contacts.models import Customer
from contacts.pages.candidates import KIND_ICONS, Candidate, candidates, kind_words
from contacts.pages.customer_pane import CustomerPane, Guard, customer_pane, guard_for
from contacts.pages.registered_today import Registered, registered_today
from contacts.pages.registration_answer import (
    AnswerPage,
    TopicOption,
    answer_page,
    promised,
    topic_option,
    topic_options,
)
from contacts.pages.registration_panel import Panel, panel_of
from contacts.pages.registration_scan import ScanPage, scan_page, with_stamp
from contacts.pages.registration_tabs import Tab, tabs_of
from organisation import wording
from organisation.choice import Choice
from organisation.numbers import whole
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

KEYS = (
    ("phone", "1"),
    ("counter", "2"),
    ("reception", "3"),
    ("email", "4"),
    ("letter", "5"),
    ("chat", "6"),
    ("whatsapp", "7"),
    ("social", "8"),
    ("street", "9"),
    ("home_visit", "0"),
)
MORE = ("form", "appointment", "app")
LETTER_ENDS = frozenset({Channel.LETTER})


@dataclass(frozen=True)
class ChannelKey:
    code: str
    name: str
    icon: str
    key: str
    is_chosen: bool


@dataclass(frozen=True)
class BlockPage:
    """One question of the contact."""

    index: int
    number: int
    typed: Block
    topic: TopicOption | None
    answer: AnswerPage
    errors: Mapping[str, str]
    guard: Guard | None
    options: tuple[TopicOption, ...]
    """Subjects to choose from without script."""
    ends: tuple[Choice, ...]


@dataclass(frozen=True)
class DeskPage:
    typed: Typed
    keys: tuple[ChannelKey, ...]
    more: tuple[ChannelKey, ...]
    tabs: tuple[Tab, ...]
    after_saving: str
    blocks: tuple[BlockPage, ...]
    panel: Panel
    open_panel: str
    default_end: str
    letter_promise: str
    received_on: str
    address_label: str
    may_scan: bool
    """This person may bring scans of the post."""
    scan: ScanPage
    recognised: Recognised
    recognised_words: str
    recognised_icon: str
    found: tuple[Candidate, ...]
    chosen: Candidate | None
    pane: CustomerPane | None
    registered: tuple[Registered, ...]
    """What this person registered today, while no customer is chosen."""
    saved: str
    errors: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    """Above the form: what is wrong as a whole."""
    page_id: str = ""
    """Tells this page from another one with the same draft."""
    seen: str = ""
    """How the draft was when this page was made."""
    is_behind: bool = False
    """Another window changed the draft since."""

    @property
    def accept(self) -> str:
        """Endings of a scan."""
        return ACCEPT

    @property
    def is_phone(self) -> bool:
        return self.typed.channel == Channel.PHONE

    @property
    def is_unknown(self) -> bool:
        """Whether the caller stays unknown."""
        return self.typed.get("customer_state") == "unknown"

    @property
    def shows_shape(self) -> bool:
        """Whether the fields of the channel take a row of their own."""
        return self.typed.channel in (Channel.LETTER, Channel.APPOINTMENT) or bool(
            self.address_label and not self.is_phone
        )

    @property
    def is_letter(self) -> bool:
        return self.typed.channel == Channel.LETTER


def channel_key(code: str, key: str, chosen: str) -> ChannelKey:
    names = {"social": _("Social")}
    return ChannelKey(
        code, names.get(code, str(wording.channel_name(code))), wording.CHANNEL_ICONS[code], key, code == chosen
    )


def default_end(channel: str) -> str:
    """What Ctrl Enter does: a letter is handed over, everything else was answered."""
    return "forward" if channel in LETTER_ENDS else "direct"


def address_label(channel: str) -> str:
    """What the customer reached us with, where the channel has such a thing."""
    if channel in (Channel.PHONE, Channel.WHATSAPP):
        return _("Number of the customer")
    if channel in (Channel.EMAIL, Channel.FORM, Channel.APP):
        return _("E-mail address of the sender")
    if channel == Channel.SOCIAL:
        return _("Name on social media")
    if channel in (Channel.STREET, Channel.HOME_VISIT):
        return _("Where")
    return ""


def last_working_day(house: Organisation, at: datetime) -> str:
    """The day before today that was worked: yesterday's post carries its stamp."""
    day = local_day(at)
    calendar = house.default_calendar
    for _step in range(14):
        day -= timedelta(days=1)
        if calendar is None or calendar.rules.is_working_day(day):
            break
    return day.isoformat()


def desk_page(
    user: User,
    typed: Typed,
    at: datetime,
    *,
    errors: Mapping[str, str] | None = None,
    sentence: str = "",
    saved: str = "",
    behind: Window | None = None,
) -> DeskPage:
    """Reads what the screen needs for what was typed; the number of queries does not depend on the number of rows."""
    house, read = organisation(), typed.seen
    errors = errors or {}
    query = typed.get("customer_query")[:200]
    kind = recognised(query, house)
    pk = whole(typed.get("customer"))
    customer = customer_for(user, pk, query) if pk and typed.get("customer_state") not in ("unknown", "new") else None
    found: list[Customer] = []
    if customer is None and query and typed.get("customer_state") not in ("unknown", "new"):
        found = find_customers(user, query, house=house)
    rows = candidates(user, [customer] if customer else found, kind, at)
    chosen = rows[0] if customer and rows else None
    received_on = typed.get("received_on")
    if typed.channel == Channel.LETTER and not received_on:
        received_on = last_working_day(house, at)
        typed = typed.with_fields(received_on=received_on)
    may_scan = typed.channel == Channel.LETTER and user.may(Right.QUESTIONS_ALL_TEAMS)
    scan = scan_page(user, typed, at) if may_scan else ScanPage()
    typed = with_stamp(typed, scan)
    received_on = typed.get("received_on")
    blocks = tuple(_block(user, typed, block, customer, at, house, errors) for block in typed.blocks)
    guard = blocks[0].guard
    is_added = guard is not None and guard.is_chosen  # a question that is there needs no panel
    panel_open = typed.get("panel") if typed.get("panel") in PANELS and not is_added else ""
    tabs = tabs_of(user, str(typed.token))
    seen = read or next((tab.stamp for tab in tabs if tab.is_current), "")  # of the very words that are shown
    return DeskPage(
        typed=typed,
        keys=tuple(channel_key(code, key, typed.channel) for code, key in KEYS),
        more=tuple(channel_key(code, "", typed.channel) for code in MORE),
        tabs=tabs,
        after_saving=user.after_saving,
        blocks=blocks,
        panel=panel_of(typed, blocks[0].typed, customer, chosen, at, house),
        open_panel=panel_open,
        default_end=panel_open or default_end(typed.channel),
        letter_promise=_letter_promise(typed, blocks[0], at, house),
        received_on=received_on,
        address_label=address_label(typed.channel),
        may_scan=may_scan,
        scan=scan,
        recognised=kind,
        recognised_words=kind_words(kind.kind),
        recognised_icon=KIND_ICONS.get(kind.kind, "search"),
        found=() if chosen else tuple(rows),
        chosen=chosen,
        pane=customer_pane(user, customer, at, house) if customer else None,
        registered=() if customer else registered_today(user, at),
        saved=saved,
        errors=errors,
        sentence=sentence,
        page_id=uuid.uuid4().hex,
        seen=behind.seen if behind is not None else seen,
        is_behind=behind is not None,
    )


def _block(
    user: User,
    typed: Typed,
    block: Block,
    customer: Customer | None,
    at: datetime,
    house: Organisation,
    errors: Mapping[str, str],
) -> BlockPage:
    name = f"q{block.index}-"
    subject = house.subjects.get(whole(block.subject) or 0)
    ends = (
        ("direct", _("Answered at once")),
        ("forward", _("Hand over")),
        ("callback", _("Call back")),
        ("waiting", _("Waiting for customer")),
    )
    end = block.end or default_end(typed.channel)
    return BlockPage(
        index=block.index,
        number=block.index + 1,
        typed=block,
        topic=topic_option(house, subject, is_chosen=True) if subject else None,
        answer=answer_page(user, typed, block, customer, at),
        errors={key.removeprefix(name): text for key, text in errors.items() if key.startswith(name)},
        guard=guard_of(user, block, customer, at, house) if customer and block.index == 0 else None,
        options=tuple(topic_options(user, block.subject_query, at)) if block.subject_query and subject is None else (),
        ends=tuple(Choice(value, label, value == end) for value, label in ends),
    )


def guard_of(user: User, block: Block, customer: Customer, at: datetime, house: Organisation) -> Guard | None:
    """The open question on the same subject (or another one under the same theme) of the last days."""
    subject = house.subjects.get(whole(block.subject) or 0)
    ids: frozenset[int] = frozenset()
    if subject is not None:
        ids = house.subject_ids_below(subject.parent_id or subject.pk)
    return guard_for(user, customer, ids, at, house, block.add_to)


def _letter_promise(typed: Typed, block: BlockPage, at: datetime, house: Organisation) -> str:
    if typed.channel != Channel.LETTER:
        return ""
    made = promised(typed, block.typed, "forward", block.answer.team_id, at, house)
    if not made:
        return ""
    first = min(made, key=lambda one: one.due_at)
    return _("%(norm)s. The last day is %(day)s.") % {
        "norm": first.name,
        "day": wording.day_long(wording.last_day(first.due_at)),
    }
