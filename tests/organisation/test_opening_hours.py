"""Opening hours as people write them."""

import pytest

from organisation.opening_hours import NotHours, parse, words


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("", ()),
        (" Gesloten ", ()),
        ("8:30-17:00", ((510, 1020),)),
        ("8.30–12.30 en 13.00–17.00", ((510, 750), (780, 1020))),
        ("13:00-17:00, 8:30-12:30", ((510, 750), (780, 1020))),
        ("9 tot 17", ((540, 1020),)),
        ("9u - 17 uur", ((540, 1020),)),
        ("0:00-24:00", ((0, 1440),)),
        ("8:30-12:30;12:30-17:00", ((510, 750), (750, 1020))),
    ],
)
def test_hours_are_read_in_every_notation(text: str, intervals: tuple) -> None:
    assert parse(text) == intervals


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("17:00-8:30", "reversed"),
        ("9-9", "reversed"),
        ("8:30-12:30, 12:00-17:00", "overlap"),
        ("soms", "unreadable"),
        ("8:75-9:00", "unreadable"),
        ("8:00-24:30", "unreadable"),
        ("8:00-12:00-17:00", "unreadable"),
        (", ".join(f"{hour}:00-{hour}:30" for hour in range(8, 16)), "too_many"),
    ],
)
def test_nonsense_is_named(text: str, kind: str) -> None:
    with pytest.raises(NotHours) as error:
        parse(text)
    assert error.value.kind == kind


def test_words_can_be_read_back() -> None:
    intervals = ((510, 750), (780, 1440))
    assert words(intervals) == "08:30–12:30, 13:00–24:00"
    assert parse(words(intervals)) == intervals
