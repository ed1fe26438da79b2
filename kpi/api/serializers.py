"""What the API of the figures takes and gives; one object per figure, the same as the command `kpi` prints."""

from __future__ import annotations

from rest_framework import serializers

from channels_app.models import Channel
from contacts.api.fields import StrictSerializer
from kpi.registry import MEASURES


class KpiQuery(StrictSerializer):
    """Both days are included; without them the last full week. `team` and `subject` are codes."""

    team = serializers.SlugField(max_length=40, required=False)
    channel = serializers.ChoiceField(Channel.choices, required=False)
    subject = serializers.SlugField(max_length=60, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is a word of Python and cannot be an attribute."""
        days = {"from": serializers.DateField(required=False), "to": serializers.DateField(required=False)}
        return {**days, **super().get_fields()}


class KpiOut(serializers.Serializer):
    """A figure: percent for shares. Nulls without data, or where narrowing leaves fewer than ten or would tell of others that are (`isHidden`)."""

    code = serializers.ChoiceField(list(MEASURES))
    name = serializers.CharField()
    kind = serializers.ChoiceField(["share", "average", "count"])
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    target = serializers.FloatField(allow_null=True)
    met = serializers.BooleanField(allow_null=True)
    isHidden = serializers.BooleanField()

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        return {"code": fields.pop("code"), "from": serializers.DateField(), "to": serializers.DateField(), **fields}


class KpiList(serializers.Serializer):
    results = KpiOut(many=True)
