"""One line about how the screens of the knowledge base stand, for the overview of what there is to manage."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import Article, PublicPart
from knowledge.outside import is_shown
from organisation.manage import NEWS
from organisation.models import User
from organisation.snapshot import organisation


def answers_for_citizens(user: User) -> tuple[str, bool]:
    count = Article.objects.public().count()
    if not is_shown(organisation()):
        return str(PublicPart.Shown.OFF.label), False
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count} + ", " + _("shown"), False


NEWS["knowledge:public_part"] = answers_for_citizens
