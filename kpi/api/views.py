"""`/api/v1/kpis` and `/api/v1/kpis/{code}`: the figures of the dashboard, for the scope `kpi.read`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api.schema import resource
from kpi.answer import figure
from kpi.api import serializers as shapes
from kpi.lookup import NotFound, scope_of
from kpi.measures.base import Measure, Tally
from kpi.periods import NoSuchPeriod, between, last_finished_week
from kpi.reading import Ask, read, tally
from kpi.registry import MEASURES, ROLLED_UP
from kpi.scope import Scope
from kpi.shares import is_cut, is_few
from kpi.siblings import kept_back
from organisation.clock import now
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

CODE = OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(MEASURES))


class KpisView(APIView):
    """All figures that are kept per day."""

    scopes = {"GET": "kpi.read"}

    @extend_schema(parameters=[shapes.KpiQuery], **resource("list_kpis", None, {200: shapes.KpiList}))
    def get(self, request: Request) -> Response:
        """All figures over one period, perhaps narrowed to a team, a channel or a subject."""
        at = now()
        house = organisation()
        scope = _scope(request, house, local_day(at))
        codes = tuple(measure.code for measure in ROLLED_UP)
        (answer,) = read([Ask(codes, (scope.period,))], scope, at=at, today=local_day(at))
        hidden = kept_back(ROLLED_UP, scope, house, at=at, today=local_day(at))
        rows = [
            _row(measure, scope, house, at, answer.get((measure.code, 0, ""), Tally()), hidden) for measure in ROLLED_UP
        ]
        return Response({"results": rows})


class KpiView(APIView):
    """One figure."""

    scopes = {"GET": "kpi.read"}

    @extend_schema(parameters=[CODE, shapes.KpiQuery], **resource("read_kpi", None, {200: shapes.KpiOut}, 404))
    def get(self, request: Request, code: str) -> Response:
        """One figure over one period: numerator, denominator, value, target and whether it is met."""
        measure = MEASURES.get(code)
        if measure is None:
            raise Http404
        at = now()
        house = organisation()
        scope = _scope(request, house, local_day(at))
        found = tally(measure, scope, at=at, today=local_day(at))
        hidden = kept_back([measure], scope, house, at=at, today=local_day(at))
        return Response(_row(measure, scope, house, at, found, hidden))


def _row(
    measure: Measure, scope: Scope, house: Organisation, at: Any, found: Tally, hidden: frozenset[str]
) -> dict[str, object]:
    is_hidden = measure.code in hidden or (is_cut(measure, scope) and is_few(measure, found))
    row = figure(measure, scope, at=at, house=house, found=Tally() if is_hidden else found)
    return {**row, "name": str(measure.name), "kind": measure.kind, "isHidden": is_hidden}


def _scope(request: Request, house: Organisation, today: date) -> Scope:
    query = shapes.KpiQuery(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    given = query.validated_data
    default = last_finished_week(today)
    first = given.get("from") or (given.get("to", default.first))
    last = given.get("to") or (given.get("from", default.last))
    try:
        period = between(first, last)
    except NoSuchPeriod as error:
        raise exceptions.ValidationError(
            {"to": [_("The last day lies before the first, or the period is too long.")]}
        ) from error
    try:
        return scope_of(
            house,
            period,
            team=given.get("team", ""),
            channel=given.get("channel", ""),
            subject=given.get("subject", ""),
        )
    except NotFound as error:
        sentences = {
            "team": _("There is no such team."),
            "subject": _("There is no such subject."),
            "channel": _("There is no such channel."),
        }
        raise exceptions.ValidationError({error.field: [sentences[error.field]]}) from error
