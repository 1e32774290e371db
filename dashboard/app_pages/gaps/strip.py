"""The years of one KPI in the height of a line of text: one mark a year, a full square for a value."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from urllib.parse import quote

from dashboard.charts.look import Look

STEP, SIDE, HEIGHT = 6, 5, 14


def image(
    span: tuple[int, int], years: Collection[int], other_years: Collection[int], label: str, look: Look
) -> str:
    """The strip as an HTML image; `label` says it in words (escaped here).

    years: with a value, a full square. other_years: other countries have a value, an outline. A dot in any
    other year. The marks differ in form and in colour.
    """
    first, last = span
    marks = []
    for number, year in enumerate(range(first, last + 1)):
        x = number * STEP
        if year in years:
            marks.append(f'<rect x="{x}" y="1" width="{SIDE}" height="12" fill="{look.accent}"/>')
        elif year in other_years:
            marks.append(
                f'<rect x="{x + 0.5}" y="4.5" width="{SIDE - 1}" height="5" fill="none" '
                f'stroke="{look.peers}"/>'
            )
        else:
            marks.append(f'<rect x="{x + 1.5}" y="6.5" width="2" height="1" fill="{look.pale}"/>')
    width = (last - first + 1) * STEP
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}">{"".join(marks)}</svg>'
    return (
        f'<img class="spark" width="{width}" height="{HEIGHT}" alt="{escape(label)}" '
        f'src="data:image/svg+xml,{quote(drawing)}">'
    )


def runs(years: Collection[int]) -> str:
    """Years in words, neighbours drawn together: "2014, 2017–2019"."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
