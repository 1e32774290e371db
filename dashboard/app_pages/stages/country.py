"""One country's stages: the ladder of its dimensions, and how it came there."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.charts import stage_ladder, stage_words
from dashboard.charts.figure import Chart
from dashboard.components import frame, stage_tables
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

YEARS, YEARS_NARROW = 14, 7  # of a history, as many as fit side by side


@cached(frame.CACHED_FRAMES)
def ladder(reader: Reader, area: str) -> tuple[Chart, Frame]:
    """The ladder and its frame."""
    found = data.stage_profile(reader.warehouse, area)
    name = reader.area(area).name
    labels = reader.dimensions
    ctx, rows, gates = reader.ctx, found.dimensions, found.gates.dropna(subset=["value"])
    n = _("n = {n} of {all} KPIs").format(n=ctx.number(len(gates)), all=ctx.number(len(found.gates)))
    return (
        stage_ladder.figure(rows, labels, ctx, row_height=35),
        Frame(
            key="ladder",
            title=stage_words.agreement(rows, ctx),
            unit=_("Stage of each dimension, {year}").format(year=found.year),
            alt=stage_ladder.alt(name, rows, labels, ctx),
            foot=stage_tables.foot(reader, gates["kpi"].tolist(), gates["time_period"], n),
            data=lambda: stage_tables.readings_export(reader, data.stage_profile(reader.warehouse, area)),
            table=lambda: stage_tables.readings(
                reader, data.stage_profile(reader.warehouse, area).dimensions, labels
            ),
            file=f"escala_stages_{area}",
            how=stage_tables.how,
            legend=stage_ladder.legend(rows, ctx),
            narrow=True,
        ),
    )


@cached(frame.CACHED_FRAMES)
def first_steps(reader: Reader, area: str) -> str:
    """The short list of what opens the next stage."""
    found = data.stage_profile(reader.warehouse, area)
    return stage_tables.first_steps(reader, found, reader.dimensions)


@cached(frame.CACHED_FRAMES)
def gates(reader: Reader, area: str) -> Table:
    """Every KPI with its bar."""
    found = data.stage_profile(reader.warehouse, area)
    labels = reader.dimensions
    return (
        _("Gates"),
        stage_tables.gates(reader, found, labels, area),
        lambda: stage_tables.gates_export(reader, data.stage_profile(reader.warehouse, area)),
        f"escala_gates_{area}",
    )


@cached(frame.CACHED_FRAMES)
def history(reader: Reader, area: str) -> tuple[Chart, Frame]:
    """Dimensions × years and its frame."""
    name = reader.area(area).name
    labels = reader.dimensions
    held = data.stage_history(reader.warehouse, area)
    years = sorted(int(year) for year in held["time_period"].unique())[
        -(YEARS_NARROW if reader.ctx.narrow else YEARS) :
    ]
    cells = held.pivot(index="dimension", columns="time_period", values="stage")[years]
    doubts = held.pivot(index="dimension", columns="time_period", values="in_doubt")[years].fillna(False)
    rows = {one: label for one, label in labels.items() if one in cells.index}
    columns = {year: str(year) for year in years}
    return (
        stage_matrix.figure(cells, rows, columns, reader.ctx, row_height=30, doubts=doubts),
        Frame(
            key="stage_history",
            title=_("{name}: stages since {year}").format(name=name, year=years[0]),
            unit=_("Stage by the two-thirds rule; a change may come from another KPI having data"),
            alt=stage_matrix.alt(cells, rows, columns, reader.ctx),
            foot=escape(_("With the values and bars of today, also for past years.")),
            data=lambda: _export(data.stage_history(reader.warehouse, area), years),
            table=lambda: stage_tables.matrix(
                reader, cells, rows, columns, _("Stages by dimension"), _("Dimension"), doubts
            ),
            file=f"escala_stage_history_{area}",
            how=stage_tables.how,
            legend=stage_matrix.legend(cells, reader.ctx, doubts),
        ),
    )


def _export(held: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """The stages of these years, as shown."""
    known = held[held["time_period"].isin(years)].dropna(subset=["stage"])
    return known[["ref_area", "time_period", "dimension", "n_with_data", "n_required"]].assign(
        stage=[stage_tables.code(one) for one in known["stage"]], method="methodology B.2, B.3"
    )
