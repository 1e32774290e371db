"""The pictures of the page Compare: lines, levels of a coded answer, the change, profiles."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import figures, profile, profile_words, sentences
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import optional, records
from dashboard.components import pickers, sources
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.country import courses
from dashboard.pictures.model import Bar, Matrix, Picture, Ranking, Role
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas, standings
from kpis import peers as likeness

GROUPS = ["WORLD", "LDC", "SIDS"]  # without a country, as the page begins
SIZE = 5
# By view: its chart, or how many of it there are for many areas, or of levels.
CHARTS = {
    "trend": ("compare_trend", "compare_panels", "compare_levels"),
    "change": ("compare_dumbbell", "compare_dots", "compare_levels"),
    "profile": ("compare_profile", "compare_profiles"),
    "table": ("compare_profile", "compare_profiles"),
}
EARLIEST = 1960


def picture(asked: Asked) -> Picture:
    """The view of the address; the table of all KPIs has none of its own and is drawn as profiles."""
    reader, view = asked.reader, asked.one("show", ["trend", "change", "profile", "table"], "trend")
    areas, own = _areas(asked, view), asked.country()
    kpi = reader.kpi(asked.kpi())
    allowed = [str(year) for year in range(EARLIEST, reader.ctx.as_of + 1)]
    since, until = asked.maybe("from", allowed), asked.maybe("to", allowed)
    asked.chart(*CHARTS[view])
    if view in ("profile", "table"):
        return profiles(reader, areas)
    span = (int(since or EARLIEST), int(until or reader.ctx.as_of)) if since or until else None
    if kpi.coded:
        return levels(reader, kpi, areas, own)
    return change(reader, kpi, areas, span, own) if view == "change" else lines(reader, kpi, areas, span, own)


def _areas(asked: Asked, view: str) -> Areas:
    """The areas of the address; of the view of change the members of its group; else what the page shows."""
    reader = asked.reader
    if view == "change" and (group := asked.maybe("group", list(reader.groups.index))):
        return named(reader, data.members(reader.warehouse, group))
    allowed = list(reader.groups.index) + list(pickers.places(reader.warehouse, reader.lang))
    chosen = asked.store.many("area", allowed, [], most=pickers.MOST_AREAS, say=_("up to ten ISO codes"))
    return named(reader, chosen or _start(asked))


def _start(asked: Asked) -> list[str]:
    """The country of the address with those most like it; without one, groups."""
    own = asked.country()
    if not own:
        return [group for group in GROUPS if group in asked.reader.groups.index]
    like_it = likeness.default_peers(own, SIZE, store=asked.reader.warehouse.tables)["ref_area"]
    return list(dict.fromkeys([own, *map(str, like_it)]))[:SIZE]


def named(reader: Reader, ids: list[str]) -> Areas:
    """Areas and groups with their names."""
    return tuple(
        (code, reader.group(code).name if reader.is_group(code) else reader.area(code).name) for code in ids
    )


def lines(reader: Reader, kpi: KpiView, areas: Areas, span: tuple[int, int] | None, own: str = "") -> Picture:
    """A line for each area. own: in the accent colour where it is among more than four."""
    is_many = own in dict(areas) and len(areas) > 4

    def role(code: str) -> Role:
        return ("focus" if code == own else "peer") if is_many else "series"

    rows = trend_rows(reader, kpi.id, [code for code, _name in areas])
    if span is not None:
        rows = rows[rows["time_period"].between(*span)]
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(rows["id"].nunique()))
    title = f"{kpi.name}. {figures.plain(sentences.moved(rows, kpi, reader.ctx))}"
    return courses(reader, kpi, [(code, name, role(code)) for code, name in areas], title, n, span)


def levels(reader: Reader, kpi: KpiView, areas: Areas, own: str = "") -> Ranking:
    """Where each country stands on a coded answer; of a group, how many are at the highest level."""
    ctx = reader.ctx
    rows = [_level(reader, kpi, code, name, own) for code, name in areas]
    bars = tuple(bar for bar, _year in rows)
    years = pd.Series([year for _bar, year in rows if year is not None], dtype=float)
    alt = "; ".join(f"{bar.name}: {bar.label}" for bar in bars)
    highest = ctx.named(kpi.top, kpi)
    return Ranking(
        about(reader, kpi.name, highest, f"{kpi.name}. {alt}", sources.foot(reader, kpi, years, "")),
        bars,
        most=float(kpi.top),
    )


def _level(reader: Reader, kpi: KpiView, code: str, name: str, own: str) -> tuple[Bar, float | None]:
    ctx, is_group = reader.ctx, reader.is_group(code)
    members = data.members(reader.warehouse, code) if is_group else [code]
    last = data.latest(reader.warehouse, [kpi.id], members).dropna(subset=["obs_value"])
    if last.empty:
        return Bar(name, None, ctx.t("no data")), None
    newest, oldest = figures.ends(last["time_period"])
    if is_group:
        top = int((last["obs_value"] == kpi.top).sum())
        words = _("{k} of {n} at the highest level").format(k=ctx.number(top), n=ctx.number(len(last)))
        return Bar(name, None, f"{words} ({figures.when(kpi, newest, ctx, first=oldest)})"), newest
    value = float(last["obs_value"].iloc[0])
    return Bar(
        name, value, figures.words(value, kpi, newest, ctx), "focus" if code == own else "peer"
    ), newest


def change(
    reader: Reader, kpi: KpiView, areas: Areas, span: tuple[int, int] | None, own: str = ""
) -> Picture:
    """How much each area's value moved between its first and its last year within the span."""
    ctx, rows = reader.ctx, trend_rows(reader, kpi.id, [code for code, _name in areas])
    rows = rows[rows["time_period"].between(*(span or (0, 9999)))].dropna(subset=["obs_value"])
    moved, without, spans = [], [], []
    for code, name in areas:
        held = rows[rows["id"] == code].sort_values("time_period")
        if held["time_period"].nunique() < 2:
            without.append(Bar(name, None, ctx.t("no data")))
            continue
        first, last = records(held)[0], records(held)[-1]
        amount = float(last["obs_value"] - first["obs_value"])
        spans.append(figures.span(last["time_period"], first["time_period"]))
        said = ctx.number(amount, kpi.precision, sign=True)
        moved.append(Bar(name, amount, said, "focus" if code == own else "peer"))
    if not moved:
        return lines(reader, kpi, areas, span, own)
    unit = kpi.unit
    if len(set(spans)) == 1:
        unit = f"{unit} · {spans[0]}"
    else:
        moved = [
            replace(bar, label=f"{bar.label} ({years})") for bar, years in zip(moved, spans, strict=True)
        ]
    moved.sort(key=lambda bar: -(bar.value or 0))
    shown = moved if len(moved) + len(without) <= 20 else [*moved[:10], *moved[-6:]]
    bars = (*shown, *(without if len(moved) + len(without) <= 20 else []))
    alt = "; ".join(f"{bar.name} {bar.label}" for bar in bars)
    n = _("n = {n} countries or groups").format(n=ctx.number(len(moved)))
    title = f"{kpi.name}. {figures.plain(sentences.moved(rows, kpi, ctx))}"
    foot = sources.foot(reader, kpi, rows["time_period"], n)
    least = min(0.0, *(bar.value for bar in moved if bar.value is not None))
    return Ranking(about(reader, title, unit, f"{title}: {alt}", foot), bars, least=least)


def profiles(reader: Reader, areas: Areas) -> Matrix:
    """Median percentiles by dimension, an area a row; the classes are quarters of the scale."""
    ctx, labels = reader.ctx, reader.dimensions
    shown = [dimension for dimension in labels if dimension != "overall"]
    ranked = standings(reader, areas).dropna(subset=["percentile"])
    ranked = ranked[ranked["dimension"] != "overall"]
    summary = {code: profile.summarise(part) for code, part in ranked.groupby("id", sort=False)}
    values = {code: part.set_index("dimension")["percentile"] for code, part in summary.items()}
    cells = tuple(
        tuple(_cell(reader, optional(values[code].get(row)) if code in values else None) for row in shown)
        for code, _name in areas
    )
    tables = [part.rename(columns={"dimension": "row"}).assign(id=code) for code, part in summary.items()]
    whole = pd.concat(tables).dropna(subset=["percentile"]) if tables else pd.DataFrame()
    title = profile_words.headline(whole, list(areas), labels, ctx) if len(whole) else _("Profile")
    said = "; ".join(
        f"{name}: " + ", ".join(f"{labels[row]} {cell[0]}" for row, cell in zip(shown, line, strict=True))
        for (_code, name), line in zip(areas, cells, strict=True)
    )
    note = _("n = {n} KPIs; latest values that are fresh, groups: median of their countries").format(
        n=ctx.number(ranked["kpi"].nunique())
    )
    return Matrix(
        about(reader, title, _("Percentile among UN Member States, 100 is best"), f"{title} {said}.", note),
        tuple(name for _code, name in areas),
        tuple(labels[row] for row in shown),
        cells,
    )


def _cell(reader: Reader, percentile: float | None) -> tuple[str, int | None]:
    return reader.ctx.number(percentile), None if percentile is None else min(int(percentile // 25), 3)
