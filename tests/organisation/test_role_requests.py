"""A role with high rights takes effect when a second administrator confirms it (quality §4)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.notify import send_notices
from contacts.models import Notice
from organisation.actions.password import give_one_time_password
from organisation.actions.role_requests import WAITS, ask_role, confirm_role, expire_roles, refuse_role
from organisation.actions.roles import HIGH, give_role, set_active, take_role
from organisation.actions.work_account import link_work_account
from organisation.clock import AMSTERDAM, now
from organisation.errors import Refused
from organisation.models import AuditEntry, Membership, RoleRequest, Team, User
from organisation.pages.people import waiting_roles
from organisation.roles import Role
from organisation.signals import role_waits
from tests.cast import Cast, person


@pytest.fixture
def second(cast: Cast) -> User:
    return person("tweede", Role.ADMINISTRATOR, None)


def roles(user: User) -> frozenset[str]:
    return User.objects.get(pk=user.pk).roles


@pytest.mark.parametrize("role", sorted(HIGH))
def test_a_high_role_counts_only_after_a_second_administrator(
    client: Client, cast: Cast, second: User, role: str
) -> None:
    client.force_login(cast.beheer)
    client.post(f"/beheer/mensen/{cast.henk.pk}/rollen/", {"role": role, "team": cast.servicecentrum.pk})
    waiting = RoleRequest.objects.get()
    assert role not in roles(cast.henk)
    client.post(f"/beheer/mensen/gevraagd/{waiting.pk}/", {"decision": "confirm"})
    assert role not in roles(cast.henk)
    assert "Bevestig:" not in client.get("/beheer/mensen/").content.decode()
    client.force_login(second)
    assert "1 rol wacht op een tweede beheerder" in client.get("/beheer/").content.decode()
    assert "confirm_role" not in client.get("/beheer/mensen/").content.decode()
    assert "Bevestig:" in client.get(f"/beheer/mensen/{cast.henk.pk}/").content.decode()
    client.post(f"/beheer/mensen/gevraagd/{waiting.pk}/", {"decision": "confirm"})
    assert role in roles(cast.henk)
    given = AuditEntry.objects.get(action="role.given_high")
    assert given.user == second and given.detail["asked_by"] == cast.beheer.pk
    assert [row.state for row in RoleRequest.objects.get().history.order_by("history_id")] == ["waiting", "confirmed"]


def test_a_new_person_with_a_high_role_begins_without_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.beheer)
    page = client.post(
        "/beheer/mensen/nieuw/", {"username": "nieuw", "name": "Nieuw", "role": "administrator", "email": ""}
    )
    assert "wacht tot een tweede beheerder" in page.content.decode()
    assert User.objects.get(username="nieuw").roles == frozenset()


def test_privacy_officer_is_given_by_two_and_taken_by_one(client: Client, cast: Cast, second: User) -> None:
    address = f"/beheer/mensen/{cast.henk.pk}/"
    details = {"name": cast.henk.name, "email": cast.henk.email}

    def save(**more: object) -> str:
        version = User.objects.get(pk=cast.henk.pk).version
        return client.post(address, {**details, "version": version, **more}, follow=True).content.decode()

    client.force_login(cast.beheer)
    assert "wacht tot een tweede beheerder" in save(is_privacy_officer="on", room="1.02")
    henk = User.objects.get(pk=cast.henk.pk)
    assert (henk.room, henk.is_privacy_officer) == ("1.02", False)
    assert "wacht al op een tweede beheerder" in save(is_privacy_officer="on", room="1.03")
    assert User.objects.get(pk=cast.henk.pk).room == "1.02"
    asked = RoleRequest.objects.get()
    client.post(f"/beheer/mensen/gevraagd/{asked.pk}/", {"decision": "confirm"})
    assert not User.objects.get(pk=cast.henk.pk).is_privacy_officer
    client.force_login(second)
    assert "Privacyfunctionaris" in client.get("/beheer/mensen/").content.decode()
    client.post(f"/beheer/mensen/gevraagd/{asked.pk}/", {"decision": "confirm"})
    assert User.objects.get(pk=cast.henk.pk).is_privacy_officer
    assert AuditEntry.objects.get(action="role.given_high").detail["role"] == "privacy_officer"
    client.force_login(cast.beheer)
    save()
    assert not User.objects.get(pk=cast.henk.pk).is_privacy_officer


def test_a_new_person_is_no_privacy_officer_yet(client: Client, cast: Cast) -> None:
    client.force_login(cast.beheer)
    given = {"username": "nieuw", "name": "Nieuw", "role": "front_office", "team": cast.servicecentrum.pk, "email": ""}
    page = client.post("/beheer/mensen/nieuw/", {**given, "is_privacy_officer": "on"})
    assert "wacht tot een tweede beheerder" in page.content.decode()
    person = User.objects.get(username="nieuw")
    assert (person.is_privacy_officer, person.roles) == (False, frozenset({"front_office"}))
    assert RoleRequest.objects.get().role == "privacy_officer"


def test_the_other_administrators_are_told_once(client: Client, cast: Cast, second: User) -> None:
    """On the screen with a count at Beheer, and by mail in working hours; not who asked, not the person, and no longer than it waits."""
    tuesday = datetime(2026, 3, 3, 10, 0, tzinfo=AMSTERDAM)
    third = person("derde", Role.ADMINISTRATOR, None)
    asked = ask_role(person=third, role=Role.DIRECTOR, team=None, by=cast.beheer, at=tuesday)
    assert list(Notice.objects.values_list("user__username", "kind")) == [("tweede", "role_asked")]
    role_waits.send(RoleRequest, request=asked, at=tuesday)
    assert Notice.objects.count() == 1
    client.force_login(second)
    frame = client.get("/beheer/").content.decode()
    assert '<span class="app-rail__count app-rail__count--late">1<' in frame
    page = client.get("/meldingen/").content.decode()
    assert "Een rol wacht op een tweede beheerder: " + third.name in page
    assert send_notices(at=tuesday + timedelta(minutes=1)) == 1
    mail = OutboundMessage.objects.get(purpose="notice")
    assert (mail.to_address, "/beheer/mensen/" in mail.body, third.name in mail.body) == (second.email, True, False)
    assert send_notices(at=tuesday + timedelta(hours=2)) == 0
    assert expire_roles(at=tuesday + WAITS) == 1
    assert expire_roles(at=tuesday + WAITS) == 0
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    again = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=tuesday)
    assert Notice.objects.filter(read_at__isnull=True).count() == 2
    confirm_role(pk=again.pk, by=second, at=tuesday)
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    second.memberships.update(role=Role.TEAM_LEAD, team=cast.ria.memberships.get().team)
    page = client.get("/meldingen/")
    assert (page.status_code, "tweede beheerder" in page.content.decode()) == (200, False)


def test_who_may_not_confirm(cast: Cast, second: User) -> None:
    at = now()
    asked = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=at)
    for by in (cast.beheer, cast.sanne, cast.henk):
        with pytest.raises(Refused):
            confirm_role(pk=asked.pk, by=by, at=at)
    with pytest.raises(Refused):
        give_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer)
    give_one_time_password(person=second, by=cast.beheer, at=at)  # could sign in as the second one
    with pytest.raises(Refused, match="deze week"):
        confirm_role(pk=asked.pk, by=second, at=at)
    (row,) = waiting_roles(second, RoleRequest.objects.all())
    assert not row.may_confirm and "deze week" in row.why_not
    assert row.command == f"confirm_role {asked.pk}", "in a new installation the first made the second"
    fourth = person("vierde", Role.ADMINISTRATOR, None)
    link_work_account(person=fourth, subject="of the asker, perhaps", by=cast.beheer)
    with pytest.raises(Refused, match="deze week"):
        confirm_role(pk=asked.pk, by=fourth, at=at)
    third = person("derde", Role.ADMINISTRATOR, None)
    (row,) = waiting_roles(third, RoleRequest.objects.all())
    assert row.may_confirm and not row.why_not and not row.command
    set_active(person=cast.beheer, is_active=False, by=second)
    with pytest.raises(Refused, match="geen beheerder meer"):
        confirm_role(pk=asked.pk, by=third, at=at)
    assert Role.DIRECTOR not in roles(cast.henk)


def test_it_is_taken_back_refused_and_lapses(cast: Cast, second: User) -> None:
    at = now()
    first = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=at)
    with pytest.raises(Refused, match="wacht al"):
        ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=second, at=at)
    assert refuse_role(pk=first.pk, by=cast.beheer, at=at).state == "withdrawn"
    with pytest.raises(Refused, match="al over deze rol beslist"):
        confirm_role(pk=first.pk, by=second, at=at)
    again = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=at)
    assert refuse_role(pk=again.pk, by=second, at=at).state == "refused"
    old = ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=at)
    later = at + WAITS
    assert not RoleRequest.objects.waiting(later).exists()
    with pytest.raises(Refused, match="langer dan 7 dagen"):
        confirm_role(pk=old.pk, by=second, at=later)
    ask_role(person=cast.henk, role=Role.DIRECTOR, team=None, by=cast.beheer, at=later + timedelta(minutes=1))
    old.refresh_from_db()
    assert old.state == "expired"


def test_one_administrator_alone_confirms_on_the_server(client: Client, cast: Cast) -> None:
    asked = ask_role(person=cast.henk, role=Role.ADMINISTRATOR, team=None, by=cast.beheer, at=now())
    client.force_login(cast.beheer)
    page = client.get("/beheer/mensen/").content.decode()
    assert f"script/manage confirm_role {asked.pk}<" in page and f">manage.py confirm_role {asked.pk}<" in page
    out = StringIO()
    call_command("confirm_role", stdout=out)
    assert json.loads(out.getvalue()) == {
        "number": asked.pk,
        "username": "henk",
        "role": "administrator",
        "team": None,
        "asked_by": "beheer",
        "confirmed": False,
    }
    call_command("confirm_role", str(asked.pk), stdout=StringIO())
    assert Role.ADMINISTRATOR in roles(cast.henk)
    assert AuditEntry.objects.get(action="role.given_high").user is None
    with pytest.raises(CommandError):
        call_command("confirm_role", str(asked.pk))


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once() -> None:
    Team.objects.create(name="Servicecentrum", code="servicecentrum", is_front_office=True)
    admins = [person(name, Role.ADMINISTRATOR, None) for name in ("een", "twee", "drie")]
    henk = person("henk", Role.TEAM_MEMBER, Team.objects.get())
    asked = ask_role(person=henk, role=Role.DIRECTOR, team=None, by=admins[0], at=now())
    start, results = Barrier(2), []

    def decide(by: User) -> None:
        start.wait()
        try:
            confirm_role(pk=asked.pk, by=by, at=now())
            results.append("done")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[User.objects.get(pk=admin.pk)]) for admin in admins[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "refused"]
    assert Membership.objects.filter(user=henk, role=Role.DIRECTOR).count() == 1
    assert AuditEntry.objects.filter(action="role.given_high").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_take_each_others_role_at_once_leave_one() -> None:
    first, second = (person(name, Role.ADMINISTRATOR, None) for name in ("een", "twee"))
    results = []

    def takes_back() -> None:
        try:
            take_role(membership=Membership.objects.get(user=first), by=User.objects.get(pk=second.pk))
            results.append("done")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    thread = Thread(target=takes_back)
    with transaction.atomic():
        take_role(membership=Membership.objects.get(user=second), by=first)
        thread.start()
        thread.join(timeout=1)  # it waits for us; without a lock it is done by now
    thread.join()
    assert results == ["refused"]
    assert Membership.objects.get(role=Role.ADMINISTRATOR).user == first
