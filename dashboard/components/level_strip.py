"""Where countries and groups stand on a coded answer: a strip of named levels, and its table by edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts import figures, levels
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, kpi_table, sources, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

if TYPE_CHECKING:
    from kpis.queries import Warehouse

Named = tuple[tuple[str, str], ...]


@cached(data.MANY)
def answers(wh: Warehouse, kpi: KpiView, chosen: tuple[str, ...]) -> pd.DataFrame:
    """Answers of areas over the editions on the same scale: ref_area, time_period, level."""
    rows = data.values(wh, kpi.id, chosen).dropna(subset=["obs_value"])
    rows = rows[~rows["time_period"].isin(data.shorter_scales(wh).get(kpi.id, []))]
    return rows[["ref_area", "time_period"]].assign(level=rows["obs_value"])


def groups(reader: Reader, kpi: KpiView, named: Named) -> pd.DataFrame:
    """Groups among what was chosen: id, name, top and n, time_period and first_period of the latest answers.

    top: countries at the highest level, of n with an answer.
    """
    known = reader.groups.index
    rows = []
    for one, name in named:
        if one not in known:
            continue
        last = _latest(reader, kpi, one)
        newest, oldest = figures.ends(last["time_period"])
        rows.append((one, name, int((last["obs_value"] == kpi.top).sum()), len(last), newest, oldest))
    return pd.DataFrame(rows, columns=["id", "name", "top", "n", "time_period", "first_period"])


def _latest(reader: Reader, kpi: KpiView, group: str) -> pd.DataFrame:
    return data.latest(reader.warehouse, [kpi.id], data.members(reader.warehouse, group))


def dots(reader: Reader, kpi: KpiView, named: Named) -> pd.DataFrame:
    """What the strip draws (`levels.COLUMNS`): the last two editions of an area, the counts of a group."""
    known = reader.groups.index
    single = tuple(one for one, _name in named if one not in known)
    held = answers(reader.warehouse, kpi, single) if single else pd.DataFrame(columns=["ref_area"])
    parts = [
        _counts(reader, kpi, one, name) if one in known else _own(held[held["ref_area"] == one], one, name)
        for one, name in named
    ]
    rows = [row for part in parts for row in part]
    return pd.DataFrame(rows, columns=levels.COLUMNS)


def _own(held: pd.DataFrame, area: str, name: str) -> list[tuple[object, ...]]:
    """The last answer, and the one before if it is of another level."""
    course = held.sort_values("time_period").tail(2).to_dict("records")
    if not course:
        return []
    last = course[-1]
    rows: list[tuple[object, ...]] = [(area, name, last["time_period"], last["level"], 1, 1, "last")]
    if course[0]["level"] != last["level"]:
        rows.append((area, name, course[0]["time_period"], course[0]["level"], 1, 1, "before"))
    return rows


def _counts(reader: Reader, kpi: KpiView, group: str, name: str) -> list[tuple[object, ...]]:
    last = _latest(reader, kpi, group)
    newest, _oldest = figures.ends(last["time_period"])
    return [
        (group, name, newest, float(code), count, len(last), "group")
        for code, count in levels.by_level(last["obs_value"], kpi).items()
        if count
    ]


def framed(
    reader: Reader, kpi: KpiView, named: Named, title: str, *, key: str, file: str, focus: str = ""
) -> tuple[Chart, Frame]:
    """The strip and its frame. focus: the area that is drawn in the accent colour."""
    shown, rows = dots(reader, kpi, named), list(named)
    note = _("● latest edition, ○ the edition before where it differs; of groups, countries at each level")
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(shown["id"].nunique()))
    return (
        levels.strip(shown, rows, kpi, reader.ctx, focus=focus),
        Frame(
            key=key,
            title=title,
            unit=kpi.name,
            alt=levels.strip_alt(shown, rows, kpi, reader.ctx),
            foot=sources.foot(reader, kpi, shown["time_period"], n, note=f"{note}. {kpi.caveat}"),
            data=lambda: _export(shown, kpi, reader),
            table=lambda: by_edition(reader, kpi, named),
            file=file,
            how=lambda: explain.kpi(reader, kpi),
            legend=levels.legend(kpi, reader.ctx) if reader.ctx.narrow else "",
        ),
    )


def _export(shown: pd.DataFrame, kpi: KpiView, reader: Reader) -> pd.DataFrame:
    """Levels with their names, and the countries at each; one row per area or group, edition and level."""
    named = [reader.ctx.level(code, kpi) for code in shown["level"]]
    return shown.drop(columns="kind").assign(level_name=named, **kpi.provenance())


def by_edition(reader: Reader, kpi: KpiView, named: Named) -> str:
    """Levels as a table: one row per area, one column per edition, the newest first; groups with counts."""
    known = reader.groups.index
    single = tuple(one for one, _name in named if one not in known)
    held = (
        answers(reader.warehouse, kpi, single)
        if single
        else pd.DataFrame(columns=["ref_area", "time_period"])
    )
    years = sorted({int(year) for year in held["time_period"]}, reverse=True)
    values = {(row.ref_area, int(row.time_period)): row.level for row in held.itertuples()}
    newest = held.groupby("ref_area")["time_period"].max().to_dict()
    body: list[list[Cell]] = []
    for one, name in named:
        if one in known:
            middle = kpi_table.middle(_latest(reader, kpi, one), kpi, reader.ctx)
            body.append([name, middle, *[""] * max(len(years) - 1, 0)])
            continue
        cells = [
            figures.figure(
                values.get((one, year)), kpi, year, reader.ctx, dated=False, past=year < newest.get(one, year)
            )
            for year in years
        ]
        body.append([name, *cells])
    columns = [Column(_("Country or group")), *(Column(str(year)) for year in years or [""])]
    return table.html(kpi.name, columns, body, no_data=_("no data"))
