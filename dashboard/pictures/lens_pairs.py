"""Clouds of countries of the SDG lens: a KPI against an outcome at equal income, or against income."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import cloud, lens_words
from dashboard.charts.figures import plain, span
from dashboard.charts.scalars import number, records, whole
from dashboard.components import sources
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Cloud, Point
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import RequestError
from kpis.links.association import Association

START, OUTCOME = "EGDI", "SDG_8.10.2"  # as the page begins
FARTHEST = 3  # countries on each side of the line that stand out where none is chosen


def picture(asked: Asked, view: str) -> Cloud:
    """The cloud of the view. Raises RequestError for a pair that is not compared."""
    reader, area = asked.reader, asked.country()
    eligible = reads.eligible(reader.warehouse)
    if not eligible:
        raise RequestError("no KPI holds a figure yet; run escala build.")
    kpi_id = asked.one("kpi", eligible, START if START in eligible else eligible[0])
    peers = asked.group(usual_group(reader, area) if area else "WORLD", "peers")
    if view == "income":
        asked.chart("lens_residuals")
        return income(reader, kpi_id, area, peers)
    outcomes = reads.outcomes(reader.warehouse, kpi_id)
    outcome_id = asked.one("outcome", outcomes, OUTCOME if OUTCOME in outcomes else outcomes[0])
    asked.chart("lens_association")
    if reads.shared(reader.warehouse, kpi_id, outcome_id):
        raise RequestError(f"{kpi_id} and {outcome_id} share figures, so they are not compared.")
    rows, association = reads.pair(reader.warehouse, reader.lang, kpi_id, outcome_id)
    if association is None:
        raise RequestError(f"{kpi_id} and {outcome_id} are not compared: too few countries, or none differs.")
    return pair(reader, rows, association, area, peers)


def pair(reader: Reader, rows: pd.DataFrame, association: Association, area: str, peers: str) -> Cloud:
    """What income leaves of both sides, by country, with the straight line through 0."""
    ctx, kpi, outcome = reader.ctx, reader.kpi(association.kpi), reader.kpi(association.outcome)
    against = _("against what income suggests")
    ends = [number(rows["x_left"].min()), number(rows["x_left"].max())]
    years = _("KPI {year}; outcome {outcome}; income {income}").format(
        year=association.kpi_year,
        outcome=span(association.outcome_years[1], association.outcome_years[0]),
        income=span(association.income_years[1], association.income_years[0]),
    )
    n = _("n = {n} countries").format(n=ctx.number(association.n))
    name = reader.area(area).name if area else ""
    place = plain(lens_words.place_of(rows, area or None, name, kpi, outcome, ctx))
    return Cloud(
        about(
            reader,
            lens_words.strength(association, ctx),
            f"{outcome.name} · {outcome.unit}",
            lens_words.association_alt(association, kpi, outcome, place, ctx),
            sources.foot_of(reader, [kpi.id, outcome.id], years, n),
        ),
        _points(rows.assign(x=rows["x_left"], y=rows["y_left"]), area, _members(reader, peers), log=False),
        tuple((end, association.slope * end) for end in ends),
        f"{kpi.name}, {against} ({kpi.unit})",
        f"{outcome.unit}, {against}",
        (
            reader.group(peers).name,
            "" if peers == "WORLD" else ctx.t("other countries"),
            ctx.t("straight line"),
        ),
    )


def income(reader: Reader, kpi_id: str, area: str, peers: str) -> Cloud:
    """Countries by income and value, with the line; marked are the peers, or those farthest from the line."""
    kpi, ctx = reader.kpi(kpi_id), reader.ctx
    rows = reads.residuals(reader.warehouse, reader.lang, kpi_id)
    if rows.empty:
        raise RequestError(f"{kpi_id} is compared with the income of no country.")
    codes = list(rows["ref_area"])
    marked = _members(reader, peers) if area else frozenset([*codes[:FARTHEST], *codes[-FARTHEST:]])
    line = rows.sort_values("income").iloc[[0, -1]]
    ends = lens_words.against_income(rows, kpi, ctx)
    n = _("n = {n} countries").format(n=ctx.number(whole(rows["n"].iloc[0])))
    return Cloud(
        about(
            reader,
            ends,
            f"{lens_words.dated(kpi.name, kpi, rows['time_period'].max(), ctx)} · {kpi.unit}",
            lens_words.residuals_alt(rows, kpi, "", ctx),
            sources.foot(reader, kpi, rows["time_period"], n),
        ),
        _points(rows.assign(x=rows["income"], y=rows["obs_value"]), area, marked, log=True),
        tuple((float(row["income"]), float(row["predicted"])) for row in records(line)),
        _("GDP per person (PPP, international $), logarithmic"),
        kpi.unit,
        (
            reader.group(peers).name if area else _("farthest from the line"),
            ctx.t("other countries"),
            ctx.t("straight line"),
        ),
        log=True,
    )


def _members(reader: Reader, group: str) -> frozenset[str]:
    return frozenset(data.members(reader.warehouse, group))


def _points(rows: pd.DataFrame, area: str, marked: frozenset[str], *, log: bool) -> tuple[Point, ...]:
    """The countries of a cloud; named are those that the page names, on the same side."""
    shown = cloud.named(rows, area or None, marked, log)
    sides = dict(zip(shown["ref_area"], cloud.sides(rows, shown, log), strict=True))
    return tuple(
        Point(
            str(row["name"]),
            float(row["x"]),
            float(row["y"]),
            "focus" if row["ref_area"] == area else "series" if row["ref_area"] in marked else "peer",
            str(row["name"]) if sides.get(row["ref_area"]) else "",
            sides.get(row["ref_area"]) or "above",
        )
        for row in records(rows)
    )
