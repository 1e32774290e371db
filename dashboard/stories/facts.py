"""Facts in the sentences of a story, asked of the warehouse when a slide is shown: no figure is typed in.

A fact has a name, by which texts say where it stands ("{leader} is first"), and a question of a closed
list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pandas as pd
from markupsafe import Markup, escape
from pydantic import BaseModel, ConfigDict, Field

from dashboard.charts import figures
from dashboard.charts.context import KpiView
from dashboard.charts.ranking import ordered
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import cases

if TYPE_CHECKING:
    from kpis.queries import Warehouse

PLACES = re.compile(r"\{([a-z_]{1,30})\}")  # in a text
GIVEN = frozenset({"headline", "country"})  # names that every text may use: the page's answer, the subject
Ask = Literal[
    "name", "first", "last", "value", "median", "line_end", "rank", "among", "members", "above", "at_stage",
    "year", "cases",
]  # fmt: skip


class Fact(BaseModel):
    """A question to the warehouse.

    ask: name, of an area or group; first, last, who leads or ends a group by a KPI; value, of an area;
    median, of a group; line_end, its median in its newest year; rank, of an area among all
    Member States; among, how many of a group have a value;
    members, of a group; above, how many reach `bar`; at_stage, how many reach the stage `bar` (0–3); year,
    of the newest value of a KPI; cases, how many of the repository, of a theme or channel, and of a group.
    year: of the values, None: the latest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: Ask
    kpi: str = "EGDI"
    area: str = ""
    group: str = "WORLD"
    theme: str = ""
    bar: float = Field(default=0.0, allow_inf_nan=False)
    year: int | None = Field(default=None, ge=1900, le=2200)

    def of(self, country: str) -> Fact:
        """About the subject of the story, where it asks for one."""
        return self.model_copy(update={"area": country}) if self.area == "{country}" else self


def filled(
    template: str, facts: dict[str, Fact], reader: Reader, country: str = "", headline: str = ""
) -> Markup:
    """A text with its facts; "" where one of them cannot be had, for a sentence with a hole says nothing."""
    parts: dict[str, str] = {}
    for name in PLACES.findall(template):
        answer = _given(name, reader, country, headline)
        if answer is None and name in facts:
            answer = answered(facts[name].of(country), reader)
        if answer is None and (name in facts or name in GIVEN):
            return Markup("")
        if answer is not None:
            parts[name] = answer
    pieces = PLACES.split(template)
    return Markup("").join(
        escape(piece) if at % 2 == 0 else escape(parts.get(piece, f"{{{piece}}}"))
        for at, piece in enumerate(pieces)
    )


def _given(name: str, reader: Reader, country: str, headline: str) -> str | None:
    if name == "headline":
        return headline or None
    if name == "country":
        return reader.area(country).name if country in reader.area_names.index else None
    return None


def answered(fact: Fact, reader: Reader) -> str | None:
    """The answer in the reader's words, figures as elements with their year; None where there is none."""
    if fact.ask not in ("name", "members", "at_stage", "cases") and fact.kpi not in reader.kpis:
        return None
    if fact.group not in reader.groups.index or (fact.area and fact.area not in reader.area_names.index):
        return None
    return ANSWERS[fact.ask](fact, reader)


def _name(fact: Fact, reader: Reader) -> str | None:
    return reader.area(fact.area).name if fact.area else reader.group(fact.group).name


def _rows(fact: Fact, reader: Reader) -> tuple[pd.DataFrame, KpiView]:
    """The members of the group with a value, best first, and the KPI."""
    kpi = reader.kpi(fact.kpi)
    rows = data.world(reader.warehouse, reader.lang, fact.kpi, fact.year)
    if fact.group != "WORLD":
        rows = rows[rows["ref_area"].isin(data.members(reader.warehouse, fact.group, fact.year))]
    return ordered(rows, kpi), kpi


def _at_end(end: int) -> Callable[[Fact, Reader], str | None]:
    def answer(fact: Fact, reader: Reader) -> str | None:
        rows, _kpi = _rows(fact, reader)
        if rows.empty:
            return None
        best = rows["obs_value"].iloc[end]
        return ", ".join(rows.loc[rows["obs_value"] == best, "name"])

    return answer


def _value(fact: Fact, reader: Reader) -> str | None:
    row, kpi = _own(fact, reader)
    if row is None:
        return None
    return figures.figure(float(row["obs_value"]), kpi.brief, int(row["time_period"]), reader.ctx)


def _rank(fact: Fact, reader: Reader) -> str | None:
    row, _kpi = _own(fact, reader)
    return None if row is None or pd.isna(row["rank"]) else reader.ctx.number(int(row["rank"]))


def _own(fact: Fact, reader: Reader) -> tuple[pd.Series | None, KpiView]:
    """The row of the area, if it has a value."""
    rows, kpi = _rows(fact.model_copy(update={"group": "WORLD"}), reader)
    own = rows[rows["ref_area"] == fact.area]
    return (None if own.empty else own.iloc[0]), kpi


def _median(fact: Fact, reader: Reader) -> str | None:
    """Of the latest values of the members: what a map and a ranking show."""
    rows, kpi = _rows(fact, reader)
    if rows.empty:
        return None
    newest, oldest = figures.ends(rows["time_period"])
    return figures.figure(float(rows["obs_value"].median()), kpi.brief, newest, reader.ctx, first=oldest)


def _line_end(fact: Fact, reader: Reader) -> str | None:
    """The median of the newest year of a group: where its line ends in a comparison over the years."""
    kpi, held = reader.kpi(fact.kpi).brief, data.group_values(reader.warehouse, (fact.kpi,), (fact.group,))
    held = held.dropna(subset=["median"]).sort_values("time_period")
    if held.empty:
        return None
    last = held.iloc[-1]
    return figures.figure(float(last["median"]), kpi, int(last["time_period"]), reader.ctx)


def _among(fact: Fact, reader: Reader) -> str | None:
    rows, _kpi = _rows(fact, reader)
    return reader.ctx.number(len(rows)) if len(rows) else None


def _members(fact: Fact, reader: Reader) -> str | None:
    return reader.ctx.number(len(data.members(reader.warehouse, fact.group, fact.year)))


def _above(fact: Fact, reader: Reader) -> str | None:
    rows, kpi = _rows(fact, reader)
    if rows.empty:
        return None
    reached = rows["obs_value"] <= fact.bar if kpi.direction == "lower" else rows["obs_value"] >= fact.bar
    return reader.ctx.number(int(reached.sum()))


def _at_stage(fact: Fact, reader: Reader) -> str | None:
    years = data.stage_years(reader.warehouse)
    if not years:
        return None
    rows = _stages(reader.warehouse, years[-1])
    assessed = rows.loc[rows["ref_area"].isin(data.members(reader.warehouse, fact.group)), "stage"].dropna()
    return reader.ctx.number(int((assessed >= fact.bar).sum())) if len(assessed) else None


def _year(fact: Fact, reader: Reader) -> str | None:
    years = data.years_by_kpi(reader.warehouse).get(fact.kpi)
    return str(max(years)) if years else None


def _cases(fact: Fact, reader: Reader) -> str | None:
    members = None if fact.group == "WORLD" else set(data.members(reader.warehouse, fact.group))
    rows = _all_cases()
    if fact.theme:
        pairs = zip(rows["theme"], rows["channel"], strict=True)
        rows = rows[[fact.theme in (theme, *channel) for theme, channel in pairs]]
    if members is not None:
        rows = rows[rows["country_iso3"].isin(members)]
    return reader.ctx.number(len(rows))


@cached(2)
def _stages(wh: Warehouse, year: int) -> pd.DataFrame:
    """The stages of all countries in a year, over all dimensions."""
    return wh.sql(
        "select ref_area, stage from stage_overall where scenario = 'published' and time_period = $year",
        {"year": year},
    )


@cached(1)
def _all_cases() -> pd.DataFrame:
    return cases.load("en")


ANSWERS: dict[str, Callable[[Fact, Reader], str | None]] = {
    "name": _name,
    "first": _at_end(0),
    "last": _at_end(-1),
    "value": _value,
    "median": _median,
    "line_end": _line_end,
    "rank": _rank,
    "among": _among,
    "members": _members,
    "above": _above,
    "at_stage": _at_stage,
    "year": _year,
    "cases": _cases,
}
