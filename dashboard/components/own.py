"""Own figures of a reader: those of the session, those kept in the workspace, and what they say of an area.

They never pass through a cached read under the reader alone: whoever shows them in a cached table hands them
over as an argument, so that nobody is given those of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts import own_values
from dashboard.charts.context import Context, KpiView
from dashboard.charts.marks import bare
from dashboard.charts.trend import Line
from dashboard.components import state
from dashboard.components.language import text as _
from dashboard.components.workspace import Access, access
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import catalogue, names
from kpis.workspace.figures import Known, OwnFigures, OwnValue, beside, kpi_facts
from kpis.workspace.figures.keep import figures_of, kept, key_of
from kpis.workspace.figures.model import said_once
from kpis.workspace.figures.periods import year_of
from kpis.workspace.items import Item

STATE = "escala_own"
SHOW = "escala_own_show"  # id of the table that the page shows first
MOST_NAMED = 6  # own values in a foot
MOST = 8  # tables in a session: each may hold a million values


@dataclass(frozen=True)
class Dataset:
    """A table of one's own. item: its entry where it is kept in the workspace."""

    id: str
    own: OwnFigures
    item: Item | None = None


@dataclass
class Held:
    """What a session holds. tables: by key of the name; stamp: of the workspace when `kept` was read."""

    tables: dict[str, OwnFigures] = field(default_factory=dict)
    stamp: str = ""
    kept: dict[str, Dataset] = field(default_factory=dict)


def held() -> Held:
    """The own figures of this session."""
    found: Held = st.session_state.setdefault(STATE, Held())
    return found


def datasets(reader: Reader) -> dict[str, Dataset]:
    """All tables of this reader by id: those of the session, then those kept that it has no newer one of."""
    of_session = {key: Dataset(f"s-{key}", own) for key, own in held().tables.items()}
    of_workspace = {key: one for key, one in _kept(access(reader.lang)).items() if key not in of_session}
    return {one.id: one for one in (*of_session.values(), *of_workspace.values())}


def _kept(to: Access) -> dict[str, Dataset]:
    """The tables of the workspace, read again only when one of them changed."""
    if not to.is_open or to.workspace is None or to.person is None:
        return {}
    session, stamp = held(), to.workspace.stamp("dataset")
    if stamp != session.stamp:
        before = {(one.id, one.item.version): one for one in session.kept.values() if one.item is not None}
        session.kept = {
            key_of(item.title): before.get((item.id, item.version))
            or Dataset(item.id, figures_of(to.workspace, to.person, item), item)
            for item in kept(to.workspace, to.person)
        }
        session.stamp = stamp
    return session.kept


def put(own: OwnFigures) -> bool:
    """Takes a table into the session, in place of the one with its name; False where there are too many."""
    tables, key = held().tables, key_of(own.name)
    if key not in tables and len(tables) >= MOST:
        return False
    tables[key] = own
    return True


def forget_choice() -> None:
    """The page shows the table of `SHOW` at its next run, not the one that was chosen before."""
    for name in ("data", "series", "tier", "period", "place", "weight", "parts"):
        state.store().values.pop(name, None)
    state.store().changed = True


def drop(name: str) -> None:
    """Takes a table out of the session."""
    held().tables.pop(key_of(name), None)


def values(reader: Reader, area: str) -> tuple[OwnValue, ...]:
    """The own values of an area in all tables of this reader; empty for who has none, at no cost."""
    return tuple(value for _area, value in of_areas(reader, (area,)))


def of_areas(reader: Reader, areas: Iterable[str]) -> tuple[tuple[str, OwnValue], ...]:
    """The own values of several areas, each with its area, in the order of the areas."""
    tables = [one.own for one in datasets(reader).values()]
    if not tables:
        return ()
    return tuple(
        (area, value)
        for area in areas
        for own in tables
        if area in own.with_figures
        for value in beside(own, area)
    )


def values_by_kpi(reader: Reader, area: str) -> dict[str, OwnValue]:
    """The own values of an area that measure a KPI of Escala, the newest table first where two do."""
    return {value.kpi: value for value in reversed(values(reader, area)) if value.kpi}


@said_once
def view_of(own: OwnFigures, series: str) -> KpiView:
    """A series as charts and tables show it, with as many decimals as its figures have, at most three."""
    row = own.series[own.series["series"] == series].iloc[0]
    values = own.figures.loc[own.figures["series"] == series, "obs_value"]
    return own_values.kpi_view(series, str(row["name"]), str(row["unit"]), str(row["direction"]), values)


def badge() -> Markup:
    """The mark of an own figure."""
    return Markup('<span class="e-mark e-own">{}</span>').format(_("own figure"))


def beside_html(value: OwnValue, kpi: KpiView, ctx: Context, *, is_alone: bool = False) -> Markup:
    """An own value in small type, for below the international one: value and period, own target, own gate.

    is_alone: there is no international one, and the value stands above in its place.
    """
    said = own_values.figure(value.value, kpi, ctx, value.period, dated=True)
    parts = [badge() if is_alone else badge() + " " + said]
    if value.target is not None:
        when = "" if value.target_year is None else f" ({value.target_year})"
        target = own_values.figure(value.target, kpi, ctx, "")
        parts.append(Markup("{} {}{}").format(_("own target"), target, when))
    if value.gate_reached:
        parts.append(escape(f"{_('own gate reached')}: {_(value.gate_reached)}"))
    return Markup('<small class="e-sub">{}</small>').format(Markup(" · ").join(parts))


def named(area: str) -> str:
    """What the own values of an area are called in a chart; the mark first, for long names are cut."""
    return _("own figure: {area}").format(area=area)


def note(mine: Iterable[tuple[str, OwnValue]], reader: Reader, kpi: KpiView) -> Markup:
    """Whose own values stand in a chart, for its foot and its picture: value, period, age and table of each.

    Of many the first are named. Empty where there are none.
    """
    every = list(mine)
    said = [
        Markup("{} {}, {}").format(
            reader.area(area).name,
            own_values.figure(value.value, kpi, reader.ctx, value.period, dated=True),
            value.dataset,
        )
        for area, value in every[:MOST_NAMED]
    ]
    if len(every) > MOST_NAMED:
        said.append(escape(_("{n} more").format(n=reader.ctx.number(len(every) - MOST_NAMED))))
    return badge() + " " + Markup("; ").join(said) if said else Markup("")


def line(area: str, value: OwnValue, name: str) -> Line:
    """The line of an own value in a chart of trends."""
    return Line(own_values.line_id(area, value.dataset), bare(name), "series")


def line_rows(area: str, value: OwnValue, name: str) -> pd.DataFrame:
    """The rows of `line`, as `groups.trend_rows` gives them: one a year, the newest of each."""
    return pd.DataFrame(
        {
            "id": own_values.line_id(area, value.dataset),
            "name": name,
            "time_period": [year_of(period) for period, _value in value.points],
            "obs_value": [number for _period, number in value.points],
            "obs_status": "",
        }
    )


def columns(values_by_kpi: dict[str, OwnValue], kpis: pd.Series[str]) -> dict[str, pd.Series[Any]]:
    """Columns for a download beside the international values of KPIs; none where there is no own value."""
    if not values_by_kpi:
        return {}
    found = [values_by_kpi.get(kpi) for kpi in kpis]

    def column(name: str) -> pd.Series[Any]:
        return pd.Series(
            [None if one is None else getattr(one, name) for one in found], kpis.index, dtype=object
        )

    return {
        "own_value": column("value"),
        "own_period": column("period"),
        "own_target": column("target"),
        "own_target_year": column("target_year"),
        "own_gate_reached": column("gate_reached"),
        "own_table": column("dataset"),
    }


@cached(2)
def known(reader: Reader) -> Known:
    """What a table of one's own is read against."""
    return Known(kpi_facts(catalogue.load()), names.index(), reader.ctx.as_of)
