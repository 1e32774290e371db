"""Two years drawn: as two dots in a row (dumbbell), or as a line between two axes (slope)."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.compare.moved import signed
from dashboard.app_pages.compare.years import Span
from dashboard.charts import marks, own_values
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row, records
from dashboard.charts.trend import spread

ROW = 25  # pixels
NAME, NAME_NARROW = 30, 20  # characters of a name, of one on a phone
DOT_NAME = 34  # beside dots: "Saint Vincent and the Grenadines" is whole
LABEL = 16  # pixels between two labels of a slope
EDGES = 56  # pixels of its height that are none of its axis
HEAD = 14  # pixels at the head of the axis that labels leave to the years
CLOSE = 4  # pixels that a label may be moved without a connector to its line
BESIDE, CONNECTED = 10, 26  # pixels from the end of a line to a label without and with a connector
TALLEST = 620  # pixels of a slope
ALL_NAMED = 24  # of more lines, only the ends and the own country are named
ENDS = 5  # of them at either end


def dumbbell(rows: pd.DataFrame, kpi: KpiView, span: Span, ctx: Context, *, own: str = "") -> Chart:
    """A row for each area: a ring at the first year, a dot at the last, and the change at the right edge.

    rows: id, name, first, last, change. Rows that fell have a dashed line; `own` is in the accent colour.
    """
    fig = ctx.drawing(len(rows) * ROW + 40)
    at = list(range(len(rows)))
    fig.add_traces(_joins(rows, ctx, own))
    tooltips = [_tooltip(row, kpi, span, ctx) for row in records(rows)]
    shapes = ["diamond" if own_values.is_line(row_id) else "circle" for row_id in rows["id"]]
    for column, ending, size in (("first", "-open", 9), ("last", "", 11)):
        fig.add_trace(
            scatter(
                x=rows[column],
                y=at,
                mode="markers",
                customdata=tooltips,
                hovertemplate="%{customdata}<extra></extra>",
                marker={
                    "symbol": [shape + ending for shape in shapes],
                    "size": size,
                    "opacity": 1,
                    "color": [_colour(row, ctx, own) for row in records(rows)],
                    "line": {"width": 2, "color": [_colour(row, ctx, own) for row in records(rows)]},
                },
            )
        )
    fig.update_xaxes(side="top", showline=False, nticks=4 if ctx.narrow else 7, domain=[0, 1])
    fig.update_yaxes(
        tickvals=at,
        ticktext=[_name(row, ctx, own) for row in records(rows)],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showline=False,
        showgrid=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.add_annotations([_change(row, y, kpi, ctx, own) for y, row in enumerate(records(rows))])
    longest = max((len(signed(change, kpi, ctx)) for change in rows["change"]), default=0)
    fig.update_layout(margin={"t": 30, "b": 4, "r": 24 + 7 * (longest + 2)})
    fig.fill_rows(len(rows))
    return fig.chart()


def _joins(rows: pd.DataFrame, ctx: Context, own: str) -> list[Trace]:
    """The lines between both dots of each row."""
    return [
        scatter(
            x=[row["first"], row["last"]],
            y=[y, y],
            mode="lines",
            hoverinfo="skip",
            line={
                "color": _colour(row, ctx, own),
                "width": 4 if row["id"] == own else 2.5,
                "dash": _dash(row),
            },
        )
        for y, row in enumerate(records(rows))
    ]


def _change(row: Row, y: int, kpi: KpiView, ctx: Context, own: str) -> dict[str, object]:
    text = f"{_arrow(row['change'])} {signed(row['change'], kpi, ctx)}"
    return {
        "x": 1,
        "xref": "paper",
        "y": y,
        "xanchor": "left",
        "xshift": 12,
        "showarrow": False,
        "text": f"<b>{text}</b>" if row["id"] == own else text,
        "font": {"color": ctx.look.ink, "size": 13},
    }


def slope(rows: pd.DataFrame, kpi: KpiView, span: Span, ctx: Context, *, own: str = "") -> Chart:
    """A line for each area from the first year to the last, named at its ends. rows: as of `dumbbell`.

    Of many lines only those that changed most and least are named, and `own`; on a phone at the right end
    alone, and at the left no more than the value of `own`, or the lines would have no room.
    """
    height = min(max(340, len(rows) * LABEL + 60), TALLEST)
    fig = ctx.drawing(height)
    for row in sorted(records(rows), key=lambda row: row["id"] == own):
        fig.add_trace(_line(row, kpi, span, ctx, own))
    named = _named(rows, own)
    low, high = _range(rows)
    at_left = named[named["id"] == own] if ctx.narrow else named
    for labelled, column, x, side in ((at_left, "first", 0, "right"), (named, "last", 1, "left")):
        _label(fig, labelled, column, x, side, (height - EDGES) / (high - low), low, kpi, ctx, own)
    fig.update_xaxes(
        range=[0, 1],
        tickvals=[0, 1],
        ticktext=[f"<b>{year}</b>" for year in span],
        side="top",
        showline=False,
        gridcolor=ctx.look.outline,
    )
    fig.update_yaxes(range=[low, high], visible=False)
    left, right = (20 if at_left.empty else 64, 212) if ctx.narrow else (230, 230)
    fig.update_layout(margin={"l": left, "r": right, "t": 36, "b": EDGES - 36})
    return fig.chart()


def _line(row: Row, kpi: KpiView, span: Span, ctx: Context, own: str) -> Trace:
    colour = _colour(row, ctx, own)
    return scatter(
        x=[0, 1],
        y=[row["first"], row["last"]],
        mode="lines+markers",
        cliponaxis=False,
        line={
            "color": colour,
            "width": 3.5 if row["id"] == own else 2,
            "dash": _dash(row),
        },
        marker={
            "size": 7,
            "color": colour,
            "symbol": "diamond" if own_values.is_line(row["id"]) else "circle",
        },
        customdata=[_tooltip(row, kpi, span, ctx)] * 2,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _named(rows: pd.DataFrame, own: str) -> pd.DataFrame:
    if len(rows) <= ALL_NAMED:
        return rows
    order = range(len(rows))
    is_end = [at < ENDS or at >= len(rows) - ENDS for at in order]
    return rows[pd.Series(is_end, index=rows.index) | (rows["id"] == own)]


def _range(rows: pd.DataFrame) -> tuple[float, float]:
    values = pd.concat([rows["first"], rows["last"]])
    low, high = float(values.min()), float(values.max())
    pad = (high - low or abs(high) or 1) * 0.04
    return low - pad, high + pad


def _label(
    fig: Drawing,
    rows: pd.DataFrame,
    column: str,
    x: int,
    side: str,
    scale: float,
    low: float,
    kpi: KpiView,
    ctx: Context,
    own: str,
) -> None:
    """Names and values at one end of the lines, pushed apart; on a phone no names at the left.

    scale: pixels of one unit.
    """
    places = [(value - low) * scale for value in rows[column]]
    top = scale * (_range(rows)[1] - low) - HEAD
    shifts = [to - place for to, place in zip(spread(places, LABEL, top), places, strict=True)]
    beside = CONNECTED if any(abs(shift) > CLOSE for shift in shifts) else BESIDE
    for row, shift in zip(records(rows), shifts, strict=True):
        text = ctx.value(row[column], kpi)
        if x == 1 or not ctx.narrow:
            text = f"{marks.shortened(row['name'], NAME_NARROW if ctx.narrow else NAME - 8)} {text}"
        fig.add_annotation(
            x=x,
            y=row[column],
            ax=-beside if x == 0 else beside,
            ay=-shift,
            xanchor=side,
            yanchor="middle",
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=ctx.look.peers,
            standoff=5,
            text=f"<b>{text}</b>" if row["id"] == own else text,
            font={"color": _colour(row, ctx, own) if row["id"] == own else ctx.look.ink, "size": 13},
        )


def legend(span: Span, ctx: Context, *, is_slope: bool, with_own_figures: bool = False) -> str:
    """What the marks of two dots, or the lines of a slope, mean, as HTML."""
    since, until = span
    parts = [f"○ {since}", f"● {until}", ctx.t("▲ rose"), ctx.t("▼ fell, dotted line")]
    if is_slope:
        parts = [ctx.t("— rose"), ctx.t("⋯ fell, dotted line")]
    if with_own_figures:
        parts.append(f"◆ {ctx.t('own figure')}")
    return f'<ul class="legend">{"".join(f"<li>{part}</li>" for part in parts)}</ul>'


def _colour(row: Row, ctx: Context, own: str) -> str:
    return ctx.look.accent if own_values.area_of(row["id"]) == own or not own else ctx.look.peers


def _dash(row: Row) -> str:
    """Own values have a line of their own, rows that fell another."""
    if own_values.is_line(row["id"]):
        return "longdash"
    return "dot" if row["change"] < 0 else "solid"


def _arrow(change: float) -> str:
    return "▲" if change > 0 else "▼" if change < 0 else "="


def _name(row: Row, ctx: Context, own: str) -> str:
    if ctx.narrow and own_values.is_line(row["id"]):
        return ctx.t("own figure")  # its area stands above it
    name = marks.shortened(row["name"], NAME_NARROW if ctx.narrow else DOT_NAME)
    return f"<b>{name}</b>" if row["id"] == own else name


def _tooltip(row: Row, kpi: KpiView, span: Span, ctx: Context) -> str:
    first, last = ctx.value(row["first"], kpi), ctx.value(row["last"], kpi)
    change = signed(row["change"], kpi, ctx)
    return f"<b>{row['name']}</b><br>{span[0]}: {first}<br>{span[1]}: {last}<br>{change}"
