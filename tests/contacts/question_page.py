"""The page of a question, as the tests come upon it: one that was asked by mail, and what is typed below it."""

from __future__ import annotations

from django.test import Client

from contacts.actions.register import Asked, NewCustomer, register
from contacts.models import (
    Question,
)
from organisation.clock import now
from organisation.models import User
from tests.cast import Cast


def ask(
    cast: Cast, *, name: str = "A. de Wit-Schouten", text: str = "Waar blijft de ophaler?", **asked: object
) -> Question:
    at = now()
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Grofvuil niet opgehaald", subject_id=cast.grofvuil.pk, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name=name, salutation="mrs", email="dewit@voorbeeld.nl", phone="0226 35 12 44"),
        text=text,
        address="dewit@voorbeeld.nl",
        acknowledge=False,
    )
    question = made.questions[0]
    question.refresh_from_db()
    return question


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(question: Question, act: str = "") -> str:
    return f"/vragen/{question.number}/{act}"


def reply(question: Question, **changes: object) -> dict[str, object]:
    return {
        "text": "Wij komen woensdag.",
        "to_address": "dewit@voorbeeld.nl",
        "channel": "email",
        "subject_line": "Uw grofvuil",
        "then": "close",
        "version": question.version,
        "key": "sleutel-1",
        **changes,
    }
