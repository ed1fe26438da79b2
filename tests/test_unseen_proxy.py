"""A proxy that PROXY_COUNT does not tell of is seen by whoever looks after the house, and nobody from outside can make it seem so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from opmeer_kcc import checks, unseen_proxy
from opmeer_kcc.unseen_proxy import UnseenProxy
from organisation.clock import now
from organisation.models import Heartbeat

FORWARDED = {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "headers", "is_seen"),
    [
        ("127.0.0.1", FORWARDED, True),
        ("10.0.0.3", FORWARDED, True),
        ("fd00::3", FORWARDED, True),
        ("", FORWARDED, True),  # through a socket in the file system
        ("127.0.0.1", {}, False),
        ("8.8.8.8", FORWARDED, False),
        ("no address", FORWARDED, False),
    ],
)
def test_a_proxy_is_seen_by_what_it_adds(peer: str, headers: dict[str, str], is_seen: bool) -> None:
    looks = UnseenProxy(lambda _request: HttpResponse())
    for _again in range(2):
        assert looks(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)).status_code == 200
    found = unseen_proxy.lines(now())
    assert [(one.is_well, "PROXY_COUNT" in one.text) for one in found] == ([(False, True)] if is_seen else [])


@pytest.mark.django_db
def test_it_is_told_once_an_hour_and_forgotten_after_a_day_or_when_proxies_are_counted(settings: Any) -> None:
    looks = UnseenProxy(lambda _request: HttpResponse())
    request = RequestFactory().get("/", **FORWARDED)
    looks(request)
    before = now() - timedelta(minutes=5)
    Heartbeat.objects.update(beat_at=before)
    looks(request)
    assert Heartbeat.objects.get(name=unseen_proxy.NAME).beat_at == before
    assert unseen_proxy.lines(now()) and not unseen_proxy.lines(now() + timedelta(days=2))
    settings.PROXY_COUNT = 1
    assert unseen_proxy.lines(now()) == []
    with pytest.raises(MiddlewareNotUsed):
        UnseenProxy(lambda _request: HttpResponse())


@pytest.mark.parametrize(
    ("demo", "plain", "count", "is_told"),
    [(False, False, 0, True), (False, False, 1, False), (True, False, 0, False), (False, True, 0, False)],
)
def test_the_check_before_going_live_asks_for_it(
    settings: Any, demo: bool, plain: bool, count: int, is_told: bool
) -> None:
    settings.DEMO_MODE, settings.INSECURE_HTTP, settings.PROXY_COUNT = demo, plain, count
    assert [one.id for one in checks.note_no_proxy()] == (["opmeer.W001"] if is_told else [])
