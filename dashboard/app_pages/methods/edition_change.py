"""What changed from the first edition of the methodology: rules, stages by dimension, gates, countries."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.methods import reads
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figures import figure, sentence
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, pickers, table
from dashboard.components.knowledge import words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.stages import STAGES
from kpis.stages.edition import CHANGES, CLOSED, READINGS

GROUPS = ["WORLD", "LDC", "SIDS", "CARIBBEAN_SIDS"]
COUNTS = ("not_assessed", *STAGES)


def headline(reader: Reader) -> str:
    """What the edition did to the gates."""
    counts = reads.gate_changes(reader.lang)["change"].value_counts()
    number = reader.ctx.number
    template = _(
        "The second edition of the methodology: {new} gates are new, {changed} changed, {dropped} dropped."
    )
    return template.format(
        **{change: number(counts.get(change, 0)) for change in CHANGES if change != "kept"}
    )


def show(reader: Reader) -> None:
    """The rules, then how stages moved, by gate and by country."""
    _rules(reader)
    group = _choose_group(reader)
    rows = reads.distribution(reader.warehouse, group)
    title = _("Stages by the first edition and by the second: {group}").format(group=reader.group(group).name)
    frame.table_only(title, _distribution(reader, group), rows, f"escala_edition_{group}")
    _cybersecurity(reader)
    countries = reads.countries(reader.lang)
    title = _("The {n} countries that changed most, and why").format(
        n=reader.ctx.number(countries["ref_area"].nunique())
    )
    export = countries.assign(causes=countries["causes"].map(";".join))
    frame.table_only(title, _countries(reader), export, "escala_edition_countries")
    gates = reads.gate_changes(reader.lang)
    frame.table_only(_("What became of each gate"), _gates(reader), gates, "escala_edition_gates")


def _choose_group(reader: Reader) -> str:
    with st.container(key="controls_edition"):
        place, _rest = st.columns([1, 2])
        with place:
            group = pickers.choose(
                _("Group"), "group", GROUPS, GROUPS[0], lambda code: reader.group(code).name
            )
    return group or GROUPS[0]


def _rules(reader: Reader) -> None:
    items = Markup("").join(Markup("<li>{}</li>").format(rule) for rule in reads.rules(reader.lang))
    html = Markup('<h2 class="e-title">{}</h2><ul class="e-plain">{}</ul>')
    st.html(html.format(_("Rules that changed"), items))


def _stages() -> dict[str, str]:
    return {"not_assessed": _("not assessed")} | {stage: words.stage(stage) for stage in STAGES}


@worded(data.FEW)
def _distribution(reader: Reader, group: str) -> str:
    """By dimension three rows: before, the old rules on the newer figures, now."""
    labels, names = reader.dimensions, _readings(reader)
    rows = reads.distribution(reader.warehouse, group)
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension in dict.fromkeys(rows["dimension"]):
        counts = {row["reading"]: row for row in records(rows[rows["dimension"] == dimension])}
        sections[len(body)] = labels[dimension]
        body += [
            [names[reading], *(reader.ctx.number(counts[reading][stage]) for stage in COUNTS)]
            for reading in READINGS
            if reading in counts
        ]
    columns = [Column(_("Reading")), *(Column(_stages()[stage], True) for stage in COUNTS)]
    caption = _(
        "Number of countries at each stage; from the second row to the third the gates and rules changed"
    )
    return table.html(caption, columns, body, sections=sections, tall=True)


def _readings(reader: Reader) -> dict[str, str]:
    return {
        "first": _("first edition, as shown until version 0.2.2"),
        "new_figures": _("first edition on the newer figures"),
        "second": _("second edition, read in {year}").format(year=reader.ctx.as_of),
    }


def _cybersecurity(reader: Reader) -> None:
    """How far the two editions of the cybersecurity index differ; nothing where one is not held."""
    items = [
        Markup("<li>{}</li>").format(_part(reader, row)) for row in records(reads.gci_part(reader.warehouse))
    ]
    if items:
        html = Markup('<h2 class="e-title">{}</h2><ul class="e-plain">{}</ul><p class="e-foot">{}</p>')
        title = _("What part is the cybersecurity index’s change of method")
        foot = _("Part of it is the new method, part is progress; the two cannot be told apart.")
        st.html(html.format(title, Markup("").join(items), foot))


def _part(reader: Reader, row: Row) -> Markup:
    """How one of its KPIs changed. row: of `reads.gci_part`."""
    ctx, new, old = reader.ctx, reader.kpi(row["kpi"]), reader.kpi(row["kpi"] + CLOSED)
    template = _(
        "{kpi}, {n} countries with both editions: the median went from {before} to {after}; "
        "{higher} pass more of the first edition’s bars and {lower} fewer."
    )
    return sentence(
        template,
        kpi=new.name,
        n=ctx.number(row["n"]),
        before=figure(row["median_2020"], old, 2020, ctx),
        after=figure(row["median_2024"], new, 2024, ctx),
        higher=ctx.number(row["n_higher"]),
        lower=ctx.number(row["n_lower"]),
    )


@worded(data.FEW)
def _countries(reader: Reader) -> str:
    names, labels, rows = reader.area_names, reader.dimensions, reads.countries(reader.lang)
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for area, part in rows.groupby("ref_area", sort=False):
        sections[len(body)] = _heading(names[str(area)], part, reader.ctx)
        body += [_stage_change(row, labels) for row in records(part)]
    columns = [
        Column(_("Dimension")),
        Column(_("First edition")),
        Column(_("Its rules, newer figures")),
        Column(_("Second edition")),
        Column(_("Why")),
    ]
    return table.html(
        _("The most stages moved first, over all dimensions"), columns, body, sections=sections, tall=True
    )


def _heading(name: str, part: pd.DataFrame, ctx: Context) -> str:
    """A country with its overall stage before and after. part: its rows, one per dimension that changed."""
    before, after = part[["overall_before", "overall_after"]].iloc[0]
    if before != after:
        template = _("{name}: overall {before} → {after}")
    else:
        template = ctx.ngettext(
            "{name}: overall {after} as before; {k} dimension changed",
            "{name}: overall {after} as before; {k} dimensions changed",
            len(part),
        )
    return template.format(name=name, before=_stage(before), after=_stage(after), k=ctx.number(len(part)))


def _stage_change(row: Row, labels: dict[str, str]) -> list[Cell]:
    return [
        labels[row["dimension"]],
        _stage(row["stage_before"]),
        _stage(row["stage_old_rules_new_data"]),
        _stage(row["stage_after"]),
        row["why"],
    ]


def _stage(code: str) -> str:
    return words.stage(code) if code else _("not assessed")


@worded(data.FEW)
def _gates(reader: Reader) -> str:
    labels, kpis, rows = reader.dimensions, reader.kpis, reads.gate_changes(reader.lang)
    changes = {"kept": _("kept"), "changed": _("changed"), "new": _("new"), "dropped": _("dropped")}
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, gates in rows.groupby("dimension", sort=False):
        sections[len(body)] = labels[str(dimension)]
        for row in records(gates):
            name = links.kpi_link(reader, row["kpi"]) if row["kpi"] in kpis else row["kpi"]
            body.append([name, changes[row["change"]], row["text"] or MISSING])
    columns = [Column("KPI"), Column(_("Change")), Column(_("What and why"))]
    return table.html(_("Gates by dimension"), columns, body, sections=sections, tall=True)
