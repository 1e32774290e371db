"""Goals × kinds of evidence: how many KPIs measure, serve directly or enable targets of each goal."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.lens.goals import COLOURS, NAMES
from dashboard.charts.context import MISSING, Context
from dashboard.charts.evidence_words import BRIEFLY, KINDS
from dashboard.charts.figure import Chart, Trace, bar
from kpis.cases import EVIDENCE

ROW, NARROW_ROW = 21, 40  # pixels per goal; on a phone its name stands above the bars
GAP, LEFT = 0.02, 0.035  # between two panels and before the first, as shares of the width
TEXT_ROOM = 4.2  # a panel is so many times as wide as its longest bar: targets stand behind the bars


def figure(table: pd.DataFrame, ctx: Context, *, chosen: int | None = None) -> Chart:
    """Three panels of bars, a row per goal. table: of `kpis.links.sdg.by_goal`; chosen: a goal in bold."""
    goals = list(NAMES)
    fig = ctx.drawing(len(goals) * (NARROW_ROW if ctx.narrow else ROW) + 34)
    first = 2 * LEFT if ctx.narrow else LEFT
    wide = (1 - first - 2 * GAP) / len(EVIDENCE)
    longest = max(int(table["n_kpis"].max()), 1)
    bars: list[Trace] = []
    heads: list[dict[str, object]] = []
    layout: dict[str, object] = {}
    for number, kind in enumerate(EVIDENCE, start=1):
        left = first + (number - 1) * (wide + GAP)
        rows = table[table["evidence"] == kind].set_index("goal").loc[goals].reset_index()
        bars.append(_bars(rows, kind, ctx, number))
        layout[f"xaxis{number if number > 1 else ''}"] = {
            "domain": [left, left + wide],
            "range": [0, longest * (1.5 if ctx.narrow else TEXT_ROOM)],
            "visible": False,
            "anchor": "y",
        }
        head = f"<b>{ctx.t(KINDS[kind])}</b>"
        heads.append(
            {
                "text": head if ctx.narrow else f"{head} · {ctx.t(BRIEFLY[kind])}",
                "font": {"size": 13},
                "showarrow": False,
                **{"x": left, "xref": "paper", "xanchor": "left"},
                **{"y": 1, "yref": "paper", "yanchor": "top", "yshift": 24},
            }
        )
    fig.add_traces(bars)
    layout["annotations"] = heads + _notes(goals, unlinked(table), ctx)
    layout["shapes"] = [_square(goal, ctx) for goal in goals]
    layout["yaxis"] = _names(goals, ctx, chosen)
    fig.update_layout(**layout, margin={"t": 26, "b": 2}, bargap=0.2)
    return fig.chart()


def _bars(rows: pd.DataFrame, kind: str, ctx: Context, number: int) -> Trace:
    """Full for measured, lighter with an outline for direct, hatched for enabling: form and colour differ."""
    look = ctx.look
    fill = {
        "measured": {"color": look.accent, "line": {"color": look.accent, "width": 1}},
        "direct": {"color": look.classes[1], "line": {"color": look.accent, "width": 1.5}},
        "enabling": {
            "color": look.paper,
            "line": {"color": look.peers, "width": 1.5},
            "pattern": {"shape": "/", "fgcolor": look.peers, "size": 5, "solidity": 0.25},
        },
    }[kind]
    return bar(
        name=kind,
        x=rows["n_kpis"].mask(rows["n_kpis"] == 0),
        y=rows["goal"],
        orientation="h",
        marker=fill,
        width=0.34 if ctx.narrow else 0.66,
        **({"offset": -0.05} if ctx.narrow else {}),
        text=[_says(row, ctx) for row in rows.itertuples()],
        textposition="outside",
        textfont={"color": look.ink, "size": 12},
        constraintext="none",
        cliponaxis=False,
        xaxis=f"x{number if number > 1 else ''}",
        customdata=[
            f"<b>{row.goal}. {ctx.t(NAMES[int(row.goal)])}</b><br>{ctx.t(KINDS[kind])}: "
            f"{ctx.number(row.n_kpis)} "
            f"KPI<br>{', '.join(row.targets) or '–'}"
            for row in rows.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _says(row: object, ctx: Context) -> str:
    """A count and its targets; nothing where there is none."""
    if not row.n_kpis:
        return ""
    count = f"<b>{ctx.number(row.n_kpis)}</b>"
    return count if ctx.narrow else f"{count}  {' '.join(row.targets)}"


def _names(goals: list[int], ctx: Context, chosen: int | None) -> dict[str, object]:
    """The axis with the names of the goals."""
    said = {goal: f"{goal}  {ctx.t(NAMES[goal])}" for goal in goals}
    if chosen is not None:
        said[chosen] = f"<b>{said[chosen]}</b>"
    return {
        "range": [goals[-1] + 0.6, goals[0] - (0.9 if ctx.narrow else 0.6)],
        "tickvals": goals,
        "ticktext": [str(goal) if ctx.narrow else said[goal] for goal in goals],
        "tickfont": {"color": ctx.look.ink, "size": 13},
        "anchor": "free",
        "position": 0,
        "automargin": True,
        "showgrid": False,
        "showline": False,
    }


def _notes(goals: list[int], none: list[int], ctx: Context) -> list[dict[str, object]]:
    """On a phone the names of the goals above their bars; the goals without a KPI said as such."""
    notes = []
    if ctx.narrow:
        notes += [_note(goal, ctx.t(NAMES[goal]), ctx.look.ink, shift=13) for goal in goals]
    missing, lower = f"<i>{ctx.t('no KPI is linked')}</i>", -4 if ctx.narrow else 0
    return notes + [_note(goal, missing, ctx.look.muted, shift=lower) for goal in none]


def _square(goal: int, ctx: Context) -> dict[str, object]:
    return {
        "type": "rect",
        "fillcolor": COLOURS[goal],
        "line": {"color": ctx.look.ink, "width": 1},
        **{"xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": 6, "x1": 17},
        **{"yref": "y", "ysizemode": "pixel", "yanchor": goal, "y0": -5.5, "y1": 5.5},
    }


def _note(goal: int, text: str, colour: str, *, shift: int) -> dict[str, object]:
    return {
        "text": text,
        "font": {"color": colour, "size": 12},
        "showarrow": False,
        **{"x": 0, "xref": "x", "xanchor": "left", "xshift": 6},
        **{"y": goal, "yref": "y", "yshift": shift},
    }


def unlinked(table: pd.DataFrame) -> list[int]:
    """Goals to which no KPI is linked."""
    total = table.groupby("goal")["n_kpis"].sum()
    return [int(goal) for goal in total.index[total == 0]]


def _listed(goals: list[int]) -> str:
    return ", ".join(map(str, goals))


def reach(table: pd.DataFrame, ctx: Context) -> str:
    """The answer of the page: of how many goals a target is measured, served or enabled."""
    counts = table[table["n_kpis"] > 0].groupby("evidence")["goal"].nunique()
    said = ctx.t(
        "The KPIs measure targets of {measured} of the 17 goals, serve targets of {direct} directly and "
        "enable "
        "targets of {enabling}; {none} goals have no KPI."
    )
    return said.format(
        none=ctx.number(len(unlinked(table))),
        **{kind: ctx.number(int(counts.get(kind, 0))) for kind in EVIDENCE},
    )


def title(table: pd.DataFrame, ctx: Context) -> str:
    """The goal with most targets reached, and the goals with none."""
    targets = table.explode("targets").dropna(subset=["targets"]).groupby("goal")["targets"].nunique()
    if targets.empty:
        return ctx.t("No KPI of this catalogue is linked to a goal")
    words = {
        "goal": int(targets.idxmax()),
        "n": ctx.number(int(targets.max())),
        "none": _listed(unlinked(table)),
    }
    if not words["none"]:
        return ctx.t("Goal {goal} has the most linked targets ({n}); every goal has a KPI").format(**words)
    return ctx.t("Goal {goal} has the most linked targets ({n}); without a KPI: goals {none}").format(**words)


def alt(table: pd.DataFrame, ctx: Context) -> str:
    """The chart in words: for each goal with a link the three counts; then the goals without."""
    wide = table.pivot(index="goal", columns="evidence", values="n_kpis")
    linked = wide[wide.sum(axis=1) > 0]
    parts = [
        f"{goal}: " + ", ".join(f"{ctx.t(KINDS[kind])} {ctx.number(row[kind])}" for kind in EVIDENCE)
        for goal, row in linked.iterrows()
    ]
    said = ctx.t("Number of KPIs by goal and kind of evidence. {rows}. Goals without a KPI: {none}.")
    return said.format(rows="; ".join(parts), none=_listed(unlinked(table)) or MISSING)
