"""What somebody typed in a field of one line: kept whole, or refused with a sentence. Nothing is cut off."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from knowledge.markup import line_of
from organisation.errors import Refused

LONGEST: Final = 500


def one_line(typed: str, field: str, most: int = LONGEST) -> str:
    line = line_of(typed)
    if len(line) > most:
        raise Refused(
            _("This is too long: use at most %(most)s characters. You have %(count)s.")
            % {"most": most, "count": len(line)},
            field,
        )
    return line
