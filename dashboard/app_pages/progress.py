"""Progress: is a country on track for its targets of 2030, and do the methods agree?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import fan as achieved
from dashboard.charts import path
from dashboard.charts import progress_words as words
from dashboard.components import explain_progress, frame, pickers, progress_tables, shell, state
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.reads import fan as reads
from kpis.progress import METHODS

TARGET_YEAR = 2030
HORIZONS = [str(year) for year in range(2026, 2041)]
VIEWS = ["status", "path", "group"]
INDICATOR = "SDG_17.8.1"  # held for every UN Member State


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    if data.targets(reader.version, reader.lang).empty:
        shell.headline(_("No KPI of this catalogue has a target."))
        return
    view, area, group, method, horizon = _controls(reader)
    if view == "group":
        _group(reader, top, group, area, method)
        return
    if area is None:
        with top:
            shell.headline(_("Is your country on track for 2030?"), lead=_("Choose a country below."))
        return
    rows = data.progress(reader.version, (area,), None if horizon == TARGET_YEAR else horizon)
    verdicts = data.disagreements(reader.version, (area,))
    name = data.areas(reader.version, reader.lang).at[area, "name"]
    with top:
        shell.headline(words.country(name, rows[rows["method"] == method], verdicts, method, reader.ctx))
    if view == "path":
        _path(reader, area, rows, verdicts, method, horizon)
    else:
        _status(reader, area, rows, verdicts, method, horizon)


def _controls(reader: Reader) -> tuple[str, str | None, str, str, int]:
    """View, country, group, method, year of the projection."""
    members = data.areas(reader.version, reader.lang)
    codes = list(members.index[members["un_member"]])
    area = state.store().one(
        "country", codes, None, say=_("ISO codes of the UN Member States, such as COL, JAM, NAM")
    )
    group, horizon = "CARIBBEAN_SIDS", str(TARGET_YEAR)
    with st.container(key="controls_progress"):
        first, second, third, fourth = st.columns([2.3, 1.1, 2.5, 2.8], vertical_alignment="bottom")
        with third:
            said = {"status": _("Status"), "path": _("Path"), "group": _("Group")}
            default = "group" if area is None else "status"
            view = pickers.switch(_("View"), "scope", VIEWS, default, lambda one: said[one])
        with first:
            if view == "group":
                group = pickers.group(reader.version, reader.lang, default=group)
            else:
                area = pickers.country(reader.version, reader.lang)
        if view != "group":
            with second:
                horizon = pickers.choose(_("Trend to"), "horizon", HORIZONS, horizon, str) or horizon
        with fourth:
            method = pickers.switch(
                _("Method"), "method", list(METHODS), "unsd", lambda one: words.SHORT[one], hidden=False
            )
    return view, area, group, method, int(horizon)


def _status(
    reader: Reader, area: str, rows: pd.DataFrame, verdicts: pd.DataFrame, method: str, horizon: int
) -> None:
    apart = verdicts.loc[verdicts["verdict"] == "disagree", "kpi"]
    listed = data.kpi_list(reader.version, reader.lang)
    title = (
        _("The methods disagree: {kpis}").format(kpis=", ".join(listed[one].name for one in apart))
        if len(apart)
        else _("KPIs with a target, farthest along first")
    )
    frame.table_only(
        title,
        progress_tables.status(reader, area, rows, verdicts, method, horizon),
        progress_tables.export(reader, rows),
        f"escala_progress_{area}",
        how=lambda: explain_progress.card(method, reader.ctx),
    )
    limit = _("“>” and “<”: the trend meets the natural limit of the scale before that year.")
    foot = (_sources(reader, rows), escape(limit), _absent(reader, rows))
    st.html("".join(f'<p class="e-foot">{part}</p>' for part in foot if part))


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


def _path(
    reader: Reader, area: str, rows: pd.DataFrame, verdicts: pd.DataFrame, method: str, horizon: int
) -> None:
    ctx, listed = reader.ctx, data.kpi_list(reader.version, reader.lang)
    targets = data.targets(reader.version, reader.lang)
    with st.container(key="controls_path"):
        left, right = st.columns([1, 1.15], vertical_alignment="bottom")
    with left:
        usual = INDICATOR if INDICATOR in targets.index else str(targets.index[0])
        allowed = _("ids of KPIs with a target, such as SDG_17.8.1")
        ids = list(targets.index)
        chosen = (
            pickers.choose("KPI", "indicator", ids, usual, lambda one: listed[one].name, allowed=allowed)
            or usual
        )
    kpi, name = listed[chosen], data.areas(reader.version, reader.lang).at[area, "name"]
    found = rows[(rows["kpi"] == chosen) & (rows["method"] == method)]
    if found.empty:
        said = _("No value since 2015, so no status: {kpis}.").format(kpis=kpi.name)
        st.html(f'<p class="e-lead">{escape(said)}</p>')
        return
    row, limits = found.iloc[0].to_dict(), targets.loc[chosen]
    shown = path.table(data.values(reader.version, chosen, (area,)), row, horizon)
    base, to = int(row["base_year"]), max(horizon, int(row["target_year"]))
    fan = reads.achieved(reader.version, chosen, area, base, float(row["base_value"]), to)
    bands = fan.bands(limits["limit_low"], limits["limit_high"])
    verdict = verdicts[verdicts["kpi"] == chosen].iloc[0].to_dict()
    seen = shown.loc[shown["line"] == path.OBSERVED, "time_period"]
    n = _("n = {n} years").format(n=ctx.number(len(seen)))
    why = "" if words.LEVELS[row["status"]] == "open" else f"{_(words.REASONS[row['reason']])} "
    note = " · ".join(
        part
        for part in (f"{why}{_('Target')}: {limits['reason']}.", achieved.rule(fan, bands, kpi, ctx))
        if part
    )
    every = pd.concat([shown, achieved.lines(bands)], ignore_index=True) if len(bands) else shown
    past = achieved.sentence(fan, bands, row, kpi, ctx)
    right.html(f"<p>{escape(words.verdict(verdict, ctx))} {escape(past)}</p>")
    symbol, status = words.SYMBOLS[words.LEVELS[row["status"]]], _(words.WORDS[row["status"]])
    frame.show(
        path.figure(shown, row, kpi, ctx, low=limits["limit_low"], high=limits["limit_high"], fan=fan),
        Frame(
            key="path",
            title=path.title(shown, row, horizon, kpi, ctx),
            unit=f"{kpi.name} · {kpi.unit} · {words.SHORT[method]}: {symbol} {status}",
            alt=f"{path.alt(shown, row, horizon, name, kpi, ctx)} {past}",
            foot=frame.foot(kpi, data.sources(reader.version, reader.lang), seen, n, note=note),
            data=every.assign(ref_area=area, method=method, **kpi.provenance()),
            table=progress_tables.lines(reader, every, kpi),
            file=f"escala_path_{chosen}_{area}",
            how=lambda: explain_progress.case(reader, kpi, row, horizon, str(limits["reason"])),
            legend=path.legend(shown, bands, ctx),
        ),
    )


def _group(reader: Reader, top: object, group: str, area: str | None, method: str) -> None:
    names = data.areas(reader.version, reader.lang)
    inside = data.members(reader.version, group)
    members = pickers.by_name(names.loc[[one for one in inside if names.at[one, "un_member"]]])
    rows = data.progress(reader.version, tuple(sorted(members)), None)
    rows = rows[rows["method"] == method]
    said = data.groups(reader.version, reader.lang).at[group, "name"]
    listed = data.kpi_list(reader.version, reader.lang)
    with top:  # type: ignore[attr-defined]
        shell.headline(words.group(said, rows, method, reader.ctx))
    frame.table_only(
        words.ends(rows, {one: kpi.name for one, kpi in listed.items()}, reader.ctx),
        progress_tables.matrix(reader, members, rows, method, area),
        progress_tables.export(reader, rows),
        f"escala_progress_{group}_{method}",
        how=lambda: explain_progress.card(method, reader.ctx),
    )
    st.html(f'<p class="e-foot">{_sources(reader, rows)}</p>')
