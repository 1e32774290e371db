"""The stages of a group: countries × dimensions."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.app_pages.stages import tables as stage_tables
from dashboard.charts import stage_sentences as sentences
from dashboard.charts.figure import Chart
from dashboard.components import frame
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader


@drawn(frame.CACHED_FRAMES)
def matrix(reader: Reader, area: str | None, group: str, year: int) -> tuple[Chart, Frame, str]:
    """Countries × dimensions, its frame and the stages of the group in a sentence. area: in bold."""
    ctx, labels, names = reader.ctx, reader.dimensions, reader.area_names
    cells = stage_matrix.ordered(data.stage_matrix(reader.warehouse, group, year), names, area)
    doubts = data.stage_doubts(reader.warehouse, group, year)
    rows = {code: str(names[code]) for code in cells.index}
    columns = {dimension: labels[dimension] for dimension in cells.columns}
    return (
        stage_matrix.figure(cells, rows, columns, ctx, marked=area, of_countries=True, doubts=doubts),
        _frame(reader, group, year, cells, doubts, rows, columns),
        sentences.group(reader.group(group).name, cells, labels, ctx),
    )


def _frame(
    reader: Reader,
    group: str,
    year: int,
    cells: pd.DataFrame,
    doubts: pd.DataFrame,
    rows: dict[str, str],
    columns: dict[str, str],
) -> Frame:
    ctx, name = reader.ctx, reader.group(group).name
    return Frame(
        key="stage_matrix",
        title=stage_matrix.common(cells, ctx),
        unit=f"{name} · " + _("Stage of each dimension, {year}").format(year=year),
        alt=stage_matrix.alt(cells, rows, columns, ctx),
        foot=_foot(reader, cells),
        data=lambda: _export(reader, cells, year),
        table=lambda: stage_tables.matrix(reader, cells, rows, columns, name, _("Country"), doubts),
        file=f"escala_stages_{group}_{year}",
        how=stage_tables.how,
        legend=stage_matrix.legend(cells, ctx, doubts),
    )


def _foot(reader: Reader, cells: pd.DataFrame) -> Markup:
    number = reader.ctx.number
    note = _("n = {n} countries; – marks a dimension with fewer than three KPIs with data ({missing}).")
    n, missing = number(len(cells)), number(int(cells.isna().sum().sum()))
    return stage_tables.foot_all(reader, note.format(n=n, missing=missing))


def _export(reader: Reader, cells: pd.DataFrame, year: int) -> pd.DataFrame:
    table = stage_tables.matrix_export(cells, reader.area_names, year)
    return table.assign(source=stage_tables.source_ids(reader))
