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
    SMS = "sms", _("SMS")
    SOCIAL = "social", _("Social media")
    APPOINTMENT = "appointment", _("Appointment")
    HOME_VISIT = "home_visit", _("Home visit")
    STREET = "street", _("On the street")
    APP = "app", _("App")


DIGITAL_CHANNELS = frozenset(
    {Channel.EMAIL, Channel.FORM, Channel.CHAT, Channel.WHATSAPP, Channel.SMS, Channel.SOCIAL, Channel.APP}
)


class Mailbox(models.Model):
    """A mailbox read over IMAP and answered over SMTP; the cursor is UIDVALIDITY + UID (quality rule 11)."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("None (only on this machine)")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("with a password")
        OAUTH = "oauth", _("with tokens (OAuth2)")

    class Grant(models.TextChoices):
        CLIENT = "client_credentials", _("client credentials")
        REFRESH = "refresh_token", _("refresh token")

    name = models.CharField(_("name"), max_length=100, unique=True)
    address = models.EmailField(_("e-mail address"), unique=True)
    host = models.CharField(_("server"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("security"), max_length=8, choices=Security.choices, default=Security.TLS)
    username = models.CharField(_("user name"), max_length=200, blank=True)
    password_encrypted = models.TextField(blank=True, editable=False)
    sign_in = models.CharField(_("signs in"), max_length=8, choices=SignIn.choices, default=SignIn.PASSWORD)
    token_url = models.CharField(_("address that gives tokens"), max_length=500, blank=True)
    client_id = models.CharField(_("client id"), max_length=200, blank=True)
    client_secret_encrypted = models.TextField(blank=True, editable=False)
    grant = models.CharField(_("grant"), max_length=20, choices=Grant.choices, default=Grant.CLIENT)
    scope = models.CharField(_("scope"), max_length=500, blank=True)
    refresh_token_encrypted = models.TextField(blank=True, editable=False)
    access_token_encrypted = models.TextField(blank=True, editable=False)
    """The token that works until `token_until`; a new one is asked in time."""
    token_until = models.DateTimeField(null=True, editable=False)
    smtp_host = models.CharField(_("server for sending"), max_length=200, blank=True)
    """Empty: the mail server of the installation (SMTP_URL)."""
    smtp_port = models.PositiveIntegerField(_("port for sending"), default=587)
    smtp_security = models.CharField(
        _("security for sending"), max_length=8, choices=Security.choices, default=Security.STARTTLS
    )
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    done_folder = models.CharField(_("folder for mail that was taken in"), max_length=200, blank=True)
    """Empty: messages stay where they are."""
    team = models.ForeignKey("organisation.Team", models.PROTECT, null=True, blank=True, related_name="mailboxes")
    """Team that questions go to when no rule says otherwise; None: the Servicecentrum."""
    calendar = models.ForeignKey(
        "organisation.WorkingCalendar", models.PROTECT, null=True, blank=True, related_name="mailboxes"
    )
    """Hours in which mail to this address is answered; None: those of the team that has the question."""
    has_acknowledgement = models.BooleanField(_("acknowledgement"), default=True)
    acknowledgement_text = models.TextField(_("own text of the acknowledgement"), blank=True)
    """Empty: the text of the municipality."""
    is_active = models.BooleanField(_("in use"), default=True)
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    last_read_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        excluded_fields=[
            "password_encrypted",
            "client_secret_encrypted",
            "refresh_token_encrypted",
            "access_token_encrypted",
            "token_until",
            "uid_validity",
            "last_uid",
            "last_read_at",
            "last_error",
        ]
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.address
