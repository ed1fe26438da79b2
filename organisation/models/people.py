"""People, their teams and roles, and who is here now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.clock import now, today
from organisation.keys import meaning
from organisation.roles import READ_QUESTIONS, Right, Role, rights_of


class Team(models.Model):
    """A part of the organisation that answers questions; the front office is one of them."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_front_office = models.BooleanField(_("is the Servicecentrum"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    calendar = models.ForeignKey(
        "organisation.WorkingCalendar", models.PROTECT, null=True, blank=True, related_name="teams"
    )
    """None: the calendar of the municipality."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_front_office"], condition=models.Q(is_front_office=True), name="one_front_office"
            )
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """An employee. `roles`, `rights` and `team_ids` come from memberships that are valid today.

    Nobody stands above the table of rights: there is no superuser.
    """

    username = models.CharField(
        _("sign-in name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody already has this sign-in name.")},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=now)
    name = models.CharField(_("name"), max_length=100)
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    extension = models.CharField(_("extension"), max_length=20, blank=True)
    """As the telephone exchange calls the phone where this person sits; two people may share one."""
    room = models.CharField(_("room"), max_length=40, blank=True)
    knows_about = models.TextField(_("knows about"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    theme = models.CharField(
        _("appearance"),
        max_length=6,
        choices=[("system", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        default="system",
    )
    shortcuts_on = models.BooleanField(_("keys without Ctrl"), default=True)
    own_keys = models.JSONField(_("own keys"), default=dict, blank=True)
    """Code of `organisation.keys` → the key this person chose; empty is off. Only what differs from the house."""
    after_saving = models.CharField(
        _("after saving"),
        max_length=6,
        choices=[("next", _("next")), ("stay", _("stay")), ("new", _("new"))],
        default="new",
    )
    wants_digest = models.BooleanField(_("weekly mail with the figures of my teams"), default=True)
    is_privacy_officer = models.BooleanField(_("privacy officer"), default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    one_time_until = models.DateTimeField(null=True, blank=True)
    """The password was given out by an administrator: it must be changed, and opens nothing after this moment."""
    oidc_issuer = models.CharField(_("identity provider"), max_length=255, blank=True, default="")
    oidc_subject = models.CharField(_("mark of the work account"), max_length=255, blank=True, default="")
    """With the issuer: who this person is at the identity provider (quality.md rule 28). Empty: signs in here only."""
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["oidc_issuer", "oidc_subject"],
                condition=~models.Q(oidc_subject=""),
                name="one_person_per_work_account",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split(" ")[0]

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """Memberships valid today, one query per request."""
        return list(self.memberships.valid_on(today()).select_related("team"))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(membership.role for membership in self.current_memberships)

    @cached_property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles)

    @property
    def own_keys_for_scripts(self) -> str:
        """What the scripts read on `<body>`; empty when this person changed nothing."""
        return json.dumps(meaning(self.own_keys)) if self.own_keys else ""

    def may(self, right: Right) -> bool:
        """Whether a role of this person gives the right; inactive people may nothing."""
        return self.is_active and right in self.rights

    @property
    def team_ids(self) -> frozenset[int]:
        return frozenset(m.team_id for m in self.current_memberships if m.team_id)

    @property
    def reading_team_ids(self) -> frozenset[int]:
        """Whose questions this person reads: not of a team in which somebody only receives visitors."""
        return frozenset(m.team_id for m in self.current_memberships if m.team_id and m.role in READ_QUESTIONS)

    @property
    def led_team_ids(self) -> frozenset[int]:
        return frozenset(m.team_id for m in self.current_memberships if m.team_id and m.role == Role.TEAM_LEAD)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: date) -> MembershipQuerySet:
        """Memberships that hold on this local day (`valid_until` is not included)."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day),
        )

    def reading(self) -> MembershipQuerySet:
        """Those by which somebody reads questions: a host is no colleague to give one to."""
        return self.filter(role__in=READ_QUESTIONS)


class Membership(models.Model):
    """A role of a person, in a team or (director, administrator) without one; people may hold several."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "team", "role"], nulls_distinct=False, name="one_membership"),
            models.CheckConstraint(
                condition=models.Q(role__in=[Role.DIRECTOR, Role.ADMINISTRATOR]) | models.Q(team__isnull=False),
                name="role_has_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.team_id}"


def with_memberships(people: Iterable[User]) -> list[User]:
    """The same people with what `may` and `team_ids` read, in one query more for all of them."""
    found = list(people)
    held: dict[int, list[Membership]] = {user.pk: [] for user in found}
    for membership in Membership.objects.valid_on(today()).filter(user__in=held).select_related("team"):
        held[membership.user_id].append(membership)
    for user in found:
        user.__dict__["current_memberships"] = held[user.pk]
    return found


class Presence(models.Model):
    """Where a person is now: "wie ben ik / aanwezig"."""

    class Status(models.TextChoices):
        AVAILABLE = "available", _("Available")
        IN_CALL = "in_call", _("On a call")
        WRAP_UP = "wrap_up", _("Wrap-up")
        MEETING = "meeting", _("In a meeting")
        BREAK = "break", _("On a break")
        HOME = "home", _("Works at home")
        AWAY = "away", _("Away")

    user = models.OneToOneField(User, models.CASCADE, related_name="presence", primary_key=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AWAY)
    note = models.CharField(_("note"), max_length=100, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.status}"
