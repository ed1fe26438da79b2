"""Whether citizens may read, chosen by the municipality."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knowledge.models import PublicPart
from organisation.forms.base import HouseModelForm


class PublicPartForm(HouseModelForm):
    class Meta:
        model = PublicPart
        fields = ["shown", "welcome"]
        help_texts = {
            "shown": _("Only answers that a team marked for the website, and that somebody else published."),
            "welcome": _("For example: Zoek het antwoord op uw vraag."),
        }
