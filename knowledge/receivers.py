"""Other words of a subject find other articles at once; the demo has articles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from knowledge.actions.index import index
from knowledge.actions.load_example import load_example
from knowledge.models import Article
from organisation.models import Subject
from organisation.signals import demo_loaded


@receiver(post_save, sender=Subject, dispatch_uid="articles-are-found-by-subjects")
def subject_changed(sender: type[Subject], instance: Subject, created: bool, **kwargs: Any) -> None:
    """In the transaction of the change."""
    if not created:
        index(list(Article.objects.published().filter(subjects=instance).values_list("pk", flat=True)))


@receiver(demo_loaded, dispatch_uid="knowledge-in-the-demo")
def add_to_demo(sender: object, day: date, **kwargs: Any) -> None:
    """In the transaction of the demo."""
    load_example(day=day)
