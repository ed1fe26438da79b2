"""Who sends something wrong reads why in Dutch, also where the sentence is that of Django REST framework."""

from __future__ import annotations

import ast
import inspect

from django.utils import translation
from rest_framework import exceptions, fields, relations, serializers, validators

from opmeer_kcc.api_words import API_WORDS


def _sentences() -> set[str]:
    return {
        node.args[0].value
        for module in (exceptions, fields, relations, serializers, validators)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_sentence_of_the_framework_has_dutch_words() -> None:
    with translation.override("nl"):
        lacking = {text for text in _sentences() if translation.gettext(text) == text}
    assert lacking == set()


def test_who_asks_too_much_reads_how_long_to_wait() -> None:
    with translation.override("nl"):
        assert str(exceptions.Throttled(wait=1).detail) == "Te veel verzoeken. Het kan weer over 1 seconde."
        assert str(exceptions.Throttled(wait=30).detail) == "Te veel verzoeken. Het kan weer over 30 seconden."


def test_what_is_named_here_is_said_by_the_framework() -> None:
    assert set(API_WORDS) <= _sentences()
