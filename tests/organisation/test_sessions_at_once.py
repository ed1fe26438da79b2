"""A browser has several requests under way: whose key changes meanwhile stays signed in, once."""

from __future__ import annotations

import threading

import pytest
from django.conf import settings
from django.test import Client

from organisation.models import Membership
from organisation.sessions import SessionStore, open_sessions
from tests.cast import settle_in
from tests.contacts.test_settle import at_once


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_after_a_change_of_roles_leave_one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = settle_in()
    browser = Client()
    browser.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role="team_lead")
    both, renew = threading.Barrier(2), SessionStore.renew

    def after_both_read_the_former(store: SessionStore) -> None:
        both.wait(timeout=60)
        renew(store)

    monkeypatch.setattr(SessionStore, "renew", after_both_read_the_former)

    def ask(number: int) -> int:
        tab = Client()
        tab.cookies = browser.cookies
        answer = tab.get("/medewerkers/")
        while answer.status_code == 307:  # at once or when the other has brought the new key
            answer = tab.get(answer["Location"])
        return answer.status_code

    assert at_once(2, ask) == [200, 200]
    now_there = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert [one.key for one in open_sessions(cast.fatima.pk)] == [now_there] != [before]
