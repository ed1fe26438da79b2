"""Changes to the tree of subjects."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisation.actions.save import save_edited, save_new
from organisation.errors import Refused
from organisation.models import Subject, User
from organisation.words import plain


@transaction.atomic
def save_subject(subject: Subject, *, fields: Iterable[str], by: User, version: int) -> None:
    """Saves a new or changed subject with the text it is found by; a circle in the tree is refused."""
    _refuse_circle(subject)
    parent_name = subject.parent.name if subject.parent else ""
    subject.search_text = plain(" ".join([subject.name, parent_name, *subject.synonyms]))
    if subject.pk is None:
        subject.code = _free_code(subject.name)
        save_new(subject, by=by, action="subject.added")
        return
    save_edited(subject, version=version, fields=[*fields, "search_text"], by=by, action="subject.changed")
    for child in Subject.objects.filter(parent=subject):
        child.search_text = plain(" ".join([child.name, subject.name, *child.synonyms]))
        child.save(update_fields=["search_text"])


def _refuse_circle(subject: Subject) -> None:
    above, steps = subject.parent, 0
    while above is not None and steps < 10:
        if above.pk == subject.pk:
            raise Refused(_("A subject cannot hang under itself or under one of its own subjects."), "parent")
        above, steps = above.parent, steps + 1
    if above is not None:
        raise Refused(_("The tree of subjects is too deep here."), "parent")


def _free_code(name: str) -> str:
    base = slugify(name)[:50] or "onderwerp"
    taken = set(Subject.objects.filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
