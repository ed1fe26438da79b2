"""What waits for a person, for the rail; and one line about how the screens stand, for the overview of what there is to manage."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import Article, News, PublicPart
from knowledge.outside import is_shown
from organisation.counts import counts
from organisation.manage import NEWS
from organisation.models import User
from organisation.shell import WAITING
from organisation.snapshot import organisation


def answers_for_citizens(user: User) -> tuple[str, bool]:
    if not is_shown(organisation()):
        return str(PublicPart.Shown.OFF.label), False
    count = counts("public answers", lambda _marks: {"all": Article.objects.public()})["all"]
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count} + ", " + _("shown"), False


def unread_news(user: User) -> QuerySet[News]:
    return News.objects.unread_by(user)


WAITING["knowledge"] = unread_news
NEWS["knowledge:public_part"] = answers_for_citizens
