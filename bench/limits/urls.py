"""The views of the bare site, and the two tables that they know."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

OPEN = ("new", "in_progress", "waiting")
SHOWN = ("number", "title", "kind", "channel", "status", "received_at", "due_at")


class Question(models.Model):
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    status = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    search = SearchVectorField()

    class Meta:
        app_label = "limits"
        managed = False
        db_table = "contacts_question"


class Row(models.Model):
    """What one INSERT writes; the table is made by `bench.limits.measure` and dropped afterwards."""

    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "limits"
        managed = False
        db_table = "bench_limit_row"


def _newest() -> models.QuerySet[Question]:
    return Question.objects.filter(status__in=OPEN).defer("search").order_by("-received_at", "-id")[:50]


def ok(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def one(request: HttpRequest, number: str) -> HttpResponse:
    return render(request, "one.html", {"row": Question.objects.defer("search").get(number=number)})


def rows(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"title": "Open", "rows": _newest()})


def rows_json(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"results": list(_newest().values(*SHOWN))})


def search(request: HttpRequest) -> HttpResponse:
    """The hits by the word index, the newest 50 of them."""
    words = SearchQuery(request.GET["q"], config="dutch_plain", search_type="websearch")
    hits = Question.objects.filter(search=words).values_list("pk", "received_at")
    newest = [pk for _at, pk in sorted(((at, pk) for pk, at in hits), reverse=True)[:50]]
    found = Question.objects.defer("search").in_bulk(newest)
    return render(request, "rows.html", {"title": "Gevonden", "rows": [found[pk] for pk in newest]})


@csrf_exempt  # as a program's call: there is no session here to forge
def create(request: HttpRequest) -> HttpResponse:
    """One INSERT, durable when the answer leaves."""
    row = Row.objects.create(text=request.body.decode()[:2000], at=timezone.now())
    return JsonResponse({"id": row.pk}, status=201)


urlpatterns = [
    path("ok/", ok),
    path("vragen/<str:number>/", one),
    path("vragen/", rows),
    path("json/", rows_json),
    path("zoeken/", search),
    path("nieuw/", create),
]
