"""The profiles of several areas: median percentile by dimension, over each other or in a panel each."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.compare.areas import own_among
from dashboard.charts import profile, profile_words, sentences
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import optional, records, whole
from dashboard.components import explain, frame, sources, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas, standings

MOST_TOGETHER = 4  # profiles whose marks still stand apart


def show(reader: Reader, areas: Areas) -> None:
    """The profiles, or a sentence where there are none."""
    view = profiles(reader, areas, own_among(reader, areas) if len(areas) > MOST_TOGETHER else "")
    if view is None:
        frame.sentence_only(_("Profile"), _("None of those chosen has a fresh value with a percentile."))
    else:
        frame.show(*view)


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, areas: Areas) -> Markup:
    """Where the first of the areas stands among the others, by dimension."""
    summary = _summary_of(reader, areas)
    if summary.empty:
        return escape(_("None of those chosen has a fresh value with a percentile."))
    return escape(profile_words.headline(summary, list(areas), reader.dimensions, reader.ctx))


@drawn(frame.CACHED_FRAMES)
def profiles(reader: Reader, areas: Areas, own: str = "") -> tuple[Chart, Frame] | None:
    """The profiles, of more than MOST_TOGETHER in a panel each; None where nobody has a fresh percentile.

    own: the area in the accent colour.
    """
    ctx, labels = reader.ctx, reader.dimensions
    ranked = _ranked(reader, areas)
    if ranked.empty:
        return None
    shape = pd.DataFrame({"row": [dimension for dimension in labels if dimension != "overall"]})
    shape["label"] = shape["row"].map(labels)
    summary = _summary(ranked)
    dots = _dots(summary, ctx)
    apart = len(areas) > MOST_TOGETHER
    if apart:
        figure = profile.small_multiples(shape, dots, ctx, areas=list(areas), own=own)
    else:
        figure = profile.figure(shape, dots, ctx, areas=list(areas), focus=False)
    return (
        figure,
        Frame(
            key="compare_profiles" if apart else "compare_profile",
            title=sentences.widest(dots, labels, ctx),
            unit=_("Percentile among UN Member States, 100 is best"),
            alt=profile.alt(shape, dots, ctx, areas=list(areas)),
            foot=_foot(ranked["kpi"].nunique(), ctx),
            alone=sources.folded(reader, ranked["kpi"].unique(), _foot_alone(ranked["kpi"].nunique(), ctx)),
            data=lambda: dots[["id", "name", "row", "percentile", "n"]].rename(columns={"row": "dimension"}),
            table=lambda: _html(shape, summary, areas, ctx),
            file="escala_profiles",
            how=explain.profile,
            legend=profile.panels_legend(ctx) if apart else profile.legend(list(areas), ctx),
        ),
    )


def _ranked(reader: Reader, areas: Areas) -> pd.DataFrame:
    """The standings with a percentile, in the dimensions that a profile has."""
    ranked = standings(reader, areas).dropna(subset=["percentile"])
    return ranked[ranked["dimension"] != "overall"]


@worded(data.MANY)
def _summary_of(reader: Reader, areas: Areas) -> pd.DataFrame:
    """The marks of the profiles; empty where there are none."""
    ranked = _ranked(reader, areas)
    return _summary(ranked).dropna(subset=["percentile"]) if len(ranked) else pd.DataFrame()


def _summary(ranked: pd.DataFrame) -> pd.DataFrame:
    """One row per area and dimension (`row`): percentile, missing where it rests on too few KPIs, and n."""
    parts = [
        profile.summarise(part).assign(id=area_id, name=part["name"].iloc[0], kind="main")
        for area_id, part in ranked.groupby("id", sort=False)
    ]
    return pd.concat(parts).rename(columns={"dimension": "row"})


def _dots(summary: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The rows with a percentile, each with its tooltip."""
    dots = summary.dropna(subset=["percentile"])
    dots["said"] = [
        f"<b>{dot['name']}</b><br>"
        + ctx.t("percentile {p}").format(p=ctx.number(dot["percentile"]))
        + f" · {ctx.t('n = {n} KPIs').format(n=ctx.number(dot['n']))}"
        for dot in records(dots)
    ]
    return dots


def _foot(n: int, ctx: Context) -> Markup:
    return escape(
        _(
            "n = {n} KPIs; latest values that are fresh, groups: median of their countries; no mark "
            "where fewer than {least} KPIs have one. Years and sources stand in the table view."
        ).format(n=ctx.number(n), least=ctx.number(profile.LEAST))
    )


def _foot_alone(n: int, ctx: Context) -> str:
    return _("n = {n} KPIs; latest values that are fresh, groups: median of their countries").format(
        n=ctx.number(n)
    )


def _html(shape: pd.DataFrame, summary: pd.DataFrame, areas: Areas, ctx: Context) -> str:
    """The profiles as a table: percentile and n, one row per dimension, one column per area."""
    cells = {(row["id"], row["row"]): row for row in records(summary)}

    def cell(area_id: str, dimension: str) -> Markup:
        row = cells.get((area_id, dimension), {"percentile": None, "n": 0})
        n = ctx.t("n = {n}").format(n=ctx.number(whole(row["n"])))
        return Markup("{} <small>{}</small>").format(ctx.number(optional(row["percentile"])), n)

    body: list[list[Cell]] = [
        [row["label"], *(cell(area_id, row["row"]) for area_id, _name in areas)] for row in records(shape)
    ]
    columns = [Column(_("Dimension")), *(Column(name, True) for _id, name in areas)]
    return table.html(
        _("Percentile among UN Member States, 100 is best"), columns, body, no_data=_("no data")
    )
