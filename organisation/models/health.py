"""Sign of life of every process that must not stop unseen (quality.md rule 8)."""

from django.db import models


class Heartbeat(models.Model):
    """One row per process name (worker, beat, fetcher …), renewed while it does its work."""

    name = models.CharField(max_length=60, primary_key=True)
    beat_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M:%S}"
