"""The municipality: one row, with every *choice* of the spec as a typed column."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


def _between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


class Municipality(models.Model):
    """Settings of this installation (always pk 1)."""

    name = models.CharField(_("name"), max_length=100, default="Gemeente Opmeer")
    short_name = models.CharField(_("short name"), max_length=40, default="Opmeer")
    number_prefix = models.CharField(_("letters before a question number"), max_length=6, default="OPM")
    phone = models.CharField(_("phone number"), max_length=30, default="0226 36 33 33")
    email = models.EmailField(_("e-mail address"), default="servicecentrum@opmeer.example")
    website = models.URLField(_("website"), blank=True)
    visiting_address = models.CharField(_("visiting address"), max_length=200, blank=True)
    reply_closing = models.TextField(_("end of every reply"), blank=True)

    has_public_form = models.BooleanField(_("public form"), default=True)
    """Whether citizens may send a question from the website (`/formulier/`)."""

    has_chat = models.BooleanField(_("chat"), default=False)
    """Whether visitors of the website may chat (`/chat/`), in opening hours."""
    framing_sites = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        verbose_name=_("websites that show our form and chat"),
    )
    """Origins (`https://www.opmeer.nl`) that may show `/formulier/` and `/chat/` within their pages; no others may."""

    reopen_days = models.PositiveSmallIntegerField(
        _("days in which a reaction reopens a question"), default=30, validators=_between(0, 365)
    )
    duplicate_days = models.PositiveSmallIntegerField(
        _("days in which the same question is offered again"), default=14, validators=_between(0, 90)
    )
    repeat_days = models.PositiveSmallIntegerField(
        _("days in which a new contact counts as repeat traffic"), default=7, validators=_between(1, 60)
    )
    short_abandon_seconds = models.PositiveSmallIntegerField(
        _("seconds in which a call that is given up does not count"), default=5, validators=_between(0, 60)
    )
    phone_team_least = models.PositiveSmallIntegerField(
        _("people of a team who picked up on a day before its calls are told apart"),
        default=3,
        validators=_between(2, 50),
    )
    coordinator_after_days = models.PositiveSmallIntegerField(
        _("working days overdue before the coordinator is told"), default=2, validators=_between(0, 30)
    )
    complaint_extension_days = models.PositiveSmallIntegerField(
        _("days a complaint may be extended"), default=28, validators=_between(0, 56)
    )
    automatic_per_address_per_hour = models.PositiveSmallIntegerField(
        _("automatic messages per address per hour"), default=3, validators=_between(1, 50)
    )
    automatic_per_hour = models.PositiveIntegerField(
        _("automatic messages per hour in total"), default=300, validators=_between(1, 100_000)
    )
    mailbox_silent_minutes = models.PositiveSmallIntegerField(
        _("minutes before an unread mailbox raises an alarm"), default=15, validators=_between(2, 1440)
    )
    signal_weeks = models.PositiveSmallIntegerField(
        _("weeks that a figure is compared with"), default=8, validators=_between(4, 26)
    )
    signal_width = models.DecimalField(
        _("how far from usual before it is a signal"),
        max_digits=3,
        decimal_places=1,
        default=Decimal("3.0"),
        validators=_between(1, 10),
    )
    """Half the width of the band, in spreads."""
    signal_fewest = models.PositiveSmallIntegerField(
        _("fewest contacts for a signal"), default=10, validators=_between(5, 500)
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly mail"),
        choices=[
            (0, _("no weekly mail")),
            (1, _("Monday")),
            (2, _("Tuesday")),
            (3, _("Wednesday")),
            (4, _("Thursday")),
            (5, _("Friday")),
            (6, _("Saturday")),
            (7, _("Sunday")),
        ],
        default=1,
    )
    digest_hour = models.PositiveSmallIntegerField(_("hour of the weekly mail"), default=7, validators=_between(0, 23))
    undo_send_seconds = models.PositiveSmallIntegerField(
        _("seconds in which a reply can be taken back"), default=10, validators=_between(0, 60)
    )
    config_version = models.PositiveIntegerField(default=1, editable=False)
    """Rises with every change of norms, rules, calendars, subjects, teams or this row; caches compare it."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["config_version"])

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_municipality")]

    def __str__(self) -> str:
        return self.name
