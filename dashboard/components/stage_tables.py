"""Tables of the page of stages: gates, readings, matrix, moves; and where their figures come from."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import figures, stage_ladder, stage_words
from dashboard.charts.context import MISSING, KpiView
from dashboard.components import links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.stages import STAGES, Profile

SHOWN = 3  # dimensions in the short list of what opens the next stage
HOW = (
    mark(
        "Stage: the highest whose bar, and every lower bar, is met by at least two thirds of the dimension’s "
        "KPIs with data. At least three KPIs with data, each no older than the limit of its own entry. "
        "A closed edition is never a gate."
    ),
    mark(
        "Strict gate: every KPI with data reaches the bar. Mean: whole part of the mean of the KPIs’ places "
        "between the bars, so a strong KPI can hide a weak one."
    ),
    mark(
        "Distance: (bar − value) / (bar − previous bar), in stages. The smallest set that opens the next "
        "stage: as many KPIs as the two-thirds rule still asks for, the nearest first."
    ),
    mark(
        "Overall: median of the dimensions with a stage, cut at the whole stage and at most one above the "
        "weakest dimension."
    ),
    mark(
        "Confidence, over the KPIs that at least 90 percent of the Member States have: high with all of "
        "them, none older than three years; low with half or more missing; else medium. Probability: chance "
        "that the stage stays when each bar is moved by up to 10 percent."
    ),
    mark(
        "In doubt: a stage that stays with a probability below two in three; the overall stage if a "
        "dimension is in doubt that decides it, by holding the median or, as the weakest, the cap."
    ),
    mark(
        "Source of the rules and bars: methodology of the Centre, second edition, B.2 and B.3. Many bars "
        "are working proposals of that methodology, not published thresholds."
    ),
)


def how() -> None:
    """How stages come about."""
    st.html("".join(f"<p>{escape(_(part))}</p>" for part in HOW))


def code(stage: object) -> str:
    """Name of a stage as it stands in downloads; empty where there is none."""
    return STAGES[int(stage)] if stage_words.known(stage) else ""  # type: ignore[call-overload]


def foot_all(reader: Reader, n: str) -> Markup:
    """n and the sources of every KPI with a gate, as safe HTML."""
    return Markup("{} {}").format(n, sources.foot_of(reader, data.stage_kpis(), label=_("Sources")))


def source_ids(reader: Reader) -> str:
    """Ids of the sources of every KPI with a gate, for downloads."""
    kpis = reader.kpis
    return "; ".join(sorted({kpis[kpi_id].source for kpi_id in data.stage_kpis() if kpi_id in kpis}))


def confidence(word: object) -> str:
    """Confidence in the reader's words."""
    return {"high": _("high"), "medium": _("medium"), "low": _("low")}.get(str(word), MISSING)


def step(row: dict[str, object], reader: Reader) -> str:
    """From which stage to which: "2 enhanced → 3 transactional"; at the top the stage alone."""
    now = stage_words.numbered(row["stage"], reader.ctx)
    if not stage_words.known(row["next_stage"]):
        return now if stage_words.known(row["stage"]) else _("too little data")
    return f"{now} → {stage_words.numbered(row['next_stage'], reader.ctx)}"


def readings(reader: Reader, rows: pd.DataFrame, labels: dict[str, str]) -> str:
    """The ladder as a table, with confidence and probability."""
    columns = [
        Column(_("Dimension")),
        Column(_("Two thirds")),
        Column(_("Strict gate")),
        Column(_("Mean")),
        Column(_("Confidence")),
        Column(_("Probability"), True),
        Column(_("KPIs with data"), True),
    ]
    body: list[list[Cell]] = [
        [
            labels[row["dimension"]],
            stage_words.perhaps(row["stage"], stage_ladder.doubtful(row), reader.ctx),
            *(stage_words.numbered(row[one], reader.ctx) for one in ("stage_all", "stage_mean")),
            confidence(row["confidence"]),
            reader.ctx.percent(row["probability"]),
            _("{n} of {all}").format(n=row["n_with_data"], all=row["n_required"]),
        ]
        for row in rows.to_dict("records")
    ]
    return table.html(_("Stages by dimension"), columns, body, no_data=_("no data"))


def first_steps(reader: Reader, found: Profile, labels: dict[str, str]) -> str:
    """The short list: in which dimensions the next stage is nearest to hand, the bottleneck first."""
    rows = found.dimensions[found.dimensions["next_stage"].notna()]
    behind = ~rows["dimension"].isin(found.bottleneck)
    rows = rows.assign(behind=behind).sort_values(["behind", "unlock_effort"], kind="stable").head(SHOWN)
    if rows.empty:
        return f"<p>{escape(_('Every dimension with enough data stands at the highest stage.'))}</p>"
    parts = []
    for row in rows.to_dict("records"):
        gates = found.gates[(found.gates["dimension"] == row["dimension"]) & found.gates["in_unlock"]]
        parts.append(
            f"<li><b>{escape(labels[row['dimension']])}</b>"
            f"<span>{escape(step(row, reader))}</span>{''.join(_raise(reader, gates, found.area))}</li>"
        )
    return f'<ol class="e-three">{"".join(parts)}</ol>'


def _raise(reader: Reader, gates: pd.DataFrame, area: str) -> list[str]:
    listed = reader.kpis
    parts = []
    for gate in gates.to_dict("records"):
        kpi, ctx = listed[gate["kpi"]], reader.ctx
        text = figures.sentence(
            "{kpi}: {value} → {bar}",
            kpi=kpi.name,
            value=figures.figure(gate["value"], kpi, gate["time_period"], ctx),
            bar=figures.threshold(gate["bar"], kpi, ctx),
        )
        help_ = _help(reader, gate, area)
        unit = "" if kpi.symbol == "%" else f" · {escape(kpi.unit)}"  # 80 % · per cent says it twice
        parts.append(f"<small>{text}{unit}{sources.licence_mark(kpi)}{help_}</small>")
    return parts


def gates(reader: Reader, found: Profile, labels: dict[str, str], area: str) -> str:
    """Every KPI with the bar of the next stage; what blocks is marked in words."""
    listed = reader.kpis
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    blocking = []
    rows = found.gates.to_dict("records")
    for one in found.dimensions.to_dict("records"):
        sections[len(body)] = _section(reader, one, labels)
        for gate in [gate for gate in rows if gate["dimension"] == one["dimension"]]:
            if gate["blocks"]:
                blocking.append(len(body))
            body.append(_gate(reader, gate, listed[gate["kpi"]], area))
    columns = [
        Column("KPI"),
        Column(_("Bar"), True),
        Column(_("Value"), True),
        Column(_("Year"), True),
        Column(_("Distance"), True),
        Column(_("Passes")),
        Column(_("What it does")),
    ]
    return table.html(
        _("KPIs and the bar of the next stage, at the top that of the top; distance in stages"),
        columns,
        body,
        marked=frozenset(blocking),
        sections=sections,
        no_data=_("no data"),
    )


def _section(reader: Reader, row: dict[str, object], labels: dict[str, str]) -> str:
    head = f"{labels[str(row['dimension'])]}: {step(row, reader)}"
    if not stage_words.known(row["stage"]):
        return head
    doubt = f" · {_('in doubt')}" if stage_ladder.doubtful(row) else ""
    text = _("confidence: {level}; the stage stays with probability {share}").format(
        level=confidence(row["confidence"]), share=reader.ctx.percent(row["probability"])
    )
    return f"{head}{doubt} · {text}"


def _gate(reader: Reader, gate: dict[str, object], kpi: KpiView, area: str) -> list[Cell]:
    ctx = reader.ctx
    link = links.to(reader, "country", kpi.name, country=area, kpi=kpi.id)
    mark_ = _("opens the next stage") if gate["in_unlock"] else _("blocks") if gate["blocks"] else ""
    passes: Cell = MISSING
    if not pd.isna(gate["passes"]):
        passes = f"✓ {_('yes')}" if gate["passes"] else f"✕ {_('no')}"
    return [
        Html(link + sources.licence_mark(kpi)),
        figures.threshold(gate["bar"], kpi, ctx),  # type: ignore[arg-type]
        figures.figure(gate["value"], kpi, gate["time_period"], ctx, dated=False),  # type: ignore[arg-type]
        MISSING if pd.isna(gate["time_period"]) else str(int(gate["time_period"])),  # type: ignore[call-overload]
        ctx.number(gate["distance"], 2),
        passes,
        Html(f'<span class="e-mark">{escape(mark_)}</span>{_help(reader, gate, area)}') if mark_ else "",
    ]


def _help(reader: Reader, gate: dict[str, object], area: str) -> str:
    """From a gate that is not passed to the cases for it, and to the plan, as safe HTML."""
    stage = code(gate["next_stage"])
    aim = {"gate": str(gate["kpi"]), "dimension": str(gate["dimension"]), "stage": stage, "country": area}
    cases = links.to(reader, "cases", _("Cases"), **aim)
    plan = links.to(reader, "plan", _("Plan"), country=area)
    return f' <small class="e-help">{cases} · {plan}</small>'


def basis(reader: Reader, found: Profile) -> str:
    """How many bars are published thresholds and how many working proposals."""
    said = _(
        "Of {n} bars, {k} are thresholds published by the producer; the others are working proposals of the "
        "methodology."
    )
    published = int(found.gates["basis"].eq("published").sum())
    return said.format(n=reader.ctx.number(len(found.gates)), k=reader.ctx.number(published))


def gates_export(reader: Reader, found: Profile) -> pd.DataFrame:
    """The gates as shown, each value with unit, source and licence."""
    listed = reader.kpis
    kept = found.gates.assign(
        ref_area=found.area,
        next_stage=[code(one) for one in found.gates["next_stage"]],
        level=[code(one) for one in found.gates["level"]],
    )
    origin = pd.DataFrame([listed[one].provenance() for one in kept["kpi"].unique()])
    return kept.drop(columns="position").merge(origin, on="kpi", how="left")


def readings_export(reader: Reader, found: Profile) -> pd.DataFrame:
    """The ladder as shown: stages by name, what blocks, how sure, which sources."""
    listed = reader.kpis
    with_data = found.gates.dropna(subset=["value"])
    by_dimension = with_data.groupby("dimension")["kpi"].agg(
        lambda ids: "; ".join(sorted({listed[one].source for one in ids}))
    )
    rows = found.dimensions
    return pd.DataFrame(
        {
            "ref_area": found.area,
            "time_period": found.year,
            "dimension": rows["dimension"],
            **{one: [code(s) for s in rows[one]] for one in ("stage", "stage_all", "stage_mean")},
            "blocking": [" ".join(one) for one in rows["blocking"]],
            "unlock": [" ".join(one) for one in rows["unlock"]],
            "confidence": rows["confidence"],
            "probability": rows["probability"],
            "n_with_data": rows["n_with_data"],
            "n_required": rows["n_required"],
            "source": rows["dimension"].map(by_dimension).fillna(""),
            "method": "methodology B.2, B.3",
        }
    )


def matrix(
    reader: Reader,
    cells: pd.DataFrame,
    rows: dict[str, str],
    columns: dict[str, str],
    caption: str,
    first: str,
    doubts: pd.DataFrame,
) -> str:
    """Cells of stages as a table, those in doubt said so; countries lead to their ladder."""
    ctx = reader.ctx
    areas = set(reader.areas.index)
    body: list[list[Cell]] = []
    shown = cells.loc[list(rows), list(columns)]
    unsure = doubts.loc[list(rows), list(columns)].to_numpy(dtype=bool)
    for one, stages, open_ in zip(rows, shown.to_numpy(), unsure, strict=True):
        name: Cell = rows[one]
        if one in areas:
            name = links.to(reader, "stages", rows[one], country=one)
        body.append(
            [
                name,
                *(stage_words.perhaps(stage, blank, ctx) for stage, blank in zip(stages, open_, strict=True)),
            ]
        )
    heads = [Column(first), *(Column(label) for label in columns.values())]
    return table.html(caption, heads, body, tall=True, no_data=_("too little data"))


def matrix_export(cells: pd.DataFrame, names: pd.Series, year: int) -> pd.DataFrame:
    """The matrix as shown, stages by name."""
    shown = cells.apply(lambda column: column.map(code, na_action=None))
    shown = shown.assign(name=names.reindex(cells.index), time_period=year, method="methodology B.2, B.3")
    return shown.reset_index()[["ref_area", "name", "time_period", *cells.columns, "method"]]


def moves(reader: Reader, rows: pd.DataFrame, labels: dict[str, str], start: int, end: int) -> str:
    """Who rose and who fell, largest rise first; countries lead to their ladder."""
    body: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        change = int(row["change_same_kpis"])
        sign, kind = ("▲", "e-up") if change > 0 else ("▼", "e-down")
        body.append(
            [
                links.to(reader, "stages", row["name"], country=row["ref_area"]),
                labels[row["dimension"]],
                stage_words.numbered(row["stage_from"], reader.ctx),
                stage_words.numbered(row["stage_to"], reader.ctx),
                Html(f'<span class="{kind}">{sign} {reader.ctx.number(change, sign=True)}</span>'),
                reader.ctx.number(row["n_same"]),
            ]
        )
    columns = [
        Column(_("Country")),
        Column(_("Dimension")),
        Column(str(start)),
        Column(str(end)),
        Column(_("Change on the same KPIs"), True),
        Column(_("KPIs in both years"), True),
    ]
    return table.html(_("Rises and falls"), columns, body, tall=True, no_data=_("no data"))
