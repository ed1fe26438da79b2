"""The channels on which a customer and the municipality meet, and the mailboxes we read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Channel(models.TextChoices):
    """Codes are the keys of norms, rules and figures; telephony and reception are separate on purpose."""

    PHONE = "phone", _("Phone")
    COUNTER = "counter", _("Counter")
    RECEPTION = "reception", _("Reception")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    FORM = "form", _("Web form")
    CHAT = "chat", _("Chat")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL = "social", _("Social media")
    APPOINTMENT = "appointment", _("Appointment")
    HOME_VISIT = "home_visit", _("Home visit")
    STREET = "street", _("On the street")
    APP = "app", _("App")


DIGITAL_CHANNELS = frozenset({Channel.EMAIL, Channel.FORM, Channel.CHAT, Channel.WHATSAPP, Channel.SOCIAL, Channel.APP})


class Mailbox(models.Model):
    """A mailbox read over IMAP and answered over SMTP; the cursor is UIDVALIDITY + UID (quality rule 11)."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("None (only on this machine)")

    name = models.CharField(_("name"), max_length=100, unique=True)
    address = models.EmailField(_("e-mail address"), unique=True)
    host = models.CharField(_("server"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("security"), max_length=8, choices=Security.choices, default=Security.TLS)
    username = models.CharField(_("user name"), max_length=200, blank=True)
    password_encrypted = models.TextField(blank=True, editable=False)
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    done_folder = models.CharField(_("folder for mail that was taken in"), max_length=200, blank=True)
    """Empty: messages stay where they are."""
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="mailboxes")
    """Team that questions go to when no rule says otherwise; None: the Servicecentrum."""
    is_active = models.BooleanField(_("in use"), default=True)
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    last_read_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        excluded_fields=["password_encrypted", "uid_validity", "last_uid", "last_read_at", "last_error"]
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.address
