"""Who hears of a change to an account, and who does not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from channels_app.models import OutboundMessage
from organisation import audit, second_factor
from organisation.actions.password import give_one_time_password
from organisation.actions.roles import give_role, take_role
from organisation.actions.save import save_edited
from organisation.actions.work_account import link_work_account
from organisation.clock import now
from organisation.models import Membership, User
from organisation.roles import Role
from tests.cast import Cast


def mails_after(act: Callable[[], object]) -> list[tuple[str, str]]:
    """To whom, and the line that says what changed."""
    known = set(OutboundMessage.objects.values_list("pk", flat=True))
    act()
    new = OutboundMessage.objects.exclude(pk__in=known).order_by("pk")
    return [(one.to_address, one.body.split("\n")[3]) for one in new]


def test_whoever_it_is_about_hears_of_every_change(cast: Cast, settings: Any) -> None:
    User.objects.update(last_login=now() - timedelta(days=1))
    henk = User.objects.get(pk=cast.henk.pk)
    password = mails_after(lambda: give_one_time_password(person=henk, by=cast.beheer, at=now()))
    assert password == [(henk.email, "het wachtwoord, vernieuwd door een beheerder")]
    factor = mails_after(lambda: second_factor.remove(henk, by=cast.beheer))
    assert factor == [(henk.email, "de app voor de inlogcode, weggehaald door een beheerder")]
    settings.OIDC_ISSUER = "https://provider.example"
    linked = mails_after(lambda: link_work_account(person=henk, subject="henk-daar", by=cast.beheer))
    assert linked == [(henk.email, "het werkaccount om mee in te loggen: er is er een gekoppeld")]
    own = mails_after(lambda: audit.record_account(by=henk, action="second_factor.codes", person=henk))
    assert own == [(henk.email, "de herstelcodes, opnieuw gemaakt")]
    dates = {"valid_from": None, "valid_until": None}
    given = mails_after(
        lambda: give_role(person=henk, role=Role.TEAM_MEMBER, team=cast.burgerzaken, by=cast.beheer, **dates)
    )
    assert given == [(henk.email, "de rollen: er is een rol gegeven of veranderd")]
    role = Membership.objects.get(user=henk, team=cast.burgerzaken)
    assert mails_after(lambda: take_role(membership=role, by=cast.beheer)) == [
        (henk.email, "de rollen: er is een rol weggehaald")
    ]


def test_a_new_address_is_told_at_the_old_one_too(cast: Cast) -> None:
    User.objects.update(last_login=now())
    henk = User.objects.get(pk=cast.henk.pk)
    before, henk.email = henk.email, "elders@opmeer.example"
    told = mails_after(
        lambda: save_edited(henk, version=henk.version, fields=["email"], by=cast.beheer, action="person.changed")
    )
    assert sorted(to for to, _line in told) == sorted([before, "elders@opmeer.example"])
    henk.room = "1.14"
    assert not mails_after(
        lambda: save_edited(henk, version=henk.version, fields=["room"], by=cast.beheer, action="person.changed")
    )


def test_other_administrators_hear_of_an_administrator(cast: Cast) -> None:
    User.objects.update(last_login=now())
    second = User.objects.create(
        username="tweede", name="Tweede", email="tweede@opmeer.example", last_login=now(), language="nl"
    )
    Membership.objects.create(user=second, role=Role.ADMINISTRATOR)
    told = mails_after(lambda: give_one_time_password(person=second, by=None, at=now()))
    assert [to for to, _line in told] == [second.email, cast.beheer.email]
    told = mails_after(lambda: give_one_time_password(person=second, by=cast.beheer, at=now()))
    assert [to for to, _line in told] == [second.email], "who did it is not told"


def test_an_account_that_is_still_being_made_says_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.henk.pk).update(last_login=None)
    henk = User.objects.get(pk=cast.henk.pk)
    assert not mails_after(lambda: give_one_time_password(person=henk, by=cast.beheer, at=now()))


def notices(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get("/meldingen/").content.decode()


def test_it_stands_at_the_bell_of_whoever_it_is_about(client: Client, cast: Cast) -> None:
    """Also of who has no questions; what one does oneself needs no notice, and who has nothing to do with it sees none."""
    User.objects.update(last_login=now())
    for person in (cast.henk, cast.joost, cast.receptie):
        give_one_time_password(person=User.objects.get(pk=person.pk), by=cast.beheer, at=now())
        User.objects.filter(pk=person.pk).update(one_time_until=None, password_changed_at=now())
        page = notices(client, User.objects.get(pk=person.pk))
        assert "Er veranderde iets in een account: het wachtwoord, vernieuwd door een beheerder" in page
    audit.record_account(by=cast.henk, action="second_factor.codes", person=User.objects.get(pk=cast.henk.pk))
    assert "de herstelcodes" not in notices(client, User.objects.get(pk=cast.henk.pk))
    assert "Er veranderde iets" not in notices(client, cast.fatima)
    person = User.objects.create(
        username="tweede", name="Tweede Beheerder", last_login=now(), password_changed_at=now()
    )
    Membership.objects.create(user=person, role=Role.ADMINISTRATOR)
    second_factor.remove(User.objects.get(pk=cast.beheer.pk), by=person)
    assert "weggehaald door een beheerder" in notices(client, cast.beheer)
    audit.record_account(by=cast.beheer, action="password.changed", person=User.objects.get(pk=cast.beheer.pk))
    assert f"{cast.beheer.name}, het wachtwoord" in notices(client, person)
