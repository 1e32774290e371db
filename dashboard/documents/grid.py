"""A table on slides: how wide its columns are, how high its rows, what goes on on the next slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.documents import measure
from dashboard.documents.content import Cell, Table
from dashboard.documents.wording import SIGNS, plain

BODY, SMALL = 18.0, 14.0  # sizes of type in points
WIDE = 888.0  # points of a slide for its content
PAD_X, PAD_Y = 6.0, 3.0  # of a cell
EVEN_STEP = 6.0  # points by which the room of rows is made smaller, as long as they need no further slide


def evenly(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Rows in as few parts as the room allows, about as high as each other: no slide has one row left over.

    Gives the first row of each part and the one after its last.
    """
    parts = _filled(heights, room)
    least = sum(heights) / max(1, len(parts))
    while room - EVEN_STEP > least and len(closer := _filled(heights, room - EVEN_STEP)) == len(parts):
        parts, room = closer, room - EVEN_STEP
    return parts


def _filled(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Rows in parts, each filled before the next; a row that is too high has a part of its own."""
    parts, first, used = [], 0, 0.0
    for at, tall in enumerate(heights):
        if at > first and used + tall > room:
            parts.append((first, at))
            first, used = at, 0.0
        used += tall
    return [*parts, (first, len(heights))] if heights else []


def column_parts(table: Table) -> Iterator[tuple[int, ...]]:
    """The columns in parts that fit side by side, each with the first column, which names the rows."""
    least = [_least(table, at) for at in range(len(table.columns))]
    part, used = [0], least[0]
    for at in range(1, len(least)):
        if len(part) > 1 and used + least[at] > WIDE:
            yield tuple(part)
            part, used = [0], least[0]
        part.append(at)
        used += least[at]
    yield tuple(part)


def of_columns(table: Table, columns: tuple[int, ...]) -> Table:
    rows = tuple(tuple(row[at] for at in columns) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in columns), rows=rows)


def _least(table: Table, at: int) -> float:
    """The width below which a word of a column or a figure would be broken; a third of a slide at most."""
    whole = measure.width if table.columns[at].side == "right" else measure.longest_word
    words = [measure.longest_word(plain(table.columns[at].name), BODY, bold=True)]
    words += [whole(shown(row[at]), BODY) for row in table.rows]
    words += [measure.longest_word(plain(row[at].sub), SMALL) for row in table.rows]
    return min(max(words) + 2 * PAD_X + 1, WIDE / 3)


def _natural(table: Table, at: int) -> float:
    """The width at which no text of a column is wrapped."""
    lines = [measure.width(plain(table.columns[at].name), BODY, bold=True)]
    lines += [measure.width(shown(row[at]), BODY) for row in table.rows]
    lines += [measure.width(plain(row[at].sub), SMALL) for row in table.rows]
    return max(lines) + 2 * PAD_X + 1


def widths(table: Table) -> tuple[float, ...]:
    """Widths that fill the slide: what each column needs, and of the rest a share of what it would like."""
    places = range(len(table.columns))
    least, natural = [_least(table, at) for at in places], [_natural(table, at) for at in places]
    wish = [max(low, like) for low, like in zip(least, natural, strict=True)]
    spare = WIDE - sum(least)
    if spare <= 0:
        return tuple(width * WIDE / sum(least) for width in least)
    if sum(wish) <= WIDE:
        whole = sum(column.width for column in table.columns)
        rest = WIDE - sum(wish)
        return tuple(
            width + rest * column.width / whole for width, column in zip(wish, table.columns, strict=True)
        )
    asked = sum(wish) - sum(least)
    return tuple(low + spare * (like - low) / asked for low, like in zip(least, wish, strict=True))


def shown(cell: Cell) -> str:
    """What stands in a cell: the sign of its status, then its text."""
    text = plain(cell.text)
    return f"{SIGNS[cell.status]} {text}" if cell.status else text


def row_height(row: Sequence[Cell], widths: Sequence[float], *, bold: bool = False) -> float:
    """The height of a row in points."""

    def tall(cell: Cell, width: float) -> float:
        room = width - 2 * PAD_X
        sub = measure.height(plain(cell.sub), SMALL, room) if cell.sub else 0.0
        text = shown(cell)
        return sub + (measure.height(text, BODY, room, bold=bold) if text or not sub else 0.0)

    return max(tall(cell, width) for cell, width in zip(row, widths, strict=True)) + 2 * PAD_Y
