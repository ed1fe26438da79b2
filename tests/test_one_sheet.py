"""The stylesheet goes to the browser as one file that says what its parts say, in their order."""

import gc
import re
from pathlib import Path
from typing import Any

from django.conf import settings as real
from django.contrib.staticfiles import finders
from django.core.management import call_command

from opmeer_kcc.one_sheet import IMPORT, SHEET, OneSheet

PARTS = Path(real.BASE_DIR) / "opmeer_kcc" / "static" / "css"


def test_every_part_stands_in_its_place() -> None:
    """Both the collected file and the one that a server under development finds."""
    names = IMPORT.findall((PARTS / "app.css").read_text())
    assert len(names) > 25
    whole = Path(str(finders.find(SHEET))).read_text()
    places = [whole.find((PARTS / name).read_text().rstrip()) for name in names]
    assert -1 not in places and places == sorted(places)
    assert "@import" not in whole, "an import in a part, or after other rules, is one that the browser would not follow"


def test_it_is_collected_as_one_file_with_its_letters(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (collected,) = (tmp_path / "css").glob("app.????????????.css")
    text = collected.read_text()
    assert "@import" not in text
    (letters,) = re.findall(r'url\("([^"]+\.woff2)"\)', text)
    assert (tmp_path / "css" / letters).exists()


def test_a_part_that_changes_changes_the_whole(tmp_path: Path) -> None:
    (tmp_path / "app.css").write_text('@layer a;\n@import url("one.css");\n')
    (tmp_path / "one.css").write_text("p { color: red }\n")
    finder = OneSheet()
    assert Path(finder._write(tmp_path / "app.css")).read_text() == "@layer a;\np { color: red }\n"
    (tmp_path / "one.css").write_text("p { color: navy }\n")
    assert Path(finder._write(tmp_path / "app.css")).read_text() == "@layer a;\np { color: navy }\n"


def test_the_sheet_outlives_the_finder_that_made_it() -> None:
    """Of two finders that first requests made at once, Django keeps one."""
    path = Path(OneSheet().find(SHEET))
    gc.collect(1)  # what is new; to look through all that the tests hold takes a second
    assert path.exists()
