"""What came in by our public pages lately, counted per address and network: nobody may keep the others out."""

from django.db import models


class Arrival(models.Model):
    """A form that was sent or a chat that was begun; gone after a day. The marks are those of `organisation.origin`."""

    kind = models.CharField(max_length=8)
    address = models.CharField(max_length=32)
    network = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["network", "kind", "at"], name="arrival_of_network"),
            models.Index(fields=["at"], name="arrival_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
