"""Every act and page that the code writes down has a word for who reads the logs."""

import re
from pathlib import Path

from django.apps import apps

from contacts.queue_filters import _NAMES
from organisation.pages.log_detail import NAMED, OBJECTS
from organisation.pages.log_filter import NAMES, filter_words
from organisation.pages.log_words import ACTS, PAGES
from tests.cast import Cast

ROOT = Path(__file__).resolve().parent.parent.parent


def written(pattern: str) -> set[str]:
    rooms = ("organisation", "channels_app", "contacts", "knowledge", "kpi", "surveys", "programme")
    return {
        code for room in rooms for path in (ROOT / room).rglob("*.py") for code in re.findall(pattern, path.read_text())
    }


def test_every_act_in_the_log_has_words() -> None:
    assert written(r'\baction="([^"{]+)"') - set(ACTS) - {"store_true"} == set()  # that one is of argparse


def test_every_page_in_the_read_log_has_words() -> None:
    pages = written(r'record_view\([^)]*?page="([^"]+)"') | written(r'looking\(\w+, "([^"]+)"')
    assert {"customer", "question", "api.question"} <= pages and pages - set(PAGES) == set()


PARTS_OF_SOMETHING = frozenset(
    {
        "organisation.membership",
        "contacts.contact",
        "contacts.note",
        "contacts.contactaddress",
        "contacts.messageconsent",
        "contacts.outgoingletter",
        "knowledge.articletranslation",
        "knowledge.articleversion",
        "knowledge.historicalarticle_subjects",
        "knowledge.historicalnews_for_teams",
        "surveys.surveyquestion",
        "programme.goaltarget",
    }
)
"""Kept with history, but an act is always written down of what they are a part of."""


def test_whatever_people_change_has_a_word_in_the_log() -> None:
    kept = {model._meta.label_lower for model in apps.get_models() if hasattr(model, "history")}
    assert kept - PARTS_OF_SOMETHING <= OBJECTS.keys()
    assert all(hasattr(apps.get_model(kind), "name") for kind in NAMED)


def test_a_filter_is_told_in_words(cast: Cast) -> None:
    people = {str(cast.henk.pk): "Henk"}
    queue = f"lijst=alles&status=in_progress&team={cast.burgerzaken.pk}&behandelaar={cast.henk.pk}&soort=complaint&van=2026-03-02"
    assert filter_words(queue, people) == (
        "lijst alles, status in behandeling, team Burgerzaken, behandelaar Henk, soort klacht, van ma 2 mrt"
    )
    figures = "periode=week&dag=2026-03-02&team=openbare-ruimte&kanaal=email&onderwerp=grofvuil&tegels=a,b"
    assert filter_words(figures, {}) == (
        "periode week, dag ma 2 mrt, team Openbare Ruimte, kanaal e-mail, onderwerp Grofvuil ophalen"
    )
    assert filter_words("kaarten=a", {}) == "alles"
    assert set(_NAMES.values()) <= set(NAMES)
