"""Small multiples: a panel for each area, all on the same scales, names above them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.context import Context
from dashboard.charts.figure import Drawing, Trace

TITLE = 26  # pixels above a panel, for its name
FOOT = 8  # pixels below a panel
TICKS = 22  # pixels below the lowest panels, for their axis
BESIDE = 0.025  # of the width, between two panels
WIDE, NARROW = 112, 50  # characters above all panels of a row, beside the side bar and on a phone


@dataclass(frozen=True)
class Grid:
    """Panels in columns. height: pixels of one, with its title."""

    n: int
    columns: int
    height: int

    @property
    def rows(self) -> int:
        """Rows of panels."""
        return -(-self.n // self.columns)

    @property
    def total(self) -> int:
        """Pixels of the chart."""
        return self.rows * self.height + TICKS

    def lowest(self, at: int) -> bool:
        """Whether no panel stands below."""
        return at + self.columns >= self.n

    def first(self, at: int) -> bool:
        """Whether a panel stands at the left edge."""
        return at % self.columns == 0


def grid(n: int, height: int, ctx: Context, *, narrow_columns: int = 2) -> Grid:
    """The grid of n panels: as few rows as leave each some room; on a phone `narrow_columns`."""
    wide = next(columns for columns in (1, 2, 3, 4, 5) if columns * 2 >= n or columns == 5)
    return Grid(n, narrow_columns if ctx.narrow else wide, height)


def room(panels: Grid, ctx: Context) -> int:
    """Characters that a panel holds above itself."""
    return (NARROW if ctx.narrow else WIDE) // panels.columns


def traces(panel: int, drawn: list[Trace]) -> list[Trace]:
    """Traces, each sent to a panel."""
    suffix = _suffix(panel)
    return [trace | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"} for trace in drawn]


def lay_out(
    fig: Drawing,
    panels: Grid,
    titles: list[str],
    x: dict[str, object],
    y: dict[str, object],
    ctx: Context,
) -> None:
    """Places the panels with their titles. x, y: what their axes share; numbers stand at the outer ones."""
    whole = panels.rows * panels.height
    for at, title in enumerate(titles):
        row, column = divmod(at, panels.columns)
        suffix, width = _suffix(at), (1 + BESIDE) / panels.columns
        top = 1 - row / panels.rows - TITLE / whole
        bottom = 1 - (row + 1) / panels.rows + FOOT / whole
        left, right = column * width, min((column + 1) * width - BESIDE, 1.0)
        fig.update_layout(
            **{
                f"xaxis{suffix}": x
                | {"domain": [left, right], "anchor": f"y{suffix}", "showticklabels": panels.lowest(at)},
                f"yaxis{suffix}": y
                | {"domain": [bottom, top], "anchor": f"x{suffix}", "showticklabels": panels.first(at)},
            }
        )
        fig.add_annotation(
            text=title,
            x=0,
            y=1,
            xref=f"x{suffix} domain",
            yref=f"y{suffix} domain",
            xanchor="left",
            yanchor="bottom",
            yshift=2,
            showarrow=False,
            font={"color": ctx.look.ink, "size": 14},
        )
    fig.update_layout(margin={"l": 8, "r": 8, "t": 2, "b": TICKS})


def _suffix(panel: int) -> str:
    return "" if panel == 0 else str(panel + 1)
