"""The years of one KPI in the height of a line of text: a square a year, full where a value is held."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from urllib.parse import quote

from dashboard.charts.look import Look

STEP, SIDE, HEIGHT = 6, 5, 14


def image(
    span: tuple[int, int], held: Collection[int], elsewhere: Collection[int], label: str, look: Look
) -> str:
    """The strip as an HTML image; `label` says it in words (escaped here).

    Full and tall: a value is held. Outline: other countries have a value of that year, this one has not.
    A dot on the line: nobody has one. Form and colour say the same.
    """
    first, last = span
    marks = []
    for at, year in enumerate(range(first, last + 1)):
        x = at * STEP
        if year in held:
            marks.append(f'<rect x="{x}" y="1" width="{SIDE}" height="12" fill="{look.accent}"/>')
        elif year in elsewhere:
            marks.append(
                f'<rect x="{x + 0.5}" y="4.5" width="{SIDE - 1}" height="5" fill="none" '
                f'stroke="{look.peers}"/>'
            )
        else:
            marks.append(f'<rect x="{x + 1.5}" y="6.5" width="2" height="1" fill="{look.pale}"/>')
    wide = (last - first + 1) * STEP
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HEIGHT}">{"".join(marks)}</svg>'
    return (
        f'<img class="spark" width="{wide}" height="{HEIGHT}" alt="{escape(label)}" '
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
