"""One country's stages: the ladder of its dimensions, and how it came there."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.app_pages.stages import tables as stage_tables
from dashboard.charts import stage_ladder
from dashboard.charts import stage_sentences as sentences
from dashboard.charts.figure import Chart
from dashboard.components import frame, sources
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads import stage_moves as reads
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from kpis.stages import Profile

YEARS, YEARS_NARROW = 14, 7  # of a history, as many as fit side by side


@drawn(frame.CACHED_FRAMES)
def ladder(reader: Reader, area: str) -> tuple[Chart, Frame]:
    """The ladder and its frame."""
    rows, labels = data.stage_profile(reader.warehouse, area).dimensions, reader.dimensions
    return stage_ladder.figure(rows, labels, reader.ctx, row_height=35), _ladder_frame(reader, area)


def _ladder_frame(reader: Reader, area: str) -> Frame:
    ctx, labels, profile = reader.ctx, reader.dimensions, data.stage_profile(reader.warehouse, area)
    rows = profile.dimensions
    return Frame(
        key="ladder",
        title=sentences.reached(rows, profile.overall, ctx),
        unit=sentences.agreement(rows, profile.year, ctx),
        alt=stage_ladder.alt(reader.area(area).name, rows, labels, ctx),
        foot=_ladder_foot(reader, profile),
        data=lambda: stage_tables.readings_export(reader, data.stage_profile(reader.warehouse, area)),
        table=lambda: stage_tables.readings(
            reader, data.stage_profile(reader.warehouse, area).dimensions, labels
        ),
        file=f"escala_stages_{area}",
        how=stage_tables.how,
        legend=stage_ladder.legend(rows, ctx),
        narrow=True,
    )


def _ladder_foot(reader: Reader, profile: Profile) -> Markup:
    gates, number = profile.gates.dropna(subset=["value"]), reader.ctx.number
    n = _("n = {n} of {all} KPIs").format(n=number(len(gates)), all=number(len(profile.gates)))
    years = sources.span_of(gates["time_period"])
    return sources.folded(reader, gates["kpi"], years, n)


@worded(frame.CACHED_FRAMES)
def first_steps(reader: Reader, area: str) -> str:
    """The short list of what opens the next stage."""
    profile = data.stage_profile(reader.warehouse, area)
    return stage_tables.first_steps(reader, profile, reader.dimensions)


@worded(frame.CACHED_FRAMES)
def gates(reader: Reader, area: str) -> Table:
    """Every KPI with its bar."""
    profile = data.stage_profile(reader.warehouse, area)
    labels = reader.dimensions
    return (
        _("Gates"),
        stage_tables.gates(reader, profile, labels, area),
        lambda: stage_tables.gates_export(reader, data.stage_profile(reader.warehouse, area)),
        f"escala_gates_{area}",
    )


@drawn(frame.CACHED_FRAMES)
def history(reader: Reader, area: str) -> tuple[Chart, Frame]:
    """Dimensions × years and its frame."""
    stages, ctx = reads.history(reader.warehouse, area), reader.ctx
    most = YEARS_NARROW if ctx.narrow else YEARS
    years = sorted(int(year) for year in stages["time_period"].unique())[-most:]
    cells = _by_year(stages, "stage", years)
    doubts = _by_year(stages, "in_doubt", years).fillna(False)
    rows = {dimension: label for dimension, label in reader.dimensions.items() if dimension in cells.index}
    columns = {year: year for year in cells.columns}
    return (
        stage_matrix.figure(cells, rows, columns, ctx, row_height=30, doubts=doubts),
        _history_frame(reader, area, years, cells, doubts, rows, columns),
    )


def _by_year(stages: pd.DataFrame, column: str, years: list[int]) -> pd.DataFrame:
    """A column of the history as dimensions × years, the years as text."""
    table = stages.pivot(index="dimension", columns="time_period", values=column)[years]
    return table.set_axis([str(year) for year in years], axis="columns")


def _history_frame(
    reader: Reader,
    area: str,
    years: list[int],
    cells: pd.DataFrame,
    doubts: pd.DataFrame,
    rows: dict[str, str],
    columns: dict[str, str],
) -> Frame:
    return Frame(
        key="stage_history",
        title=_("{name}: stages since {year}").format(name=reader.area(area).name, year=years[0]),
        unit=_("Stage by the two-thirds rule; a change may come from another KPI having data"),
        alt=stage_matrix.alt(cells, rows, columns, reader.ctx),
        foot=escape(_("With the values and bars of today, also for past years.")),
        data=lambda: _export(reads.history(reader.warehouse, area), years),
        table=lambda: stage_tables.matrix(
            reader, cells, rows, columns, _("Stages by dimension"), _("Dimension"), doubts
        ),
        file=f"escala_stage_history_{area}",
        how=stage_tables.how,
        legend=stage_matrix.legend(cells, reader.ctx, doubts),
    )


def _export(stages: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """The stages of these years, as shown."""
    assessed = stages[stages["time_period"].isin(years)].dropna(subset=["stage"])
    return assessed[["ref_area", "time_period", "dimension", "n_with_data", "n_required"]].assign(
        stage=[stage_tables.code(stage) for stage in assessed["stage"]], method="methodology B.2, B.3"
    )
