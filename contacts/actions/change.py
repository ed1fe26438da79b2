"""The frame around every act on one question: lock, version, status move, a visitor's wait, deadline, history, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import status
from contacts.access import lock_question
from contacts.actions.clocks import project
from contacts.actions.visit_wait import end_wait
from contacts.models import Question
from organisation.errors import Refused, Stale
from organisation.history import sign

if TYPE_CHECKING:
    from organisation.models import User


@contextmanager
def changing(
    question: Question,
    *,
    by: User | None,
    at: datetime,
    act: str = "",
    version: int | None = None,
    reason: str = "",
    is_edit: bool = True,
    is_back: bool = False,
    is_help: bool = True,
) -> Iterator[Question]:
    """Gives the locked question to change; saves it with one history row. `act` moves the status along the table.

    Raises `Stale` when a colleague changed it since `version`, `Refused` when the act does not fit the status. The instance
    that the caller holds is brought up to date as well. Without `is_edit` the version stays: a machine only moved clocks, and
    nobody who is writing an answer meanwhile should hear of a change. With `is_back` the caller already proved that this person may:
    taking an act of one's own back that put the question out of reach. Without `is_help` a visitor who was handed to a colleague waits on:
    the act sets the question right, and nobody comes for that.
    """
    with transaction.atomic():
        fresh = lock_question(None if is_back else by, question)
        if version is not None and fresh.version != version:
            raise Stale(_("A colleague changed this question in the meantime."), fresh)
        if act:
            try:
                fresh.status = status.after(act, fresh.status)
            except status.MoveRefused as error:
                raise Refused(refusal(act, fresh)) from error
        try:
            yield fresh
        except status.MoveRefused as error:  # a step further on in the act: the same sentence
            raise Refused(refusal(error.act, fresh)) from error
        if is_edit and is_help:
            end_wait(fresh, by=by, at=at)
        project(fresh)
        fresh.version += int(is_edit)
        sign(fresh, by=by, at=at, reason=reason)
        fresh.save()
    question.__dict__.update({name: value for name, value in fresh.__dict__.items() if name != "_state"})
    question._state.fields_cache = dict(fresh._state.fields_cache)  # else `question.team` stays the one of before


def refusal(act: str, question: Question) -> str:
    """Why the act does not fit, in a sentence."""
    return _("The question is “%(status)s”. That does not go together with this step.") % {
        "status": question.get_status_display().lower()
    }
