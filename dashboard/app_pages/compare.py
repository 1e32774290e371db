"""Compare: up to ten countries or groups side by side."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import profile, sentences, trend
from dashboard.charts.context import Kpi
from dashboard.components import explain, frame, kpi_table, pickers, shell, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.findings import trend_rows

START = ["WORLD", "LDC", "SIDS"]  # groups, so that no country is assumed
VIEWS = ["trend", "profile", "table"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_compare"):
        chosen = pickers.areas(reader.version, reader.lang, START)
        first, second = st.columns([2, 1], vertical_alignment="bottom")
        with second:
            said = {"trend": _("Trend"), "profile": _("Profile"), "table": _("Table")}
            view = pickers.switch(_("View"), "show", VIEWS, "trend", lambda one: said[one])
        with first:
            kpi = data.kpi_list(reader.version, reader.lang)[pickers.kpi(reader.version, reader.lang)]
    named = _named(reader, chosen)
    rows = trend_rows(reader.version, reader.lang, kpi.id, chosen) if chosen else pd.DataFrame()
    with top:
        shell.headline(sentences.compared(_last(rows), kpi, reader.ctx))
    if not chosen:
        return
    {"trend": _trend, "profile": _profile, "table": _table}[view](reader, kpi, named, rows)


def _named(reader: Reader, ids: list[str]) -> list[tuple[str, str]]:
    names = data.areas(reader.version, reader.lang)["name"]
    grouped = data.groups(reader.version, reader.lang)["name"]
    return [(one, grouped[one] if one in grouped.index else names[one]) for one in ids]


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The last value of each area or group."""
    if rows.empty:
        return rows
    return rows.dropna(subset=["obs_value"]).sort_values("time_period").groupby("id", as_index=False).last()


def _trend(reader: Reader, kpi: Kpi, named: list[tuple[str, str]], rows: pd.DataFrame) -> None:
    lines = [trend.Line(one, name, "series") for one, name in named]
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(rows["id"].nunique()))
    frame.show(
        trend.figure(rows, lines, kpi, reader.ctx, height=360),
        Frame(
            key="compare_trend",
            title=_("{kpi} over time").format(kpi=kpi.name),
            unit=f"{kpi.unit} · {_('groups: median of their countries')}",
            alt=trend.alt(rows, lines, kpi, reader.ctx),
            foot=frame.foot(
                kpi, data.sources(reader.version, reader.lang), rows["time_period"], n, note=kpi.caveat
            ),
            data=rows.assign(**kpi.provenance()),
            table=kpi_table.trend_html(reader, rows, lines, kpi),
            file=f"escala_compare_{kpi.id}",
            how=lambda: explain.kpi(reader, kpi),
            legend=trend.legend(rows, lines, kpi, reader.ctx) if reader.ctx.narrow else "",
        ),
    )


def _standings(reader: Reader, named: list[tuple[str, str]]) -> pd.DataFrame:
    """Latest value and percentile of every KPI by area; of groups, the medians over their countries."""
    listed = data.kpi_list(reader.version, reader.lang)
    grouped = data.groups(reader.version, reader.lang).index
    parts = []
    for one, name in named:
        inside = data.members(reader.version, one) if one in grouped else [one]
        rows = data.latest(reader.version, tuple(listed), tuple(inside))
        rows = rows.groupby("kpi", sort=False)[["obs_value", "percentile"]].median().reset_index()
        parts.append(
            rows.assign(
                id=one, name=name, dimension=rows["kpi"].map({k: e.dimension for k, e in listed.items()})
            )
        )
    return pd.concat(parts, ignore_index=True)


def _profile(reader: Reader, kpi: Kpi, named: list[tuple[str, str]], rows: pd.DataFrame) -> None:
    ctx, names = reader.ctx, data.dimensions(reader.version, reader.lang)
    standings = _standings(reader, named)
    shape = pd.DataFrame({"row": [d for d in names if d != "overall"]}).assign(
        label=lambda t: t["row"].map(names)
    )
    parts = [
        profile.summarise(part).assign(id=one, name=part["name"].iloc[0], kind="main")
        for one, part in standings.groupby("id", sort=False)
    ]
    dots = pd.concat(parts).rename(columns={"dimension": "row"})
    dots = dots[dots["row"].isin(shape["row"])]
    dots["said"] = [
        f"<b>{row.name}</b><br>" + ctx.t("percentile {p}").format(p=ctx.number(row.percentile))
        for row in dots[["name", "percentile"]].itertuples(index=False, name="Dot")
    ]
    body = [
        [row.label, *(ctx.number(_at(dots, one, row.row)) for one, _name in named)]
        for row in shape.itertuples()
    ]
    columns = [table.Column(_("Dimension")), *(table.Column(name, True) for _one, name in named)]
    frame.show(
        profile.figure(shape, dots, ctx, areas=named, focus=False),
        Frame(
            key="compare_profile",
            title=_("Standing in the seven dimensions"),
            unit=_("Percentile among UN Member States, 100 is best"),
            alt=profile.alt(shape, dots, ctx, areas=named),
            foot=escape(_("Latest value of each country; groups: median of their countries.")),
            data=dots[["id", "name", "row", "percentile"]].rename(columns={"row": "dimension"}),
            table=table.html(
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


def _table(reader: Reader, kpi: Kpi, named: list[tuple[str, str]], rows: pd.DataFrame) -> None:
    listed = data.kpi_list(reader.version, reader.lang)
    dimensions = data.dimensions(reader.version, reader.lang)
    wide = _standings(reader, named).pivot_table(index="kpi", columns="id", values="obs_value")
    body: list[list[table.Cell]] = []
    sections: dict[int, str] = {}
    for dimension, title in dimensions.items():
        entries = [
            entry for entry in listed.values() if entry.dimension == dimension and entry.id in wide.index
        ]
        if entries:
            sections[len(body)] = title
        body += [
            [
                entry.name,
                entry.unit,
                *(
                    reader.ctx.value(wide.at[entry.id, one] if one in wide else None, entry)
                    for one, _name in named
                ),
            ]
            for entry in entries
        ]
    columns = [
        table.Column("KPI"),
        table.Column(_("Unit")),
        *(table.Column(name, True) for _one, name in named),
    ]
    st.html(
        table.html(
            _("Latest values; groups: median of their countries"),
            columns,
            body,
            sections=sections,
            no_data=_("no data"),
        )
    )
