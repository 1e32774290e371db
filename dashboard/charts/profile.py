"""A profile: where areas stand among the UN Member States, one row per dimension or KPI."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, scatter

SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "x",
    "star",
    "hexagon",
    "pentagon",
    "bowtie",
)
ROW = 38
LEAST = 3  # KPIs with a fresh value, from which a row has a median


def summarise(standings: pd.DataFrame, by: str = "dimension") -> pd.DataFrame:
    """Median percentile per `by` and n, the KPIs it rests on; of fewer than LEAST KPIs it is missing.

    Rows without a percentile do not count. One KPI more or less would turn the median of two.
    """
    known = standings.dropna(subset=["percentile"]).groupby(by, sort=False)
    found = known.agg(percentile=("percentile", "median"), n=("kpi", "nunique")).reset_index()
    return found.assign(percentile=found["percentile"].where(found["n"] >= LEAST))


def figure(
    rows: pd.DataFrame,
    dots: pd.DataFrame,
    ctx: Context,
    *,
    areas: list[tuple[str, str]],
    focus: bool = True,
    row_height: int = ROW,
) -> Chart:
    """The dot plot.

    rows: row, label, in the order shown, and where wanted `note`, a second line in small type. dots: id, row,
    percentile (0-100, 100 best), kind ("main", "peer" or "single": one KPI of the row), said (what the
    pointer says). areas: (id, name) of the main dots; with `focus` there is one and it is drawn in the accent
    colour, else each has its colour and symbol.
    """
    fig = ctx.drawing(len(rows) * row_height + 44)
    places = {row: at for at, row in enumerate(rows["row"])}
    at = dots["row"].map(places)
    for kind, symbol, size, colour in (
        ("single", "line-ns-open", 9, ctx.look.peers),
        ("peer", "diamond-open", 11, ctx.look.ink),
    ):
        chosen = dots["kind"] == kind
        fig.add_trace(_dots(dots[chosen], at[chosen], colour, symbol, size))
    for number, (area, _) in enumerate(areas):
        chosen = (dots["kind"] == "main") & (dots["id"] == area)
        colour = ctx.look.accent if focus else ctx.look.series[number % len(ctx.look.series)]
        symbol = "circle" if focus else SYMBOLS[number % len(SYMBOLS)]
        fig.add_trace(_dots(dots[chosen], at[chosen], colour, symbol, 15 if focus else 12))
    fig.update_xaxes(range=[-2, 102], tickvals=[0, 25, 50, 75, 100], side="top", showline=False)
    fig.update_yaxes(
        tickvals=list(places.values()),
        ticktext=_ticks(rows, ctx),
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showline=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.update_layout(margin={"t": 30, "b": 4})
    return fig.chart()


def _ticks(rows: pd.DataFrame, ctx: Context) -> list[str]:
    if "note" not in rows:
        return list(rows["label"])
    small = f'<br><span style="font-size:12px;color:{ctx.look.muted}">{{}}</span>'
    return [f"{row.label}{small.format(row.note)}" for row in rows.itertuples()]


def _dots(rows: pd.DataFrame, at: pd.Series, colour: str, symbol: str, size: int) -> Trace:
    return scatter(
        x=rows["percentile"],
        y=at,
        mode="markers",
        customdata=rows["said"],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}},
    )


def legend(areas: list[tuple[str, str]], ctx: Context) -> str:
    """Legend of a profile of several areas, as HTML: symbol in the area's colour, and its name."""
    marks = "●■◆▲✚✖★⬢⬟⧓"
    parts = [
        f'<li><b style="color:{ctx.look.series[at % len(ctx.look.series)]}" aria-hidden="true">'
        f"{marks[at % len(marks)]}</b> {name}</li>"
        for at, (_, name) in enumerate(areas)
    ]
    return f'<ul class="legend">{"".join(parts)}</ul>'


def alt(rows: pd.DataFrame, dots: pd.DataFrame, ctx: Context, *, areas: list[tuple[str, str]]) -> str:
    """The profile in words: the percentile of each area in each row that has one."""
    said = []
    main = dots[dots["kind"] == "main"]
    for area, name in areas:
        own = main[main["id"] == area].set_index("row")["percentile"]
        parts = [
            f"{row.label} {ctx.number(own.get(row.row))}"
            for row in rows.itertuples()
            if pd.notna(own.get(row.row, None))
        ]
        said.append(f"{name}: {', '.join(parts) or ctx.t('no data')}")
    return ctx.t("Profile by percentile among UN Member States (100 is best). {areas}.").format(
        areas="; ".join(said)
    )
