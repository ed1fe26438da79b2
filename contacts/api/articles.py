"""The answers for citizens, for the website of the municipality: what anybody may read, and nothing of what is for colleagues."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api.fields import (
    MAX_PAGE,
    PAGE,
    BadCursor,
    Moment,
    StrictSerializer,
    Text,
    as_moment,
    decode_cursor,
    encode_cursor,
)
from contacts.api.rendering import link_to_next
from contacts.api.rows import subject_ids
from contacts.api.schema import resource
from knowledge import catalogue
from knowledge.markup import html_of, link_of, plain_of
from knowledge.models import Language
from knowledge.outside import is_shown
from knowledge.search import MOST
from organisation.clock import today
from organisation.models import Subject
from organisation.snapshot import Organisation, organisation

SAME = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of an earlier answer: 304 when it is still the same.",
)


LANGUAGES = (catalogue.DUTCH, *Language.values)


class SubjectRef(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class ArticleLink(serializers.Serializer):
    words = serializers.CharField()
    address = serializers.CharField()


class ArticleRow(serializers.Serializer):
    """An answer; one that is not public any more has only its id, address and when it went.

    `language` is that of the texts: Dutch when there is none in the language that was asked. `isOutdated`: the Dutch answer changed
    since this was translated.
    """

    id = serializers.IntegerField()
    address = serializers.CharField()
    isPublic = serializers.BooleanField()
    changedAt = serializers.DateTimeField()
    title = serializers.CharField(allow_null=True)
    shortAnswer = serializers.CharField(allow_null=True)
    subjects = SubjectRef(many=True)
    theme = SubjectRef(allow_null=True)
    language = serializers.CharField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())
    isOutdated = serializers.BooleanField()
    checkedOn = serializers.DateField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class ArticlePage(serializers.Serializer):
    results = ArticleRow(many=True)
    next = serializers.CharField(allow_null=True)


class ArticleDetail(ArticleRow):
    shortAnswerHtml = serializers.CharField()
    answer = serializers.CharField()
    answerHtml = serializers.CharField()
    forBusiness = serializers.CharField()
    forBusinessHtml = serializers.CharField()
    links = ArticleLink(many=True)


class ArticleQuery(StrictSerializer):
    """`q` gives the best first, without a cursor; else the oldest change first. `language`: of the texts, where there are any."""

    subject = serializers.SlugField(max_length=60, required=False)
    q = Text(min_length=2, max_length=200, required=False)
    language = serializers.ChoiceField(choices=LANGUAGES, default=catalogue.DUTCH)
    changedSince = Moment(required=False)
    pageSize = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=PAGE)
    cursor = Text(max_length=120, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "q" in attrs and {"changedSince", "cursor"} & set(attrs):
            raise serializers.ValidationError({"q": [_("Search without changedSince and without a cursor.")]})
        return attrs


class LanguageQuery(StrictSerializer):
    language = serializers.ChoiceField(choices=LANGUAGES, default=catalogue.DUTCH)


class ArticlesView(APIView):
    """The answers for citizens."""

    scopes = {"GET": "articles.read"}

    @extend_schema(
        parameters=[ArticleQuery, SAME],
        **resource("list_articles", None, {200: ArticlePage, 304: OpenApiResponse(description="Still the same.")}),
    )  # type: ignore[dict-item]
    def get(self, request: Request) -> Response:
        """The public answers, the oldest change first; a `subject` counts with everything below it.

        With `changedSince` (that moment included) also what is gone since then, with `isPublic` false: keep the highest `changedAt`
        and ask with it the next time. `next` is the cursor of the following page, null at the end.
        """
        query = ArticleQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, house = query.validated_data, organisation()
        size, language = asked["pageSize"], asked["language"]
        below = subject_ids(asked["subject"], house) if "subject" in asked else None
        if "q" in asked:
            rows = catalogue.found(asked["q"], today(), subject_ids=below, most=min(size, MOST), language=language)
            return _kept(request, {"results": [_row(one, house) for one in rows], "next": None})
        rows = catalogue.changed(
            since=asked.get("changedSince"),
            after=_after(asked),
            subject_ids=below,
            most=size + 1,
            language=language,
        )
        more, rows = len(rows) > size, rows[:size]
        following = encode_cursor(rows[-1].article.public_at, rows[-1].article.pk) if more else None
        answer = _kept(request, {"results": [_row(one, house) for one in rows], "next": following})
        return link_to_next(answer, request, following)


class ArticleView(APIView):
    """One answer."""

    scopes = {"GET": "articles.read"}

    @extend_schema(
        parameters=[LanguageQuery, SAME],
        **resource(
            "read_article", None, {200: ArticleDetail, 304: OpenApiResponse(description="Still the same.")}, 404
        ),
    )  # type: ignore[dict-item]
    def get(self, request: Request, address: str) -> Response:
        """One public answer. Texts are given with their own marks and as safe HTML with headings from `h2`."""
        query = LanguageQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        entry = catalogue.one(address, query.validated_data["language"])
        text = entry.text if entry else None
        if entry is None or text is None:
            raise Http404
        links = [link_of(line) for line in text.links]
        body = _row(entry, organisation()) | {
            "shortAnswerHtml": html_of(text.short_answer, 2),
            "answer": text.answer,
            "answerHtml": html_of(text.answer, 2),
            "forBusiness": text.for_business,
            "forBusinessHtml": html_of(text.for_business, 3),
            "links": [{"words": words, "address": target} for words, target in links if target],
        }
        return _kept(request, body)


def _row(entry: catalogue.Entry, house: Organisation) -> dict[str, Any]:
    article, text = entry.article, entry.text
    line = house.subject_line(entry.subjects[0].pk) if entry.subjects else []
    page = reverse("knowledge:outside_answer", args=[article.address])
    language = entry.translation.language if entry.translation else catalogue.DUTCH
    if language != catalogue.DUTCH:
        page += f"?taal={language}"
    return {
        "id": article.pk,
        "address": article.address,
        "isPublic": text is not None,
        "changedAt": as_moment(article.public_at),
        "title": text.title if text else None,
        "shortAnswer": plain_of(text.short_answer) if text else None,
        "subjects": [_ref(one, language) for one in entry.subjects],
        "theme": _ref(line[-1], language) if line else None,
        "language": language if text else None,
        "languages": list(entry.languages),
        "isOutdated": entry.is_outdated,
        "checkedOn": article.checked_on.isoformat() if text and article.checked_on else None,
        "url": settings.SITE_URL + page if text and is_shown(house) else None,
    }


def _ref(subject: Subject, language: str) -> dict[str, str]:
    """The name in the language of the text, in Dutch where there is no other."""
    return {"code": subject.code, "name": subject.name_in(language)[0]}


def _after(asked: dict[str, Any]) -> tuple[datetime, int] | None:
    try:
        return decode_cursor(asked["cursor"]) if "cursor" in asked else None
    except BadCursor as error:
        raise exceptions.ValidationError({"cursor": [_("This cursor is not ours.")]}) from error


def _kept(request: Request, body: dict[str, Any]) -> Response:
    """With its `ETag`; 304 without a body to who has it already."""
    etag = f'"{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in known or "*" in known:
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)
