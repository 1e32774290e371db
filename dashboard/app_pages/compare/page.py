"""Compare: up to ten countries or groups side by side."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import figures, profile, sentences, trend
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, kpi_table, level_strip, links, pickers, shell, sources, table
from dashboard.components.findings import trend_rows
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

START = ["WORLD", "LDC", "SIDS"]  # groups, so that no country is assumed
VIEWS = ["trend", "profile", "table"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_compare"):
        chosen = pickers.areas(reader, START)
        first, second = st.columns([2, 1], vertical_alignment="bottom")
        with first:
            kpi = reader.kpi(pickers.kpi(reader))
        with second:
            first_view = _("Levels") if kpi.coded else _("Trend")
            said = {"trend": first_view, "profile": _("Profile"), "table": _("Table")}
            view = pickers.switch(_("View"), "show", VIEWS, "trend", lambda one: said[one])
    named = tuple(_named(reader, chosen))
    with top:
        shell.headline(_headline(reader, kpi, named))
    if not chosen:
        return
    if view == "trend" and len(_without(reader, kpi, named)) == len(named):
        frame.said_only(kpi.name, _("None of those chosen has a value of this KPI. Choose another KPI."))
    elif view == "trend":
        frame.show(*(_levels if kpi.coded else draw_trend)(reader, kpi, named))
    elif view == "profile":
        _show_profile(reader, named)
    else:
        frame.table_only(*draw_table(reader, named))


def _named(reader: Reader, ids: list[str]) -> list[tuple[str, str]]:
    names = reader.area_names
    grouped = reader.groups["name"]
    return [(one, grouped[one] if one in grouped.index else names[one]) for one in ids]


def _without(reader: Reader, kpi: KpiView, named: tuple[tuple[str, str], ...]) -> list[str]:
    """Names of those chosen that have no value of the KPI in any year."""
    rows = trend_rows(reader, kpi.id, [one for one, _name in named])
    held = set(rows.loc[rows["obs_value"].notna(), "id"])
    return [name for one, name in named if one not in held]


def _without_note(reader: Reader, kpi: KpiView, named: tuple[tuple[str, str], ...]) -> str:
    """Who of those chosen is not drawn, for the foot; empty where all are."""
    names = ", ".join(_without(reader, kpi, named))
    return _("no value of this KPI: {names}").format(names=names) if names else ""


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The last value of each area or group."""
    if rows.empty:
        return rows
    return rows.dropna(subset=["obs_value"]).sort_values("time_period").groupby("id", as_index=False).last()


@cached(frame.CACHED_FRAMES)
def _headline(reader: Reader, kpi: KpiView, named: tuple[tuple[str, str], ...]) -> Markup:
    ids = [one for one, _name in named]
    rows = trend_rows(reader, kpi.id, ids) if ids else pd.DataFrame()
    if ids and rows["obs_value"].isna().all():
        return sentences.sentence(_("{kpi}: no data for this choice."), kpi=kpi.name)
    if not kpi.coded or not ids:
        return sentences.compared(_last(rows), kpi, reader.ctx)
    grouped = level_strip.groups(reader, kpi, named)
    return sentences.at_top(_last(rows[~rows["id"].isin(grouped["id"])]), grouped, kpi, reader.ctx)


@cached(frame.CACHED_FRAMES)
def _levels(reader: Reader, kpi: KpiView, named: tuple[tuple[str, str], ...]) -> tuple[Chart, Frame]:
    """Where each stands among the levels of a coded answer, in place of a line between codes."""
    title = sentences.climbed(level_strip.dots(reader, kpi, named), reader.ctx)
    return level_strip.framed(
        reader, kpi, named, title, key="compare_levels", file=f"escala_compare_{kpi.id}"
    )


@cached(frame.CACHED_FRAMES)
def draw_trend(reader: Reader, kpi: KpiView, named: tuple[tuple[str, str], ...]) -> tuple[Chart, Frame]:
    rows = trend_rows(reader, kpi.id, [one for one, _name in named])
    lines = [trend.Line(one, name, "series") for one, name in named]
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(rows["id"].nunique()))
    return (
        trend.figure(rows, lines, kpi, reader.ctx, height=360),
        Frame(
            key="compare_trend",
            title=sentences.moved(rows, kpi, reader.ctx),
            unit=f"{kpi.name} · {kpi.unit} · {_('groups: median of their countries')}",
            alt=trend.alt(rows, lines, kpi, reader.ctx),
            foot=sources.foot(
                reader,
                kpi,
                rows["time_period"],
                n,
                note=sources.joined(
                    _without_note(reader, kpi, named), trend.gap_note(rows, kpi, reader.ctx), kpi.caveat
                ),
            ),
            data=lambda: rows.assign(**kpi.provenance()),
            table=lambda: kpi_table.trend_html(reader, rows, lines, kpi),
            file=f"escala_compare_{kpi.id}",
            how=lambda: explain.kpi(reader, kpi),
            legend=trend.legend(rows, lines, kpi, reader.ctx) if reader.ctx.narrow else "",
        ),
    )


def _count(flags: pd.Series) -> float:
    """How many are true; missing where none is known."""
    return float(flags.sum()) if flags.notna().any() else float("nan")


def _standings(reader: Reader, named: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Latest value, its years and percentile of every KPI by area; of groups, medians over their countries.

    top: countries at the highest level of a coded answer, which has no median; missing for other KPIs. A
    percentile needs a fresh value.
    """
    listed = reader.kpis
    grouped = reader.groups.index
    parts = []
    for one, name in named:
        inside = data.members(reader.warehouse, one) if one in grouped else [one]
        rows = data.latest(reader.warehouse, listed, inside)
        tops = rows["kpi"].map({k: e.top for k, e in listed.items() if e.coded})
        rows = rows.assign(
            percentile=rows["percentile"].where(rows["fresh"]),
            top=(rows["obs_value"] == tops).where(tops.notna()).astype("boolean"),
        )
        by = rows.groupby("kpi", sort=False)
        rows = by.agg(
            obs_value=("obs_value", "median"),
            percentile=("percentile", "median"),
            first_year=("time_period", "min"),
            last_year=("time_period", "max"),
            n=("obs_value", "size"),
            top=("top", _count),
        ).reset_index()
        parts.append(
            rows.assign(
                id=one, name=name, dimension=rows["kpi"].map({k: e.dimension for k, e in listed.items()})
            )
        )
    return pd.concat(parts, ignore_index=True)


def _show_profile(reader: Reader, named: tuple[tuple[str, str], ...]) -> None:
    drawn = draw_profile(reader, named)
    if drawn is None:
        frame.said_only(_("Profile"), _("None of those chosen has a fresh value with a percentile."))
    else:
        frame.show(*drawn)


@cached(frame.CACHED_FRAMES)
def draw_profile(reader: Reader, named: tuple[tuple[str, str], ...]) -> tuple[Chart, Frame] | None:
    """The profiles over each other; None where nobody has a fresh value with a percentile."""
    ctx, names = reader.ctx, reader.dimensions
    standings = _standings(reader, named).dropna(subset=["percentile"])
    standings = standings[standings["dimension"] != "overall"]
    if standings.empty:
        return None
    shape = pd.DataFrame({"row": [d for d in names if d != "overall"]}).assign(
        label=lambda t: t["row"].map(names)
    )
    parts = [
        profile.summarise(part).assign(id=one, name=part["name"].iloc[0], kind="main")
        for one, part in standings.groupby("id", sort=False)
    ]
    dots = pd.concat(parts).rename(columns={"dimension": "row"})
    counted = {(row.id, row.row): row.n for row in dots.itertuples()}
    dots = dots.dropna(subset=["percentile"])
    dots["said"] = [
        f"<b>{row.name}</b><br>"
        + ctx.t("percentile {p}").format(p=ctx.number(row.percentile))
        + f" · {ctx.t('n = {n} KPIs').format(n=ctx.number(row.n))}"
        for row in dots[["name", "percentile", "n"]].itertuples(index=False, name="Dot")
    ]

    def cell(one: str, row: str) -> Markup:
        n = ctx.t("n = {n}").format(n=ctx.number(counted.get((one, row), 0)))
        return Markup("{} <small>{}</small>").format(ctx.number(_at(dots, one, row)), n)

    body = [[row.label, *(cell(one, row.row) for one, _name in named)] for row in shape.itertuples()]
    columns = [table.Column(_("Dimension")), *(table.Column(name, True) for _one, name in named)]
    return (
        profile.figure(shape, dots, ctx, areas=named, focus=False),
        Frame(
            key="compare_profile",
            title=sentences.widest(dots, names, ctx),
            unit=_("Percentile among UN Member States, 100 is best"),
            alt=profile.alt(shape, dots, ctx, areas=named),
            foot=escape(
                _(
                    "n = {n} KPIs; latest values that are fresh, groups: median of their countries; no mark "
                    "where fewer than {least} KPIs have one. Years and sources stand in the table view."
                ).format(n=ctx.number(standings["kpi"].nunique()), least=ctx.number(profile.LEAST))
            ),
            data=lambda: dots[["id", "name", "row", "percentile", "n"]].rename(columns={"row": "dimension"}),
            table=lambda: table.html(
                _("Percentile among UN Member States, 100 is best"), columns, body, no_data=_("no data")
            ),
            file="escala_profiles",
            how=explain.profile,
            legend=profile.legend(named, ctx),
        ),
    )


def _at(dots: pd.DataFrame, one: str, row: str) -> float | None:
    found = dots.loc[(dots["id"] == one) & (dots["row"] == row), "percentile"]
    return None if found.empty else float(found.iloc[0])


@cached(frame.CACHED_FRAMES)
def draw_table(reader: Reader, named: tuple[tuple[str, str], ...]) -> Table:
    """Latest values of every KPI, a column for each area or group."""
    listed = reader.kpis
    standings = _standings(reader, named)
    cells = {(row.kpi, row.id): _cell(reader, listed[row.kpi], row) for row in standings.itertuples()}
    held = set(standings["kpi"])
    body: list[list[table.Cell]] = []
    sections: dict[int, str] = {}
    for dimension, title in reader.dimensions.items():
        entries = [e for e in listed.values() if e.dimension == dimension and e.id in held]
        if entries:
            sections[len(body)] = title
        body += [
            [_entry(reader, e), e.unit, *(cells.get((e.id, one), MISSING) for one, _name in named)]
            for e in entries
        ]
    columns = [
        table.Column("KPI"),
        table.Column(_("Unit")),
        *(kpi_table.heading(reader, one, name) for one, name in named),
    ]
    caption = _("Latest values with their year; groups: median of their countries")
    return (
        _("All KPIs"),
        table.html(caption, columns, body, sections=sections, no_data=_("no data")),
        lambda: _export(_standings(reader, named), listed),
        "escala_compare",
    )


def _entry(reader: Reader, kpi: KpiView) -> table.Html:
    """A KPI's name, which leads to its entry."""
    return table.Html(links.kpi_link(reader, kpi.id))


def _cell(reader: Reader, kpi: KpiView, row: Any) -> Markup:
    """A value with the year or years it is of; of a group's coded answer, how many are at the top level."""
    phrase = ""
    if kpi.coded and row.n > 1:
        phrase = _("{k} of {n} at the highest level").format(
            k=reader.ctx.number(row.top), n=reader.ctx.number(row.n)
        )
    years = {"year": row.last_year, "first": row.first_year}
    return figures.figure(row.obs_value, kpi, ctx=reader.ctx, named=False, phrase=phrase, **years)


def _export(standings: pd.DataFrame, listed: dict[str, KpiView]) -> pd.DataFrame:
    """The table as it is shown, each value with unit, years, source and licence."""
    origin = pd.DataFrame([listed[one].provenance() for one in standings["kpi"].unique()])
    return standings.drop(columns="dimension").merge(origin, on="kpi")
