"""The application's database role, as production has it, for as long as the transaction of one test."""

from __future__ import annotations

import os

from django.db import connection

from organisation.actions.grant_rights import grant_to

NAME = f"opmeer_app_{os.getpid()}"


def make_app_role() -> str:
    """Made and granted by the real code; gone again when the test is rolled back."""
    with connection.cursor() as cursor:
        grant_to(cursor, {**connection.settings_dict, "USER": NAME, "PASSWORD": "only in this transaction"})
    return NAME


def speak_as(role: str) -> None:
    """From now on PostgreSQL judges every statement by the rights of this role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
