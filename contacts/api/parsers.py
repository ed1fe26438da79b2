"""Bodies of strangers: JSON that is nested as deep as no message is refused, instead of bringing the reader down (quality rule 37)."""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_DEPTH: Final = 20


class ShallowJSONParser(JSONParser):
    """At most twenty levels. A body above that, or no JSON at all, is a 400."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("The message is nested too deeply.")) from None
        except ParseError as error:
            raise ParseError(_unreadable(error.__context__)) from None
        level: list[Any] = [found]
        for _depth in range(MOST_DEPTH + 1):
            inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
            level = [one for values in inner for one in values]
            if not level:
                return found
        raise ParseError(_("The message is nested too deeply."))


def _unreadable(error: BaseException | None) -> str:
    """What the framework says is in English only."""
    if isinstance(error, JSONDecodeError):
        place = {"line": error.lineno, "column": error.colno}
        return _("The message is not JSON: it goes wrong on line %(line)s, at character %(column)s.") % place
    return _("The message is not JSON in UTF-8.")
