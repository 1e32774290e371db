"""A ranking: bars with names for a group, a skyline of thin bars for the whole world."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, levels, marks, ranks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, bar
from dashboard.charts.scalars import records
from dashboard.charts.world_map import hover

MOST_NAMED = 48  # more rows than this become a skyline
ROW = 23  # pixels per named bar
EDGE, NAME = 0.12, 0.3  # of the width of a skyline: where a name would run over its end, what a name takes


def ordered(table: pd.DataFrame, kpi: KpiView) -> pd.DataFrame:
    """Rows with a value, best first (for KPIs without a better side: highest first); ties by name."""
    present = table.dropna(subset=["obs_value"])
    if kpi.direction == "zero":  # a gap: parity first, whichever side leads
        return present.sort_values(["obs_value", "name"], key=_from_zero, ignore_index=True)
    rising = kpi.direction == "lower"
    return present.sort_values(["obs_value", "name"], ascending=[rising, True], ignore_index=True)


def _from_zero(column: pd.Series) -> pd.Series:
    return column.abs() if pd.api.types.is_numeric_dtype(column) else column


def figure(
    table: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    *,
    marked: frozenset[str] = frozenset(),
    height: int = 400,
    mine: str | None = None,
    peers: frozenset[str] = frozenset(),
    order: str = "",
) -> Chart:
    """The ranking of `table` (ref_area, name, obs_value, time_period, rank, n); `marked` areas in accent.

    mine: the reader's own country, named. peers: areas that are darker than the others. order: how the axis
    names the order of the countries, where "best first" is not the word.

    Coded answers are not ranked: they are counted by level.
    """
    if kpi.coded:
        return levels.counted(table, kpi, ctx)
    rows = ordered(table, kpi)
    if len(rows) <= MOST_NAMED:
        return _bars(rows, kpi, ctx, marked, mine)
    best = ctx.t("countries, best first") if kpi.direction != "context" else ctx.t("countries")
    return _skyline(rows, kpi, ctx, (marked, peers), height, mine, order or best)


def _bars(rows: pd.DataFrame, kpi: KpiView, ctx: Context, marked: frozenset[str], mine: str | None) -> Chart:
    def says(row: pd.Series) -> str:
        value = ctx.value(row.obs_value, kpi)
        if figures.old(kpi, row["time_period"], ctx):
            value = figures.words(row.obs_value, kpi, row["time_period"], ctx)
        if ctx.narrow or pd.isna(row["rank"]):  # a phone has no room for the place in the world
            return value
        few = f" {ctx.t('of {n}').format(n=ctx.number(row['n']))}" if ranks.of_few(row["n"]) else ""
        return f"{value}  ·  {ctx.t('world')} {int(row['rank'])}{few}"

    accent = [area in marked for area in rows["ref_area"]]
    names = [
        f"<b>▸ {at}. {name}</b>" if area == mine else f"{at}. {name}"
        for at, name, area in zip(_places(rows), rows["name"], rows["ref_area"], strict=True)
    ]
    fig = ctx.drawing(max(len(rows) * ROW + 16, 120))
    fig.add_trace(
        bar(
            y=names,
            x=rows["obs_value"],
            ids=marks.countries(rows["ref_area"]),
            orientation="h",
            width=0.72,
            marker={"color": [ctx.look.accent if on else ctx.look.peers for on in accent]},
            text=[says(row) for _, row in rows.iterrows()],
            textposition=["none" if value < 0 else "outside" for value in rows["obs_value"]],
            textfont={"color": ctx.look.ink, "size": 13},
            cliponaxis=False,
            customdata=hover(rows, kpi, ctx),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    for at, row in rows[rows["obs_value"] < 0].iterrows():  # on the other side of zero from its bar and name
        fig.add_annotation(
            x=0,
            y=names[int(str(at))],
            text=says(row),
            showarrow=False,
            xanchor="left",
            font={"color": ctx.look.ink, "size": 13},
        )
    low, high = min(0.0, rows["obs_value"].min()), max(0.0, rows["obs_value"].max())
    fig.update_xaxes(visible=False, range=[low, high + (high - low) * 0.35 or 1])
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        tickfont={"color": ctx.look.ink, "size": 14},
        showgrid=False,
        linecolor=ctx.look.paper,
    )
    return fig.chart()


def _places(rows: pd.DataFrame) -> list[int]:
    """Competition ranks within the rows as they stand: equal values share the better place (1, 2, 2, 4)."""
    places: list[int] = []
    for at, value in enumerate(rows["obs_value"]):
        same = at > 0 and value == rows["obs_value"].iloc[at - 1]
        places.append(places[-1] if same else at + 1)
    return places


def _skyline(
    rows: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    set_off: tuple[frozenset[str], frozenset[str]],
    height: int,
    mine: str | None,
    order: str,
) -> Chart:
    marked, peers = set_off
    rest = ctx.look.rest if peers else ctx.look.peers
    fills = [
        ctx.look.accent if area in marked else ctx.look.peers if area in peers else rest
        for area in rows["ref_area"]
    ]
    fig = ctx.drawing(height)
    fig.add_trace(
        bar(
            x=list(range(1, len(rows) + 1)),
            y=rows["obs_value"],
            ids=marks.countries(rows["ref_area"]),
            width=0.8,
            marker={"color": fills},
            customdata=hover(rows, kpi, ctx),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    for at in rows.index[rows["ref_area"] == mine]:
        fig.add_annotation(**_name(rows, at, kpi, ctx), y=rows["obs_value"].iloc[at], ax=0, ay=-34)
    if not _beside(rows, 0, mine):
        name = _name(rows, 0, kpi, ctx)
        fig.add_annotation(**name, y=rows["obs_value"].iloc[0], showarrow=False, yanchor="bottom")
    median_line(fig, rows["obs_value"].median(), kpi, ctx)
    fig.update_xaxes(
        title={"text": order, "standoff": 6}, showgrid=False, range=[0, len(rows) + 1], automargin=True
    )
    fig.update_yaxes(title={"text": kpi.unit}, rangemode="tozero", automargin=True)
    fig.update_layout(margin={"b": 44, "t": 22})
    return fig.chart()


def _name(rows: pd.DataFrame, at: int, kpi: KpiView, ctx: Context) -> dict[str, object]:
    """The name and value of a row over its bar, towards the middle of the chart."""
    share = at / max(len(rows) - 1, 1)
    row = rows.iloc[at]
    return {
        "x": at + 1,
        "xanchor": "left" if share < EDGE else "right" if share > 1 - EDGE else "center",
        "text": f"<b>{row['name']}</b> " + figures.words(row["obs_value"], kpi, row["time_period"], ctx),
        "arrowcolor": ctx.look.accent,
        "bgcolor": ctx.look.paper,
    }


def _beside(rows: pd.DataFrame, at: int, mine: str | None) -> bool:
    """Whether the name of a row would lie over that of the reader's own country."""
    return any(abs(place - at) < NAME * len(rows) for place in rows.index[rows["ref_area"] == mine])


def alt(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """The ranking in words: the first three and the last."""
    rows = ordered(table, kpi)
    if rows.empty:
        return ctx.t("Ranking by {kpi}: no data.").format(kpi=kpi.name)
    if kpi.coded:
        return levels.counted_alt(rows, kpi, ctx)
    named = [
        f"{row['name']} {figures.words(row['obs_value'], kpi, row['time_period'], ctx)}"
        for row in records(pd.concat([rows.head(3), rows.tail(1)]))
    ]
    return ctx.t("Ranking of {n} countries by {kpi}. First: {first}. Last: {last}.").format(
        n=ctx.number(len(rows)), kpi=kpi.name, first="; ".join(named[:-1]), last=named[-1]
    )


def median_line(fig: Drawing, middle: float, kpi: KpiView, ctx: Context) -> None:
    """The median of a ranking: a dotted line across all bars, named at its right end."""
    fig.add_hline(y=middle, line={"color": ctx.look.ink, "width": 1, "dash": "dot"})
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="right",
        y=middle,
        yanchor="bottom",
        showarrow=False,
        text=f"{ctx.t('median')} {ctx.value(middle, kpi)}",
        bgcolor=ctx.look.paper,
    )
