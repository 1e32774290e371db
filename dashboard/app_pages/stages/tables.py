"""Tables of the page of stages: gates, readings, matrix, moves; and where their figures come from."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import figures, stage_ladder, stage_words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.scalars import Row, is_missing, records, strings, whole
from dashboard.components import links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.stages import STAGES, Profile

READINGS = ("stage", "stage_all", "stage_mean")  # two thirds, strict gate, mean
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
    st.html(Markup("").join(Markup("<p>{}</p>").format(_(part)) for part in HOW))


def code(stage: object) -> str:
    """Name of a stage as it stands in downloads; empty where there is none."""
    return STAGES[whole(stage)] if stage_words.is_assessed(stage) else ""


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
    body = [_reading(row, labels, reader.ctx) for row in records(rows)]
    return table.html(_("Stages by dimension"), columns, body, no_data=_("no data"))


def _reading(row: Row, labels: dict[str, str], ctx: Context) -> list[Cell]:
    return [
        labels[row["dimension"]],
        stage_words.perhaps(row["stage"], stage_ladder.doubtful(row), ctx),
        *(stage_words.numbered(row[reading], ctx) for reading in ("stage_all", "stage_mean")),
        confidence(row["confidence"]),
        ctx.percent(row["probability"]),
        _("{n} of {all}").format(n=row["n_with_data"], all=row["n_required"]),
    ]


def first_steps(reader: Reader, profile: Profile, labels: dict[str, str]) -> Markup:
    """The short list: in which dimensions the next stage is nearest to hand, the bottleneck first."""
    rows = stage_words.first_steps(profile)
    if rows.empty:
        text = _("Every dimension with enough data stands at the highest stage.")
        return Markup("<p>{}</p>").format(text)
    item = Markup("<li><b>{}</b><span>{}</span>{}</li>")
    items = []
    for row in records(rows):
        gates = profile.gates[(profile.gates["dimension"] == row["dimension"]) & profile.gates["in_unlock"]]
        raises = Markup("").join(_raise(reader, gate, profile.area) for gate in records(gates))
        items.append(item.format(labels[row["dimension"]], stage_words.step(row, reader.ctx), raises))
    return Markup('<ol class="e-three">{}</ol>').format(Markup("").join(items))


def _raise(reader: Reader, gate: Row, area: str) -> Markup:
    """A KPI with its value and the bar that it must reach."""
    kpi, ctx = reader.kpi(gate["kpi"]), reader.ctx
    text = figures.sentence(
        "{kpi}: {value} → {bar}",
        kpi=kpi.name,
        value=figures.figure(gate["value"], kpi, gate["time_period"], ctx),
        bar=figures.threshold(gate["bar"], kpi, ctx),
    )
    unit = "" if kpi.symbol == "%" else f" · {kpi.unit}"  # 80 % · per cent says it twice
    small = Markup("<small>{}{}{}{}</small>")
    return small.format(text, unit, sources.licence_mark(kpi), _help(reader, gate, area))


def gates(reader: Reader, profile: Profile, labels: dict[str, str], area: str) -> str:
    """Every KPI with the bar of the next stage; what blocks is marked in words."""
    kpis, rows = reader.kpis, records(profile.gates)
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    blocking = []
    for dimension in records(profile.dimensions):
        sections[len(body)] = _section(reader, dimension, labels)
        for gate in [gate for gate in rows if gate["dimension"] == dimension["dimension"]]:
            if gate["blocks"]:
                blocking.append(len(body))
            body.append(_gate(reader, gate, kpis[gate["kpi"]], area))
    caption = _("KPIs and the bar of the next stage, at the top that of the top; distance in stages")
    marked = frozenset(blocking)
    return table.html(
        caption,
        _gate_columns(),
        body,
        marked=marked,
        sections=sections,
        no_data=_("no data"),
        style="e-gates",
    )


def _gate_columns() -> list[Column]:
    return [
        Column("KPI"),
        Column(_("Bar"), True),
        Column(_("Value"), True),
        Column(_("Year"), True),
        Column(_("Distance"), True),
        Column(_("Passes"), answer=True),
        Column(_("What it does")),
    ]


def _section(reader: Reader, row: Row, labels: dict[str, str]) -> str:
    head = f"{labels[str(row['dimension'])]}: {stage_words.step(row, reader.ctx)}"
    if not stage_words.is_assessed(row["stage"]):
        return head
    doubt = f" · {_('in doubt')}" if stage_ladder.doubtful(row) else ""
    text = _("confidence: {level}; the stage stays with probability {share}").format(
        level=confidence(row["confidence"]), share=reader.ctx.percent(row["probability"])
    )
    return f"{head}{doubt} · {text}"


def _gate(reader: Reader, gate: Row, kpi: KpiView, area: str) -> list[Cell]:
    ctx = reader.ctx
    link = links.to(reader, "country", kpi.name, country=area, kpi=kpi.id)
    effect = _("opens the next stage") if gate["in_unlock"] else _("blocks") if gate["blocks"] else ""
    passes = MISSING
    if not is_missing(gate["passes"]):
        passes = f"✓ {_('yes')}" if gate["passes"] else f"✕ {_('no')}"
    mark_with_help = Markup('<span class="e-mark">{}</span>{}')
    return [
        link + sources.licence_mark(kpi),
        figures.threshold(gate["bar"], kpi, ctx),
        figures.figure(gate["value"], kpi, gate["time_period"], ctx, dated=False),
        MISSING if is_missing(gate["time_period"]) else str(int(gate["time_period"])),
        ctx.number(gate["distance"], 2),
        passes,
        mark_with_help.format(effect, _help(reader, gate, area)) if effect else "",
    ]


def _help(reader: Reader, gate: Row, area: str) -> Markup:
    """From a gate that is not passed to the cases for it, and to the plan, as safe HTML."""
    stage = code(gate["next_stage"])
    aim = {"gate": str(gate["kpi"]), "dimension": str(gate["dimension"]), "stage": stage, "country": area}
    cases = links.to(reader, "cases", _("Cases"), **aim)
    plan = links.to(reader, "plan", _("Plan"), country=area)
    return Markup(" <small>{} · {}</small>").format(cases, plan)


def basis(reader: Reader, profile: Profile) -> str:
    """How many bars are published thresholds and how many working proposals."""
    template = _(
        "Of {n} bars, {k} are thresholds published by the producer; the others are working proposals of the "
        "methodology."
    )
    published = int(profile.gates["basis"].eq("published").sum())
    return template.format(n=reader.ctx.number(len(profile.gates)), k=reader.ctx.number(published))


def gates_export(reader: Reader, profile: Profile) -> pd.DataFrame:
    """The gates as shown, each value with unit, source and licence."""
    kpis = reader.kpis
    table = profile.gates.assign(
        ref_area=profile.area,
        next_stage=[code(stage) for stage in profile.gates["next_stage"]],
        level=[code(stage) for stage in profile.gates["level"]],
    )
    origin = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in table["kpi"].unique()])
    return table.drop(columns="position").merge(origin, on="kpi", how="left")


def readings_export(reader: Reader, profile: Profile) -> pd.DataFrame:
    """The ladder as shown: stages by name, what blocks, how sure, which sources."""
    kpis = reader.kpis
    with_data = profile.gates.dropna(subset=["value"])
    by_dimension = with_data.groupby("dimension")["kpi"].agg(
        lambda ids: "; ".join(sorted({kpis[kpi_id].source for kpi_id in ids}))
    )
    rows = profile.dimensions
    return pd.DataFrame(
        {
            "ref_area": profile.area,
            "time_period": profile.year,
            "dimension": rows["dimension"],
            **{reading: [code(stage) for stage in rows[reading]] for reading in READINGS},
            "blocking": [" ".join(kpi_ids) for kpi_ids in rows["blocking"]],
            "unlock": [" ".join(kpi_ids) for kpi_ids in rows["unlock"]],
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
    """Cells of stages as a table, with words where one is in doubt; countries lead to their ladder."""
    areas = set(reader.areas.index)
    at = list(rows), list(columns)
    stages, in_doubt = cells.loc[at].to_numpy(), doubts.loc[at].to_numpy(dtype=bool)
    body: list[list[Cell]] = []
    for (key, label), row, open_ in zip(rows.items(), stages, in_doubt, strict=True):
        name = links.to(reader, "stages", label, country=key) if key in areas else label
        cells_of_row = zip(row, open_, strict=True)
        body.append([name, *(stage_words.perhaps(stage, doubt, reader.ctx) for stage, doubt in cells_of_row)])
    heads = [Column(first), *(Column(label) for label in columns.values())]
    return table.html(caption, heads, body, tall=True, no_data=_("too little data"))


def matrix_export(cells: pd.DataFrame, names: pd.Series, year: int) -> pd.DataFrame:
    """The matrix as shown, stages by name."""
    named = pd.DataFrame({column: cells[column].map(code, na_action=None) for column in cells})
    table = named.assign(name=names.reindex(cells.index), time_period=year, method="methodology B.2, B.3")
    columns = ["ref_area", "name", "time_period", *strings(cells.columns), "method"]
    return table.reset_index()[columns]


def moves(reader: Reader, rows: pd.DataFrame, labels: dict[str, str], start: int, end: int) -> str:
    """Who rose and who fell, largest rise first; countries lead to their ladder."""
    columns = [
        Column(_("Country")),
        Column(_("Dimension")),
        Column(str(start)),
        Column(str(end)),
        Column(_("Change on the same KPIs"), True),
        Column(_("KPIs in both years"), True),
    ]
    body = [_move(reader, row, labels) for row in records(rows)]
    return table.html(_("Rises and falls"), columns, body, tall=True, no_data=_("no data"))


def _move(reader: Reader, row: Row, labels: dict[str, str]) -> list[Cell]:
    ctx, change = reader.ctx, int(row["change_same_kpis"])
    sign, kind = ("▲", "e-up") if change > 0 else ("▼", "e-down")
    return [
        links.to(reader, "stages", row["name"], country=row["ref_area"]),
        labels[row["dimension"]],
        stage_words.numbered(row["stage_from"], ctx),
        stage_words.numbered(row["stage_to"], ctx),
        Markup('<span class="{}">{} {}</span>').format(kind, sign, ctx.number(change, sign=True)),
        ctx.number(row["n_same"]),
    ]
