"""What the list of webcare has besides in the demo: late, taken up, changed, taken away, not arrived."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channels_app.models import OutboundMessage
from contacts.actions.assign import assign
from contacts.actions.tell import tell
from contacts.demo.posts import MARKET, MARKET_URL
from contacts.models import Notice

if TYPE_CHECKING:
    from contacts.demo.talks import Talks


def add_messenger(talks: Talks) -> None:
    """What the list of webcare has besides: late, taken up, changed, taken away, not arrived."""

    def private(who: str, name: str, text: str, **more: Any) -> dict[str, Any]:
        given = {"conversation": f"facebook:prive:{who}", "address": f"facebook:{who}", "name": name, "text": text}
        return {**given, "details": {"network": "facebook"}, **more}

    late = talks.moment(4, 640)
    talks.say(
        talks.facebook,
        "social",
        late,
        private(
            "24860000000011",
            "Bas Groot",
            "Ik wacht al weken op antwoord over de kapvergunning. Wie kan mij helpen?",
        ),
    )
    taken = talks.say(
        talks.facebook,
        "social",
        talks.moment(1, 700),
        private("24860000000012", "Ellen Veen", "Mogen wij met Koningsdag een rommelmarkt op het plein houden?"),
    )
    assign(
        question=taken,
        by=talks.people.users["fatima"],
        at=talks.moment(1, 712),
        to=talks.people.users["fatima"],
    )
    at = talks.moment(1, 730)
    changed = {
        "conversation": "facebook:markt:24860000000013",
        "address": "facebook:24860000000013",
        "name": "Rob de Boer",
        "is_public": True,
        "post": MARKET_URL,
        "post_text": MARKET,
        "details": {"network": "facebook", "comment": "100_13", "private": "facebook:prive:24860000000013"},
    }
    talks.say(talks.facebook, "social", at, {**changed, "text": "Belachelijk dat de markt weg moet."})
    talks.say(
        talks.facebook,
        "social",
        at + timedelta(minutes=9),
        {
            **changed,
            "text": "Jammer dat de markt verhuist. Kan ik ergens bezwaar maken?",
            "remarks": ("edited_message",),
        },
    )
    talks.say(
        talks.facebook,
        "social",
        at + timedelta(minutes=40),
        {**changed, "text": "", "is_light": True, "remarks": ("deleted_message",)},
    )
    gone = talks.say(
        talks.facebook,
        "social",
        talks.moment(2, 800),
        private("24860000000014", "Kim", "Hebben jullie een telefoonnummer van de wijkagent?"),
    )
    at = talks.moment(2, 820)
    talks.reply(gone, "fatima", at, "U bereikt de wijkagent via 0900 8844.", then="interim", read=0)
    message = OutboundMessage.objects.get(contact__questions=gone)
    message.state, message.delivered_at = OutboundMessage.State.FAILED, None
    message.error = "Deze persoon is nu niet te bereiken via Meta. (551)"
    message.save()
    fatima = talks.people.users["fatima"].pk
    tell([fatima], kind=Notice.Kind.SEND_FAILED, question=gone, key=f"outbound:{message.pk}", at=at)
