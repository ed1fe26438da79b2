"""What a notice of the privacy of customers is about: a request about a person, or a destruction list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from contacts.models import Notice
from contacts.notice_topics import TOPICS, Topic, Topics
from organisation.roles import Right
from privacy.models import DestructionList, RightsRequest
from privacy.pages.requests import requests_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from organisation.models import User


def _requests(user: User, keys: Collection[str]) -> dict[str, Topic]:
    """By its number and kind: the name stands behind the link, for who may see the customer."""
    found = requests_for(user).filter(pk__in=[key.removeprefix("request:") for key in keys])
    return {
        f"request:{one.pk}": Topic(f"{one.number}, {one.get_kind_display()}", reverse("privacy:request", args=[one.pk]))
        for one in found
    }


def _lists(user: User, keys: Collection[str]) -> dict[str, Topic]:
    found = DestructionList.objects.filter(pk__in=[key.removeprefix("list:") for key in keys])
    return {f"list:{one.pk}": Topic(one.number, reverse("privacy:destruction", args=[one.pk])) for one in found}


TOPICS[Notice.Kind.PERSON_ASKED] = Topics(Right.PERSON_ERASE_APPROVE, _requests)


def _rights(user: User, keys: Collection[str]) -> dict[str, Topic]:
    """As the page of the request: the name stands behind the link."""
    ids = {key: int(key.split(":")[1]) for key in keys}
    found = RightsRequest.objects.in_bulk(set(ids.values()))
    return {
        key: Topic(f"{found[pk].number}, {found[pk].get_kind_display()}", reverse("privacy:right", args=[pk]))
        for key, pk in ids.items()
        if pk in found
    }


TOPICS[Notice.Kind.RIGHT_DUE] = Topics(Right.PERSON_ERASE, _rights)
TOPICS[Notice.Kind.RIGHT_LATE] = Topics(Right.PERSON_ERASE, _rights)
TOPICS[Notice.Kind.RIGHT_NOT_TOLD] = Topics(Right.PERSON_ERASE, _rights)
TOPICS[Notice.Kind.LIST_MADE] = Topics(Right.RETENTION_PROPOSE, _lists)
TOPICS[Notice.Kind.LIST_PROPOSED] = Topics(Right.RETENTION_APPROVE, _lists)
