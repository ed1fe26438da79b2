"""Typed readers of environment variables that fail loudly; every setting is declared here once.

`SETTINGS` is the source of the settings table in the README (a test compares the two).
"""

import base64
import os
import re
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class SettingError(RuntimeError):
    """An environment variable is missing or cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str | None
    meaning: str


SETTINGS: dict[str, Setting] = {}


def _declare(name: str, default: str | None, meaning: str) -> str | None:
    SETTINGS[name] = Setting(name, default, meaning)
    return os.environ.get(name, "").strip() or default


def text(name: str, default: str | None, meaning: str) -> str:
    """The variable as text; `default=None` makes it required."""
    value = _declare(name, default, meaning)
    if value is None:
        raise SettingError(f"Set {name}: {meaning}")
    return value


def flag(name: str, default: bool, meaning: str) -> bool:
    """1/true/yes/on or 0/false/no/off."""
    value = str(_declare(name, "1" if default else "0", meaning)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} must be 1 or 0, not {value!r}")


def integer(name: str, default: int, meaning: str, *, least: int = 0, most: int) -> int:
    value = str(_declare(name, str(default), meaning))
    number = int(value) if re.fullmatch(r"-?[0-9]{1,12}", value) else None
    if number is None or not least <= number <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}, not {value[:40]!r}")
    return number


def words(name: str, default: str, meaning: str) -> list[str]:
    """A list separated by commas; empty parts fall away."""
    return [part.strip() for part in str(_declare(name, default, meaning)).split(",") if part.strip()]


def one_of(name: str, choices: tuple[str, ...], default: str, meaning: str) -> str:
    """One of these words, in capitals or not."""
    value = text(name, default, meaning)
    if value.upper() not in choices:
        raise SettingError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value.upper()


def networks(name: str, meaning: str) -> list[str]:
    """Addresses and networks (1.2.3.4, 1.2.3.0/24, 2001:db8::/48), separated by commas."""
    found = words(name, "", meaning)
    for one in found:
        try:
            ip_network(one, strict=False)
        except ValueError as error:
            raise SettingError(f"{name} must hold addresses or networks like 1.2.3.0/24, not {one!r}") from error
    return found


def hosts(name: str, default: str, meaning: str) -> list[str]:
    """Names that a request is sent to; one with a scheme or a port would never fit."""
    found = words(name, default, meaning)
    wrong = [one for one in found if "/" in one or (":" in one and not one.startswith("[")) or " " in one]
    if wrong or not found:
        raise SettingError(f"{name} must hold host names like kcc.example.nl, without https:// and without a port")
    return found


def mail_address(name: str, default: str, meaning: str) -> str:
    value = text(name, default, meaning)
    if not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+", value):
        raise SettingError(f"{name} must be one e-mail address, like servicecentrum@example.nl")
    return value


def contact(name: str, meaning: str) -> str:
    """`mailto:…` or `https://…`, as security.txt wants it; empty means: none."""
    value = text(name, "", meaning)
    if value and not re.fullmatch(r"(mailto:[^@\s]+@|https://)[^@\s]+", value):
        raise SettingError(f"{name} must begin with mailto: or https://")
    return value


def keys(name: str, meaning: str) -> list[str]:
    """Keys of 32 bytes in URL-safe base64; one that is none is said without it."""
    found = words(name, "", meaning)
    for one in found:
        try:
            length = len(base64.urlsafe_b64decode(one))
        except ValueError:
            length = 0
        if length != 32:
            raise SettingError(f"{name} holds something that is no key. docs/operations.md says how one is made.")
    return found


def site(name: str, default: str, meaning: str) -> str:
    """`https://host`, perhaps with a port, and nothing behind it: the site lives at the root of its host."""
    value = text(name, default, meaning).rstrip("/")
    if not _is_origin(value):
        raise SettingError(f"{name} must look like https://kcc.example.nl, with nothing behind the host name")
    return value


def origins(name: str, meaning: str) -> list[str]:
    """`https://host` each."""
    found = [one.rstrip("/") for one in words(name, "", meaning)]
    if not all(map(_is_origin, found)):
        raise SettingError(f"{name} must hold addresses like https://www.example.nl, separated by commas")
    return found


def _is_origin(value: str) -> bool:
    return re.fullmatch(r"https?://([\w.*-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?", value) is not None


def one_address(name: str, shapes: tuple[str, ...], meaning: str) -> str:
    """Of a service: it begins as one of these do, which are examples of the whole; empty means: none."""
    value = text(name, "", meaning)
    if not value:
        return ""
    url = _split(name, value)[0]
    is_whole = url.path if url.scheme == "unix" else url.hostname
    if not is_whole or url.scheme not in {urlsplit(shape).scheme for shape in shapes}:
        raise SettingError(f"{name} must look like {' or '.join(shapes)}")
    return value


LIBPQ = {
    "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslnegotiation", "channel_binding", "gssencmode", "require_auth",
    "target_session_attrs", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
}  # fmt: skip
"""How PostgreSQL is reached, behind the `?` of its address; what is not known here is refused, not forgotten."""


def database(name: str, meaning: str) -> dict[str, object]:
    """`postgresql://user:password@host:port/name?sslmode=…` as Django's NAME, USER, …; OPTIONS hold what stands behind the `?`."""
    return address(name, text(name, None, meaning))


def database_or_none(name: str, meaning: str) -> dict[str, object] | None:
    """As `database`, for one that need not be set."""
    value = text(name, "", meaning)
    return address(name, value) if value else None


def broker_or_none(name: str, meaning: str) -> str:
    """`redis://[:password@]host:port/0`; empty means: none."""
    value = text(name, "", meaning)
    if not value:
        return ""
    url = _split(name, value)[0]
    if url.scheme not in {"redis", "rediss"} or not url.hostname or not re.fullmatch(r"/?[0-9]*", url.path):
        raise SettingError(f"{name} must look like redis://:password@host:6379/0 (or rediss:// with TLS)")
    return value


def address(name: str, value: str) -> dict[str, object]:
    url, port = _split(name, value)
    if url.scheme not in {"postgres", "postgresql"}:
        raise SettingError(f"{name} must begin with postgresql://")
    options = dict(parse_qsl(url.query, keep_blank_values=True))
    if options.keys() - LIBPQ:
        raise SettingError(
            f"{name} has an option behind the ? that is not known here. Known: {', '.join(sorted(LIBPQ))}"
        )
    if not url.path.strip("/"):
        raise SettingError(f"{name} must name a database: postgresql://user:password@host:5432/name")
    return {
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),  # the folder of a socket is written as %2Frun%2Fpostgresql
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def _split(name: str, value: str) -> tuple[SplitResult, int | None]:
    """The parts and the port; what cannot be read is said without any of it, for a password stands in it."""
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        url, port = SplitResult("", "", "@", "", ""), None
    if "#" in value or "@" in url.path + url.query:
        raise SettingError(
            f"{name} cannot be read. Write signs like # / ? [ @ and % in the user or password as %23 %2F %3F %5B %40 and %25."
        )
    return url, port


def smtp(name: str, meaning: str) -> dict[str, object]:
    """`smtp[s|+starttls]://user:password@host:port`; empty means: no mail server."""
    value = str(_declare(name, "", meaning))
    if not value:
        return {"host": "", "port": 0, "user": "", "password": "", "tls": "none"}
    url, given_port = _split(name, value)
    tls = {"smtp": "none", "smtps": "tls", "smtp+starttls": "starttls"}.get(url.scheme)
    if tls is None or not url.hostname:
        raise SettingError(f"{name} must look like smtp+starttls://user:password@host:587")
    port = given_port or {"none": 25, "tls": 465, "starttls": 587}[tls]
    return {
        "host": url.hostname,
        "port": port,
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "tls": tls,
    }
