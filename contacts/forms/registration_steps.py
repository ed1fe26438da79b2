"""The registration screen after a step that is not saving: the buttons that also work without script."""

from __future__ import annotations

from contacts.finding.customers import recognised
from contacts.forms.registration import PANELS, Typed
from organisation.numbers import whole


def stepped(typed: Typed, act: str) -> Typed:
    """The form after a step that is not saving: the buttons that also work without script."""
    verb, _colon, value = act.partition(":")
    if verb == "add_block":
        return typed.with_fields(blocks=str(typed.block_count + 1))
    if verb == "remove_block":
        return typed.without_block(whole(value) or 0)
    if verb == "unknown":
        return typed.with_fields(customer="", customer_state="unknown")
    if verb == "search":
        return typed.with_fields(customer="", customer_state="")
    if verb == "new":
        return _new_customer_from(typed)
    if verb == "close_panel":
        return typed.with_fields(panel="")
    if verb in PANELS:
        return typed.with_fields(panel=verb)
    if verb == "scan_off":
        return typed.with_fields(scan="", stamp_of="")
    if verb == "scan_pick":
        return typed.with_fields(scan=value)
    if verb == "topic":
        return typed.with_fields(**{f"q{whole(value) or 0}-subject": ""})
    if verb in ("add_to", "separate"):
        index, _colon, number = value.partition(":")
        return typed.with_fields(**{f"q{whole(index) or 0}-add_to": number if verb == "add_to" else ""})
    return typed


def _new_customer_from(typed: Typed) -> Typed:
    """Fields of a new customer, filled with what was typed to find one."""
    query = typed.get("customer_query")
    found = recognised(query[:200])
    fields = {"customer": "", "customer_state": "new", "new_kind": typed.get("new_kind") or "person"}
    if found.kind == "phone" and not typed.get("new_phone"):
        fields["new_phone"] = query[:40]
    elif found.kind == "email" and not typed.get("new_email"):
        fields["new_email"] = query
    elif found.kind == "postcode" and not typed.get("new_postcode"):
        fields |= {"new_postcode": found.value, "new_house_number": found.rest[:20]}
    elif found.kind == "name" and not typed.get("new_name"):
        fields["new_name"] = query if query != query.lower() else query.title()
    return typed.with_fields(**fields)
