"""Template words and marks of the house: icons, dates, numbers, clocks, channels. All are string work, no template renders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from organisation import wording
from organisation.keys import own_key

register = template.Library()

SELECTED = mark_safe(" selected")

register.filter("day", wording.day)
register.filter("day_long", wording.day_long)
register.filter("moment", wording.moment)
register.filter("moment_long", wording.moment_long)
register.filter("clock", wording.clock)
register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("initials", wording.initials)


@register.filter
def breakable(text: object) -> SafeString:
    """A heading with an address or the name of a file in it: on a phone it breaks after a mark, not in the middle of a word."""
    return mark_safe(  # noqa: S308 - escaped first; only <wbr> is added
        re.sub(r"\S{18,}", lambda token: re.sub(r"(?<=[@./_-])(?=\w)", "<wbr>", token[0]), escape(text))
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "phone" %}` or `{% icon "phone" "icon--l" %}`: a decorative icon from the sprite; words stand beside it."""
    return mark_safe(  # noqa: S308 - both parts are escaped
        f'<svg class="icon{" " + escape(css) if css else ""}" aria-hidden="true" focusable="false">'
        f'<use href="{static("img/sprite.svg")}#i-{escape(name)}"/></svg>'
    )


@register.simple_tag
def options(choices: Iterable[Any]) -> SafeString:
    """`{% options page.teams %}`: the options of a select, of `Choice`s or what has a value, words and whether it is chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one.value, SELECTED if one.is_chosen else "", one.words) for one in choices),
    )


@register.simple_tag
def fact(name: str, value: object) -> SafeString:
    """`{% fact _("Received") page.received %}`: a line of a list of facts. What is more than a value is written out."""
    return format_html(
        '<div class="utrecht-data-list__item"><dt class="utrecht-data-list__item-key">{}</dt><dd>{}</dd></div>',
        name,
        value,
    )


@register.simple_tag
def norm_clock(badge: Any, css: str = "") -> SafeString:
    """`{% norm_clock badge %}`: the deadline badge of a `wording.Badge` or a mapping with the same keys; nothing for None."""
    if not badge:
        return mark_safe("")
    get = badge.get if isinstance(badge, dict) else lambda key, default="": getattr(badge, key, default)
    state = get("state", "")
    return _norm_clock(state, get("icon", ""), str(get("word", "")), str(get("title", "") or ""), css)


@lru_cache(maxsize=2048)
def _norm_clock(state: str, icon_name: str, word: str, title: str, css: str) -> SafeString:
    classes = f"norm-clock norm-clock--{state}" if state else "norm-clock"
    return format_html(
        '<span class="{}"{}>{}{}</span>',
        f"{classes} {css}" if css else classes,
        format_html(' title="{}"', title) if title else "",
        icon(icon_name or wording.STATE_ICONS.get(state, "clock")),
        word,
    )


@register.simple_tag
def channel_icon(code: str, css: str = "") -> SafeString:
    """`{% channel_icon "email" %}`: the square with the icon; the name of the channel is in its title and for a screen reader."""
    return _channel_icon(code, css, str(wording.channel_name(code)))


@lru_cache(maxsize=512)
def _channel_icon(code: str, css: str, name: str) -> SafeString:
    return format_html(
        '<span class="{}" title="{}">{}<span class="visually-hidden">{}</span></span>',
        f"channel {css}" if css else "channel",
        name,
        icon(wording.CHANNEL_ICONS.get(code, "message-circle")),
        name,
    )


@register.filter
def channel_name(code: str) -> str:
    """`{{ code|channel_name }}`: the channel in the reader's language."""
    return str(wording.channel_name(code))


@register.filter
def channel_icon_name(code: str) -> str:
    """`{% icon code|channel_icon_name %}`: only the name of the icon of a channel."""
    return wording.CHANNEL_ICONS.get(code, "message-circle")


@register.simple_tag
def avatar(name: str, css: str = "avatar--xs") -> SafeString:
    """`{% avatar user.name %}`: initials in a circle, decorative; the name stands beside it."""
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', css, wording.initials(name))


@register.simple_tag
def key_of(user: Any, code: str) -> SafeString:
    """`{% key_of user "new" %}`: the key that this person presses for it; a dash when it is switched off."""
    pressed = own_key(code, getattr(user, "own_keys", None) or {})
    return format_html("<kbd>{}</kbd>", pressed.upper()) if pressed else format_html("<span>{}</span>", "–")
