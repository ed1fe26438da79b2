"""The sheet that parts one letter from the next in a stack: black bars over the width of the page, which no letter has (pure).

Known by its bars alone, so without reading; upside down it is the same. A stack that goes in askew by some degrees is still known:
only the middle of the page is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

BARS: Final = 6
"""As many as `templates/channels_app/separator_pdf.html` draws, each as high as the white between them."""
DARK: Final = 128
MIDDLE: Final = (0.35, 0.65)
"""Of the width."""
UNLIKE: Final = 0.4
"""A bar or gap may differ by this share from the middle one."""
LEAST_PART: Final = 0.5
"""Of the height of the page that the bars take together."""


def is_separator(page: Image) -> bool:
    """Whether a grey picture of a page is the sheet."""
    left, right = (round(page.width * part) for part in MIDDLE)
    if right <= left or page.height < 4 * BARS:
        return False
    column = page.crop((left, 0, right, page.height)).resize((1, page.height))
    runs = _runs([value < DARK for value in column.tobytes()])
    dark = [length for is_dark, length in runs if is_dark]
    if len(dark) != BARS:
        return False
    begin = next(index for index, run in enumerate(runs) if run[0])
    inside = [length for _dark, length in runs[begin : begin + 2 * BARS - 1]]
    middle = sorted(inside)[len(inside) // 2]
    is_even = all(abs(length - middle) <= max(1.5, UNLIKE * middle) for length in inside)
    return is_even and sum(inside) >= LEAST_PART * page.height


def _runs(rows: list[bool]) -> list[tuple[bool, int]]:
    """Stretches of rows of one colour, with their length; a stretch of one row is dust."""
    runs: list[tuple[bool, int]] = []
    for is_dark in rows:
        if runs and runs[-1][0] == is_dark:
            runs[-1] = (is_dark, runs[-1][1] + 1)
        elif len(runs) > 1 and runs[-1][1] == 1:  # the dust belongs to what was before it
            _colour, length = runs.pop()
            runs[-1] = (runs[-1][0], runs[-1][1] + length + 1)
        else:
            runs.append((is_dark, 1))
    return runs
