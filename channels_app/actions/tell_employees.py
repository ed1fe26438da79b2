"""A mail to employees about the post itself: each in their own language, once per person and thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import OutboundMessage

if TYPE_CHECKING:
    from organisation.models import User


def tell_employees(
    people: Iterable[User], *, subject: Promise | str, template: str, context: Mapping[str, Any], key: str, at: datetime
) -> None:
    """`key` names the thing; telling it twice sends nothing twice. Who has no address is passed over."""
    for person in people:
        if not person.email:
            continue
        with translation.override(person.language):
            body = render_to_string(template, {"name": person.name, **context})
            line = str(subject)
        queue_message(
            compose_message(
                purpose=OutboundMessage.Purpose.NOTICE,
                object_key=f"{key}:user:{person.pk}",
                to_address=person.email,
                to_name=person.name,
                subject=line,
                body=body.strip() + "\n",
                at=at,
                is_automatic=True,
            )
        )
