"""What a view does when an action refuses, or when somebody else was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from organisation.errors import Refused, Stale
from organisation.views.conflict import as_shown, conflict


def save(request: HttpRequest, form: Any, action: Callable[[], object], *, back: str) -> HttpResponse | None:
    """None when it went well, and when it was refused: the words then stand in the form."""
    try:
        action()
    except Stale as stale:
        theirs: Any = stale.theirs
        return conflict(
            request,
            form=form,
            before=as_shown(theirs, form),
            now_version=theirs.version,
            back_url=back,
            nav="progress",
        )
    except Refused as refused:
        refused.tell(form)
    return None
