"""Where a question is about: written with the question and never changed, so it needs no history."""

from django.db import models
from django.db.models import Q

from contacts.where import Where


class QuestionPlace(models.Model):
    """An address in words, a point (WGS 84), or both: from a phone on the street, another system or a citizen's form."""

    question = models.OneToOneField("contacts.Question", models.CASCADE, primary_key=True, related_name="place")
    address = models.CharField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    metres = models.PositiveIntegerField(null=True)
    """How far off the point may be, as the device said."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="place_is_on_earth",
            ),
            models.CheckConstraint(condition=~Q(address="", latitude__isnull=True), name="place_says_something"),
        ]

    def __str__(self) -> str:
        return self.as_where().words

    def as_where(self) -> Where:
        return Where(self.address, self.latitude, self.longitude, self.metres)
