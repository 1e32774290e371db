"""The views of the page Progress, kept: one country by four methods, one KPI's path, a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.progress import fan as achieved
from dashboard.app_pages.progress import how as explain_progress
from dashboard.app_pages.progress import path as paths
from dashboard.app_pages.progress import reads
from dashboard.app_pages.progress import tables as progress_tables
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import plain, sentence
from dashboard.components import frame, pickers
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.progress import REASONS, Fan, verdict_sentence

TARGET_YEAR = 2030


def _rows(reader: Reader, area: str, horizon: int) -> pd.DataFrame:
    """Every KPI with a target and a value, by every method; the trend to the year `horizon`."""
    return data.progress(reader.warehouse, (area,), None if horizon == TARGET_YEAR else horizon)


@cached(frame.CACHED_FRAMES)
def headline(reader: Reader, area: str, method: str, horizon: int) -> str:
    """A country in a sentence."""
    rows, verdicts = _rows(reader, area, horizon), data.disagreements(reader.warehouse, (area,))
    name = reader.area(area).name
    return words.country(name, rows[rows["method"] == method], verdicts, method, reader.ctx)


@cached(frame.CACHED_FRAMES)
def status(reader: Reader, area: str, method: str, horizon: int) -> tuple[Table, str]:
    """The KPIs of a country by four methods, and the lines below as safe HTML."""
    rows = _rows(reader, area, horizon)
    names = {kpi.id: kpi.name for kpi in reader.kpis.values()}
    title = words.findings(rows[rows["method"] == method], names, reader.ctx)
    markup = progress_tables.status(reader, area, rows, method, horizon)
    foot = (_sources(reader, rows), escape(_how_to_read()), _absent(reader, rows))
    return (
        (
            title,
            markup,
            lambda: progress_tables.export(reader, _rows(reader, area, horizon)),
            f"escala_progress_{area}",
        ),
        "".join(f'<p class="e-foot">{part}</p>' for part in foot if part),
    )


def _how_to_read() -> str:
    return _(
        "No recent figure: the last value is older than its KPI allows, so no method is applied. Others who "
        "made it: of the countries that stood at this country’s level of the base year, how many changed in "
        "as many years by what the target asks."
    )


def _sources(reader: Reader, rows: pd.DataFrame) -> str:
    """Sources of the KPIs shown and the years, as safe HTML."""
    listed, table = reader.kpis, reader.sources
    links = dict.fromkeys(frame.source_link(listed[one], table) for one in rows["kpi"].unique())
    if rows.empty:
        return ""
    span = f"{int(rows['base_year'].min())}–{int(rows['latest_year'].max())}"
    return f"{_('Source')}: {', '.join(links)} · {span}"


def _absent(reader: Reader, rows: pd.DataFrame) -> str:
    """Which KPIs with a target have no value, and which cannot be assessed and why, in sentences."""
    listed = reader.kpis
    without = [
        one for one in data.targets(reader.warehouse, reader.lang).index if one not in set(rows["kpi"])
    ]
    said = []
    if without:
        names = ", ".join(listed[one].name for one in without)
        said.append(_("No value since 2015, so no status: {kpis}.").format(kpis=names))
    judged = rows[words.is_open(rows)].drop_duplicates(["kpi", "reason"])
    for reason, part in judged.groupby("reason", sort=False):
        names = ", ".join(listed[one].name for one in part["kpi"])
        said.append(
            _("Cannot be assessed: {kpis}. {reason}").format(kpis=names, reason=_(REASONS[str(reason)]))
        )
    return escape(" ".join(said))


@dataclass(frozen=True)
class Path:
    """The path of a KPI: headline of the page, chart with its frame, verdict as safe HTML."""

    headline: Markup
    figure: Chart
    frame: Frame
    verdict: Markup


@cached(frame.CACHED_FRAMES)
def path(reader: Reader, area: str, chosen: str, method: str, horizon: int) -> Path | None:
    """The path of a KPI in a country; None without a value since 2015."""
    ctx, kpi = reader.ctx, reader.kpi(chosen)
    name = reader.area(area).name
    rows, verdicts = _rows(reader, area, horizon), data.disagreements(reader.warehouse, (area,))
    found = rows[(rows["kpi"] == chosen) & (rows["method"] == method)]
    if found.empty:
        return None
    row = found.iloc[0].to_dict()
    observed = paths.table(data.values(reader.warehouse, chosen, (area,)), row, horizon)
    fan = reads.achieved(
        reader.warehouse,
        chosen,
        area,
        int(row["base_year"]),
        float(row["base_value"]),
        _last_year(row, horizon),
    )
    bands = fan.bands(row["limit_low"], row["limit_high"])
    compared = achieved.compared(fan, bands, row, kpi, ctx)
    verdict = verdicts[verdicts["kpi"] == chosen].iloc[0].to_dict()
    return Path(
        headline=marks.path_headline(name, row, kpi, ctx),
        figure=paths.figure(observed, row, kpi, ctx, low=row["limit_low"], high=row["limit_high"], fan=fan),
        frame=_path_frame(reader, area, name, kpi, row, horizon, observed, fan),
        verdict=sentence(
            "{verdict} {compared}", verdict=verdict_sentence(verdict, ctx.lang), compared=compared
        ),
    )


def _last_year(row: dict[str, Any], horizon: int) -> int:
    return max(horizon, int(row["target_year"]))


def _path_frame(
    reader: Reader,
    area: str,
    name: str,
    kpi: KpiView,
    row: dict[str, Any],
    horizon: int,
    lines: pd.DataFrame,
    fan: Fan,
) -> Frame:
    """Title, unit, alternative text, foot, table and download of a path."""
    ctx, bands = reader.ctx, fan.bands(row["limit_low"], row["limit_high"])
    reason = str(data.targets(reader.warehouse, reader.lang).at[kpi.id, "reason"])
    every = pd.concat([lines, achieved.lines(bands)], ignore_index=True) if len(bands) else lines
    years = lines.loc[lines["line"] == paths.OBSERVED, "time_period"]
    n = _("years with a value: {n}").format(n=ctx.number(len(years)))
    status = marks.status(row, kpi, ctx)
    past = plain(
        sentence(
            "{made} {compared}",
            made=marks.made_it(row, kpi, ctx),
            compared=achieved.compared(fan, bands, row, kpi, ctx),
        )
    )
    return Frame(
        key="path",
        title=paths.title(row, horizon, kpi, ctx),
        unit=sentence(
            "{kpi} · {unit} · {method}: {status}",
            kpi=kpi.name,
            unit=kpi.unit,
            method=words.SHORT[str(row["method"])],
            status=status,
        ),
        alt=f"{paths.alt(lines, row, horizon, name, kpi, ctx)} {past}",
        foot=frame.foot(
            kpi,
            reader.sources,
            years,
            n,
            note=frame.notes(paths.gap_note(lines, kpi, ctx), _note(fan, bands, row, reason, kpi, ctx)),
        ),
        data=lambda: every.assign(ref_area=area, method=row["method"], **kpi.provenance()),
        table=lambda: progress_tables.lines(reader, every, row, kpi),
        file=f"escala_path_{kpi.id}_{area}",
        how=lambda: explain_progress.case(reader, kpi, row, horizon, reason),
        legend=paths.legend(lines, bands, row, ctx),
    )


def _note(
    fan: Fan, bands: pd.DataFrame, row: dict[str, Any], reason: str, kpi: KpiView, ctx: Context
) -> Markup:
    """Why the status is what it is, a short trend, where the target comes from, how the fan was made."""
    why = "" if words.LEVELS[row["status"]] == "open" else _(REASONS[row["reason"]])
    short = marks.thin(row, ctx).capitalize()
    parts = [
        sentence("{why} {target}: {reason}.", why=why, target=_("Target"), reason=reason),
        escape(short),
        achieved.rule(fan, bands, kpi, ctx),
    ]
    return Markup(" · ").join(part for part in parts if part)


@cached(frame.CACHED_FRAMES)
def group(reader: Reader, group: str, area: str | None, method: str) -> tuple[str, Table, str]:
    """A group in a sentence; its KPIs × countries; the sources as safe HTML. area: in bold."""
    names = reader.areas
    inside = data.members(reader.warehouse, group)
    members = pickers.by_name(names.loc[[one for one in inside if names.at[one, "un_member"]]])
    asked = tuple(sorted(members))
    rows = _by_method(reader, asked, method)
    said = reader.group(group).name
    listed = reader.kpis
    table = (
        words.ends(rows, {one: kpi.name for one, kpi in listed.items()}, reader.ctx),
        progress_tables.matrix(reader, members, rows, method, area),
        lambda: progress_tables.export(reader, _by_method(reader, asked, method)),
        f"escala_progress_{group}_{method}",
    )
    foot = f'<p class="e-foot">{_sources(reader, rows)}</p>'
    return words.group(said, rows, method, reader.ctx), table, foot


def _by_method(reader: Reader, areas: tuple[str, ...], method: str) -> pd.DataFrame:
    rows = data.progress(reader.warehouse, areas, None)
    return rows[rows["method"] == method]
