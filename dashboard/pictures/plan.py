"""The picture of the page Plan: where each pace leads on the way to the gates that the goal needs."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import sources
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Lane, Paces
from dashboard.reads import plans
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis import plan, stages
from kpis.errors import RequestError

AHEAD, USUAL_YEAR, LANES = 15, 2030, 12


def picture(asked: Asked) -> Paces:
    """The gates of the goal of the address."""
    reader, area = asked.reader, asked.a_country()
    if not data.stage_years(reader.warehouse):
        raise RequestError("no country has a stage yet: too few figures are held.")
    goal, by = _goal(asked, area), _year(asked)
    asked.maybe("variant", ["standard", "mobile"])
    view = asked.one("show", _VIEWS, _VIEWS[0])
    asked.check()
    if view != _VIEWS[0]:
        raise RequestError(
            f"the view show={view} of a plan has no picture; that which has one: {_VIEWS[0]}. The document "
            "of the plan draws its forecast."
        )
    asked.chart("plan_paces")
    return gates(reader, area, goal, by)


_VIEWS = ["gates", "steps", "levers", "forecast", "files"]


def _year(asked: Asked) -> int:
    start = max(data.as_of(asked.reader.warehouse), 2000)
    return asked.number("until", range(start + 1, start + AHEAD), max(USUAL_YEAR, start + 1))


def _goal(asked: Asked, area: str) -> plan.Goal:
    reader = asked.reader
    overall = data.stage_profile(reader.warehouse, area).overall
    usual = stages.STAGES[min((overall or 0) + 1, 3)]
    kind = asked.one("reach", [*stages.STAGES[1:], "egdi", "rank"], usual)
    if kind == "egdi":
        return plan.make_goal(
            egdi=float(asked.one("aim", [f"{n / 100:.2f}" for n in range(10, 101)], "0.75"))
        )
    if kind == "rank":
        ranks = [str(rank) for rank in range(1, int(reader.areas["un_member"].sum()) + 1)]
        return plan.make_goal(rank=int(asked.one("aim", ranks, "50")))
    dimensions = ["all", *(name for name in reader.dimensions if name != "overall")]
    return plan.make_goal(stage=kind, dimension=asked.one("dimension", dimensions, "all"))


def gates(reader: Reader, area: str, goal: plan.Goal, by: int) -> Paces:
    """A lane for each gate that the goal needs. Raises RequestError where none has figures."""
    outlook = plans.outlook(reader.warehouse, area, goal, by)
    needed = outlook.needed
    rows = needed.dropna(subset=["time_period"])
    if outlook.goal.kind != "stage":
        rows = rows[rows["kpi"] == "EGDI"]
    if rows.empty:
        raise RequestError(f"the goal needs no gate of {area} that has figures, so there is no way to draw.")
    shown = rows.sort_values("distance", ascending=False).head(LANES)
    lanes = tuple(_lane(reader, row, by) for row in records(shown))
    title = f"{reader.area(area).name}. {_in_time(reader, rows, by)}"
    n = _("gates: {n}").format(n=reader.ctx.number(len(needed)))
    without = len(needed) - len(needed.dropna(subset=["time_period"]))
    silent = _("{n} without figures").format(n=reader.ctx.number(without)) if without else ""
    said = "; ".join(f"{lane.name}: {lane.label}" for lane in lanes)
    years = sources.span_of(rows["time_period"])
    return Paces(
        about(
            reader,
            title,
            _("Way to each bar, and where each pace leads by {year}").format(year=by),
            f"{title}. {said}.",
            sources.foot_of(reader, shown["kpi"], years, n, silent),
        ),
        lanes,
        (_("pace of the past five years"), _("best quarter of peers")),
        (_("now"), _("bar")),
    )


def _lane(reader: Reader, row: Row, by: int) -> Lane:
    kpi, ctx = reader.kpi(str(row["kpi"])), reader.ctx
    value, bar, year = float(row["value"]), float(row["target"]), int(row["time_period"])
    reached = tuple(
        None if is_missing(row[pace]) else value + float(row[pace]) * (by - year)
        for pace in ("pace_own", "pace_peers")
    )
    label = f"{figures.words(value, kpi.brief, year, ctx)} → {ctx.value(bar, kpi.brief)}"
    return Lane(kpi.name, value, bar, reached, label)


def _in_time(reader: Reader, rows: pd.DataFrame, by: int) -> str:
    """How many gates are passed in time at the pace of the past."""
    ctx, rated = reader.ctx, rows["in_time_own"].dropna()
    if rated.empty:
        return ctx.t("The pace of the past five years is known for none of these gates")
    template = ctx.t("Gates in time for {by} at the pace of the past five years: {k} of {n}")
    if len(rated) < len(rows):
        template = ctx.t(
            "Gates in time for {by} at the pace of the past five years: {k} of {n}; pace not known: {unknown}"
        )
    counts = {"k": int(rated.sum()), "n": len(rows), "unknown": len(rows) - len(rated)}
    return template.format(by=by, **{name: ctx.number(count) for name, count in counts.items()})
