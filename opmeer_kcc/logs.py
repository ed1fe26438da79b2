"""One JSON object a line on standard error; no personal data in logs (quality.md rule 40)."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_KEY = re.compile(r"/(wandscherm|mening|telefoon/cti|berichten/in|volg/[^/\s\"']{1,40})/[^/\s\"']{20,}")

_QUERY = re.compile(r"\b((?:api_key|token|secret)=)[^&\s\"'>]+", re.I)
_DETAIL = re.compile(r"\b(DETAIL:|CONTEXT:|LINE \d+:)[^\n]*")
_MAIL = re.compile(r"([\w.+%-]++)(@[\w-]+(?:\.[\w-]+)+)?")
"""An address, or a word without one: each word is read once, however long what a stranger sent is."""
_NUMBER = re.compile(r"(?<![\w.:/-])(?!\d{4}-\d\d-\d\d)\+?\d[\d -]{7,100}\d(?![\w.:-])")
"""Nine digits or more: a citizen service number, a phone, an account."""


FACTS = (
    "chat", "code", "error", "inbound", "is_new", "job", "kinds", "mailbox", "message_source", "number", "outbound", "person", "planned",
    "question", "round", "status_code", "stored_file", "task", "tasks", "user", "violations", "virus",
)  # fmt: skip
"""What a line may carry of `extra=…`: numbers of rows, kinds of errors and the like, by which a person finds the thing itself."""


def add_facts(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Which mailbox, which message: structlog leaves out what the `logging` of Python was given beside the words."""
    for fact in FACTS:
        value = getattr(event.get("_record"), fact, None)
        if isinstance(value, str | int | list | tuple):  # Django hangs its whole request there
            event[fact] = value
    return event


def hide_keys(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The address of a big screen, a survey, a question to follow, a telephone exchange or a source of messages is its key: lines about pages that are not there or fail name it without."""
    if isinstance(event.get("event"), str):
        event["event"] = without_keys(event["event"])
    if isinstance(event.get("exception"), str):
        event["exception"] = _QUERY.sub(r"\1…", event["exception"])
    return event


def without_keys(text: str) -> str:
    """Also of `?api_key=…` in an address (Open311)."""
    return _QUERY.sub(r"\1…", _KEY.sub(r"/\1/…", text))


class WithoutKeys(logging.Filter):
    """For what is logged by a program that formats its lines itself (gunicorn, of a request that it cannot read)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_keys(record.getMessage()), ()
        return True


def _without_address(found: re.Match[str]) -> str:
    return "…@…" if found[2] else found[1]


def hide_values(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What an error quotes of a row: PostgreSQL names the values in its detail, Python in its message. Addresses and long numbers go."""
    for key in ("event", "exception", "error", "virus"):
        if isinstance(event.get(key), str):
            text = _DETAIL.sub(r"\1 …", event[key])
            event[key] = _NUMBER.sub("…", _MAIL.sub(_without_address, text))
    return event


chain = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    add_facts,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(level: str) -> dict[str, object]:
    """The LOGGING dict of Django for this level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    hide_keys,
                    hide_values,
                    structlog.processors.JSONRenderer(),
                ],
                "foreign_pre_chain": chain,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django.server": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
    }
