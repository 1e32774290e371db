"""The world: a choropleth with a marker for every small State, so that no member is invisible."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, insets, levels, marks, own, ranks, zooms
from dashboard.charts.classes import Classes, classify
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, choropleth, scattergeo
from dashboard.charts.scalars import records
from dashboard.charts.zooms import Zoom

# Members too small to see on a screen, so they get a marker as well.
SMALL_STATES = frozenset(
    [
        "AND",
        "ATG",
        "BHR",
        "BRB",
        "COM",
        "CPV",
        "DMA",
        "FSM",
        "GRD",
        "KIR",
        "KNA",
        "LCA",
        "LIE",
        "MCO",
        "MDV",
        "MHL",
        "MLT",
        "MUS",
        "NRU",
        "PLW",
        "SGP",
        "SMR",
        "STP",
        "SYC",
        "TON",
        "TUV",
        "VCT",
        "WSM",
    ]
)
WORLD = (
    110  # Plotly's name of the light outlines (kpis/sources/outlines.py), which hold all that 1:50 m holds
)
MISSING_LINE = 0.7  # pixels; the style sheet knows areas without a value by this width and hatches them
# Markers set beside a neighbour they would hide (degrees).
MOVED = {"KNA": (17.8, -63.6), "ATG": (17.5, -60.9), "VCT": (13.2, -61.9), "BRB": (13.2, -58.6),
         "GRD": (11.6, -62.6), "LCA": (14.4, -60.4), "DMA": (15.6, -61.9), "MCO": (43.3, 8.0),
         "SMR": (43.9, 12.9), "LIE": (47.2, 9.6), "AND": (42.2, 1.2)}  # fmt: skip

SIZE, SIZE_IN_PART = 9, 14  # pixels of a small State's mark
# Where the name of a State stands that has a neighbour at its right.
SIDES = {
    **dict.fromkeys(("KNA", "DMA", "VCT", "GRD"), "middle left"),
    "FSM": "bottom center",
    "MHL": "top center",
    "ATG": "top center",  # a phone has no room at its right
}


def hover(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> list[str]:
    """What the pointer says of each area: name, value with year and age, rank or who else is at its level."""
    tied = table.groupby("obs_value")["obs_value"].transform("size") if kpi.coded else table["n"]
    return [
        _hover(name, amount, year, rank, n, level, kpi, ctx)
        for name, amount, year, rank, n, level in zip(
            table["name"],
            table["obs_value"],
            table["time_period"],
            table["rank"],
            table["n"],
            tied,
            strict=True,
        )
    ]


def _hover(
    name: str, amount: float, year: float, rank: float, n: float, tied: float, kpi: KpiView, ctx: Context
) -> str:
    if pd.isna(amount):
        return f"<b>{name}</b><br>{ctx.t('no data')}"
    line = f"<b>{name}</b><br>{ctx.named(amount, kpi)} · {figures.when(kpi, year, ctx)}"
    if kpi.coded:
        return f"{line}<br>{ranks.at_level(amount, tied, kpi, ctx)}"
    if pd.isna(rank):
        return line
    return line + "<br>" + ctx.t("rank {place}").format(place=ranks.place(rank, n, ctx))


def figure(
    table: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    *,
    height: int = 400,
    mine: str | None = None,
    zoom: str = zooms.WORLD,
    inset: bool = False,
) -> Chart:
    """The map. mine: the reader's own country, outlined and named.

    zoom: the part of the world (`zooms.ZOOMS`); in a part the small States are named. inset: small States of
    the world also as squares beside the land.

    table: one row per UN Member State shown (ref_area, name, lat, lon, obs_value, time_period, rank, n);
    a missing value is drawn as "no data" (hatched by the style sheet), an area not in the table as land.
    """
    table = table.assign(said=hover(table, kpi, ctx))
    classes = classify(table["obs_value"], kpi)
    fig = ctx.drawing(height)
    fig.add_trace(_missing(table[classes.of.isna()], ctx))
    fig.add_trace(_shapes(table.assign(step=classes.of).dropna(subset=["step"]), classes, ctx))
    part = zooms.part(zoom, narrow=ctx.narrow)
    elsewhere = insets.codes(insets.of(part)) if inset else set()
    placed = _placed(table.assign(step=classes.of), elsewhere)
    fig.add_trace(_markers(placed, classes, ctx, part, mine))
    fig.add_traces(_names_in_the_sea(table, ctx, part, mine))
    own_row = own.row_of(table, mine)
    is_named = part.named and not own.row_of(placed, mine).empty
    fig.add_traces(own.on_map(own_row, _place(own_row), ctx, small=mine in SMALL_STATES, named=not is_named))
    if inset:
        insets.draw(fig, part, table, classes, ctx, mine)
    outlines(fig, ctx, zoom)
    return fig.chart()


def _place(rows: pd.DataFrame) -> tuple[float, float]:
    """Latitude and longitude of the mark of the first row, if there is one."""
    return next((MOVED.get(row["ref_area"], (row["lat"], row["lon"])) for row in records(rows)), (0.0, 0.0))


def outlines(fig: Drawing, ctx: Context, zoom: str = zooms.WORLD) -> None:
    """Land without borders or names, as on every map here. zoom: the part of the world."""
    part = zooms.part(zoom, narrow=ctx.narrow)
    fig.update_geos(
        resolution=WORLD,
        scope="world",
        projection={"type": "natural earth", "rotation": {"lon": part.middle}},
        lataxis={"range": [part.south, part.north]},
        **({} if zoom == zooms.WORLD else {"lonaxis": {"range": [part.west, part.east]}}),
        showframe=False,
        showcoastlines=False,
        showland=True,
        landcolor=ctx.look.outside,
        showlakes=False,
        showocean=False,
        bgcolor=own.CLEAR,  # the insets lie behind it
    )
    fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})


def _missing(rows: pd.DataFrame, ctx: Context) -> Trace:
    return choropleth(
        locations=rows["ref_area"],
        ids=marks.countries(rows["ref_area"]),
        meta=marks.CLASS,
        z=[0] * len(rows),
        colorscale=[[0, ctx.look.missing], [1, ctx.look.missing]],
        showscale=False,
        text=rows["said"],
        hovertemplate="%{text}<extra></extra>",
        marker={"line": {"color": ctx.look.outline, "width": MISSING_LINE}},
    )


def _shapes(rows: pd.DataFrame, classes: Classes, ctx: Context) -> Trace:
    top = max(len(classes.shades), 1)
    scale: list[tuple[float, str]] = []
    for at, colour in enumerate(classes.fills(ctx.look)):
        scale += [(at / top, colour), ((at + 1) / top, colour)]
    return choropleth(
        locations=rows["ref_area"],
        ids=marks.countries(rows["ref_area"]),
        meta=marks.CLASS,
        z=rows["step"],
        zmin=-0.5,
        zmax=top - 0.5,
        colorscale=scale or None,
        showscale=False,
        text=rows["said"],
        hovertemplate="%{text}<extra></extra>",
        marker={"line": {"color": ctx.look.outline, "width": 0.6}},
    )


def _placed(table: pd.DataFrame, elsewhere: set[str]) -> pd.DataFrame:
    """The small States that are marked on the map itself, with `lat` and `lon` of their marks."""
    rows = table[table["ref_area"].isin(SMALL_STATES - elsewhere)]
    places = [MOVED.get(row["ref_area"], (row["lat"], row["lon"])) for row in records(rows)]
    return rows.assign(lat=[lat for lat, _lon in places], lon=[lon for _lat, lon in places])


def _markers(rows: pd.DataFrame, classes: Classes, ctx: Context, part: Zoom, mine: str | None) -> Trace:
    colours = classes.fills(ctx.look)
    fills = [ctx.look.missing if pd.isna(step) else colours[int(step)] for step in rows["step"]]
    symbols = ["circle-x" if pd.isna(step) else "circle" for step in rows["step"]]
    return scattergeo(
        lat=rows["lat"],
        lon=rows["lon"],
        ids=marks.countries(rows["ref_area"]),
        meta=marks.CLASS,
        customdata=rows["said"],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "size": SIZE_IN_PART if part.named else SIZE,
            "symbol": symbols,
            "color": fills,
            "line": {"color": ctx.look.ink, "width": 0.8},
        },
        **(_names(rows, ctx, part, mine) if part.named else {"mode": "markers"}),
    )


def _names(rows: pd.DataFrame, ctx: Context, part: Zoom, mine: str | None) -> dict[str, object]:
    """Names of the small States of a part of the world beside their marks; the reader's own in bold."""
    names = [
        (f" <b>{name}</b> " if code == mine else f" {name} ") if part.has(lon) else ""
        for code, name, lon in zip(rows["ref_area"], rows["name"], rows["lon"], strict=True)
    ]
    return {
        "mode": "markers+text",
        "text": names,
        "textposition": [SIDES.get(code, "middle right") for code in rows["ref_area"]],
        "textfont": {"color": ctx.look.ink, "size": 12, "shadow": own.halo(ctx)},
    }


def _names_in_the_sea(table: pd.DataFrame, ctx: Context, part: Zoom, mine: str | None) -> list[Trace]:
    """Names of the larger States of a part, where the small ones are named too; not the reader's own."""
    rows = [row for row in records(table) if row["ref_area"] in part.beside and row["ref_area"] != mine]
    if not rows:
        return []
    places = [part.beside[str(row["ref_area"])] for row in rows]
    return [
        scattergeo(
            lat=[lat for lat, _lon, _side in places],
            lon=[lon for _lat, lon, _side in places],
            mode="text",
            text=[row["name"] for row in rows],
            textposition=[side for _lat, _lon, side in places],
            textfont={"color": ctx.look.ink, "size": 12, "shadow": own.halo(ctx)},
            hoverinfo="skip",
        )
    ]


def alt(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """The map in words: how many areas, from which years, the range and the median, or how many a level."""
    present = table.dropna(subset=["obs_value"])
    if present.empty:
        return ctx.t("World map of {kpi}: no data.").format(kpi=kpi.name)
    n, missing = ctx.number(len(present)), ctx.number(len(table) - len(present))
    years = figures.years(present["time_period"], kpi, ctx)
    if kpi.coded:
        return ctx.t(
            "World map of {kpi}: {n} countries with data, {missing} without; {levels}; figures of {years}."
        ).format(kpi=kpi.name, n=n, missing=missing, years=years, levels=levels.spoken(present, kpi, ctx))
    return ctx.t(
        "World map of {kpi}: {n} countries with data, {missing} without; from {low} to {high}, "
        "median {median}; figures of {years}."
    ).format(
        kpi=kpi.name,
        n=n,
        missing=missing,
        low=ctx.value(present["obs_value"].min(), kpi),
        high=ctx.value(present["obs_value"].max(), kpi),
        median=ctx.value(present["obs_value"].median(), kpi),
        years=years,
    )
