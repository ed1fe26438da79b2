"""Open311 GeoReport v2, for apps with which citizens report something on the street (docs/open311.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import ValidationError

from channels_app.models import InboundMessage
from contacts.actions.open311_report import open311_report
from contacts.api.fields import Moment
from contacts.api.limits import BY_CLIENT
from contacts.forms.open311 import judge_report, key_of
from contacts.forms.quick import hashes, read_photos
from contacts.forms.uploads import stored
from contacts.models import ApiClient, Question
from contacts.open311 import shape
from contacts.open311.key import key_of_body
from contacts.pages import open311 as page
from organisation import audit
from organisation.client_address import client_address
from organisation.clock import now
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.rate import Rate
from organisation.snapshot import organisation
from organisation.tokens import hashed

WRONG: Final = Rate(30)
LOOKED: Final = Rate(120)
"""The list of services asks for no key; a machine gets no further than this."""
View = Callable[..., HttpResponse]


class Wrong(Exception):
    """What the caller is told: a status and sentences."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__(*sentences)
        self.status, self.sentences, self.wait = status, sentences, 0


def _resource(*methods: str) -> Callable[[View], View]:
    """Speaks the standard's language also when something is wrong; in Dutch, without a session."""

    def wrapped(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def inner(request: HttpRequest, kind: str, **arguments: str) -> HttpResponse:
            translation.activate("nl")
            try:
                if request.method not in methods:
                    raise Wrong(405, _("Use %(methods)s here.") % {"methods": ", ".join(methods)})
                status, body = view(request, kind, **arguments)  # type: ignore[misc]
            except Wrong as wrong:
                status, body = wrong.status, shape.errors(kind, wrong.status, wrong.sentences)
                if wrong.wait:
                    return _answer(kind, status, body, {"Retry-After": str(wrong.wait)})
            return _answer(kind, status, body, {"Allow": ", ".join(methods)} if status == 405 else {})

        return inner

    return wrapped


@_resource("GET", "HEAD")
def services(request: HttpRequest, kind: str) -> Any:
    """What may be reported; open to everybody, as the standard wants."""
    _not_too_often(request)
    house = organisation()
    return 200, shape.rows(kind, "services", "service", [page.service_row(one, house) for one in page.services(house)])


@_resource("GET", "HEAD")
def definition(request: HttpRequest, kind: str, code: str) -> Any:
    _not_too_often(request)
    subject = page.service(organisation(), code)
    if subject is None:
        raise Wrong(404, _("service_code: there is no such service."))
    return 200, shape.definition(kind, code, page.attributes(subject))


@_resource("GET", "HEAD", "POST")
def requests(request: HttpRequest, kind: str) -> Any:
    """POST takes a report in; GET gives the caller's own, the newest first."""
    if request.method == "POST":
        return _report(request, kind)
    client, at = _client(request, "open311.read", request.GET.get("api_key", "")), now()
    found = list(_chosen(request, client, at))
    for one in found:
        audit.record_view(request, page="open311.requests", question_id=one.pk)
    return 200, shape.rows(kind, "service_requests", "request", page.report_rows(found))


@_resource("GET", "HEAD")
def one_request(request: HttpRequest, kind: str, number: str) -> Any:
    client = _client(request, "open311.read", request.GET.get("api_key", ""))
    found = page.own_reports(client).filter(number=number.upper()).first()
    if found is None:
        raise Wrong(404, _("service_request_id: there is no such report of yours."))
    audit.record_view(request, page="open311.request", question_id=found.pk)
    return 200, shape.rows(kind, "service_requests", "request", page.report_rows([found]))


@_resource("GET", "HEAD")
def token(request: HttpRequest, kind: str, key: str) -> Any:
    """The number of the report that was sent under this key of the caller."""
    client = _client(request, "open311.read", request.GET.get("api_key", ""))
    inbound = InboundMessage.objects.filter(source=f"{page.SOURCE}{client.pk}", external_key=f"key:{key}")
    number = Question.objects.filter(contacts__inbound__in=inbound).values_list("number", flat=True).first()
    if number is None:
        raise Wrong(404, _("token: nothing was sent under this key."))
    return 200, shape.rows(kind, "service_requests", "request", [{"service_request_id": number, "token": key}])


def _report(request: HttpRequest, kind: str) -> Any:
    client, at = _client(request, "open311.write", key_of_body(request)), now()
    try:
        given, files = request.POST, request.FILES.getlist("media") + request.FILES.getlist("media[]")
    except (RequestDataTooBig, TooManyFilesSent, MultiPartParserError, BadRequest, UnicodeDecodeError):
        raise Wrong(400, _("This request cannot be read.")) from None
    code = given.get("service_code", "")
    if not code:
        raise Wrong(400, _("service_code: say what it is about."))
    subject = page.service(organisation(), code)
    if subject is None:
        raise Wrong(404, _("service_code: there is no such service."))
    key = request.headers.get("Idempotency-Key", "")
    if key and key_of(key) is None:
        raise Wrong(400, _("Idempotency-Key: use 1 to 100 visible characters."))
    judged = judge_report(given.dict(), subject)  # type: ignore[arg-type]
    try:
        photos = read_photos(files)
    except Refused as refused:
        judged.wrong.append(f"media: {refused.message}")
        photos = []
    if judged.wrong or judged.report is None:
        raise Wrong(400, *judged.wrong)
    try:
        done = open311_report(
            report=judged.report,
            subject_id=subject.pk,
            client=client,
            source=f"{page.SOURCE}{client.pk}",
            at=at,
            key=key,
            photos=hashes(photos),
            files=stored(photos, at),
        )
    except Refused as refused:
        raise Wrong(400, refused.message) from refused
    notice = ""
    if judged.report.photo_url:
        notice = _("We do not fetch photos from other sites. Send the photo itself in the field “media”.")
    row = {"service_request_id": done.question.number, "service_notice": notice, "account_id": ""}
    return 200 if done.is_repeat else 201, shape.rows(kind, "service_requests", "request", [row])


def _client(request: HttpRequest, scope: str, key: str) -> ApiClient:
    """By `api_key`, as the standard says, or by the header; only who has the right and the channel."""
    key = request.headers.get("Api-Key", "") or key
    at = now()
    client = ApiClient.objects.filter(token_hash=hashed(key[:200]), is_active=True, expires_at__gt=at).first()
    if client is None or scope not in client.scopes or (client.channels and "app" not in client.channels):
        is_guessed = bool(key) and WRONG.wait(client_address(request)) > 0
        wrong = Wrong(429 if is_guessed else 403, _("api_key: this key may not do this."))
        wrong.wait = 60 if wrong.status == 429 else 0
        raise wrong
    wait = BY_CLIENT.wait(client.pk, per_minute=client.requests_per_minute)
    if wait:
        too_often = Wrong(429, _("Too many requests."))
        too_often.wait = wait
        raise too_often
    client.note_use(at)
    request.auth = client  # type: ignore[attr-defined]
    return client


def _not_too_often(request: HttpRequest) -> None:
    wait = LOOKED.wait(client_address(request))
    if wait:
        wrong = Wrong(429, _("Too many requests."))
        wrong.wait = wait
        raise wrong


def _chosen(request: HttpRequest, client: ApiClient, at: datetime) -> Any:
    rows, asked = page.own_reports(client), request.GET
    size = min(max(whole(asked.get("page_size", "")) or page.MOST, 1), page.MOST)
    ids = [one.strip().upper()[:30] for one in asked.get("service_request_id", "").split(",") if one.strip()]
    if ids:
        return rows.filter(number__in=ids[: page.MOST])[:size]
    begin, until = page.window(_moment(asked, "start_date"), _moment(asked, "end_date"), at)
    rows = rows.filter(received_at__gte=begin, received_at__lte=until)
    codes = [one.strip() for one in asked.get("service_code", "").split(",") if one.strip()]
    if codes:
        rows = rows.filter(subject__code__in=codes[: page.MOST])
    states = {one.strip() for one in asked.get("status", "").split(",") if one.strip()}
    if states - {"open", "closed"}:
        raise Wrong(400, _("status: use open or closed."))
    if len(states) == 1:
        rows = rows.filter(status__in=Question.OPEN) if "open" in states else rows.exclude(status__in=Question.OPEN)
    skipped = (min(max(whole(asked.get("page", "")) or 1, 1), 100) - 1) * size
    return rows[skipped : skipped + size]


def _moment(asked: Any, name: str) -> datetime | None:
    text = asked.get(name, "").replace(" ", "+")  # a plus that was not written as %2B
    if not text:
        return None
    try:
        return Moment().to_internal_value(text)
    except ValidationError as error:
        raise Wrong(400, _("%(name)s: write it like 2026-03-02T09:00:00Z.") % {"name": name}) from error


def _answer(kind: str, status: int, body: bytes, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(body, status=status, content_type=shape.TYPES[kind], headers=headers)
