"""The pictures of the page Data and gaps: for how many KPIs there is a fresh value, and where."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import classes, coverage_words
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import optional, records
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.components.takeaway import BOUNDARIES
from dashboard.pictures import gaps_kpis, world
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Bar, Matrix, Picture, Ranking, WorldMap
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

BOUNDS = (65.0, 70.0, 75.0, 80.0)  # per cent, as on the page
FIRST, LAST, WHOLE = 8, 6, 20
ROWS, STEPS = 16, 5  # of a matrix that can be read on a slide; its classes
FRESH = KpiView("", "", "", "%", "higher", 0, bounds=BOUNDS)


def picture(asked: Asked) -> Picture:
    """Bars of a country by dimension; of a group the map, or the countries by share."""
    reader, area = asked.reader, asked.country()
    group = asked.group(usual_group(reader, area) if area else "WORLD", "peers" if area else "group")
    if area:
        view = asked.one("show", ["dimensions", "kpis", "next"], "dimensions")
        asked.check()
        if view != "dimensions":
            return gaps_kpis.of_country(reader, area, view)
        asked.chart("gaps_bars")
        return of_country(reader, area)
    view = asked.one("by", ["tiles", "ranking", "dimensions"], "tiles" if group == "WORLD" else "ranking")
    asked.chart(f"gaps_{'heat' if view == 'dimensions' else view}")
    if view == "tiles":
        drawn = mapped(reader, group)
        return world.tiled(drawn, drawn.about.alt)
    return ranked(reader, group) if view == "ranking" else by_dimension(reader, group)


def of_country(reader: Reader, area: str) -> Ranking:
    """Share of KPIs with a fresh value in each dimension."""
    ctx, name = reader.ctx, reader.area(area).name
    rows = data.country(reader.warehouse, area)
    rows = rows.assign(held=rows["obs_value"].notna(), fresh=coverage_words.is_fresh(rows))
    counts = rows.groupby("dimension").agg(kpis=("kpi", "size"), held=("held", "sum"), fresh=("fresh", "sum"))
    counts = counts.reindex(list(reader.dimensions)).dropna().astype(int).reset_index()
    names = coverage_words.dimensions(reader.dimensions, ctx)
    counts = coverage_words.with_kinds(counts.assign(label=counts["dimension"].map(names)))
    bars = tuple(
        Bar(str(row["label"]), 100 * row["fresh"] / row["kpis"], _kinds(reader, row))
        for row in records(counts)
    )
    old = int(coverage_words.is_old(rows).sum())
    title = coverage_words.country_sentence(name, int(rows["held"].sum()), old, len(rows), ctx)
    said = "; ".join(f"{bar.name}: {bar.label}" for bar in bars)
    unit = _("KPIs with a fresh value, by dimension, in per cent")
    foot = coverage_words.thinnest_dimension(counts, ctx)
    return Ranking(about(reader, title, unit, f"{title} {said}.", foot), bars, most=100.0)


def by_dimension(reader: Reader, group: str) -> Matrix:
    """Countries × dimensions: the per cent of KPIs with a fresh value; of a large group the thinnest."""
    labels = {name: label for name, label in reader.dimensions.items() if name != "overall"}
    cells = data.freshness(reader.warehouse)
    cells = cells[cells["ref_area"].isin(data.members(reader.warehouse, group))]
    by_area = cells.groupby("ref_area")[["kpis", "fresh"]].sum()
    order = (by_area["fresh"] / by_area["kpis"]).sort_values(kind="stable").index[:ROWS]
    shares = (100 * cells["fresh"] / cells["kpis"]).groupby([cells["ref_area"], cells["dimension"]]).first()
    body = tuple(
        tuple(_share(reader, optional(shares.get((code, name)))) for name in labels) for code in order
    )
    names = tuple(str(reader.area_names[code]) for code in order)
    title = _title(reader, _shares(reader, group), group)
    said = "; ".join(
        f"{name}: " + ", ".join(cell[0] for cell in line) for name, line in zip(names, body, strict=True)
    )
    cut = _("the {k} with the lowest share").format(k=reader.ctx.number(len(order)))
    n = _("n = {n} countries").format(n=reader.ctx.number(len(by_area)))
    unit = _("KPIs with a fresh value, by dimension, in per cent")
    foot = cut if len(order) < len(by_area) else ""
    return Matrix(
        about(reader, title, unit, f"{title} {said}.", n, foot), names, tuple(labels.values()), body, STEPS
    )


def _share(reader: Reader, share: float | None) -> tuple[str, int | None]:
    if share is None:
        return reader.ctx.t("no data"), None
    return reader.ctx.number(share), min(int(share * STEPS / 100), STEPS - 1)


def _kinds(reader: Reader, row: dict[str, int]) -> str:
    number = reader.ctx.number
    said = _("{k} of {n}").format(k=number(row["fresh"]), n=number(row["kpis"]))
    rest = [
        _("{k} old").format(k=number(row["old"])) if row["old"] else "",
        _("{k} without a value").format(k=number(row["none"])) if row["none"] else "",
    ]
    return "; ".join([said, *filter(None, rest)])


def _shares(reader: Reader, group: str) -> pd.DataFrame:
    """Members of a group with the per cent of KPIs that have a fresh value."""
    total = data.freshness(reader.warehouse).groupby("ref_area", as_index=False)[["kpis", "fresh"]].sum()
    shares = total.assign(
        name=total["ref_area"].map(reader.area_names), obs_value=100 * total["fresh"] / total["kpis"]
    )
    members = data.members(reader.warehouse, group)
    return shares[shares["ref_area"].isin(members)].reset_index(drop=True)


def _title(reader: Reader, shares: pd.DataFrame, group: str) -> str:
    return coverage_words.group_sentence(shares, reader.group(group).name, len(reader.kpis), reader.ctx)


def mapped(reader: Reader, group: str) -> WorldMap:
    """The shares on the map."""
    ctx, shares = reader.ctx, _shares(reader, group)
    of = classes.classify(shares["obs_value"], FRESH)
    labels = zip(classes.labels(of, FRESH, ctx), of.counts, strict=True)
    title = _title(reader, shares, group)
    return WorldMap(
        about(reader, title, _unit(reader), title, _n(reader, shares), _(BOUNDARIES)),
        tuple(zip(shares["ref_area"], of.of.astype(int), strict=True)),
        tuple(f"{label} ({ctx.number(count)})" for label, count in labels),
        "",
        shades=tuple(of.shades),
        outside=ctx.t("not a UN Member State") if group == "WORLD" else _("not in this group"),
    )


def ranked(reader: Reader, group: str) -> Ranking:
    """The countries by share; of a large group the first and the last."""
    shares = _shares(reader, group).sort_values(["obs_value", "name"], ascending=[False, True])
    shown = shares if len(shares) <= WHOLE else pd.concat([shares.head(FIRST), shares.tail(LAST)])
    bars = tuple(
        Bar(str(row["name"]), float(row["obs_value"]), reader.ctx.percentage(row["obs_value"]))
        for row in records(shown)
    )
    title = _title(reader, shares, group)
    cut = "" if len(shown) == len(shares) else _("the first {k} and the last {m}").format(k=FIRST, m=LAST)
    said = "; ".join(f"{bar.name} {bar.label}" for bar in bars)
    return Ranking(
        about(reader, title, _unit(reader), f"{title} {said}.", _n(reader, shares), cut), bars, most=100.0
    )


def _unit(reader: Reader) -> str:
    return _("KPIs with a fresh value, in per cent of {n}").format(n=reader.ctx.number(len(reader.kpis)))


def _n(reader: Reader, shares: pd.DataFrame) -> str:
    return _("n = {n} countries").format(n=reader.ctx.number(len(shares)))
