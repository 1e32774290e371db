"""The pictures of the page Progress: where the pace leads, the path of one KPI, the verdicts of a group."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import figures, progress_sentences
from dashboard.charts import progress_words as verdicts
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import sources
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.country import points_of
from dashboard.pictures.model import Course, Lane, Matrix, Paces, Picture, Trend
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import RequestError
from kpis.progress import METHODS

TARGET_YEAR, LAST_HORIZON = 2030, 2040  # as the page offers them
INDICATOR = "SDG_17.8.1"
LANES = 12  # that can be read on a slide
FIRST_YEAR = 2010
STRAIGHT = "sdsn"  # the method whose pace is a straight line; the others grow by a rate
# Columns of a group's matrix: levels of a verdict, what is best first.
COLUMNS = (("met", "on"), ("fair", "slow"), ("still",), ("back",), ("past",))
SHADES = 5


def picture(asked: Asked) -> Picture:
    """The view of the address, which is that of a group where no country is named."""
    reader, area = asked.reader, asked.country()
    view = asked.one("scope", ["status", "path", "group"], "status" if area else "group")
    method = asked.one("method", list(METHODS), "unsd")
    horizon = asked.number(
        "horizon", range(min(reader.ctx.as_of, TARGET_YEAR), LAST_HORIZON + 1), TARGET_YEAR
    )
    targets = list(data.targets(reader.warehouse, reader.lang).index)
    if not targets:
        raise RequestError("no KPI of this catalogue has a target.")
    kpi_id = asked.one("indicator", targets, INDICATOR if INDICATOR in targets else targets[0])
    group = asked.group(usual_group(reader, area) if area else "LDC")
    asked.maybe("show", ["methods"])
    if view == "group":
        asked.check()
        return of_group(reader, group, method)
    area = area or asked.a_country()
    asked.check()
    return (
        path(reader, area, kpi_id, method, horizon)
        if view == "path"
        else status(reader, area, method, horizon)
    )


def _rows(reader: Reader, areas: Sequence[str], method: str, horizon: int = TARGET_YEAR) -> pd.DataFrame:
    years = None if horizon == TARGET_YEAR else horizon
    rows = data.progress(reader.warehouse, tuple(areas), years)
    return rows[rows["method"] == method]


def status(reader: Reader, area: str, method: str, horizon: int = TARGET_YEAR) -> Paces:
    """Where the pace since the base leads by the year: a lane for each KPI, what asks for action first."""
    rows = _rows(reader, (area,), method, horizon)
    order = list(verdicts.PLAIN)
    ordered = sorted(records(rows), key=lambda row: order.index(verdicts.plain_verdict(row)))
    lanes = tuple(_lane(reader, row) for row in ordered[:LANES])
    title = progress_sentences.country(reader.area(area).name, rows, reader.ctx)
    said = "; ".join(f"{lane.name}: {lane.label}" for lane in lanes)
    by = _("By the {method} method").format(method=verdicts.SHORT[method])
    shown = _("{k} of {n} KPIs with a target").format(
        k=reader.ctx.number(len(lanes)), n=reader.ctx.number(len(ordered))
    )
    years = figures.span(rows["latest_year"].max(), rows["base_year"].min()) if len(rows) else ""
    return Paces(
        about(
            reader,
            title,
            _("Way to the target, and where the trend leads by {year}").format(year=horizon),
            f"{title} {said}.",
            sources.foot_of(reader, [row["kpi"] for row in ordered[:LANES]], years, by, shown),
        ),
        lanes,
        (_("if the trend goes on to {year}").format(year=horizon),),
        (_("now"), _("target")),
    )


def _lane(reader: Reader, row: Row) -> Lane:
    """A KPI on its way. A target that is met has its mark there; no mark where no trend can be carried on."""
    kpi, ctx, verdict = reader.kpi(str(row["kpi"])), reader.ctx, verdicts.plain_verdict(row)
    value = ctx.value(row["latest_value"], kpi.brief)
    word = ctx.t(verdicts.PLAIN[verdict])
    label = f"{word}: {value} → {ctx.value(row['target'], kpi.brief)} ({int(row['latest_year'])})"
    met = row["direction"] * (row["latest_value"] - row["target"]) >= 0
    if met:
        return Lane(kpi.name, 0.0, 1.0, (1.0,), label)
    is_known = verdict not in ("past", "open") and not is_missing(row["projected"])
    reached = float(row["projected"]) if is_known else None
    return Lane(kpi.name, float(row["latest_value"]), float(row["target"]), (reached,), label)


def path(reader: Reader, area: str, kpi_id: str, method: str, horizon: int = TARGET_YEAR) -> Trend:
    """What was observed, where the trend leads, and the target."""
    kpi, ctx, name = reader.kpi(kpi_id), reader.ctx, reader.area(area).name
    rows = _rows(reader, (area,), method, horizon)
    rows = rows[rows["kpi"] == kpi_id]
    if rows.empty:
        raise RequestError(f"{kpi_id} has no value of {area} since 2015, so there is no path to draw.")
    row = records(rows)[0]
    values = data.values(reader.warehouse, kpi_id, (area,))
    seen = values[(values["time_period"] >= FIRST_YEAR) & values["obs_value"].notna()]
    observed = points_of(
        [
            (int(line["time_period"]), float(line["obs_value"]), line["obs_status"])
            for line in records(seen.sort_values("time_period"))
        ],
        kpi,
    )
    last = figures.words(row["latest_value"], kpi.brief, row["latest_year"], ctx)
    courses = [Course(name, observed, "focus", last)]
    if not is_missing(row["projected"]) and horizon > row["latest_year"]:
        ahead = tuple(_ahead(row, horizon))
        courses.append(Course(_("if the trend goes on"), ahead, "median", ctx.value(ahead[-1][1], kpi.brief)))
    target = _("target of {year}: {value}").format(
        year=int(row["target_year"]), value=ctx.value(row["target"], kpi)
    )
    verdict = ctx.t(verdicts.PLAIN[verdicts.plain_verdict(row)])
    title = f"{kpi.name}. {name}: {verdict}"
    by = _("By the {method} method").format(method=verdicts.SHORT[method])
    foot = sources.foot(reader, kpi, seen["time_period"], by)
    alt = f"{title}. {last}; {target}."
    return Trend(about(reader, title, kpi.unit, alt, foot), tuple(courses), (float(row["target"]), target))


def _ahead(row: Row, horizon: int) -> list[tuple[int, float]]:
    """The pace of the past carried on, up to a natural limit of the scale."""
    latest, last = float(row["latest_value"]), int(row["latest_year"])
    points = []
    for year in range(last, horizon + 1):
        if row["method"] == STRAIGHT:
            pace = (latest - row["base_value"]) / (last - row["base_year"])
            value = latest + pace * (year - last)
        else:
            value = latest * (1 + row["observed_rate"]) ** (year - last)
        low, high = row["limit_low"], row["limit_high"]
        value = value if is_missing(low) else max(value, low)
        points.append((year, float(value if is_missing(high) else min(value, high))))
    return points


def of_group(reader: Reader, group: str, method: str) -> Matrix:
    """KPIs × verdicts: how many members stand at each, darker the more."""
    ctx = reader.ctx
    states = [code for code in data.members(reader.warehouse, group) if reader.areas.at[code, "un_member"]]
    rows = _rows(reader, sorted(states), method)
    rows = rows.assign(verdict=[verdicts.plain_verdict(row) for row in records(rows)])
    order = [str(kpi) for kpi in progress_sentences.shares(rows).index][:LANES]
    heads = [
        _("on track or met"),
        _("too slow"),
        _("standing still"),
        _("moving away"),
        _("no recent figure"),
    ]
    cells = tuple(tuple(_cells(reader, rows[rows["kpi"] == kpi_id]["verdict"])) for kpi_id in order)
    names = [reader.kpi(kpi_id).name for kpi_id in order]
    said = "; ".join(
        f"{name}: " + ", ".join(f"{head} {cell[0]}" for head, cell in zip(heads, line, strict=True))
        for name, line in zip(names, cells, strict=True)
    )
    title = progress_sentences.group(reader.group(group).name, rows, method, ctx)
    unit = _("Number of countries by verdict of the {method} method").format(method=verdicts.SHORT[method])
    n = _("n = {n} countries").format(n=ctx.number(len(states)))
    years = figures.span(rows["latest_year"].max(), rows["base_year"].min()) if len(rows) else ""
    foot = sources.foot_of(reader, order, years, n)
    return Matrix(
        about(reader, title, unit, f"{title} {said}.", foot), tuple(names), tuple(heads), cells, SHADES
    )


def _cells(reader: Reader, of_kpi: pd.Series[str]) -> list[tuple[str, int | None]]:
    counts = [int(of_kpi.isin(levels).sum()) for levels in COLUMNS]
    n = len(of_kpi)
    shades = [min(int(SHADES * k / n), SHADES - 1) if n else None for k in counts[:-1]]
    return [(reader.ctx.number(k), shade) for k, shade in zip(counts, [*shades, None], strict=True)]
