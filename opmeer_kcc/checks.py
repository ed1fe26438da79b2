"""Refuses to start insecurely outside demo mode; every refusal is one sentence that says what to do."""

import email.utils
from collections import Counter
from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import checks
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import DatabaseError, InterfaceError, connection

from contacts.demo.staff import PEOPLE
from opmeer_kcc.demo_accounts import whose
from opmeer_kcc.env import SETTINGS
from opmeer_kcc.plain_parts import plain_parts
from organisation.owner import speaks_as_owner
from organisation.role_rights import wrong_rights

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
DEMO_NAMES = tuple(person[0] for person in PEOPLE)
FEWEST_SIGNS = 20
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
"""quality.md rule 20: with one of these off a power cut loses contacts that were confirmed."""


def insecure() -> list[str]:
    """What stands in the way of starting, in sentences; in demo mode only what would lose data or open that of real people."""
    return [*_settings(), *_database()]


def _settings() -> list[str]:
    if settings.DEMO_MODE:
        return []
    wrong = []
    if (
        len(settings.SECRET_KEY) < 40
        or len(set(settings.SECRET_KEY)) < 10
        or settings.SECRET_KEY.startswith("django-insecure")
    ):
        wrong.append("SECRET_KEY is weak: set a random text of at least 50 characters.")
    if settings.DEBUG:
        wrong.append("DEBUG is on: it shows personal data on error pages and is only for demo mode.")
    if not settings.FIELD_KEYS:
        wrong.append("FIELD_KEYS is empty: passwords of mailboxes could not be encrypted.")
    is_only_here = set(settings.ALLOWED_HOSTS) <= LOOPBACK
    if not (settings.SECOND_FACTOR_REQUIRED or is_only_here):
        wrong.append("SECOND_FACTOR_REQUIRED is off: a password that leaks would open the files of citizens.")
    if not (settings.INSECURE_HTTP or settings.SITE_URL.startswith("https://")):
        wrong.append("SITE_URL is no https address: the links in mail would lead nowhere, or over plain http.")
    if settings.METRICS_FROM_HERE and settings.PROXY_COUNT:
        wrong.append("METRICS_FROM_HERE is on behind a proxy: everybody seems to come from here. Use METRICS_TOKEN.")
    if 0 < len(settings.METRICS_TOKEN) < FEWEST_SIGNS:
        wrong.append(f"METRICS_TOKEN is weak: set a random text of at least {FEWEST_SIGNS} characters.")
    if settings.INSECURE_HTTP and not is_only_here:
        wrong.append("INSECURE_HTTP is on for a site that others can reach: put a proxy with TLS before it.")
    if "*" in settings.ALLOWED_HOSTS:
        wrong.append("ALLOWED_HOSTS holds *: name the host names of the site.")
    if settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith("https://"):
        wrong.append("OIDC_ISSUER is no https address: who listens in could sign in as anybody.")
    if settings.OIDC_ISSUER and not settings.OIDC_CLIENT_ID:
        wrong.append("OIDC_ISSUER is set without OIDC_CLIENT_ID: nobody could sign in there.")
    if settings.FAILPOINTS:
        wrong.append("FAILPOINTS is set: those kill processes and are only for tests.")
    if settings.CLOCK_OFFSET_SECONDS:
        wrong.append("CLOCK_OFFSET_SECONDS is set: the clock of the norms may only be shifted in a demo.")
    return wrong + plain_parts()


def _database() -> list[str]:
    """Empty too when the database cannot be asked: the site then shows that it is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(MUST_BE_ON)])
            found = dict(cursor.fetchall())
            cursor.execute("SELECT to_regclass('organisation_user') IS NOT NULL")
            has_users = cursor.fetchone()[0]
            role_wrong = [] if settings.DEMO_MODE or speaks_as_owner() or not has_users else wrong_rights(cursor)
            is_opened = settings.DEMO_MODE and not settings.FAILPOINTS and whose(cursor) == "real"
    except (DatabaseError, InterfaceError):
        return []
    wrong = [
        f"PostgreSQL runs with {name} off: confirmed contacts could be lost."
        for name in MUST_BE_ON
        if found.get(name) == "off"
    ]
    wrong += role_wrong
    if is_opened:
        wrong.append("DEMO_MODE is on, but the people in this database are not those of the demo: set DEMO_MODE=0.")
    if has_users and not (settings.DEMO_MODE or role_wrong) and (names := _demo_accounts()):
        wrong.append(f"The demo accounts {', '.join(names)} are open: block them before this is used for real.")
    return wrong


def _demo_accounts() -> list[str]:
    """Open with the password of the demo, whichever it was then: the accounts share its hash, that of an employee is nobody else's."""
    from organisation.models import User

    people = User.objects.filter(username__in=DEMO_NAMES, is_active=True).order_by("username")
    known = list(
        people.values_list("username", "password")
    )  # migrate asks this too, before it added the newest columns
    times = Counter(password for _username, password in known)
    passwords = {settings.DEMO_PASSWORD, str(SETTINGS["DEMO_PASSWORD"].default)}
    is_open = cache(lambda held: times[held] > 1 or any(check_password(one, held) for one in passwords))
    return [username for username, password in known if is_open(password)]


@register(Tags.security)
def refuse_insecure_settings(**kwargs: object) -> Sequence[CheckMessage]:
    return [Error(sentence, id=f"opmeer.E{number:03}") for number, sentence in enumerate(_settings(), 1)]


@register(Tags.database)
def refuse_insecure_database(databases: Sequence[str] | None = None, **kwargs: object) -> Sequence[CheckMessage]:
    return [
        Error(sentence, id=f"opmeer.E{number:03}")
        for number, sentence in enumerate(_database() if databases else [], 51)
    ]


@register(Tags.security, deploy=True)
def note_no_proxy(**kwargs: object) -> Sequence[CheckMessage]:
    """Not refused: gunicorn can end TLS by itself."""
    if settings.DEMO_MODE or settings.INSECURE_HTTP or settings.PROXY_COUNT:
        return []
    hint = "Behind a proxy set it to the number of proxies: else the site leads on to https for ever, and all visitors share one address."
    return [
        checks.Warning(
            "PROXY_COUNT is 0, which is right only where gunicorn itself ends TLS.", hint=hint, id="opmeer.W001"
        )
    ]


@register(Tags.security, deploy=True)
def note_lenient_addresses(**kwargs: object) -> Sequence[CheckMessage]:
    """quality.md rule 17 (CVE-2023-27043): our own reader is strict everywhere, but the newest Python patch is better."""
    if getattr(email.utils, "supports_strict_parsing", False):
        return []
    hint = "Take the newest patch of your Python; our own reader refuses such addresses meanwhile."
    return [Info("This Python reads doubtful e-mail addresses leniently.", hint=hint, id="opmeer.I001")]
