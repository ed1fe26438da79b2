"""Every act and page that the code writes down has a word for who reads the logs."""

import re
from pathlib import Path

from organisation.pages.log_words import ACTS, PAGES

ROOT = Path(__file__).resolve().parent.parent.parent


def written(pattern: str) -> set[str]:
    apps = ("organisation", "channels_app", "contacts", "kpi", "programme")
    return {
        code for app in apps for path in (ROOT / app).rglob("*.py") for code in re.findall(pattern, path.read_text())
    }


def test_every_act_in_the_log_has_words() -> None:
    assert written(r'\baction="([^"{]+)"') - set(ACTS) == set()


def test_every_page_in_the_read_log_has_words() -> None:
    assert written(r'record_view\([^)]*?page="([^"]+)"') - set(PAGES) == set()
