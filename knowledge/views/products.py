"""A list of products: read in, looked at, taken in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.actions.take_in_products import choose_products, drop_products, keep_products, take_in_products
from knowledge.models import ProductImport
from knowledge.pages.products import PAGE, lists_of, subject_groups, wrong_words
from knowledge.pages.products import preview as preview_of
from knowledge.products_csv import MOST_BYTES, read_products
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.forms.base import HouseForm
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation


class ProductsForm(HouseForm):
    file = forms.FileField(
        label=lazy("CSV file"),
        allow_empty_file=True,
        help_text=lazy("Columns: naam, and if you have them uri, omschrijving, link and doelgroep."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ARTICLES_PUBLISH)
def products(request: HttpRequest) -> HttpResponse:
    """Reads a file; what is wrong with it is said by line and column, and nothing is kept of it."""
    form = ProductsForm(request.POST or None, request.FILES or None)
    wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        found = read_products(file.read(MOST_BYTES + 1))
        wrong = wrong_words(found.wrong)
        if not wrong:
            name = "".join(letter for letter in file.name if letter.isprintable())
            made = keep_products(name=name, rows=found.rows, unused=found.unused, by=request.user, at=now())
            return redirect("knowledge:products_preview", made.pk)
    context = {"nav": "knowledge", "form": form, "wrong": wrong, "lists": lists_of(request.user, today())}
    status = 422 if request.method == "POST" else 200
    return render(request, "knowledge/products.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ARTICLES_PUBLISH)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would become of each product. Sending keeps the choices of this page, and goes on or takes all chosen ones in."""
    row = get_object_or_404(ProductImport, pk=pk, by=request.user, done_at__isnull=True)
    page = whole(request.GET.get("blad", "")) or 1
    if request.method != "POST":
        return _preview(request, row, page)
    version = whole(request.POST.get("version", "")) or 0
    try:
        choices = _choices(request, row, page)
        choose_products(given=row, seen_version=version, choices=choices, by=request.user)
        if request.POST.get("act") == "take_in":
            done = take_in_products(
                given=row, seen_version=version + 1, house=organisation(), by=request.user, at=now()
            )
            messages.success(
                request,
                _("Taken in: %(added)s new drafts, %(changed)s changed, %(same)s stayed as they were.")
                % {name: done.get(name, 0) for name in ("added", "changed", "same")},
            )
            return redirect("knowledge:work")
    except Refused as refused:
        row = get_object_or_404(ProductImport, pk=pk, by=request.user, done_at__isnull=True)
        return _preview(request, row, page, error=refused.message, status=422)
    asked = whole(request.POST.get("blad", "")) or page + 1
    return redirect(f"{reverse('knowledge:products_preview', args=[pk])}?blad={asked}")


@require_POST
@needs(Right.ARTICLES_PUBLISH)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    drop_products(given=get_object_or_404(ProductImport, pk=pk, by=request.user), by=request.user)
    messages.success(request, _("Thrown away. Nothing was changed."))
    return redirect("knowledge:products")


def _choices(request: HttpRequest, row: ProductImport, page: int) -> dict[int, tuple[bool, int | None]]:
    """Of the rows of this page; a subject that this person may not choose is none."""
    known = {pk for _theme, rows in subject_groups(request.user, organisation()) for pk, _name in rows}
    begin = (page - 1) * PAGE
    found = {}
    for place in range(begin, min(begin + PAGE, len(row.rows))):
        subject = whole(request.POST.get(f"subject-{place}", ""))
        found[place] = (f"take-{place}" in request.POST, subject if subject in known else None)
    return found


def _preview(
    request: HttpRequest, row: ProductImport, page: int, *, error: str = "", status: int = 200
) -> HttpResponse:
    found = preview_of(row, request.user, organisation(), page)
    context = {"nav": "knowledge", "page": found, "error": error}
    return render(request, "knowledge/products_preview.html", context, status=status)
