"""Forms of the customer's data and addresses; the action judges, the forms say what the fields are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.actions.customers import TEXT_FIELDS
from contacts.models import ContactAddress, Customer
from contacts.normalize import clean_line
from organisation.forms.base import HouseForm


class VisibleCharField(forms.CharField):
    """One line of text; characters that cannot be seen or stored are left out, too long is said."""

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(str(value or ""), 5_000))


class CustomerForm(HouseForm):
    """Carries the version that was read, so that nobody's change is lost."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Customer.Kind.choices)
    salutation = forms.ChoiceField(label=_("Salutation"), choices=Customer.Salutation.choices)
    name = VisibleCharField(label=_("Name"), max_length=TEXT_FIELDS["name"])
    street = VisibleCharField(label=_("Street"), max_length=TEXT_FIELDS["street"], required=False)
    house_number = VisibleCharField(label=_("House number"), max_length=TEXT_FIELDS["house_number"], required=False)
    postcode = VisibleCharField(label=_("Postcode"), max_length=TEXT_FIELDS["postcode"], required=False)
    place = VisibleCharField(label=_("Place"), max_length=TEXT_FIELDS["place"], required=False)
    remark = VisibleCharField(label=_("Remark for colleagues"), max_length=TEXT_FIELDS["remark"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    @classmethod
    def of(cls, customer: Customer) -> CustomerForm:
        names = [*TEXT_FIELDS, "kind", "salutation", "version"]
        return cls(initial={name: getattr(customer, name) for name in names})


class WriterForm(HouseForm):
    """A customer whom nobody knew yet, with what a letter or message tells."""

    name = VisibleCharField(label=_("Name"), max_length=TEXT_FIELDS["name"])
    email = VisibleCharField(label=_("E-mail"), max_length=254, required=False)
    phone = VisibleCharField(label=_("Phone"), max_length=30, required=False)
    street = VisibleCharField(label=_("Street"), max_length=TEXT_FIELDS["street"], required=False)
    house_number = VisibleCharField(label=_("House number"), max_length=TEXT_FIELDS["house_number"], required=False)
    postcode = VisibleCharField(label=_("Postcode"), max_length=TEXT_FIELDS["postcode"], required=False)
    place = VisibleCharField(label=_("Place"), max_length=TEXT_FIELDS["place"], required=False)


class AddressForm(HouseForm):
    """One number or address more."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactAddress.Kind.choices)
    value = VisibleCharField(label=_("Number or address"), max_length=320)
    is_preferred = forms.BooleanField(label=_("Preferred"), required=False)
    is_verified = forms.BooleanField(label=_("Checked with the customer"), required=False)
