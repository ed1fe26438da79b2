"""Fields of forms written the straight way: what Django's own templates of widgets give, to the letter (ADR 16).

Django renders one template for every option of every list to choose from, and one more for its attributes: half of what a page with forms
costs. Fields, text areas, lists and groups of choices are put together here; any other widget, and a list of which an option has a template
of its own, goes Django's own way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData
from django.utils.timezone import template_localtime

Widget = Mapping[str, Any]
FOLDER: Final = "django/forms/widgets/"
INPUTS: Final = (
    "checkbox color date datetime email file hidden input number password search tel text time url"  # all `input.html`
)


class StraightWidgets(DjangoTemplates):
    """The renderer of all forms."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write, options = WRITERS.get(template_name, (None, NONE))
        if write is None or not _option_templates(context["widget"]) <= options:
            return super().render(template_name, context, request)
        return write(context["widget"])


def _option_templates(widget: Widget) -> set[str]:
    """How the widget wants its options written."""
    return {option["template_name"] for _name, options, _place in widget.get("optgroups", ()) for option in options}


def _input(widget: Widget) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{_given(value)}"'
    return (
        f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{given}{_attributes(widget["attrs"])}>'
    )


def _textarea(widget: Widget) -> str:
    text = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    parts = [f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _place in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_shown(group)}">')
        for option in options:
            value, attributes = _given(option["value"]), _attributes(option["attrs"])
            parts.append(f'\n  <option value="{value}"{attributes}>{_shown(option["label"])}</option>\n')
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _choices(widget: Widget) -> str:
    """Radio buttons, or boxes to tick."""
    attrs = widget["attrs"]
    own = {name: attrs[name] for name in ("id", "class") if attrs.get(name)}
    parts = ["<div", *(f' {name}="{_shown(value)}"' for name, value in own.items()), ">"]
    for group, options, _place in widget["optgroups"]:
        if group:
            parts.append(f"\n  <div><label>{_shown(group)}</label>")
        parts += [f"<div>\n    {_choice(option)}\n</div>" for option in options]
        if group:
            parts.append("\n  </div>")
    return "".join([*parts, "\n</div>"])


def _choice(option: Widget) -> str:
    if not option["wrap_label"]:
        return f"{_input(option)}\n\n"
    pk = option["attrs"].get("id")
    target = f' for="{_shown(pk)}"' if pk else ""
    return f"<label{target}>{_input(option)}\n {_shown(option['label'])}</label>\n"


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_given(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _given(value: Any) -> str:
    """`{{ value|stringformat:'s' }}`: as text, a number without separators."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _shown(value: Any) -> str:
    """`{{ value }}`: in the way of the language."""
    if type(value) is str:
        return escape(value)
    found = localize(template_localtime(value))
    return str(conditional_escape(found if isinstance(found, str) else str(found)))


NONE: Final[frozenset[str]] = frozenset()
CHOICE: Final = frozenset({f"{FOLDER}radio_option.html", f"{FOLDER}checkbox_option.html"})
WRITERS: Final[dict[str, tuple[Callable[[Widget], str], frozenset[str]]]] = {
    **{f"{FOLDER}{name}.html": (_input, NONE) for name in INPUTS.split()},
    f"{FOLDER}textarea.html": (_textarea, NONE),
    f"{FOLDER}select.html": (_select, frozenset({f"{FOLDER}select_option.html"})),
    **{f"{FOLDER}{name}.html": (_choices, CHOICE) for name in ("radio", "checkbox_select", "multiple_input")},
}
"""By the template of Django: who writes it, and which templates its options may have then."""
