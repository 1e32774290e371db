"""The views of the page Progress, kept: one country by four methods, one KPI's path, a group."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard import data
from dashboard.charts import fan as achieved
from dashboard.charts import path as paths
from dashboard.charts import progress_words as words
from dashboard.charts.figure import Chart
from dashboard.components import explain_progress, frame, pickers, progress_tables
from dashboard.components.frame import Frame, Table
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.keep import kept
from dashboard.reads import fan as reads

TARGET_YEAR = 2030


def _rows(reader: Reader, area: str, horizon: int) -> pd.DataFrame:
    """Every KPI with a target and a value, by every method; the trend to the year `horizon`."""
    return data.progress(reader.version, (area,), None if horizon == TARGET_YEAR else horizon)


@kept(frame.KEPT)
def headline(reader: Reader, area: str, method: str, horizon: int) -> str:
    """A country in a sentence."""
    rows, verdicts = _rows(reader, area, horizon), data.disagreements(reader.version, (area,))
    name = data.areas(reader.version, reader.lang).at[area, "name"]
    return words.country(name, rows[rows["method"] == method], verdicts, method, reader.ctx)


@kept(frame.KEPT)
def status(reader: Reader, area: str, method: str, horizon: int) -> tuple[Table, str]:
    """The KPIs of a country by four methods, and the lines below as safe HTML."""
    rows, verdicts = _rows(reader, area, horizon), data.disagreements(reader.version, (area,))
    apart = verdicts.loc[verdicts["verdict"] == "disagree", "kpi"]
    listed = data.kpi_list(reader.version, reader.lang)
    title = (
        _("The methods disagree: {kpis}").format(kpis=", ".join(listed[one].name for one in apart))
        if len(apart)
        else _("KPIs with a target, farthest along first")
    )
    markup = progress_tables.status(reader, area, rows, verdicts, method, horizon)
    limit = _("“>” and “<”: the trend meets the natural limit of the scale before that year.")
    foot = (_sources(reader, rows), escape(limit), _absent(reader, rows))
    return (
        (
            title,
            markup,
            lambda: progress_tables.export(reader, _rows(reader, area, horizon)),
            f"escala_progress_{area}",
        ),
        "".join(f'<p class="e-foot">{part}</p>' for part in foot if part),
    )


def _sources(reader: Reader, rows: pd.DataFrame) -> str:
    """Sources of the KPIs shown and the years, as safe HTML."""
    listed, table = data.kpi_list(reader.version, reader.lang), data.sources(reader.version, reader.lang)
    links = dict.fromkeys(frame.source_link(listed[one], table) for one in rows["kpi"].unique())
    if rows.empty:
        return ""
    span = f"{int(rows['base_year'].min())}–{int(rows['latest_year'].max())}"
    return f"{_('Source')}: {', '.join(links)} · {span}"


def _absent(reader: Reader, rows: pd.DataFrame) -> str:
    """Which KPIs with a target have no value, and which cannot be assessed and why, in sentences."""
    listed = data.kpi_list(reader.version, reader.lang)
    without = [one for one in data.targets(reader.version, reader.lang).index if one not in set(rows["kpi"])]
    said = []
    if without:
        names = ", ".join(listed[one].name for one in without)
        said.append(_("No value since 2015, so no status: {kpis}.").format(kpis=names))
    judged = rows[words.is_open(rows)].drop_duplicates(["kpi", "reason"])
    for reason, part in judged.groupby("reason", sort=False):
        names = ", ".join(listed[one].name for one in part["kpi"])
        said.append(
            _("Cannot be assessed: {kpis}. {reason}").format(kpis=names, reason=_(words.REASONS[str(reason)]))
        )
    return escape(" ".join(said))


@kept(frame.KEPT)
def path(
    reader: Reader, area: str, chosen: str, method: str, horizon: int
) -> tuple[Chart, Frame, str] | None:
    """The path of a KPI with its frame, and the verdict as safe HTML; None without a value since 2015."""
    ctx, listed = reader.ctx, data.kpi_list(reader.version, reader.lang)
    kpi, name = listed[chosen], data.areas(reader.version, reader.lang).at[area, "name"]
    rows, verdicts = _rows(reader, area, horizon), data.disagreements(reader.version, (area,))
    found = rows[(rows["kpi"] == chosen) & (rows["method"] == method)]
    if found.empty:
        return None
    row, limits = found.iloc[0].to_dict(), data.targets(reader.version, reader.lang).loc[chosen]
    shown = paths.table(data.values(reader.version, chosen, (area,)), row, horizon)
    base, to = int(row["base_year"]), max(horizon, int(row["target_year"]))
    fan = reads.achieved(reader.version, chosen, area, base, float(row["base_value"]), to)
    bands = fan.bands(limits["limit_low"], limits["limit_high"])
    verdict = verdicts[verdicts["kpi"] == chosen].iloc[0].to_dict()
    seen = shown.loc[shown["line"] == paths.OBSERVED, "time_period"]
    n = _("years with a value: {n}").format(n=ctx.number(len(seen)))
    why = "" if words.LEVELS[row["status"]] == "open" else f"{_(words.REASONS[row['reason']])} "
    note = " · ".join(
        part
        for part in (f"{why}{_('Target')}: {limits['reason']}.", achieved.rule(fan, bands, kpi, ctx))
        if part
    )
    every = pd.concat([shown, achieved.lines(bands)], ignore_index=True) if len(bands) else shown
    past = achieved.sentence(fan, bands, row, kpi, ctx)
    symbol, status = words.SYMBOLS[words.LEVELS[row["status"]]], _(words.WORDS[row["status"]])
    return (
        paths.figure(shown, row, kpi, ctx, low=limits["limit_low"], high=limits["limit_high"], fan=fan),
        Frame(
            key="path",
            title=paths.title(shown, row, horizon, kpi, ctx),
            unit=f"{kpi.name} · {kpi.unit} · {words.SHORT[method]}: {symbol} {status}",
            alt=f"{paths.alt(shown, row, horizon, name, kpi, ctx)} {past}",
            foot=frame.foot(kpi, data.sources(reader.version, reader.lang), seen, n, note=note),
            data=lambda: every.assign(ref_area=area, method=method, **kpi.provenance()),
            table=lambda: progress_tables.lines(reader, every, kpi),
            file=f"escala_path_{chosen}_{area}",
            how=lambda: explain_progress.case(reader, kpi, row, horizon, str(limits["reason"])),
            legend=paths.legend(shown, bands, ctx),
        ),
        f"<p>{escape(words.verdict(verdict, ctx))} {escape(past)}</p>",
    )


@kept(frame.KEPT)
def group(reader: Reader, group: str, area: str | None, method: str) -> tuple[str, Table, str]:
    """A group in a sentence; its KPIs × countries; the sources as safe HTML. area: in bold."""
    names = data.areas(reader.version, reader.lang)
    inside = data.members(reader.version, group)
    members = pickers.by_name(names.loc[[one for one in inside if names.at[one, "un_member"]]])
    asked = tuple(sorted(members))
    rows = _by_method(reader, asked, method)
    said = data.groups(reader.version, reader.lang).at[group, "name"]
    listed = data.kpi_list(reader.version, reader.lang)
    table = (
        words.ends(rows, {one: kpi.name for one, kpi in listed.items()}, reader.ctx),
        progress_tables.matrix(reader, members, rows, method, area),
        lambda: progress_tables.export(reader, _by_method(reader, asked, method)),
        f"escala_progress_{group}_{method}",
    )
    foot = f'<p class="e-foot">{_sources(reader, rows)}</p>'
    return words.group(said, rows, method, reader.ctx), table, foot


def _by_method(reader: Reader, areas: tuple[str, ...], method: str) -> pd.DataFrame:
    rows = data.progress(reader.version, areas, None)
    return rows[rows["method"] == method]
