"""The levers: sliders on the components of EGDI, and what they give, as one moves them."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.plan import reads
from dashboard.charts import stage_words
from dashboard.components import messages, state
from dashboard.components.faults import guarded
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

FINEST = 3  # decimals of a slider's step


@st.fragment
@guarded
def show(reader: Reader, area: str) -> None:
    """Result first, then three columns of sliders. A move recomputes all countries, nothing else."""
    rows = reads.levers(reader.warehouse, area)
    if rows.empty:
        messages.info(_("The components of this country are not published, so there is nothing to move."))
        return
    moved = _moved(rows)
    top = st.container(key="lever_result")
    names = reader.kpis
    for column, (index, own) in zip(
        st.columns(3, gap="medium"), rows.groupby("index", sort=False), strict=False
    ):
        with column:
            st.html(f'<h3 class="e-lever">{escape(names[str(index)].name)}</h3>')
            for row in own.to_dict("records"):
                _slider(area, row, names[row["component"]].name, names[row["component"]].symbol, moved, rows)
    moved = _moved(rows)
    with top:
        _result(reader, area, moved)
    codes = [f"{name}:{value:g}" for name, value in moved.items()]
    kept = state.store()
    kept.values["set"] = kept.used["set"] = codes
    state.end()


def _moved(rows: pd.DataFrame) -> dict[str, float]:
    """The changed components of the address, within their sliders' ends; others are noted and ignored."""
    known = rows.set_index("component")
    found: dict[str, float] = {}
    for code in state.store().values.get("set") or []:
        name, _mark, text = code.partition(":")
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if name not in known.index:
            state.store().reject("set", code, _("component:value, such as OSI_SP:0.9"))
        elif not known.at[name, "low"] <= value <= known.at[name, "high"]:
            low, high = (f"{name}:{known.at[name, end]:g}" for end in ("low", "high"))
            state.store().reject("set", code, _("{first} to {last}").format(first=low, last=high))
        else:
            found[name] = value
    return found


def _slider(
    area: str, row: dict[str, object], name: str, symbol: str, moved: dict[str, float], rows: pd.DataFrame
) -> None:
    component, now = str(row["component"]), float(row["now"])  # type: ignore[arg-type]
    digits = min(int(row["precision"]), FINEST)  # type: ignore[call-overload]
    key = f"lever_{area}_{component}"
    st.session_state[key] = moved.get(component, now)
    st.slider(
        f"{name} ({symbol})" if symbol else name,
        float(row["low"]), float(row["high"]), step=10.0**-digits, format=f"%.{digits}f",  # type: ignore[arg-type]
        key=key, on_change=_take, args=(area, component, now, 10.0**-digits),
    )  # fmt: skip


def _take(area: str, component: str, now: float, step: float) -> None:
    kept = state.store()
    others = [one for one in kept.values.get("set") or [] if not one.startswith(f"{component}:")]
    value = float(st.session_state[f"lever_{area}_{component}"])
    if abs(value - now) >= step / 2:
        others.append(f"{component}:{value:g}")
    kept.put("set", others)


def reset() -> None:
    """Back to the published figures."""
    state.store().put("set", [])


def _result(reader: Reader, area: str, moved: dict[str, float]) -> None:
    ctx = reader.ctx
    found = reads.attempt(reader.warehouse, area, tuple(sorted(moved.items())))
    labels = reader.dimensions
    changed = found.stages[found.stages["before"] != found.stages["after"]]
    rises = [
        f"{labels[row['dimension']]}: {stage_words.numbered(row['before'], ctx)} → "
        f"{stage_words.numbered(row['after'], ctx)}"
        for row in changed.to_dict("records")
    ]
    said = {
        "EGDI": f"{ctx.number(found.egdi_before, 4)} → {ctx.number(found.egdi, 4)}",
        _("Rank among {n}").format(n=ctx.number(found.n)): f"{found.rank_before} → {found.rank}",
        _("Stages"): "; ".join(rises) or _("no stage changes"),
    }
    cells = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in said.items())
    st.html(f'<div role="status" aria-live="polite"><dl class="e-levers">{cells}</dl></div>')
    note = _("All countries are computed anew; in reality others move too.")
    first, second = st.columns([3, 1], vertical_alignment="center")
    first.html(f'<p class="e-foot">{escape(note)}</p>')
    if moved:
        second.button(_("Back to the published figures"), key="lever_reset", on_click=reset, type="tertiary")
