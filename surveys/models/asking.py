"""Who may be asked, who was, and who does not want it."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.wording import CHANNEL_NAMES
from surveys.models.survey import Survey, SurveyVersion
from surveys.querysets import InvitationQuerySet


def _between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


def new_salt() -> str:
    return secrets.token_hex(16)


class AskingChoices(models.Model):
    """What holds for every survey after a contact (always pk 1)."""

    days_between = models.PositiveSmallIntegerField(
        _("days in which a customer is asked at most once"), default=90, validators=_between(1, 730)
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("nothing is sent from this hour"), default=20, validators=_between(0, 23)
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("nothing is sent until this hour"), default=8, validators=_between(0, 23)
    )
    stale_days = models.PositiveSmallIntegerField(
        _("days after which a contact is not asked about any more"), default=5, validators=_between(1, 30)
    )
    valid_days = models.PositiveSmallIntegerField(_("days that a link works"), default=14, validators=_between(1, 60))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    """Makes what is kept of an address worthless outside this installation."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["salt"])

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_asking_choices")]

    def __str__(self) -> str:
        return "asking"


class ChannelRule(models.Model):
    """Whether and how contacts of a channel are asked about. Without a row, or not in use: nobody is."""

    channel = models.CharField(
        _("channel"), max_length=12, unique=True, choices=[(code, name) for code, name in CHANNEL_NAMES.items()]
    )
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="rules", verbose_name=_("survey"))
    share = models.PositiveSmallIntegerField(
        _("share of the contacts, in percent"), default=25, validators=[MaxValueValidator(100)]
    )
    delay_minutes = models.PositiveIntegerField(
        _("minutes after the answer"), default=60, validators=[MaxValueValidator(4 * 24 * 60)]
    )
    is_active = models.BooleanField(_("in use"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["channel"]

    def __str__(self) -> str:
        return self.channel


class Invitation(models.Model):
    """A customer was asked about a contact. Says whether there was an answer, never which, nor when."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    survey_version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="+")
    contact = models.ForeignKey("contacts.Contact", models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey("contacts.Customer", models.SET_NULL, null=True, related_name="+")
    address_hash = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    """Of 128 random bits that only the customer has."""
    round = models.ForeignKey("surveys.SurveyRound", models.PROTECT, null=True, related_name="invitations")
    """None: right after a contact."""
    reminder_hash = models.CharField(max_length=64, blank=True)
    """Of the link in the reminder; both links lead to the same."""
    reminded_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=12)
    team = models.ForeignKey("organisation.Team", models.PROTECT, related_name="+")
    subject = models.ForeignKey("organisation.Subject", models.PROTECT, null=True, related_name="+")
    contact_on = models.DateField()
    invited_at = models.DateTimeField()
    invited_on = models.DateField()
    expires_at = models.DateTimeField()
    is_answered = models.BooleanField(default=False)
    is_undelivered = models.BooleanField(default=False)
    """The mail could not be sent or came back: not counted among those who were asked."""
    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "survey"], condition=models.Q(round__isnull=True), name="invitation_once_per_contact"
            ),
            models.UniqueConstraint(fields=["customer", "round"], name="invitation_once_per_round"),
            models.UniqueConstraint(
                fields=["reminder_hash"], condition=~models.Q(reminder_hash=""), name="reminder_link_once"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "invited_at"], name="invitation_customer"),
            models.Index(fields=["address_hash", "invited_at"], name="invitation_address"),
            models.Index(fields=["invited_on", "channel"], name="invitation_day"),
            models.Index(fields=["round"], name="invitation_of_round", condition=models.Q(round__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.contact_id}"


class OptOut(models.Model):
    """An address that is asked nothing any more, known only by its hash."""

    address_hash = models.CharField(max_length=64, unique=True)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address_hash[:8]


def new_place_code() -> str:
    """Short enough to type from a poster; without letters that look alike."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _sign in range(8))


class SurveyPlace(models.Model):
    """Where anybody may answer: a code at the counter or on a letter, a screen at the exit. Its address is no secret."""

    code = models.SlugField(max_length=12, unique=True, default=new_place_code, editable=False)
    name = models.CharField(_("place"), max_length=60, unique=True)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="places", verbose_name=_("survey"))
    channel = models.CharField(
        _("counts for channel"),
        max_length=12,
        choices=[*((code, name) for code, name in CHANNEL_NAMES.items()), ("newsletter", _("Newsletter"))],
    )
    round = models.OneToOneField("surveys.SurveyRound", models.PROTECT, null=True, editable=False, related_name="place")
    """The questionnaire whose open link this is; made and closed with it."""
    team = models.ForeignKey(
        "organisation.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counts for team")
    )
    feeds_figures = models.BooleanField(_("counts in the figures with a norm"), default=False)
    """Anybody may answer here more than once, so not unless the municipality says so."""
    is_after_form = models.BooleanField(_("stands below the thanks for our web form"), default=False)
    is_on_letters = models.BooleanField(_("stands on the letters that we make"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_on_letters"],
                condition=models.Q(is_on_letters=True),
                name="one_place_on_letters",
                violation_error_message=_("Another place stands there already. Take it out there first."),
            ),
            models.UniqueConstraint(
                fields=["is_after_form"],
                condition=models.Q(is_after_form=True),
                name="one_place_after_the_form",
                violation_error_message=_("Another place stands there already. Take it out there first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
