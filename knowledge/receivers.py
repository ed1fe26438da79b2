"""Other words of a subject find other articles at once; the demo has articles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from knowledge.actions.index import index
from knowledge.actions.load_example import load_example
from knowledge.models import Article, PublicPart
from organisation.clock import now
from organisation.models import Subject
from organisation.signals import demo_begins
from organisation.snapshot import settings_changed


@receiver(post_save, sender=Subject, dispatch_uid="articles-are-found-by-subjects")
def subject_changed(sender: type[Subject], instance: Subject, created: bool, **kwargs: Any) -> None:
    """In the transaction of the change."""
    if created:
        return
    index(list(Article.objects.published().filter(subjects=instance).values_list("pk", flat=True)))
    outside = Article.objects.public().filter(subjects=instance)
    if outside.exists():  # its name stands there too
        settings_changed()
        outside.update(public_at=now())


@receiver(post_save, sender=PublicPart, dispatch_uid="pages-for-citizens-are-shown-or-not")
def part_changed(sender: type[PublicPart], instance: PublicPart, **kwargs: Any) -> None:
    """Every process hears of it."""
    settings_changed()


@receiver(demo_begins, dispatch_uid="knowledge-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo."""
    load_example(day=day)
