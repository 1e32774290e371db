"""Where the cases are: one mark per country, its size the number of cases."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import own, world_map
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, scattergeo
from dashboard.charts.scalars import records
from dashboard.texts import mark

SOURCE = mark("Source: this dashboard’s repository of cases, each with its own source")
HEIGHT, ON_A_PHONE = 380, 180  # pixels, where the map does not follow the screen
SMALLEST, GROWTH = 9, 7  # pixels of a mark: for one case, and per square root of the further ones
NUMBERED = 3  # cases from which the number fits into the mark
FLATTEST = 0.48  # height of the map for each pixel of its width
NAMED = 3  # countries with the most cases, named in the title


def counts(cases: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per country with a case: ref_area, n, name, lat, lon; most cases first, then by name.

    cases: a column country_iso3; areas: by ref_area, with name, lat, lon.
    """
    country_counts = cases["country_iso3"].value_counts().rename("n").rename_axis("ref_area").reset_index()
    table = country_counts.join(areas[["name", "lat", "lon"]], on="ref_area")
    return table.sort_values(["n", "name"], ascending=[False, True], ignore_index=True)


def figure(table: pd.DataFrame, ctx: Context, *, mine: pd.DataFrame | None = None) -> Chart:
    """The map. table: rows of `counts`. mine: the row of the reader's country, outlined and named, if any:
    ref_area, name, lat, lon.
    """
    drawing = ctx.drawing(ON_A_PHONE if ctx.narrow else HEIGHT)
    drawing.fill(FLATTEST)
    drawing.add_trace(_marks(table, ctx))
    for row in records(mine) if mine is not None else []:
        code = str(row["ref_area"])
        place = world_map.MOVED.get(code, (row["lat"], row["lon"]))
        small = code in world_map.SMALL_STATES
        drawing.add_traces(own.on_map(pd.DataFrame([row]), place, ctx, small=small))
    world_map.outlines(drawing, ctx)
    return drawing.chart()


def _marks(table: pd.DataFrame, ctx: Context) -> Trace:
    """A mark per country, with the number where it fits."""
    places = [
        world_map.MOVED.get(code, (lat, lon))
        for code, lat, lon in zip(table["ref_area"], table["lat"], table["lon"], strict=True)
    ]
    tooltips = [f"<b>{name}</b><br>{many(n, ctx)}" for name, n in zip(table["name"], table["n"], strict=True)]
    return scattergeo(
        lat=[lat for lat, _lon in places],
        lon=[lon for _lat, lon in places],
        mode="markers+text",
        text=[ctx.number(n) if n >= NUMBERED else "" for n in table["n"]],
        textfont={"color": ctx.look.paper, "size": 11},
        customdata=tooltips,
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "size": SMALLEST + GROWTH * (table["n"] - 1) ** 0.5,
            "color": ctx.look.accent,
            "opacity": 1,
            "line": {"color": ctx.look.paper, "width": 1},
        },
    )


def many(n: int, ctx: Context) -> str:
    """A number of cases in words: 1 case, 12 cases."""
    return ctx.ngettext("1 case", "{n} cases", n).format(n=ctx.number(n))


def title(table: pd.DataFrame, ctx: Context) -> str:
    """The finding: where most of the cases are."""
    if table.empty:
        return ctx.t("No case")
    first = table.head(NAMED)
    named = ", ".join(f"{name} ({ctx.number(n)})" for name, n in zip(first["name"], first["n"], strict=True))
    if len(table) <= NAMED:
        return ctx.t("Cases by country: {named}").format(named=named)
    return ctx.t("Cases from {k} countries, the most from {named}").format(
        k=ctx.number(len(table)), named=named
    )


def alt(table: pd.DataFrame, ctx: Context) -> str:
    """The map in words."""
    return ctx.t("World map of the cases: {total} from {k} countries. {title}.").format(
        total=many(int(table["n"].sum()), ctx), k=ctx.number(len(table)), title=title(table, ctx)
    )
