"""Share of KPIs with a fresh value as a heat map, country by dimension, and as a table."""

from __future__ import annotations

import textwrap

import pandas as pd
from markupsafe import Markup

from dashboard.charts import classes, marks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Trace, heatmap, scatter
from dashboard.charts.scalars import strings

ROW, MOST_ROWS = 26, 16  # pixels per country; countries drawn at most
NAME_NARROW = 20  # characters of a name on a phone, which leaves room for 100 in a cell
STEP = 20  # per cent: the width of each of the five classes
BOUNDS = (20.0, 40.0, 60.0, 80.0)  # per cent: where each class but the lowest begins
ALL = "all"  # the column of all KPIs, by which the countries are ordered


def ordered(cells: pd.DataFrame) -> list[str]:
    """The countries, the one with the lowest share first. cells: ref_area, kpis, fresh."""
    return strings(totals(cells).sort_values(kind="stable").index)


def totals(cells: pd.DataFrame) -> pd.Series[float]:
    """Per cent of all KPIs with a fresh value by ref_area, as in the headline. cells: as in `ordered`."""
    total = cells.groupby("ref_area")[["fresh", "kpis"]].sum()
    return 100 * total["fresh"] / total["kpis"]


def figure(cells: pd.DataFrame, labels: dict[str, str], ctx: Context, *, mine: str | None = None) -> Chart:
    """Five classes with the percentage in each cell, all KPIs first.

    Of a large group the countries with the lowest shares are drawn. cells: ref_area, name, dimension, kpis,
    fresh; labels: dimensions in their order. mine: the reader's own country, marked, and below the others
    where it is not among them.
    """
    codes = _drawn(ordered(cells), mine)
    names = cells.drop_duplicates("ref_area").set_index("ref_area")["name"]
    said = _said(names[codes], ctx)
    rows = [f"<b>▸ {said[code]}</b>" if code == mine else said[code] for code in codes]
    columns = {ALL: ctx.t("All KPIs"), **labels}
    width = 99 if ctx.narrow else 12  # characters
    heads = ["<br>".join(textwrap.wrap(label, width, break_long_words=False)) for label in columns.values()]
    shares = _shares(cells).reindex(index=codes, columns=list(columns))
    drawing = ctx.drawing(len(codes) * ROW + (120 if ctx.narrow else 64))
    drawing.add_traces([_tiles(heads, rows, shares, ctx), _numbers(heads, rows, shares, ctx)])
    axis = {
        "showgrid": False,
        "automargin": True,
        "tickfont": {"size": 12, "color": ctx.look.ink},
        "linecolor": ctx.look.paper,
    }
    drawing.update_xaxes(side="top", tickangle=-90 if ctx.narrow else 0, **axis)
    drawing.update_yaxes(autorange="reversed", **axis)
    return drawing.chart()


def _said(names: pd.Series, ctx: Context) -> dict[str, str]:
    """The names by code, on a phone without what takes the room of the cells; no two alike: each is a row."""
    if not ctx.narrow:
        return {str(code): str(name) for code, name in names.items()}
    short = names.map(lambda name: marks.shortened(str(name), NAME_NARROW))
    return {str(code): str(name) for code, name in short.where(~short.duplicated(keep=False), names).items()}


def _drawn(codes: list[str], mine: str | None) -> list[str]:
    """The countries that are drawn, the reader's own among them."""
    first = codes[:MOST_ROWS]
    return [*first, mine] if mine in codes and mine not in first else first


def _shares(cells: pd.DataFrame) -> pd.DataFrame:
    """Per cent of KPIs with a fresh value, one row per country, one column per dimension, and `ALL`."""
    share = (100 * cells["fresh"] / cells["kpis"]).groupby([cells["ref_area"], cells["dimension"]]).first()
    return share.unstack().assign(**{ALL: totals(cells)})


def _tiles(heads: list[str], rows: list[str], shares: pd.DataFrame, ctx: Context) -> Trace:
    scale = [
        [edge / len(ctx.look.classes), colour]
        for number, colour in enumerate(ctx.look.classes)
        for edge in (number, number + 1)
    ]
    cells = shares.to_numpy()
    return heatmap(
        x=heads,
        y=rows,
        z=cells,
        zmin=0,
        zmax=100,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[ctx.percentage(share) for share in row] for row in cells],
        hovertemplate="<b>%{y}</b><br>%{x}: %{text}<extra></extra>",
    )


def _numbers(heads: list[str], rows: list[str], shares: pd.DataFrame, ctx: Context) -> Trace:
    """The percentage in each cell, in the colour that reads well on its class."""
    cells = shares.to_numpy().ravel()
    last = len(ctx.look.on_classes) - 1
    return scatter(
        x=heads * len(rows),
        y=[row for row in rows for _head in heads],
        mode="text",
        text=[ctx.number(share) for share in cells],
        textfont={
            "size": 12,
            "color": [ctx.look.on_classes[min(int(share // STEP), last)] for share in cells],
        },
        hoverinfo="skip",
    )


def legend(kpi: KpiView, ctx: Context) -> str:
    """The five classes as HTML. kpi: the share of KPIs, its classes beginning at `BOUNDS`."""
    shades = classes.classify(pd.Series(dtype=float), kpi)
    item = Markup('<li><i style="background:{}"></i>{}</li>')
    rows = zip(shades.fills(ctx.look), classes.labels(shades, kpi, ctx), strict=True)
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(item.format(*row) for row in rows))


def alt(cells: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The heat map in words: the median share of each dimension."""
    medians = (cells["fresh"] / cells["kpis"]).groupby(cells["dimension"]).median()
    parts = [f"{label} {ctx.percent(medians[dimension])}" for dimension, label in labels.items()]
    lead = ctx.t("Share of KPIs with a fresh value by country and dimension; median over the countries:")
    return f"{lead} {', '.join(parts)}."
