"""Where countries and groups stand on a coded answer: a strip of named levels, and its table by edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts import figures, levels
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records
from dashboard.components import explain, kpi_tables, sources, table
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
def answers(wh: Warehouse, kpi: KpiView, areas: tuple[str, ...]) -> pd.DataFrame:
    """Answers of areas over the editions on the same scale: ref_area, time_period, level."""
    rows = data.values(wh, kpi.id, areas).dropna(subset=["obs_value"])
    rows = rows[~rows["time_period"].isin(data.shorter_scales(wh).get(kpi.id, []))]
    return rows[["ref_area", "time_period"]].assign(level=rows["obs_value"])


def groups(reader: Reader, kpi: KpiView, named: Named) -> pd.DataFrame:
    """Groups among what was chosen: id, name, top and n, time_period and first_period of the latest answers.

    top: countries at the highest level, of n with an answer.
    """
    rows = []
    for group_id, name in named:
        if not reader.is_group(group_id):
            continue
        last = _latest(reader, kpi, group_id)
        newest, oldest = figures.ends(last["time_period"])
        rows.append((group_id, name, int((last["obs_value"] == kpi.top).sum()), len(last), newest, oldest))
    return pd.DataFrame(rows, columns=["id", "name", "top", "n", "time_period", "first_period"])


def _latest(reader: Reader, kpi: KpiView, group: str) -> pd.DataFrame:
    return data.latest(reader.warehouse, [kpi.id], data.members(reader.warehouse, group))


def dots(reader: Reader, kpi: KpiView, named: Named) -> pd.DataFrame:
    """What the strip draws (`levels.COLUMNS`): the last two editions of an area, the counts of a group."""
    single = tuple(code for code, _name in named if not reader.is_group(code))
    levels_of_areas = answers(reader.warehouse, kpi, single) if single else pd.DataFrame(columns=["ref_area"])
    parts = [
        _counts(reader, kpi, code, name)
        if reader.is_group(code)
        else _of_area(levels_of_areas[levels_of_areas["ref_area"] == code], code, name)
        for code, name in named
    ]
    rows = [row for part in parts for row in part]
    return pd.DataFrame(rows, columns=levels.COLUMNS)


def _of_area(editions: pd.DataFrame, area: str, name: str) -> list[tuple[object, ...]]:
    """The last answer, and the one before if it is of another level."""
    course = editions.sort_values("time_period").tail(2).to_dict("records")
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
    reader: Reader,
    kpi: KpiView,
    named: Named,
    title: str,
    *,
    key: str,
    file: str,
    focus: str = "",
    own: str = "",
) -> tuple[Chart, Frame]:
    """The strip and its frame. focus: the area that is drawn in the accent colour. own: `own.note`."""
    marks, rows = dots(reader, kpi, named), list(named)
    note = _("● latest edition, ○ the edition before where it differs; of groups, countries at each level")
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(marks["id"].nunique()))
    return (
        levels.strip(marks, rows, kpi, reader.ctx, focus=focus),
        Frame(
            key=key,
            title=title,
            unit=kpi.name,
            alt=levels.strip_alt(marks, rows, kpi, reader.ctx),
            foot=sources.foot(
                reader, kpi, marks["time_period"], n, note=sources.joined(own, f"{note}. {kpi.caveat}")
            ),
            data=lambda: _export(marks, kpi, reader),
            table=lambda: by_edition(reader, kpi, named),
            file=file,
            how=lambda: explain.kpi(reader, kpi),
            legend=levels.legend(kpi, reader.ctx) if reader.ctx.narrow else "",
        ),
    )


def _export(marks: pd.DataFrame, kpi: KpiView, reader: Reader) -> pd.DataFrame:
    """Levels with their names, and the countries at each; one row per area or group, edition and level."""
    named = [reader.ctx.level(code, kpi) for code in marks["level"]]
    return marks.drop(columns="kind").assign(level_name=named, **kpi.provenance())


def by_edition(reader: Reader, kpi: KpiView, named: Named) -> str:
    """Levels as a table: one row per area, one column per edition, the newest first; groups with counts."""
    single = tuple(code for code, _name in named if not reader.is_group(code))
    levels_of_areas = (
        answers(reader.warehouse, kpi, single)
        if single
        else pd.DataFrame(columns=["ref_area", "time_period"])
    )
    years = sorted({int(year) for year in levels_of_areas["time_period"]}, reverse=True)
    values = {(row["ref_area"], int(row["time_period"])): row["level"] for row in records(levels_of_areas)}
    newest = levels_of_areas.groupby("ref_area")["time_period"].max().to_dict()
    body: list[list[Cell]] = []
    for code, name in named:
        if reader.is_group(code):
            middles = kpi_tables.middles(reader, code, [kpi.id])
            body.append([name, *middles.values(), *[""] * max(len(years) - 1, 0)])
            continue
        cells = [
            figures.figure(
                values.get((code, year)),
                kpi,
                year,
                reader.ctx,
                dated=False,
                past=year < newest.get(code, year),
            )
            for year in years
        ]
        body.append([name, *cells])
    columns = [Column(_("Country or group")), *(Column(str(year)) for year in years)]
    if not years:
        columns.append(Column(""))
    return table.html(kpi.name, columns, body, no_data=_("no data"))
