"""What the API takes and gives; names are lowerCamelCase (NL API Design Rules), values are the codes of the product."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from channels_app.models import Channel
from contacts.api.fields import MAX_PAGE, PAGE, Moment, StrictSerializer, Text
from contacts.models import Customer, NormClock, Question
from organisation.models import QuestionKind

STATUSES = ["open", *Question.Status.values]


class CustomerIn(StrictSerializer):
    """A customer who is known (`id`) or new (`name` and how to reach them)."""

    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    name = Text(max_length=200, required=False)
    kind = serializers.ChoiceField(Customer.Kind.choices, default="person")
    phone = Text(max_length=40, default="", allow_blank=True)
    email = serializers.EmailField(max_length=320, default="", allow_blank=True)
    street = Text(max_length=100, default="", allow_blank=True)
    houseNumber = Text(max_length=20, default="", allow_blank=True)
    postcode = Text(max_length=10, default="", allow_blank=True)
    place = Text(max_length=80, default="", allow_blank=True)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if bool(attrs.get("id")) == bool(attrs.get("name")):
            raise serializers.ValidationError(_("Give either the id of a known customer or the name of a new one."))
        return attrs


class CallbackIn(StrictSerializer):
    phone = Text(max_length=40)
    name = Text(max_length=200, default="", allow_blank=True)
    moment = Text(max_length=100, default="", allow_blank=True)


class AskedIn(StrictSerializer):
    """One question in the contact; without a team it is routed by the rules."""

    title = Text(max_length=200, default="", allow_blank=True)
    text = Text(max_length=20_000, default="", allow_blank=True)
    subject = serializers.SlugField(max_length=60, required=False)
    kind = serializers.ChoiceField(QuestionKind.choices, required=False)
    end = serializers.ChoiceField(["direct", "open", "callback"], default="open")
    callback = CallbackIn(required=False)


class ContactIn(StrictSerializer):
    """A contact to register."""

    channel = serializers.ChoiceField(Channel.choices)
    receivedAt = Moment(required=False)
    appointmentAt = Moment(
        required=False, help_text="Of a visit with an appointment (channel `appointment`): when that begins."
    )
    text = Text(max_length=20_000, default="", allow_blank=True)
    customer = CustomerIn(required=False)
    questions = AskedIn(many=True, min_length=1, max_length=10)


class SubjectOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(QuestionKind.choices)
    synonyms = serializers.ListField(child=serializers.CharField())


class SubjectList(serializers.Serializer):
    results = SubjectOut(many=True)


class ClockOut(serializers.Serializer):
    code = serializers.CharField()
    state = serializers.ChoiceField(NormClock.State.choices)
    startedAt = serializers.DateTimeField()
    dueAt = serializers.DateTimeField()
    lastDay = serializers.DateField()
    stoppedAt = serializers.DateTimeField(allow_null=True)


class ContactOut(serializers.Serializer):
    id = serializers.IntegerField()
    channel = serializers.ChoiceField(Channel.choices)
    direction = serializers.ChoiceField(["in", "out"])
    receivedAt = serializers.DateTimeField()
    text = serializers.CharField()
    isAnswer = serializers.BooleanField()
    isAutomatic = serializers.BooleanField()


class CustomerRef(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class QuestionRow(serializers.Serializer):
    number = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(QuestionKind.choices)
    status = serializers.ChoiceField(Question.Status.choices)
    channel = serializers.ChoiceField(Channel.choices)
    subject = serializers.CharField(allow_null=True)
    team = serializers.CharField()
    customer = CustomerRef(allow_null=True, required=False)
    receivedAt = serializers.DateTimeField()
    dueAt = serializers.DateTimeField(allow_null=True)
    isOverdue = serializers.BooleanField()
    contactCount = serializers.IntegerField()


class QuestionPage(serializers.Serializer):
    results = QuestionRow(many=True)
    next = serializers.CharField(allow_null=True)


class QuestionDetail(QuestionRow):
    contacts = ContactOut(many=True)
    clocks = ClockOut(many=True)


class Registered(serializers.Serializer):
    contact = serializers.IntegerField()
    questions = QuestionRow(many=True)


class CustomerOut(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Customer.Kind.choices)
    name = serializers.CharField()
    address = serializers.CharField()
    phones = serializers.ListField(child=serializers.CharField())
    emails = serializers.ListField(child=serializers.CharField())


class CustomerList(serializers.Serializer):
    results = CustomerOut(many=True)


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(required=False)


class QuestionQuery(StrictSerializer):
    """Filters of the list of questions."""

    status = serializers.ChoiceField(STATUSES, required=False)
    team = serializers.SlugField(max_length=40, required=False)
    channel = serializers.ChoiceField(Channel.choices, required=False)
    subject = serializers.SlugField(max_length=60, required=False)
    overdue = serializers.BooleanField(required=False, default=False)
    receivedFrom = Moment(required=False)
    receivedUntil = Moment(required=False)
    pageSize = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=PAGE)
    cursor = Text(max_length=120, required=False)


class CustomerQuery(StrictSerializer):
    """`q`: any part of a name, a phone number, an e-mail address, postcode and number, or a question number."""

    q = Text(min_length=3, max_length=200)
