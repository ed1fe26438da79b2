"""Chromium on a live server: a signed-in page for any member of the cast, in any width and theme."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from contacts.rulebook import RULEBOOK
from organisation.models import User
from organisation.snapshot import ORGANISATION
from supervisor import debian
from tests.cast import Cast
from tests.e2e import scene
from tests.emptying import Migrated
from tests.kept import Kept

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=20_000)  # a busy machine; nothing waits when the page is quick

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("CHROMIUM") or debian.browser()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser; without one they are said aloud as not run, in CI as a failure."""
    for item in items:
        if "tests/e2e/" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def browser(whole_database: None) -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the browser tests cannot run.")
        pytest.skip("Chromium is missing: install Debian's chromium to run the browser tests.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
        connections.close_all()  # inside Playwright's loop Django keeps other connections than outside it (asgiref's Local)


AT_ONCE = 6
"""As many requests as a browser sends at once."""


@pytest.fixture(scope="session")
def server(whole_database: None) -> Iterator[LiveServer]:
    """The site on a free port, one for all tests; pytest-django's own would empty the database after every page.

    Pages are made by a few threads that stay, as behind gunicorn: Django's server makes a thread for each line of each window, and each
    a connection to a database that then knows nothing yet. Static files come as on a real site, so that a window fetches each once.
    """
    live = LiveServer("127.0.0.1")
    site, pages = WSGIHandler(), ThreadPoolExecutor(AT_ONCE, "page")
    live.thread.httpd.set_app(lambda environ, begin: pages.submit(site, environ, begin).result())
    yield live
    live.stop()
    everybody = Barrier(AT_ONCE)

    def leave() -> None:
        everybody.wait(60)
        connections.close_all()

    for gone in [pages.submit(leave) for _thread in range(AT_ONCE)]:
        gone.result()


@pytest.fixture
def town(kept_cast: Kept, transactional_db: None) -> Cast:
    """The cast in a database that the server sees, for tests that change something; emptied afterwards."""
    ORGANISATION.forget()
    RULEBOOK.forget()
    found: Cast = kept_cast.put_back()
    return found


@pytest.fixture(scope="module")
def standing_town(
    whole_database: None, django_db_setup: Migrated, kept_cast: Kept, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cast]:
    """The cast with work on the desk (`scene.py`), one for all tests of a module, for tests that only look."""
    with django_db_blocker.unblock():
        ORGANISATION.forget()
        RULEBOOK.forget()
        assert str(connection.settings_dict["NAME"]).startswith("test_"), (
            "never empties a database that is not for tests"
        )
        django_db_setup.put_back()
        cast: Cast = kept_cast.put_back()
        scene.fill(cast)
        yield cast
        django_db_setup.put_back()


def session_cookie(user: User) -> str:
    """A session as signing in leaves it, without the page; committed by a connection of its own, so that the server sees it."""

    def commit() -> str:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "organisation.sign_in.Employees"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        connection.close()
        return session.session_key or ""

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(commit).result()


@pytest.fixture(scope="session")
def new_page(browser: Browser, server: LiveServer) -> Callable[..., Page]:
    """`new_page(user, width=1440, theme="light")`: a page in a window of its own, whose relative addresses go to the server.

    Errors on the console (a broken script, something the CSP stops) are collected in `page.trouble`.
    """

    def make(user: User | None = None, *, width: int = 1440, theme: str = "light", language: str = "nl-NL") -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900 if width > 600 else 780},
            color_scheme=theme,  # type: ignore[arg-type]
            locale=language,
            reduced_motion="reduce",
        )
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session_cookie(user), "url": server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.set_default_navigation_timeout(60_000)
        trouble: list[str] = []

        def noted(message: ConsoleMessage) -> None:
            if message.type == "error":
                trouble.append(f"{message.text} {message.location.get('url', '')}".strip())

        page.on("console", noted)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.trouble = trouble  # type: ignore[attr-defined]
        page.theme = theme  # type: ignore[attr-defined]
        return page

    return make


@pytest.fixture
def page_as(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """As `new_page`, for one test: its windows are closed afterwards, and before the database is emptied: a page that asks
    something every few seconds would stand in the way of that."""
    if "town" in request.fixturenames:
        request.getfixturevalue("town")
    contexts: list[BrowserContext] = []

    def make(*arguments: object, **more: object) -> Page:
        page = new_page(*arguments, **more)
        contexts.append(page.context)
        return page

    yield make
    for context in contexts:
        context.close()
    with ThreadPoolExecutor(1) as aside:  # outside Playwright's loop, as `session_cookie`
        aside.submit(_wait_for_silence).result()


def _wait_for_silence() -> None:
    """Until the server answers nobody any more: a request that was under way when its window closed still holds its rows."""
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()"
            )
            if not cursor.fetchone()[0]:
                break
            time.sleep(0.02)
    connection.close()
