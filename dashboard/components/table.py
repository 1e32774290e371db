"""Real tables: semantic, escaped HTML with a caption, scopes and right-aligned tabular figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from dashboard.charts.context import MISSING
from dashboard.components.links import anchor


@dataclass(frozen=True)
class Html:
    """A piece of HTML that is already safe (a link, a sparkline)."""

    markup: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether it holds figures, and the address its heading leads to, if any.

    answer: what the reader comes for; where a narrow screen shows the rows as cards (static/phone.js), it
    stands beside the heading of the row, without its own.
    """

    title: str
    figures: bool = False
    to: str = ""
    answer: bool = False

    @property
    def attributes(self) -> str:
        """As attributes of its heading."""
        return " ".join(
            text for text, holds in (('class="e-num"', self.figures), ("data-answer", self.answer)) if holds
        )


Cell = str | Markup | Html
LONG = 8  # rows from which on a table can be sorted by its headings
FEW = 18  # rows up to which a tall table needs no box of its own: two or three more than one holds


def markup(cell: Cell, no_data: str = "") -> str:
    """A cell as HTML: text is escaped, figures are kept, the dash has words for screen readers."""
    if isinstance(cell, Html):
        return cell.markup
    if cell == MISSING and no_data:
        return f'<span aria-hidden="true">{MISSING}</span><span class="e-sr">{escape(no_data)}</span>'
    return escape(cell)


def _heading(column: Column) -> str:
    if not column.to:
        return escape(column.title)
    return anchor(column.to, column.title)


def html(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    marked: frozenset[int] = frozenset(),
    sections: Mapping[int, str] | None = None,
    tall: bool = False,
    wide: bool = False,
    whole: bool = True,
    no_data: str = "",
    style: str = "",
) -> Markup:
    """The table as HTML. The first cell of a row is its heading, on the left even where it is a figure.

    marked: rows in bold. sections: headings by the number of the row they stand above; each starts a group
    of rows. tall: scrolls within itself if it has more than FEW rows. wide: the layout of the table of all
    KPIs. style: another layout, a class of the style sheet. no_data: what is said for the dash of a missing
    value.

    A long table is sorted in the browser by its headings (static/sort.js), within its sections. whole: False
    where further rows stand on other pages of the table, which that would pass over in silence.
    """
    columns = [replace(column, figures=column.figures and at > 0) for at, column in enumerate(columns)]
    kind = ['class="e-num"' if column.figures else "" for column in columns]
    head = "".join(f'<th scope="col" {column.attributes}>{_heading(column)}</th>' for column in columns)
    body = []
    for number, row in enumerate(rows):
        if sections and number in sections:
            body.append(
                f'</tbody><tbody><tr class="e-group"><th scope="rowgroup" colspan="{len(columns)}">'
                f"{escape(sections[number])}</th></tr>"
            )
        cells = [f'<th scope="row">{markup(row[0], no_data)}</th>']
        cells += [f"<td {kind[at]}>{markup(cell, no_data)}</td>" for at, cell in enumerate(row) if at]
        body.append(f"<tr{' class=e-on' if number in marked else ''}>{''.join(cells)}</tr>")
    label = escape(caption)
    box = f"e-scroll{' e-tall' if tall else ''}{' e-few' if tall and len(rows) <= FEW else ''}"
    layout = "e-table e-wide" if wide else f"e-table {style}".strip()
    sorts = " data-sort" if whole and len(rows) >= LONG else ""
    return Markup(  # noqa: S704 - captions, headings and cells are escaped above
        f'<div class="{box}" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="{layout}"{sorts}><caption>{label}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
