"""The distribution of answers as columns: SVG with classes only; the same numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, HIGH, FLOOR = 640, 220, 180


def bars(columns: Sequence[tuple[str, int]], title: str) -> SafeString:
    """(name under the column, how often)."""
    top = max([count for _name, count in columns], default=0) or 1
    step = WIDE / max(1, len(columns))
    width = min(step * 0.7, 90)
    drawn = format_html_join(
        "",
        '<rect class="chart__bar chart__bar--1" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="chart__label" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="chart__axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                f"{step * place + (step - width) / 2:.1f}",
                f"{FLOOR - 150 * count / top:.1f}",
                f"{width:.1f}",
                f"{150 * count / top:.1f}",
                f"{step * (place + 0.5):.1f}",
                f"{FLOOR - 150 * count / top - 7:.1f}",
                count,
                f"{step * (place + 0.5):.1f}",
                FLOOR + 24,
                name,
            )
            for place, (name, count) in enumerate(columns)
        ),
    )
    return format_html(
        '<svg class="chart survey-bars" viewBox="0 0 {} {}" role="img" data-chart="wide"><title>{}</title>'
        '<line class="chart__grid" x1="0" x2="{}" y1="{}" y2="{}"/>{}</svg>',
        WIDE,
        HIGH,
        title,
        WIDE,
        FLOOR,
        FLOOR,
        drawn,
    )
