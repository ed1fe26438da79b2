"""“Inzageverzoek”: everything about one person as a PDF, as JSON, or with the files as a ZIP, with the reason in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Final

from django import forms
from django.contrib import messages
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from channels_app.files import Withheld
from channels_app.models import StoredFile
from contacts.access import get_customer
from contacts.models import Customer
from contacts.normalize import clean_line
from contacts.person.file import files_of, person_file
from contacts.person.package import TooLarge, make_package
from contacts.person.words import Section, paper_row
from organisation import audit, wording
from organisation.audit import record_view
from organisation.clock import now
from organisation.forms.base import HouseForm
from organisation.models import User
from organisation.pdf import NoPdf, make_pdf
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day

Answer = HttpResponse | FileResponse
LANGUAGE: Final = "nl"
LONGEST_STATEMENT: Final = "55s"
"""Old mail is found by its address from end to end: rare, and within the minute that a person may wait."""


class ExportForm(HouseForm):
    reason = forms.CharField(
        label=lazy("Why is it given?"),
        max_length=300,
        help_text=lazy("For example: request of 25 November, identity checked at the counter. It stands in the log."),
    )
    kind = forms.ChoiceField(
        label=lazy("As"),
        choices=(
            ("pdf", lazy("PDF, to read")),
            ("json", lazy("JSON, for another system")),
            ("zip", lazy("ZIP, both with the files that came and went")),
        ),
        initial="pdf",
    )

    def clean_reason(self) -> str:
        reason = clean_line(self.cleaned_data["reason"], 300)
        if len(reason) < 5:
            raise forms.ValidationError(_("Write down why, so that a colleague understands it later."))
        return reason


@dataclass(frozen=True)
class Back:
    """Where one came from."""

    href: str
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_EXPORT)
def export(request: HttpRequest, pk: int) -> Answer:
    """Nothing is given out without a reason."""
    return give(request, get_customer(request.user, pk))


def give(request: HttpRequest, customer: Customer, *, also: Collection[int] = (), back: Back | None = None) -> Answer:
    """The form and the file, of a customer whom this person may have; `also`: ids of questions that only a restriction closed."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _given(request, customer, form.cleaned_data["kind"], form.cleaned_data["reason"], also)
    record_view(request, page="person-file", customer_id=customer.pk)
    context = {"customer": customer, "form": form, "back": back or _back(customer), "nav": "desk"}
    return render(request, "contacts/person_file.html", context, status=422 if form.errors else 200)


def _back(customer: Customer) -> Back:
    return Back(reverse("contacts:customer", args=[customer.pk]), customer.full_name)


def _given(request: HttpRequest, customer: Customer, kind: str, reason: str, also: Collection[int]) -> Answer:
    at = now()
    with translation.override(LANGUAGE):
        sections, files = _gathered(customer, request.user, also, with_files=kind == "zip")
        try:
            body = _made(customer, sections, files, kind, at)
        except (NoPdf, TooLarge, Withheld) as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
    audit.record(by=request.user, action="customer.exported", obj=customer, reason=reason, kind=kind)
    record_view(request, page="person-file", customer_id=customer.pk, reason=reason)
    name = f"inzage-{customer.pk}-{local_day(at)}.{kind}"
    response = FileResponse(body, as_attachment=True, filename=name, content_type=f"application/{kind}")
    response["Cache-Control"] = "no-store, private"
    return response


def _made(customer: Customer, sections: list[Section], files: list[StoredFile], kind: str, at: datetime) -> IO[bytes]:
    if kind == "json":
        return BytesIO(_json(customer, sections, at))
    if kind == "pdf":
        return BytesIO(_pdf(customer, sections, at))
    documents = {"inzage.pdf": _pdf(customer, sections, at), "inzage.json": _json(customer, sections, at)}
    return make_package(documents, files)


@transaction.atomic
def _gathered(
    customer: Customer, by: User, also: Collection[int], *, with_files: bool
) -> tuple[list[Section], list[StoredFile]]:
    """All of it from one moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST_STATEMENT}'")
    return person_file(customer, by, also), files_of(customer, by, also) if with_files else []


def _json(customer: Customer, sections: list[Section], at: datetime) -> bytes:
    told = {
        "gemeente": organisation().municipality.name,
        "opgemaakt": wording.local(at).isoformat(timespec="seconds"),
        "persoon": customer.full_name,
        "onderdelen": [{"titel": one.title, "toelichting": one.note, "regels": one.rows} for one in sections],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _pdf(customer: Customer, sections: list[Section], at: datetime) -> bytes:
    context = {
        "municipality": organisation().municipality.name,
        "customer": customer,
        "sections": [
            {"title": one.title, "note": one.note, "rows": [paper_row(told) for told in one.rows]} for one in sections
        ],
        "day": wording.day_long(local_day(at), local_day(at)) + f" {local_day(at).year}",
    }
    return make_pdf("contacts/person_file_pdf.html", context)
