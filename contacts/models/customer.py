"""Customers: persons and organisations, and the addresses at which they are reached."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts import normalize
from contacts.querysets import CustomerQuerySet


class Customer(models.Model):
    """A person or organisation. A merged customer stays, points at the one it became, and is found no more."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    class Salutation(models.TextChoices):
        MRS = "mrs", _("Mrs")
        MR = "mr", _("Mr")
        NONE = "none", _("no salutation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    salutation = models.CharField(_("salutation"), max_length=4, choices=Salutation.choices, default=Salutation.NONE)
    name = models.CharField(_("name"), max_length=200)
    """As it is written on an envelope, without the salutation: `A. de Wit-Schouten`."""
    street = models.CharField(_("street"), max_length=100, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    remark = models.CharField(_("remark for colleagues"), max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    search_text = models.TextField(default="", editable=False)
    created_at = models.DateTimeField()
    restricted_at = models.DateTimeField(null=True, editable=False)
    """Since when these data are only kept, on the person's own request (AVG article 18): nobody sees or uses them."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["search_text"])

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(
                fields=["search_text"], name="customer_trigram", opclasses=["gin_trgm_ops"], gin_pending_list_limit=64
            ),
            models.Index(fields=["postcode", "house_number"], name="customer_postcode"),
            models.Index(fields=["merged_into"], name="customer_merged", condition=models.Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """With the salutation in front: `Mevr. A. de Wit-Schouten`."""
        word = {"mrs": "Mevr. ", "mr": "Dhr. "}.get(self.salutation, "")
        return word + self.name

    @property
    def address_line(self) -> str:
        """`Dorpsstraat 41, 1716 KA Opmeer`; empty parts fall away."""
        street = f"{self.street} {self.house_number}".strip()
        postcode = f"{self.postcode[:4]} {self.postcode[4:]}".strip() if self.postcode else ""
        place = f"{postcode} {self.place}".strip()
        return ", ".join(part for part in (street, place) if part)

    def fill_search_text(self) -> None:
        """Brings what is searched in up to date; `save` does it, bulk writers call it."""
        self.postcode = normalize.postcode(self.postcode)
        self.search_text = normalize.plain(
            f"{self.name} {self.street} {self.house_number} {self.postcode} {self.place}"
        )

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search_text()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ContactAddress(models.Model):
    """A phone number, e-mail address … of a customer."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone number")
        EMAIL = "email", _("E-mail address")
        WHATSAPP = "whatsapp", _("WhatsApp number")
        SOCIAL = "social", _("Name on social media")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(_("address or number"), max_length=320)
    """As the customer gave it."""
    normalized = models.CharField(max_length=320, editable=False)
    """For finding: digits of E.164, or lower case."""
    is_verified = models.BooleanField(_("is checked"), default=False)
    is_preferred = models.BooleanField(_("preferred"), default=False)
    bounced_at = models.DateTimeField(null=True, blank=True)
    """Since when mail to it comes back for good."""
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "normalized"], name="address_once_per_customer")
        ]
        indexes = [
            models.Index(fields=["normalized", "kind"], name="address_exact"),
            GinIndex(
                fields=["normalized"], name="address_trigram", opclasses=["gin_trgm_ops"], gin_pending_list_limit=64
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def save(self, *args: object, **kwargs: object) -> None:
        self.normalized = self.normal_form(self.kind, self.value)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @classmethod
    def normal_form(cls, kind: str, value: str) -> str:
        """How a value of this kind is stored for finding."""
        if kind in (cls.Kind.PHONE, cls.Kind.WHATSAPP):
            return normalize.phone(value)
        return normalize.email(value).lstrip("@") if kind == cls.Kind.SOCIAL else normalize.email(value)


class MergeProposal(models.Model):
    """Somebody at the desk thinks that two customers are one; the coordinator decides."""

    keep = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    merge = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["keep", "merge"], condition=models.Q(decided_at__isnull=True), name="one_open_merge_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merge_id} → {self.keep_id}"
