"""The identity provider at which employees sign in is away, or hangs."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import ask, percentile
from faults.people import signed_in
from faults.provider import CLIENT, SUBJECT, Provider
from faults.proxy import Proxy

if TYPE_CHECKING:
    from organisation.models import User

BEGIN, DESK = "/inloggen/werkaccount/", "/werkplek/"
PASSWORD = "breek-het-glas-2026"


class _Browser:
    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        )

    def go(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address and page, past every redirect."""
        data = None if fields is None else urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, data, {"Referer": self.base + path})
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.url.removeprefix(self.base), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, path, error.read().decode(errors="replace")

    def post(self, path: str, page: str, **fields: str) -> tuple[int, str, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return self.go(path, {"csrfmiddlewaretoken": token[1] if token else "", **fields})


@fault("F26")
class ProviderAway(Fault):
    """The identity provider refuses every connection, and then takes them and says nothing, while people work and sign in."""

    is_short = False
    expected = (
        "who is signed in works on; a password with the code of an app opens the door and raises the alarm;"
        " the rest of the site is not slower"
    )

    def run(self, world: World, notes: Notes) -> None:
        from organisation.models import User

        stack = world.stack
        provider = Provider()
        proxy = Proxy(provider.port)
        provider.issuer = f"http://127.0.0.1:{proxy.port}"
        linked = User.objects.filter(pk=world.house.agents[0])
        linked.update(oidc_issuer=provider.issuer, oidc_subject=SUBJECT)
        keeper = User.objects.get(pk=world.house.agents[1])
        keeper.set_password(PASSWORD)
        keeper.save()
        try:
            with stack.told(stack.webs, OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID=CLIENT):
                before = _Browser(stack.web_ports[0])
                notes.exactly("signs_in_there", before.go(BEGIN)[0], 200)
                notes.exactly("is_at_the_desk", before.go(DESK)[1], DESK)
                for how in ("away", "frozen"):
                    self._while(world, notes, how, proxy, before, keeper)
                notes.exactly("signs_in_there_again", _Browser(stack.web_ports[0]).go(BEGIN)[0], 200)
        finally:
            linked.update(oidc_issuer="", oidc_subject="")
            proxy.close()
            provider.close()

    def _while(self, world: World, notes: Notes, how: str, proxy: Proxy, before: _Browser, keeper: User) -> None:
        stack = world.stack
        with stack.told(stack.webs):  # what they knew of the provider is forgotten
            usual = self._pages(world, 20)
            if how == "away":
                proxy.refuse()
            else:
                proxy.freeze()
            try:
                notes.exactly(f"{how}_session_goes_on", before.go(DESK)[:2], (200, DESK))
                with ThreadPoolExecutor(6) as pool:
                    begun = time.monotonic()
                    tries = [pool.submit(_Browser(stack.web_ports[0]).go, BEGIN) for _one in range(6)]
                    slow = self._pages(world, 20)
                    statuses = sorted({one.result()[0] for one in tries})
                    told = time.monotonic() - begun
                notes.exactly(f"{how}_who_comes_is_told", statuses, [503])
                notes.within(f"{how}_six_are_told_seconds", told, 15)
                notes.within(f"{how}_p95_times_usual", slow / max(usual, 0.001), 2)
                notes.exactly(f"{how}_glass_breaks", self._breaks_the_glass(stack.web_ports[0], keeper), DESK)
                notes.exactly(f"{how}_alarm", self._alarm(keeper), [True, True, False])
            finally:
                if how == "away":
                    proxy.accept()
                else:
                    proxy.reset()
                    proxy.thaw()

    @staticmethod
    def _pages(world: World, times: int) -> float:
        """The p95 of somebody who works meanwhile."""
        cookies = signed_in(world.house.agents[2])
        answers = [ask(world.stack.web_ports[0], "GET", DESK, headers=cookies) for _one in range(times)]
        assert all(one.status == 200 for one in answers)
        return percentile([one.seconds for one in answers], 0.95)

    @staticmethod
    def _alarm(keeper: User) -> list[bool]:
        """Whether the log says it, an administrator is told, and the health page is well."""
        from django.test import override_settings

        from contacts.models import Notice
        from organisation.actions.watch_provider import SHOWN_FOR
        from organisation.clock import now
        from organisation.health import provider as line
        from organisation.models import AuditEntry

        lately = now() - SHOWN_FOR
        logged = AuditEntry.objects.filter(user=keeper, action="login.past_provider", at__gte=lately).exists()
        told = Notice.objects.filter(kind="provider_passed", at__gte=lately).exists()
        with override_settings(OIDC_ISSUER="http://127.0.0.1", OIDC_CLIENT_ID=CLIENT):
            return [logged, told, all(one.is_well for one in line(now()))]

    @staticmethod
    def _breaks_the_glass(port: int, keeper: User) -> str:
        """Password and code; where that leads."""
        from django_otp.oath import totp
        from django_otp.plugins.otp_totp.models import TOTPDevice

        TOTPDevice.objects.filter(user=keeper).delete()
        device = TOTPDevice.objects.create(user=keeper, name="app", confirmed=True)
        browser = _Browser(port)
        page = browser.go("/inloggen/")[2]
        _status, address, page = browser.post("/inloggen/", page, username=keeper.username, password=PASSWORD)
        if "code" not in address:
            return f"no code was asked, but {address}"
        browser.post(address, page, code=f"{totp(device.bin_key):06}")
        address = browser.go(DESK)[1]
        device.delete()
        return address
