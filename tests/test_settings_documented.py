"""The settings table of README.md is the table of the code."""

import re
from pathlib import Path

from opmeer_kcc.env import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", re.MULTILINE)
DEPENDS = {"DATA_DIR", "STATIC_ROOT", "SECOND_FACTOR_REQUIRED"}
"""Their default follows from the checkout or from another setting."""


def _rows() -> dict[str, tuple[str, str]]:
    text = (ROOT / "README.md").read_text()
    return {name: (default, meaning) for name, default, meaning in ROW.findall(text) if name.isupper()}


def test_every_setting_stands_in_the_readme_with_its_meaning() -> None:
    assert {name: meaning for name, (_, meaning) in _rows().items()} == {s.name: s.meaning for s in SETTINGS.values()}


def test_the_readme_has_the_real_defaults() -> None:
    shown = {name: default.strip("`") for name, (default, _) in _rows().items() if name not in DEPENDS}
    real = {s.name: "must be set" if s.default is None else s.default or "empty" for s in SETTINGS.values()}
    assert shown == {name: default for name, default in real.items() if name not in DEPENDS}
