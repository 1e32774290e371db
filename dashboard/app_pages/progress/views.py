"""Two views of the page Progress, cached: a country by four methods, a group."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.progress import counts, how, matrix, reads
from dashboard.app_pages.progress import tables as progress_tables
from dashboard.charts import progress_sentences as sentences
from dashboard.charts import progress_words as words
from dashboard.charts.figures import span
from dashboard.components import frame, pickers, sources
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.progress import REASONS

FOOT = Markup('<p class="e-foot">{}</p>')


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, area: str, method: str, horizon: int) -> tuple[str, str]:
    """A country in a sentence, and the line below it: by which method, and what is in doubt."""
    rows = reads.statuses(reader.warehouse, area, horizon)
    rows = rows[rows["method"] == method]
    verdicts = reads.disagreements(reader.warehouse, (area,))
    name = reader.area(area).name
    below = sentences.by_which(rows, verdicts, method, reader.ctx)
    return sentences.country(name, rows, reader.ctx), below


@worded(frame.CACHED_FRAMES)
def status(
    reader: Reader, area: str, method: str, horizon: int, *, all_methods: bool = False
) -> tuple[Table, Markup, Markup]:
    """The title of the KPIs of a country with the rule of the verdict, their table, the lines below."""
    rows = reads.statuses(reader.warehouse, area, horizon)
    names = {kpi.id: kpi.name for kpi in reader.kpis.values()}
    head = (
        sentences.findings(rows[rows["method"] == method], names, reader.ctx),
        Markup('<p class="e-unit">{}</p>').format(_rule(method)),
        lambda: progress_tables.export(reader, reads.statuses(reader.warehouse, area, horizon)),
        f"escala_progress_{area}",
    )
    table = progress_tables.status(reader, area, rows, method, horizon, all_methods=all_methods)
    feet = (_how_to_read(), _sources(reader, rows), _absent(reader, rows))
    below = Markup("").join(FOOT.format(foot) for foot in feet if foot)
    return head, table, (how.vocabularies(reader.ctx) + below if all_methods else below)


def _rule(method: str) -> str:
    """How the verdict comes about, in a line."""
    return _(
        "Verdict: the status by the {method} method in plain words; ≠ where the four methods disagree."
    ).format(method=words.SHORT[method])


def _how_to_read() -> str:
    return _(
        "No recent figure: the last value is older than its KPI allows, so no method is applied. Others who "
        "made it: of the countries that stood at this country’s level of the base year, how many changed in "
        "as many years by what the target asks. Forecast: median and band; 8 of 10 such forecasts ended "
        "within their band."
    )


def _sources(reader: Reader, rows: pd.DataFrame) -> Markup:
    """Sources of the KPIs shown and the years, as safe HTML."""
    if rows.empty:
        return Markup("")
    years = span(rows["latest_year"].max(), rows["base_year"].min())
    return sources.foot_of(reader, rows["kpi"].unique(), years)


def _absent(reader: Reader, rows: pd.DataFrame) -> Markup:
    """Which KPIs with a target have no value, and which cannot be assessed and why, in sentences."""
    targets, assessed = data.targets(reader.warehouse, reader.lang).index, set(rows["kpi"])
    lines = []
    if without := [kpi_id for kpi_id in targets if kpi_id not in assessed]:
        template = _("No value since 2015, so no status: {kpis}.")
        lines.append(template.format(kpis=_names(reader, without)))
    judged = rows[words.is_open(rows)].drop_duplicates(["kpi", "reason"])
    for reason, part in judged.groupby("reason", sort=False):
        template = _("Cannot be assessed: {kpis}. {reason}")
        kpis = _names(reader, part["kpi"].tolist())
        lines.append(template.format(kpis=kpis, reason=_(REASONS[str(reason)])))
    return escape(" ".join(lines))


def _names(reader: Reader, kpi_ids: list[str]) -> str:
    kpis = reader.kpis
    return ", ".join(kpis[kpi_id].name for kpi_id in kpi_ids)


@worded(frame.CACHED_FRAMES)
def group(reader: Reader, group: str, area: str | None, method: str) -> tuple[str, Table, Markup, Markup]:
    """A group in a sentence; the title of its table with the legend; KPIs × countries; the sources.

    area: the reader's country, outlined and first.
    """
    members = sorted(pickers.by_name(_members(reader, group)), key=lambda member: member != area)
    area_codes = tuple(sorted(members))
    rows = reads.by_method(reader.warehouse, area_codes, method)
    title = (
        sentences.ends(rows, {kpi_id: kpi.name for kpi_id, kpi in reader.kpis.items()}, reader.ctx),
        sentences.legend(reader.ctx, method),
        lambda: progress_tables.export(reader, reads.by_method(reader.warehouse, area_codes, method)),
        f"escala_progress_{group}_{method}",
    )
    sentence = sentences.group(reader.group(group).name, rows, method, reader.ctx)
    table = matrix.html(reader, members, rows, method, area)
    return sentence, title, table, FOOT.format(_sources(reader, rows))


def _members(reader: Reader, group: str) -> pd.DataFrame:
    """The UN Member States of a group."""
    states = reader.areas[reader.areas["un_member"]]
    return states.loc[states.index.isin(data.members(reader.warehouse, group))]


@worded(frame.CACHED_FRAMES)
def expected(reader: Reader, group: str) -> Table | None:
    """How many members reach the level of each KPI that is forecast; None where none is."""
    return counts.view(reader, group, tuple(sorted(_members(reader, group).index)))
