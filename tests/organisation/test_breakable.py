"""A heading with an address in it breaks after a mark, and is never markup of whoever wrote it."""

from __future__ import annotations

import pytest

from organisation.templatetags.opmeer import breakable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grofvuil niet opgehaald", "Grofvuil niet opgehaald"),
        ("Klant-vriendelijk", "Klant-vriendelijk"),
        ("@gemeente@opmeer.example", "@<wbr>gemeente@<wbr>opmeer.<wbr>example"),
        ("scan_2026-11-26_0001.pdf", "scan_<wbr>2026-<wbr>11-<wbr>26_<wbr>0001.<wbr>pdf"),
        ("<b>aaaaaaaaaaaaaaaa</b>", "&lt;b&gt;aaaaaaaaaaaaaaaa&lt;/<wbr>b&gt;"),
    ],
)
def test_a_heading_breaks_after_a_mark(text: str, shown: str) -> None:
    assert breakable(text) == shown
