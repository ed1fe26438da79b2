"""A session ends when it should, and what was typed is not lost by it."""

import time
import uuid
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from contacts.models import Draft
from organisation.actions.forget_sign_ins import forget_sign_ins
from organisation.clock import now
from organisation.models import AccessEntry, AuditEntry, Membership
from organisation.sessions import SessionStore, open_sessions
from tests.cast import Cast


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    return client


def wind_back(client: Client, **seconds: int) -> None:
    session = client.session
    for name, value in seconds.items():
        session[name] = int(time.time()) - value
    session.save()


def test_half_an_hour_without_use_ends_it(desk: Client) -> None:
    wind_back(desk, seen=1799)
    assert desk.get("/medewerkers/").status_code == 200
    wind_back(desk, seen=1801)
    assert desk.get("/medewerkers/")["Location"].startswith("/inloggen/?next=")


def test_a_page_that_looks_again_by_itself_keeps_nobody_signed_in(desk: Client) -> None:
    wind_back(desk, seen=600)
    before = desk.session["seen"]
    assert desk.get("/post/", headers={"HX-Request": "true"}).status_code == 200
    assert desk.session["seen"] == before and not AccessEntry.objects.filter(page="post").exists()
    assert desk.get("/post/?voor=9", headers={"HX-Request": "true"}).status_code == 200
    assert AccessEntry.objects.filter(page="post").count() == 1, "an older page is a look of its own"
    desk.get("/post/")
    assert desk.session["seen"] > before


def test_ten_hours_end_it_however_busy(desk: Client) -> None:
    wind_back(desk, begun=10 * 3600 + 1)
    assert desk.get("/medewerkers/").status_code == 302


def test_whose_roles_change_goes_on_under_another_key(desk: Client, cast: Cast) -> None:
    assert desk.get("/medewerkers/").status_code == 200
    before = desk.cookies[settings.SESSION_COOKIE_NAME].value
    assert desk.get("/medewerkers/").status_code == 200 and desk.cookies[settings.SESSION_COOKIE_NAME].value == before
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role="team_lead")
    again = desk.get("/medewerkers/?zoek=a%2Bb")
    assert (again.status_code, again["Location"]) == (307, "/medewerkers/?zoek=a%2Bb"), "the same, with the new key"
    now_there = desk.cookies[settings.SESSION_COOKIE_NAME].value
    assert now_there != before and not Session.objects.filter(pk=before).exists()
    assert (
        desk.get("/medewerkers/").status_code == 200 and desk.cookies[settings.SESSION_COOKIE_NAME].value == now_there
    )


def test_what_still_came_with_the_former_key_opens_nothing_and_takes_no_key_away(desk: Client, cast: Cast) -> None:
    before, kept = desk.cookies[settings.SESSION_COOKIE_NAME].value, caches["default"].get(desk.session.cache_key)
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role="team_lead")
    desk.get("/medewerkers/")
    late = Client()
    for remembered in (None, kept):  # by this process, or by another one that had seen the session
        caches["default"].set(SessionStore.cache_key_prefix + before, remembered)
        late.cookies[settings.SESSION_COOKIE_NAME] = before
        for answer in (late.get("/medewerkers/"), late.post("/mijn/sessies/", {"password": "fatima-secret-1"})):
            assert (answer.status_code, bool(answer.cookies)) == (307, False)
    assert desk.get("/medewerkers/").status_code == 200
    Session.objects.exclude(pk=desk.session.session_key).update(expire_date=timezone.now())  # ten seconds later
    assert late.get("/medewerkers/")["Location"].startswith("/inloggen/?next=")
    assert [one.key for one in open_sessions(cast.fatima.pk)] == [desk.session.session_key]


def test_who_is_asked_again_is_led_to_no_other_site(desk: Client, cast: Cast) -> None:
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role="team_lead")
    again = desk.get("//elders.example/", PATH_INFO="//elders.example/")
    assert (again.status_code, again["Location"]) == (307, "/%2Felders.example/")


def test_signing_in_again_begins_a_new_ten_hours(desk: Client, cast: Cast) -> None:
    wind_back(desk, begun=10 * 3600 - 5)
    desk.post("/uitloggen/")
    desk.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    assert int(time.time()) - desk.session["begun"] < 60


def test_what_another_process_ended_or_changed_counts_at_once(desk: Client) -> None:
    """Each web process has a memory of its own, in which the session stands as it was before."""
    store = desk.session
    key, memory = store.cache_key, caches["default"]
    assert desk.get("/medewerkers/").status_code == 200
    before = memory.get(key)
    wind_back(desk, seen=1801)
    memory.set(key, before)
    assert desk.get("/medewerkers/").status_code == 302, "the time without use ran out elsewhere"
    desk.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    kept, cookie = desk.session.cache_key, desk.cookies[settings.SESSION_COOKIE_NAME].value
    before = memory.get(kept)
    desk.post("/uitloggen/")
    memory.set(kept, before)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert thief.get("/medewerkers/").status_code == 302, "signed out is signed out everywhere"
    assert memory.get(kept) is None


def test_where_one_is_signed_in_is_listed_and_ended(cast: Cast) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    here, there = Client(headers={"user-agent": firefox}), Client(headers={"user-agent": "<b>curl</b>"})
    colleague = Client()
    for one, name in ((here, "fatima"), (there, "fatima"), (colleague, "henk")):
        one.post("/inloggen/", {"username": name, "password": f"{name}-secret-1"})
    page = here.get("/mijn/").content.decode()
    assert page.count("laatst gebruikt") == 2
    assert "Firefox, Windows" in page and "Onbekende browser" in page
    here.post("/mijn/sessies/", {"password": "wrong"})
    assert there.get("/mijn/").status_code == 200
    here.post("/mijn/sessies/", {"password": "fatima-secret-1"})
    assert [one.get("/mijn/").status_code for one in (here, there, colleague)] == [200, 302, 200]
    administrator = Client()
    administrator.force_login(cast.beheer)
    administrator.post(f"/beheer/mensen/{cast.fatima.pk}/uitloggen/")
    assert [one.get("/mijn/").status_code for one in (here, colleague, administrator)] == [302, 200, 200]
    assert AuditEntry.objects.filter(action="sessions.ended", object_id=str(cast.fatima.pk)).count() == 2


def test_a_person_who_is_kept_out_is_out_at_the_next_request(desk: Client, cast: Cast) -> None:
    cast.fatima.is_active = False
    cast.fatima.save()
    assert desk.get("/medewerkers/").status_code == 302


def test_text_typed_before_the_session_ended_is_shown_again(desk: Client) -> None:
    wind_back(desk, seen=1801)
    response = desk.post("/beheer/gemeente/", {"name": "Een lange tekst <b>", "password": "geheim"})
    page = response.content.decode()
    assert response.status_code == 401
    assert "Een lange tekst &lt;b&gt;" in page
    assert "geheim" not in page


def test_text_typed_before_signing_out_in_another_tab_is_shown_again(cast: Cast) -> None:
    """Signing out takes the cookie of the session away; the one of the form stays."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.beheer)
    client.get("/beheer/gemeente/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    client.post("/uitloggen/", {"csrfmiddlewaretoken": token})
    assert not client.cookies[settings.SESSION_COOKIE_NAME].value
    response = client.post("/beheer/gemeente/", {"csrfmiddlewaretoken": token, "name": "Getypte tekst"})
    assert response.status_code == 401
    assert "Getypte tekst" in response.content.decode()


def test_a_page_hears_whether_its_person_is_still_signed_in(desk: Client, cast: Cast) -> None:
    ask = {"HX-Request": "true", "X-Person": str(cast.fatima.pk)}
    assert desk.get("/mijn/sessie/", headers=ask).status_code == 204
    desk.force_login(cast.henk)
    other = desk.get("/mijn/sessie/", headers=ask)
    assert (other.status_code, other["X-Signed-In"]) == (401, "other")
    desk.post("/uitloggen/")
    ended = desk.get("/mijn/sessie/", headers=ask)
    assert (ended.status_code, ended.has_header("X-Signed-In")) == (401, False)


def test_what_one_person_typed_never_becomes_a_draft_of_another(desk: Client, cast: Cast) -> None:
    """The page of Fatima is still open when Henk signs in: neither autosave nor leaving the page writes in his name."""
    typed = {"token": str(uuid.uuid4()), "channel": "phone", "q0-text": "Van Fatima"}
    desk.force_login(cast.henk)
    of_fatima = {"HX-Request": "true", "X-Person": str(cast.fatima.pk)}
    assert desk.post("/werkplek/concept/", typed, headers=of_fatima).status_code == 401
    assert desk.post("/werkplek/concept/", {**typed, "person": str(cast.fatima.pk)}).status_code == 401
    assert not Draft.objects.exists()
    assert desk.post("/werkplek/concept/", {**typed, "person": str(cast.henk.pk)}).status_code == 200
    assert Draft.objects.get().user == cast.henk


def test_a_stranger_goes_to_signing_in_whatever_the_method(cast: Cast) -> None:
    stranger = Client()
    assert stranger.get("/medewerkers/")["Location"].startswith("/inloggen/")
    assert stranger.post("/beheer/gemeente/", {"name": "x"})["Location"].startswith("/inloggen/")
    assert stranger.get("/medewerkers/", headers={"HX-Request": "true"}).status_code == 401


def test_an_old_form_shows_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.sanne)
    response = client.post("/beheer/gemeente/", {"name": "Getypte tekst"})
    assert response.status_code == 403
    assert "Getypte tekst" in response.content.decode()


def test_an_old_form_shows_words_and_nothing_that_the_page_itself_kept(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.fatima)
    page = client.post(
        "/werkplek/", {"token": "0a636b56", "shaped_for": "phone", "q0-text": "Mijn notitie"}
    ).content.decode()
    assert "Mijn notitie" in page
    assert "Tekst" in page
    for technical in ("0a636b56", "shaped_for", "q0-text"):
        assert technical not in page


def test_what_ended_is_forgotten_and_no_address_is_kept(desk: Client, cast: Cast) -> None:
    Client().post("/inloggen/", {"username": "henk", "password": "henk-secret-1"})
    assert not AccessLog.objects.exists()
    ended = Session.objects.create(
        session_key="e" * 32, session_data="", expire_date=timezone.now() - timedelta(minutes=1)
    )
    old = {"username": "henk", "ip_address": "10.0.0.9", "failures_since_start": 1}
    AccessAttempt.objects.create(**old)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    AccessLog.objects.create(username="henk", ip_address="10.0.0.9")
    forget_sign_ins(at=now())
    assert not Session.objects.filter(pk=ended.pk).exists() and desk.get("/medewerkers/").status_code == 200
    assert not AccessAttempt.objects.exists() and not AccessLog.objects.exists()
