"""The choices that hold for all surveys."""

from __future__ import annotations

from surveys.models import AskingChoices


def asking_choices() -> AskingChoices:
    """The one row; made when it is not there."""
    row, _is_new = AskingChoices.objects.get_or_create(pk=1)
    return row
