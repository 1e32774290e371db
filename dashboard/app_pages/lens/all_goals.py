"""The overview of all 17 goals: how many KPIs measure, serve or enable targets of each."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.lens import evidence, goals, overview, reads
from dashboard.charts import evidence_words
from dashboard.charts.context import MISSING
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE


@cached(frame.CACHED_FRAMES)
def framed(reader: Reader, area: str | None) -> tuple[Chart, Frame]:
    """All goals × kinds of evidence and its frame. area: links of the table lead to this country."""
    counts = reads.by_goal(reader.warehouse)
    return (
        _figure(reader),
        Frame(
            key="lens_goals",
            title=overview.title(counts, reader.ctx),
            unit=_("Number of KPIs by goal, and the targets they are linked to"),
            alt=overview.alt(counts, reader.ctx),
            foot=_foot(reader, counts),
            data=lambda: counts.assign(targets=[" ".join(targets) for targets in counts["targets"]]),
            table=lambda: _html(reader, counts, area),
            file="escala_sdg_lens",
            how=evidence.how,
        ),
    )


@cached(frame.CACHED_FRAMES)
def _figure(reader: Reader) -> Chart:
    """The chart, which is the same for every country."""
    return overview.figure(reads.by_goal(reader.warehouse), reader.ctx)


def _foot(reader: Reader, counts: pd.DataFrame) -> Markup:
    sdg_links = data.sdg_links(reader.warehouse)
    write = reader.ctx.number
    n = _("n = {n} KPIs, {links} links, {targets} targets.").format(
        n=write(sdg_links["kpi"].nunique()),
        links=write(len(sdg_links)),
        targets=write(sdg_links["target"].nunique()),
    )
    return Markup("{}: {} · {} {}").format(
        _("Source"),
        _("catalogue of KPIs; methodology, C"),
        n,
        _components_without_kpi(reader, overview.unlinked(counts)),
    )


def _components_without_kpi(reader: Reader, unlinked: list[int]) -> str:
    """Components that the methodology links to goals without any KPI; empty where there are none."""
    rows = reads.mechanisms(reader.lang)
    rows = rows[rows["goal"].isin(unlinked)]
    if rows.empty:
        return ""
    components = ", ".join(f"{row['name']} ({row['target']})" for row in records(rows))
    return _("Linked by the methodology, without a KPI: {fields}.").format(fields=components)


def _html(reader: Reader, counts: pd.DataFrame, area: str | None) -> str:
    cells = {(row["goal"], row["evidence"]): _cell(reader, row) for row in records(counts)}
    choices = {"country": area} if area else {}
    body: list[list[Cell]] = [
        [
            _swatch(goal) + links.to(reader, "lens", f"{goal} {_(name)}", goal=str(goal), **choices),
            *(cells[goal, kind] for kind in EVIDENCE),
        ]
        for goal, name in goals.NAMES.items()
    ]
    columns = [Column(_("Goal")), *(Column(_(evidence_words.KINDS[kind])) for kind in EVIDENCE)]
    caption = _("KPIs by goal and kind of evidence, with the targets")
    return table.html(caption, columns, body, no_data=_("no KPI is linked"))


def _cell(reader: Reader, row: Row) -> str:
    """Number of KPIs and the targets they are linked to."""
    if not row["n_kpis"]:
        return MISSING
    return f"{reader.ctx.number(row['n_kpis'])} ({', '.join(row['targets'])})"


def _swatch(goal: int) -> Markup:
    """The colour of a goal with an outline; decoration beside its number."""
    return Markup('<i class="e-goal" style="background:{}" aria-hidden="true"></i>').format(
        goals.COLOURS[goal]
    )
