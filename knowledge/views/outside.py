"""The pages for citizens: no account, no cookie, no script. They may be kept by caches; looking changes nothing.

There is no session that another site could misuse, so these pages need no CSRF mark: a page from a cache still works.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.actions.hear import hear
from knowledge.models import ArticleVersion, Language, PublicPart
from knowledge.outside import (
    SAID,
    SEARCHED,
    WRONG,
    changed_at,
    is_shown,
    is_too_often,
    public_part,
    public_version,
    sitemap_of,
    titles_in,
)
from knowledge.pages.outside import answer_outside, front_outside, theme_outside
from knowledge.search import LONGEST
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.snapshot import Organisation, organisation

KEPT = 60
"""Seconds that a cache may give a page without asking: an amount that was wrong is right again in a minute."""
DUTCH: Final = "nl"
LANGUAGES: Final = (DUTCH, *Language.values)
"""In which these pages speak; an answer that has none in that language is shown in Dutch."""


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Search, the themes, and what is asked most."""
    house = _open(request)
    if not is_shown(house):
        return _not_here(request, house)
    query = request.GET.get("q", "")
    if query and is_too_often(request, SEARCHED):
        return _wait(request, house)
    page = front_outside(query, house, today(), _language(request))
    response = _show(request, house, "knowledge/outside_front.html", {"page": page})
    if page.query:
        response["X-Robots-Tag"] = "noindex"
        return _kept(request, response, None)
    return _kept(request, response, changed_at(house))


@login_not_required
@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """All answers about one theme."""
    house = _open(request)
    found = theme_outside(code, house, _language(request)) if is_shown(house) else None
    if found is None:
        return _not_here(request, house)
    told = {"theme": found[0], "groups": found[1]}
    response = _show(request, house, "knowledge/outside_theme.html", told)
    return _kept(request, response, changed_at(house))


@login_not_required
@require_safe
def answer(request: HttpRequest, address: str) -> HttpResponse:
    """One answer. Its address stays when its title changes."""
    house = _open(request)
    version = public_version(address) if is_shown(house) else None
    if version is None:
        return _not_here(request, house)
    return _answer(request, house, version)


def _answer(
    request: HttpRequest, house: Organisation, version: ArticleVersion, *, words: str = "", error: str = ""
) -> HttpResponse:
    """With an error: what was typed stays in its field."""
    page = answer_outside(version, house, today(), _language(request))
    told = {"page": page, "languages": page.languages, "words": words, "error": error}
    if error:
        return _show(request, house, "knowledge/outside_answer.html", told, HTTPStatus.UNPROCESSABLE_ENTITY)
    response = _show(request, house, "knowledge/outside_answer.html", told)
    if page.lang != _language(request):  # the Dutch page has the same text
        response["X-Robots-Tag"] = "noindex"
    return _kept(request, response, version.article.public_at)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, address: str) -> HttpResponse:
    """Yes or no, perhaps with words."""
    house = _open(request)
    version = public_version(address) if is_shown(house) else None
    if version is None:
        return _not_here(request, house)
    said = request.POST.get("helped", "")
    if said not in ("ja", "nee"):
        return HttpResponseRedirect(_here(request, "knowledge:outside_answer", address))
    if is_too_often(request, SAID):
        return _wait(request, house)
    words = request.POST.get("words", "")
    try:
        hear(version=version, helped=said == "ja", words=words, at=now())
    except Refused as refused:
        return _answer(request, house, version, words=words.replace("\x00", ""), error=refused.message)
    response = HttpResponseRedirect(_here(request, "knowledge:outside_thanks", address))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@login_not_required
@require_safe
def thanks(request: HttpRequest, address: str) -> HttpResponse:
    """The same for everybody."""
    house = _open(request)
    version = public_version(address) if is_shown(house) else None
    if version is None:
        return _not_here(request, house)
    response = _show(
        request, house, "knowledge/outside_thanks.html", {"address": address, "title": _title(request, version)}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public answer, for search engines; empty while they may not find them."""
    house = _open(request)
    response = HttpResponse(sitemap_of(house), content_type="application/xml")
    return _kept(request, response, changed_at(house))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines have no business in the rest of this site."""
    house = _open(request)
    lines = ["User-agent: *"]
    front_page = reverse("knowledge:outside_front")
    if is_shown(house):  # who may not be found says so on each page, and a page that may not be fetched says nothing
        lines += [f"Allow: {front_page}", "Allow: /static/"]
    lines.append("Disallow: /")
    if public_part(house).shown == PublicPart.Shown.OPEN:
        lines.append(f"Sitemap: {settings.SITE_URL}{reverse('knowledge:sitemap')}")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return _kept(request, response, None)


def _open(request: HttpRequest) -> Organisation:
    """Whoever reads, and whatever was chosen elsewhere: the same page for everybody. The session is not looked at."""
    request.user = AnonymousUser()
    asked = request.GET.get("taal", DUTCH)
    language = asked if asked in LANGUAGES else DUTCH
    translation.activate(language)
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
    return organisation()


def _language(request: HttpRequest) -> str:
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return language


def _title(request: HttpRequest, version: ArticleVersion) -> str:
    language = _language(request)
    known = titles_in(language, [version.article_id]) if language != DUTCH else {}
    return known[version.article_id][0] if version.article_id in known else version.title


def _here(request: HttpRequest, name: str, address: str) -> str:
    path, language = reverse(name, args=[address]), _language(request)
    return path if language == DUTCH else f"{path}?taal={language}"


def _other_language(request: HttpRequest) -> tuple[str, str]:
    """The same page in the other language, with what was searched."""
    language = "en" if _language(request) == DUTCH else DUTCH
    asked = {"q": request.GET["q"][:LONGEST]} if request.GET.get("q") else {}
    if language != DUTCH:
        asked["taal"] = language
    path = request.path.removesuffix("mening/")
    return language, f"{path}?{urlencode(asked)}" if asked else path


def _show(
    request: HttpRequest, house: Organisation, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    part = public_part(house)
    known = {
        "municipality": house.municipality,
        "part": part,
        "is_shown": part.shown != PublicPart.Shown.OFF,
        "is_found": part.shown == PublicPart.Shown.OPEN and status == HTTPStatus.OK,
        "site": settings.SITE_URL,
        "language": _language(request),
        "query_end": "" if _language(request) == DUTCH else f"?taal={_language(request)}",
        "other": _other_language(request),
    }
    response = render(request, template, {**known, **context}, status=status)
    if not known["is_found"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def _not_here(request: HttpRequest, house: Organisation) -> HttpResponse:
    """Never there, withdrawn, not for citizens, or switched off: one page for all of them."""
    if is_too_often(request, WRONG):
        return _wait(request, house)
    return _show(request, house, "knowledge/outside_gone.html", {}, status=HTTPStatus.NOT_FOUND)


def _wait(request: HttpRequest, house: Organisation) -> HttpResponse:
    response = _show(request, house, "knowledge/outside_wait.html", {}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "60"
    return response


def _kept(request: HttpRequest, response: HttpResponse, changed: datetime | None) -> HttpResponse:
    """With what a cache needs to ask whether it is still the same; then 304 without the page."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    moment = int(changed.timestamp()) if changed is not None else None
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    if moment is not None:
        response["Last-Modified"] = http_date(moment)
    return get_conditional_response(request, etag, moment, response) or response
