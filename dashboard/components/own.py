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

from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.trend import Line
from dashboard.components import state
from dashboard.components.language import text as _
from dashboard.components.workspace import Access, access
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import catalogue, names
from kpis.workspace.figures import Known, OwnFigures, OwnValue, beside, kpi_facts
from kpis.workspace.figures.keep import figures_of, kept, key_of
from kpis.workspace.figures.periods import month_of, year_of
from kpis.workspace.items import Item

STATE = "escala_own"
LINE = "own:"  # before the name of the table in the id of a line
SHOW = "escala_own_show"  # id of the table that the page shows first
MOST_DECIMALS = 3
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
    for name in ("data", "series", "tier", "period", "place"):
        state.store().values.pop(name, None)
    state.store().changed = True


def drop(name: str) -> None:
    """Takes a table out of the session."""
    held().tables.pop(key_of(name), None)


def values(reader: Reader, area: str) -> tuple[OwnValue, ...]:
    """The own values of an area in all tables of this reader; empty for who has none, at no cost."""
    return tuple(value for one in datasets(reader).values() for value in beside(one.own, area))


def values_by_kpi(reader: Reader, area: str) -> dict[str, OwnValue]:
    """The own values of an area that measure a KPI of Escala, the newest table first where two do."""
    return {value.kpi: value for value in reversed(values(reader, area)) if value.kpi}


def view_of(own: OwnFigures, series: str) -> KpiView:
    """A series as charts and tables show it, with as many decimals as its figures have, at most three."""
    row = own.series[own.series["series"] == series].iloc[0]
    values = own.figures.loc[own.figures["series"] == series, "obs_value"]
    return kpi_view(series, str(row["name"]), str(row["unit"]), str(row["direction"]), values)


def kpi_view(series: str, name: str, unit: str, direction: str, values: Iterable[float]) -> KpiView:
    """A series of one's own in place of a KPI."""
    precision = max((_decimals(value) for value in values), default=0)
    symbol = "%" if unit.startswith("%") else ""
    return KpiView(series, name, unit, symbol, direction, min(precision, MOST_DECIMALS))


def _decimals(value: float) -> int:
    text = f"{value:.3f}".rstrip("0")
    return len(text.partition(".")[2])


def figure(value: float | None, kpi: KpiView, ctx: Context, period: str) -> Markup:
    """An own value as an element that says whose it is and of when; the dash where there is none.

    period: one, or the first and the last of several; "" for a target or gate, which never gets old.
    """
    if value is None or pd.isna(value):
        return escape(MISSING)
    when = Markup(' data-year="{}"').format(period) if period else Markup(' data-rule="true"')
    element = Markup('<data class="e-fig" value="{}" data-own="true"{}>{}</data>')
    return element.format(repr(float(value)), when, ctx.value(value, kpi))


def span(periods: Iterable[str]) -> str:
    """The first and the last of several periods: "2019–2023-Q3"."""
    held = sorted(set(periods), key=month_of)
    return "" if not held else held[0] if len(held) == 1 else f"{held[0]}–{held[-1]}"


def badge() -> Markup:
    """The mark of an own figure."""
    return Markup('<span class="e-mark e-own">{}</span>').format(_("own figure"))


def beside_html(value: OwnValue, kpi: KpiView, ctx: Context, *, is_alone: bool = False) -> Markup:
    """An own value in small type, for below the international one: value and period, own target, own gate.

    is_alone: there is no international one, and the value stands above in its place.
    """
    said = Markup("{} {} ({})").format(badge(), figure(value.value, kpi, ctx, value.period), value.period)
    parts = [badge() if is_alone else said]
    if value.target is not None:
        when = "" if value.target_year is None else f" ({value.target_year})"
        parts.append(Markup("{} {}{}").format(_("own target"), figure(value.target, kpi, ctx, ""), when))
    if value.gate_reached:
        parts.append(escape(f"{_('own gate reached')}: {_(value.gate_reached)}"))
    return Markup('<small class="e-sub">{}</small>').format(Markup(" · ").join(parts))


def line(value: OwnValue, name: str) -> Line:
    """The line of an own value in a chart of trends."""
    return Line(f"{LINE}{value.dataset}", name, "series")


def line_rows(value: OwnValue, name: str) -> pd.DataFrame:
    """The rows of `line`, as `groups.trend_rows` gives them: one a year, the newest of each."""
    return pd.DataFrame(
        {
            "id": f"{LINE}{value.dataset}",
            "name": name,
            "time_period": [year_of(period) for period, _value in value.points],
            "obs_value": [number for _period, number in value.points],
            "obs_status": "",
        }
    )


def is_line(line_id: str) -> bool:
    """Whether a line of a chart is one of own values."""
    return line_id.startswith(LINE)


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
        "own_table": column("dataset"),
    }


@cached(2)
def known(reader: Reader) -> Known:
    """What a table of one's own is read against."""
    return Known(kpi_facts(catalogue.load()), names.index(), reader.ctx.as_of)
