"""A file of calls that somebody looks at before it is taken in, and which of its columns was which."""

from __future__ import annotations

from django.db import models


class CallsFile(models.Model):
    """The bytes stay until it is taken in, a day at most; the columns stay, for the next file with the same heads."""

    source = models.CharField(max_length=60)
    """Name of the exchange."""
    file_name = models.CharField(max_length=120, blank=True)
    raw = models.BinaryField(null=True)
    heads = models.JSONField(default=list)
    heads_digest = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    """Our column → the place of theirs."""
    taken_in_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["heads_digest", "-id"], name="calls_file_like")]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"
