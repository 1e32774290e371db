"""A profile: where areas stand among the UN Member States, one row per dimension or KPI."""

from __future__ import annotations

from statistics import median

import numpy as np
import pandas as pd

from dashboard.charts import marks, panels
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
PANEL_ROW = 21  # pixels of a row in a panel
LEAST = 3  # KPIs with a fresh value, from which a row has a median


def summarise(standings: pd.DataFrame, by: str = "dimension") -> pd.DataFrame:
    """Median percentile per `by` and n, the KPIs it rests on; of fewer than LEAST KPIs it is missing.

    Rows without a percentile do not count. One KPI more or less would turn the median of two.
    """
    held = standings["percentile"].to_numpy(dtype=float)
    counts = ~np.isnan(held)
    held, kpis = held[counts], standings["kpi"].to_numpy(dtype=object)[counts]
    at, names = pd.factorize(standings[by].to_numpy(dtype=object)[counts])
    parts = [(held[at == number], len(set(kpis[at == number]))) for number in range(len(names))]
    return pd.DataFrame(
        {
            by: list(names),
            "percentile": [np.median(of_row) if n >= LEAST else np.nan for of_row, n in parts],
            "n": [n for _, n in parts],
        }
    )


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
        is_drawn = dots["kind"] == kind
        fig.add_trace(_dots(dots[is_drawn], at[is_drawn], colour, symbol, size))
    for number, (area, _) in enumerate(areas):
        is_drawn = (dots["kind"] == "main") & (dots["id"] == area)
        colour = ctx.look.accent if focus else ctx.look.series[number % len(ctx.look.series)]
        symbol = "circle" if focus else SYMBOLS[number % len(SYMBOLS)]
        fig.add_trace(_dots(dots[is_drawn], at[is_drawn], colour, symbol, 15 if focus else 12))
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


def small_multiples(
    rows: pd.DataFrame, dots: pd.DataFrame, ctx: Context, *, areas: list[tuple[str, str]], own: str = ""
) -> Chart:
    """A panel for each area that has a mark: its dots before the range of the others, and their median.

    rows, dots: as of `figure`, all dots of kind "main". own: the area in the accent colour; without one all
    dots have that colour.
    """
    present = [(area, name) for area, name in areas if (dots["id"] == area).any()]
    grid = panels.grid(
        len(present), len(rows) * PANEL_ROW + panels.TITLE + panels.FOOT, ctx, narrow_columns=1
    )
    fig = ctx.drawing(grid.total)
    places = {row: at for at, row in enumerate(rows["row"])}
    for at, (area, _name) in enumerate(present):
        mine = dots[dots["id"] == area]
        colour = ctx.look.accent if area == own or not own else ctx.look.ink
        behind = _others(dots[dots["id"] != area], places, ctx)
        drawn = [*behind, _dots(mine, mine["row"].map(places), colour, "circle", 11)]
        fig.add_traces(panels.traces(at, drawn))
    x: dict[str, object] = {"range": [-4, 104], "tickvals": [0, 50, 100], "showline": False}
    y: dict[str, object] = {
        "tickvals": list(places.values()),
        "ticktext": list(rows["label"]),
        "range": [len(rows) - 0.4, -0.6],
        "automargin": True,
        "showline": False,
        "tickfont": {"color": ctx.look.ink, "size": 13},
    }
    most = panels.room(grid, ctx)
    names = [f"<b>{marks.shortened(name, most)}</b>" for _area, name in present]
    fig.fill(least=grid.total)
    panels.lay_out(fig, grid, names, x, y, ctx)
    return fig.chart()


def _others(others: pd.DataFrame, places: dict[str, int], ctx: Context) -> list[Trace]:
    """The range of the others in each row as a bar, their median as a tick."""
    percentiles: dict[str, list[float]] = {}
    for row, percentile in zip(others["row"], others["percentile"], strict=True):
        percentiles.setdefault(row, []).append(percentile)
    x: list[float | None] = []
    y: list[float | None] = []
    for row, of_row in percentiles.items():
        x += [min(of_row), max(of_row), None]
        y += [places[row], places[row], None]
    bar = {"color": ctx.look.pale, "width": 7}
    tick = {"symbol": "line-ns-open", "size": 11, "color": ctx.look.peers, "line": {"width": 2}}
    return [
        scatter(x=x, y=y, mode="lines", line=bar, connectgaps=False, hoverinfo="skip"),
        scatter(
            x=[median(of_row) for of_row in percentiles.values()],
            y=[places[row] for row in percentiles],
            mode="markers",
            marker=tick,
            hoverinfo="skip",
        ),
    ]


def panels_legend(ctx: Context) -> str:
    """What the marks of a panel are, as HTML."""
    look = ctx.look
    bar = f"display:inline-block;width:1.6em;height:.5em;border:0;background:{look.pale}"
    tick = f'<b style="color:{look.peers}" aria-hidden="true">│</b>'
    parts = (
        f'<b aria-hidden="true">●</b> {ctx.t("the country or group named above the panel")}',
        f'<i style="{bar}"></i>{ctx.t("from the lowest to the highest of the others")}',
        f"{tick} {ctx.t('median of the others')}",
    )
    return f'<ul class="legend">{"".join(f"<li>{part}</li>" for part in parts)}</ul>'


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
    sentences = []
    main = dots[dots["kind"] == "main"]
    for area, name in areas:
        of_area = main[main["id"] == area].set_index("row")["percentile"]
        parts = [
            f"{row.label} {ctx.number(of_area.get(row.row))}"
            for row in rows.itertuples()
            if pd.notna(of_area.get(row.row, None))
        ]
        sentences.append(f"{name}: {', '.join(parts) or ctx.t('no data')}")
    return ctx.t("Profile by percentile among UN Member States (100 is best). {areas}.").format(
        areas="; ".join(sentences)
    )
