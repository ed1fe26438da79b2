"""The API's resources: the same actions and querysets as the screens."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.actions.asked import Registered
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.api import present
from contacts.api import serializers as shapes
from contacts.api.fields import encode_cursor
from contacts.api.reach import find_customers_for_client
from contacts.api.rendering import Written, link_to_next, written
from contacts.api.rows import one_question, questions_of, reads_customers, rows_of_list
from contacts.api.schema import resource
from contacts.models import ApiClient, Customer, Question
from organisation import audit
from organisation.clock import now
from organisation.errors import Refused
from organisation.failpoints import failpoint
from organisation.kept import Kept
from organisation.snapshot import Organisation, organisation

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Your own key: the same key registers once."
)
_KEY_FORM = re.compile(r"^[\x21-\x7e]{1,100}$")
_OUTER = {"customer_name": "customer", "received_at": "receivedAt", "appointment_at": "appointmentAt"} | dict.fromkeys(
    ("asked", "callback_phone", "end"), "questions"
)
"""What a refusal is about → the field as the caller wrote it."""


class ContactsView(APIView):
    """Registers contacts."""

    scopes = {"POST": "questions.write"}

    @extend_schema(
        parameters=[KEY],
        **resource("register_contact", shapes.ContactIn, {201: shapes.Registered, 200: shapes.Registered}, 409),
    )
    def post(self, request: Request) -> Response:
        """Register a contact with its questions. The same Idempotency-Key gives the first answer again, with 200."""
        client: ApiClient = request.auth
        given = _valid(shapes.ContactIn, request.data)
        if client.channels and given["channel"] not in client.channels:
            raise exceptions.PermissionDenied(_("This client may not register on this channel."))
        key = request.headers.get("Idempotency-Key")
        if key is not None and not _KEY_FORM.match(key):
            raise exceptions.ValidationError({"Idempotency-Key": [_("Use 1 to 100 visible characters.")]})
        at = now()
        house = organisation()
        try:
            made = register(
                by=None,
                client=client,
                house=house,
                at=at,
                channel=given["channel"],
                received_at=given.get("receivedAt", at),
                appointment_at=given.get("appointmentAt"),
                asked=[_asked(one, house) for one in given["questions"]],
                customer=_customer(given.get("customer"), client),
                text=given["text"],
                key=key,
            )
        except Refused as refused:
            if refused.field == "key":
                raise Conflict(refused.message) from refused
            raise exceptions.ValidationError(
                {_OUTER.get(refused.field, refused.field) or "detail": [refused.message]}
            ) from refused
        failpoint("before_answer")
        rows = [_as_row(question, at, house) for question in _shown(made, client)]
        answer = {"contact": made.contact.pk, "questions": rows}
        if made.is_repeat:
            return Response(answer)
        where = settings.SITE_URL + reverse("question", args=[rows[0]["number"]])
        return Response(answer, status=201, headers={"Location": where})


class Conflict(exceptions.APIException):
    status_code = 409
    default_detail = _("This key was used before for something else.")


class QuestionsView(APIView):
    """The list of questions, newest first, paged by cursor."""

    scopes = {"GET": "questions.read"}

    @extend_schema(parameters=[shapes.QuestionQuery], **resource("list_questions", None, {200: shapes.QuestionPage}))
    def get(self, request: Request) -> Response:
        """List questions. `next` is the cursor of the following page, null at the end."""
        client: ApiClient = request.auth
        asked = _READ.get(
            request.META["QUERY_STRING"], lambda: _valid(shapes.QuestionQuery, request.query_params.dict())
        )
        at = now()
        house = organisation()
        size = asked["pageSize"]
        rows = rows_of_list(client, asked, at, house, audit.looking(request, "api.questions"))
        more = len(rows) > size
        rows = rows[:size]
        with_customer = reads_customers(client)
        results = ",".join(_written_row(row, house, at, with_customer=with_customer) for row in rows)
        following = encode_cursor(rows[-1]["received_at"], rows[-1]["id"]) if more else None
        answer = Response(Written(f'{{"results":[{results}],"next":{written(following)}}}'))
        return link_to_next(answer, request, following)


class QuestionView(APIView):
    """One question."""

    scopes = {"GET": "questions.read"}

    @extend_schema(**resource("read_question", None, {200: shapes.QuestionDetail}, 404))
    def get(self, request: Request, number: str) -> Response:
        """One question with its contacts, on the channels of this client, and its clocks."""
        client: ApiClient = request.auth
        row, at = one_question(client, number, audit.looking(request, "api.question")), now()
        if row is None:
            raise Http404
        body = present.question_row(row, organisation(), at, with_customer=reads_customers(client))
        body["contacts"] = [present.contact_row(one) for one in row["contacts"]]
        body["clocks"] = [present.clock_row(one) for one in row["clocks"]]
        return Response(body)


class CustomersView(APIView):
    """Customers found."""

    scopes = {"GET": "customers.read"}

    @extend_schema(parameters=[shapes.CustomerQuery], **resource("find_customers", None, {200: shapes.CustomerList}))
    def get(self, request: Request) -> Response:
        """Find customers by any part of the name, phone, e-mail, postcode and number, or question number."""
        asked = _valid(shapes.CustomerQuery, request.query_params.dict())
        found = find_customers_for_client(request.auth, asked["q"])
        for customer in found:
            audit.record_view(request, page="api.customers", customer_id=customer.pk)
        return Response({"results": [_customer_out(customer) for customer in found]})


class SubjectsView(APIView):
    """The tree of subjects."""

    scopes = {"GET": "subjects.read"}

    @extend_schema(**resource("list_subjects", None, {200: shapes.SubjectList}))
    def get(self, request: Request) -> Response:
        """All subjects in use, with the words that citizens use."""
        house = organisation()
        return Response(
            {
                "results": [
                    {
                        "code": subject.code,
                        "name": subject.name,
                        "parent": house.subjects[subject.parent_id].code
                        if subject.parent_id in house.subjects
                        else None,
                        "kind": subject.kind,
                        "synonyms": subject.synonyms,
                    }
                    for subject in sorted(house.subjects.values(), key=lambda subject: subject.code)
                    if subject.is_active
                ]
            }
        )


_READ: Final[Kept[dict[str, Any]]] = Kept(64)
"""What stands in an address, read: the same in every request, and of nobody. A fault is told anew, in the language of who asks."""


_ROWS: Final[Kept[str]] = Kept(800)
"""Rows of lists as they were written, under all that they are made of (ADR 15)."""


def _written_row(row: dict[str, Any], house: Organisation, at: datetime, *, with_customer: bool) -> str:
    key = (*row.values(), house.version, with_customer, present.is_overdue(row, at))
    return _ROWS.get(key, lambda: written(present.question_row(row, house, at, with_customer=with_customer)))


@cache
def _shape(shape: type[serializers.Serializer]) -> serializers.Serializer:
    """One of each, for what is right: making one copies every field."""
    return shape()


def _valid(shape: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    try:
        return _shape(shape).run_validation(data)  # type: ignore[no-any-return]
    except exceptions.ValidationError:
        serializer = shape(data=data)  # what is wrong is said by one of its own, in its words
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


def _asked(one: dict[str, Any], house: Organisation) -> Asked:
    subject_id = None
    if "subject" in one:
        subject_id = next((s.id for s in house.subjects.values() if s.code == one["subject"] and s.is_active), None)
        if subject_id is None:
            raise exceptions.ValidationError({"subject": [_("There is no such subject.")]})
    callback = one.get("callback")
    return Asked(
        title=one["title"],
        text=one["text"],
        subject_id=subject_id,
        kind=one.get("kind", ""),
        end=one["end"],
        callback=CallbackAsked(callback["phone"], callback["name"], callback["moment"]) if callback else None,
    )


def _customer(given: dict[str, Any] | None, client: ApiClient) -> Customer | NewCustomer | None:
    if given is None:
        return None
    if given.get("id"):
        customer = Customer.objects.current().filter(pk=given["id"]).first() if reads_customers(client) else None
        if customer is None:
            raise exceptions.ValidationError({"customer": [_("There is no such customer.")]})
        return customer
    return NewCustomer(
        name=given["name"],
        kind=given["kind"],
        phone=given["phone"],
        email=given["email"],
        street=given["street"],
        house_number=given["houseNumber"],
        postcode=given["postcode"],
        place=given["place"],
    )


def _shown(made: Registered, client: ApiClient) -> list[Question]:
    """A repeat tells what this client may see now: what became confidential since, or of another channel, is left out."""
    if not made.is_repeat:
        return made.questions
    seen = questions_of(client).filter(pk__in=[question.pk for question in made.questions])
    return list(seen.order_by("pk"))


def _as_row(question: Question, at: datetime, house: Organisation) -> dict[str, Any]:
    """One that was just made has the contact that made it."""
    values = {name: getattr(question, name) for name in present.ROW}
    values[present.COUNT] = getattr(question, present.COUNT, question.contact_count)
    return present.question_row(values, house, at, with_customer=False)


def _customer_out(customer: Customer) -> dict[str, Any]:
    addresses = list(customer.addresses.all())
    return {
        "id": customer.pk,
        "kind": customer.kind,
        "name": customer.full_name,
        "address": customer.address_line,
        "phones": [address.value for address in addresses if address.kind == "phone"],
        "emails": [address.value for address in addresses if address.kind == "email"],
    }
