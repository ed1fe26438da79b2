"""What the telephone exchange tells: every event once, in any order; the calls follow from them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from channels_app.actions.log_events import AT_ONCE, EVENTS_FOR, Told, log_events
from channels_app.adapters.phone.fold import KINDS
from channels_app.exchanges import SOURCE, heard
from contacts.api.fields import Moment, StrictSerializer, Text
from contacts.api.schema import resource
from contacts.rulebook import pickup_seconds_on
from organisation.clock import now

AHEAD = timedelta(hours=1)
"""The clock of an exchange may be wrong by so much; such a moment is taken as the moment of receipt."""


class PhoneEventIn(StrictSerializer):
    """`at` is the exchange's own time. `abandoned` is another word for `ended`."""

    eventId = Text(max_length=120, default="", allow_blank=True)
    callId = Text(max_length=120)
    leg = Text(max_length=60, default="", allow_blank=True)
    type = serializers.ChoiceField([*KINDS, "abandoned"])
    at = Moment()
    queue = Text(max_length=60, default="", allow_blank=True)
    caller = Text(max_length=40, default="", allow_blank=True)
    agent = Text(max_length=60, default="", allow_blank=True)
    test = serializers.BooleanField(default=False)

    def validate_at(self, value: Any) -> Any:
        if not now() - EVENTS_FOR < value < now() + AHEAD:
            raise serializers.ValidationError(_("This moment is more than 90 days ago, or in the future."))
        return value


class PhoneEventsIn(StrictSerializer):
    """Events of one or more calls."""

    events = PhoneEventIn(many=True, min_length=1, max_length=AT_ONCE)


class PhoneEventsTaken(serializers.Serializer):
    """`new` were taken in now, `known` before."""

    new = serializers.IntegerField()
    known = serializers.IntegerField()


class PhoneEventsView(APIView):
    """The exchange's events."""

    scopes = {"POST": "calls.write"}

    @extend_schema(**resource("log_phone_events", PhoneEventsIn, {202: PhoneEventsTaken}))
    def post(self, request: Request) -> Response:
        """Tell what happened in calls. The same event twice is harmless; late and out of order is too. All are taken in, or none."""
        shape = PhoneEventsIn(data=request.data)
        shape.is_valid(raise_exception=True)
        events = [
            Told(
                call=one["callId"],
                kind="ended" if one["type"] == "abandoned" else one["type"],
                at=one["at"],
                event=one["eventId"],
                leg=one["leg"],
                queue=one["queue"],
                caller=one["caller"],
                agent=one["agent"],
                is_test=one["test"],
            )
            for one in shape.validated_data["events"]
        ]
        source, at = f"{SOURCE}{request.auth.pk}", now()
        done = log_events(source=source, events=events, at=at, pickup_seconds=pickup_seconds_on)
        heard(source, request.auth.name, at)
        return Response({"new": done.new, "known": done.known}, status=202)
