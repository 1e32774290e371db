"""The levers: sliders on the components of EGDI, and the index, rank and stages they lead to."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import reads
from dashboard.charts import figures, stage_words
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import groups, messages, state
from dashboard.components.faults import guarded
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.plan import Trial

FINEST = 3  # decimals of a slider's step


@st.fragment
@guarded
def show(reader: Reader, area: str) -> None:
    """Result first, then three columns of sliders. A move recomputes all countries, nothing else."""
    rows = reads.levers(reader.warehouse, area)
    if rows.empty:
        messages.info(_("The components of this country are not published, so there is nothing to move."))
        return
    values, ends = moved(rows), _ends(reader, area, usual_group(reader, area))
    top = st.container(key="lever_result")
    columns = st.columns(3, gap="medium")
    by_index = groupby(records(rows), itemgetter("index"))
    for column, (index, levers) in zip(columns, by_index, strict=False):
        with column, st.container(key=f"levers_{index}", gap="small"):
            st.html(Markup('<h3 class="e-lever">{}</h3>').format(reader.kpi(str(index)).name))
            for lever in levers:
                _slider(area, lever, reader.kpi(lever["component"]), values)
                st.html(ends[lever["component"]])
    values = moved(rows)
    with top:
        _result(reader, area, values)
    keep(values)
    state.end()


def keep(values: dict[str, float]) -> None:
    """Writes the changed components to the address."""
    store = state.store()
    store.values["set"] = store.used["set"] = [f"{name}:{value:g}" for name, value in values.items()]


def of_address(reader: Reader, area: str) -> dict[str, float]:
    """The changed components of the address, which stay in it; none of a country that has no levers."""
    rows = reads.levers(reader.warehouse, area)
    values = {} if rows.empty else moved(rows)
    keep(values)
    return values


def moved(rows: pd.DataFrame) -> dict[str, float]:
    """The changed components of the address, within their sliders' ends; others are noted and ignored."""
    levers = {str(lever["component"]): lever for lever in records(rows)}
    values: dict[str, float] = {}
    for code in state.store().values.get("set") or []:
        name, _mark, text = code.partition(":")
        if name not in levers:
            state.store().reject("set", code, _("component:value, such as OSI_SP:0.9"))
            continue
        value, low, high = _number(text), levers[name]["low"], levers[name]["high"]
        if low <= value <= high:
            values[name] = value
        else:
            allowed = _("{first} to {last}").format(first=f"{name}:{low:g}", last=f"{name}:{high:g}")
            state.store().reject("set", code, allowed)
    return values


def _number(text: str) -> float:
    """The number in a text; NaN where it is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _slider(area: str, lever: Row, kpi: KpiView, moved: dict[str, float]) -> None:
    component, now = str(lever["component"]), float(lever["now"])
    digits = min(int(lever["precision"]), FINEST)
    key = f"lever_{area}_{component}"
    st.session_state[key] = moved.get(component, now)
    st.slider(
        f"{kpi.name} ({kpi.symbol})" if kpi.symbol else kpi.name,
        float(lever["low"]), float(lever["high"]), step=10.0**-digits, format=f"%.{digits}f",
        key=key, on_change=_take, args=(area, component, now, 10.0**-digits),
    )  # fmt: skip


@worded(data.MANY)
def _ends(reader: Reader, area: str, peers: str) -> dict[str, Markup]:
    """What stands below each slider of a country, by component."""
    rows, name = reads.levers(reader.warehouse, area), groups.short(reader, peers)
    medians = reads.medians(reader.warehouse, tuple(rows["component"]), peers)
    return {
        lever["component"]: _below(reader, lever, medians.get(lever["component"]), name)
        for lever in records(rows)
    }


def _below(reader: Reader, lever: Row, median: Row | None, peers: Markup) -> Markup:
    """What stands below a slider: its worst and its best end, and the peers' median with its place.

    median: obs_value, first and last year of it; None where no peer has a value.
    """
    ctx, kpi, low, high = reader.ctx, reader.kpi(lever["component"]), lever["low"], lever["high"]
    round_kpi = replace(kpi, precision=1)  # the ends and percentages: there is no room for more
    kpi = round_kpi if kpi.symbol == "%" else replace(kpi, precision=min(kpi.precision, FINEST))
    words = [_("worst"), _("best")]
    ends = [
        Markup("<span>{} <small>{}</small></span>").format(figures.threshold(end, round_kpi, ctx), word)
        for end, word in zip((low, high), words if lever["sign"] > 0 else words[::-1], strict=True)
    ]
    middle = Markup("<span></span>")
    if median is not None and low <= (value := median["obs_value"]) <= high and high > low:
        place = f"calc(6px + (100% - 12px) * {(value - low) / (high - low):.3f})"  # half a handle aside
        amount = figures.figure(value, kpi, median["last"], ctx, first=median["first"])
        said = figures.sentence(_("median {group} {value}"), group=peers, value=amount)
        middle = Markup('<i style="left:{}"></i><span>{}</span>').format(place, said)
    return Markup('<div class="e-ends">{}{}{}</div>').format(ends[0], middle, ends[1])


def _take(area: str, component: str, now: float, step: float) -> None:
    store = state.store()
    others = [code for code in store.values.get("set") or [] if not code.startswith(f"{component}:")]
    value = float(st.session_state[f"lever_{area}_{component}"])
    if abs(value - now) >= step / 2:
        others.append(f"{component}:{value:g}")
    store.put("set", others)


def reset() -> None:
    """Back to the published figures."""
    state.store().put("set", [])


def _result(reader: Reader, area: str, moved: dict[str, float]) -> None:
    trial = reads.attempt(reader.warehouse, area, tuple(sorted(moved.items())))
    entry = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    facts = Markup("").join(entry.format(*fact) for fact in _facts(reader, trial).items())
    html = Markup('<div role="status" aria-live="polite"><dl class="e-levers">{}</dl></div>')
    st.html(html.format(facts))
    note = _("All countries are computed anew; in reality others move too.")
    if moved:
        note += " " + _("The plan holds these levels: its steps, its forecast and its document.")
    first, second = st.columns([3, 1], vertical_alignment="center")
    first.html(Markup('<p class="e-foot">{}</p>').format(note))
    if moved:
        second.button(_("Back to the published figures"), key="lever_reset", on_click=reset, type="tertiary")


def _facts(reader: Reader, trial: Trial) -> dict[str, str]:
    """EGDI, rank and stages before and after."""
    ctx, labels = reader.ctx, reader.dimensions
    changed = trial.stages[trial.stages["before"] != trial.stages["after"]]
    rises = [
        f"{labels[row['dimension']]}: {stage_words.numbered(row['before'], ctx)} → "
        f"{stage_words.numbered(row['after'], ctx)}"
        for row in records(changed)
    ]
    return {
        "EGDI": f"{ctx.number(trial.egdi_before, 4)} → {ctx.number(trial.egdi, 4)}",
        _("Rank among {n}").format(n=ctx.number(trial.n)): f"{trial.rank_before} → {trial.rank}",
        _("Stages"): "; ".join(rises) or _("no stage changes"),
    }
