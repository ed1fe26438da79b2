"""The second factor: a code from an app, and ten recovery codes for when the phone is gone."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from organisation import audit
from organisation.models import User
from organisation.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

RECOVERY_CODES = 10
RECOVERY_BYTES = 17
"""136 bits of chance: 28 letters and digits, in seven groups of four."""
APP_CODE_LENGTH = 6
"""A recovery code is longer."""
SALTED = "recovery:"
"""Before the salt, in the name of the device that holds the codes."""
ROUNDS = 200_000
"""Some 0.1 s for a guess. Never change it: the codes that people hold would no longer work."""
KINDS: Final = {model._meta.label_lower: model for model in (TOTPDevice, StaticDevice)}
"""As the name of a device in a session begins."""


@dataclass(frozen=True)
class Proof:
    """The device that a session was opened with: what django_otp reads of one."""

    persistent_id: str
    user_id: int


def named(persistent_id: str) -> tuple[str, int]:
    """The kind and the number of the device that a session names; an empty kind when it names none."""
    kind, _slash, number = persistent_id.partition("/")
    pk = whole(number)
    return (kind, pk) if kind in KINDS and pk is not None else ("", 0)


def is_theirs(kind: str, marks: Mapping[str, Any]) -> Exists:
    """For the statement that fetches the person: the device is still there, theirs, and its set-up was finished."""
    return Exists(KINDS[kind].objects.filter(pk=marks["device"], user=marks["user"], confirmed=True))


def opened_with(user: User, persistent_id: str) -> Proof | None:
    """The device that the session names, when it counts; told with the person (organisation/sign_in.py), or else asked now."""
    asked, counts = user.__dict__.get("device_told", ("", False))
    if asked != persistent_id:
        kind, pk = named(persistent_id)
        counts = bool(kind) and KINDS[kind].objects.filter(pk=pk, user=user, confirmed=True).exists()
    return Proof(persistent_id, user.pk) if counts else None


def has_second_factor(user: User) -> bool:
    """Whether this person has set it up; a set-up that was not finished does not count."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_due(user: User) -> bool:
    """Whether signing in goes on with a code: always where it is required, else for who chose it."""
    return settings.SECOND_FACTOR_REQUIRED or has_second_factor(user)


def unfinished_device(user: User, begun: int | None) -> TOTPDevice:
    """The device that is being set up; `begun` is the one of this session, so that a reload keeps its picture.

    One that another session began goes: whoever saw its key there would have the codes of whoever finishes it here.
    """
    unfinished = TOTPDevice.objects.filter(user=user, confirmed=False)
    device = unfinished.filter(pk=begun).first()
    if device is None:
        unfinished.delete()
        device = TOTPDevice.objects.create(user=user, name="app", confirmed=False)
    return device


def key_in_groups(device: TOTPDevice) -> str:
    """The key to type in for who cannot scan: `ABCD EFGH …`."""
    key = b32encode(device.bin_key).decode()
    return _in_groups(key)


def picture(device: TOTPDevice) -> str:
    """The QR code as a `data:` address for an image."""
    import segno  # loaded where a code is drawn: every web process would hold it

    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2, dark="#12201f", light="#ffffff")


@transaction.atomic
def confirm(device: TOTPDevice, *, by: User) -> list[str]:
    """The device counts from now on and replaces the former; gives new recovery codes, shown once."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.record_account(by=by, action="second_factor.set", person=device.user)
    return new_recovery_codes(device.user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Asked for by this person, who keeps the app; it stands in the audit trail."""
    audit.record_account(by=user, action="second_factor.codes", person=user)
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes; the former ones no longer work."""
    StaticDevice.objects.filter(user=user).delete()
    salt = secrets.token_hex(16)
    store = StaticDevice.objects.create(user=user, name=f"{SALTED}{salt}")
    codes = [b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().rstrip("=").lower() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=store, token=recovery_hash(salt, code)) for code in codes)
    return [_in_groups(code) for code in codes]


def recovery_hash(salt: str, code: str) -> str:
    """What is kept of a recovery code: who reads the database or a back-up cannot sign in with it."""
    made = hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), ROUNDS, dklen=10)
    return b32encode(made).decode()


def match(user: User, code: str) -> Device | None:
    """The device that this code belongs to. A recovery code is gone then, also for who uses it at the same moment: the row is locked."""
    code = code.replace(" ", "").lower()
    is_of_app = len(code) == APP_CODE_LENGTH and code.isdigit()
    return match_token(user, code if is_of_app else recovery_hash(_salt_of(user), code))


def _salt_of(user: User) -> str:
    """Made by chance with the codes; codes from before that were salted by their person."""
    name = StaticDevice.objects.filter(user=user).values_list("name", flat=True).first() or ""
    return name.removeprefix(SALTED) if name.startswith(SALTED) else f"recovery code of {user.pk}"


def _in_groups(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def remove(user: User, *, by: User) -> None:
    """Everything of the second factor goes; at the next sign-in it is set up again."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    audit.record_account(by=by, action="second_factor.removed", person=user)
