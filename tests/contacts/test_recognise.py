"""The smart field knows what was typed."""

import pytest

from contacts.finding.recognise import Typed, recognise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0226 35 12 44", Typed("phone", "31226351244")),
        ("0226-351244", Typed("phone", "31226351244")),
        ("+31 226 351244", Typed("phone", "31226351244")),
        ("+31 (0)226 35 12 44", Typed("phone", "31226351244")),
        ("0031226351244", Typed("phone", "31226351244")),
        ("(0226) 351 244", Typed("phone", "31226351244")),
        ("06.12345678", Typed("phone", "31612345678")),
        ("+49 30 901820", Typed("phone", "4930901820")),
        ("A.deWit@Voorbeeld.NL", Typed("email", "a.dewit@voorbeeld.nl")),
        ("1716 ka 41", Typed("postcode", "1716KA", "41")),
        ("1716KA41a", Typed("postcode", "1716KA", "41a")),
        ("1716KA", Typed("postcode", "1716KA", "")),
        ("OPM-2026-000123", Typed("number", "OPM-2026-000123")),
        ("opm 2026-123", Typed("number", "OPM-2026-000123")),
        ("2026-123", Typed("number", "OPM-2026-000123")),
        ("abc-2025-12", Typed("number", "ABC-2025-000012")),
        ("#123", Typed("number", "OPM-2026-000123")),
        ("Müller", Typed("name", "muller")),
        ("de Wit-Schouten", Typed("name", "de wit-schouten")),
        ("", Typed("nothing")),
        ("\x00\u202e ", Typed("nothing")),
        ("12345", Typed("name", "12345")),
    ],
)
def test_everything_that_can_be_typed_is_recognised(text: str, expected: Typed) -> None:
    assert recognise(text, "OPM", 2026) == expected
