"""What changed from the first edition of the methodology: rules, stages by dimension, gates, countries."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.methods import reads
from dashboard.charts.figures import figure, sentence
from dashboard.components import frame, pickers, shell, table
from dashboard.components.knowledge import words
from dashboard.components.language import text as _
from dashboard.components.numbers import MISSING
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from kpis.stages import STAGES
from kpis.stages.edition import CHANGES, CLOSED, READINGS

GROUPS = ["WORLD", "LDC", "SIDS", "CARIBBEAN_SIDS"]
COUNTS = ("not_assessed", *STAGES)


def headline(reader: Reader) -> str:
    """What the edition did to the gates."""
    counts = reads.gate_changes(reader.lang)["change"].value_counts()
    number = reader.ctx.number
    said = _(
        "The second edition of the methodology: {new} gates are new, {changed} changed, {dropped} dropped."
    )
    return said.format(**{one: number(counts.get(one, 0)) for one in CHANGES if one != "kept"})


def show(reader: Reader, found: str) -> None:
    """The rules, then how stages moved, by gate and by country. `found`: the page's search, not used here."""
    _rules(reader)
    with st.container(key="controls_edition"):
        place, _rest = st.columns([1, 2])
        with place:
            group = pickers.choose(_("Group"), "group", GROUPS, GROUPS[0], lambda one: _group(reader, one))
    group = group or GROUPS[0]
    rows = reads.distribution(reader.warehouse, group)
    title = _("Stages by the first edition and by the second: {group}").format(group=_group(reader, group))
    frame.table_only(title, _distribution(reader, rows), rows, f"escala_edition_{group}")
    _cybersecurity(reader)
    countries = reads.countries(reader.lang)
    title = _("The {n} countries that changed most, and why").format(
        n=reader.ctx.number(countries["ref_area"].nunique())
    )
    shown = countries.assign(causes=countries["causes"].map(";".join))
    frame.table_only(title, _countries(reader, countries), shown, "escala_edition_countries")
    gates = reads.gate_changes(reader.lang)
    frame.table_only(_("What became of each gate"), _gates(reader, gates), gates, "escala_edition_gates")


def _group(reader: Reader, group: str) -> str:
    return reader.group(group).name


def _rules(reader: Reader) -> None:
    items = "".join(f"<li>{escape(rule)}</li>" for rule in reads.rules(reader.lang))
    st.html(f'<h2 class="e-title">{escape(_("Rules that changed"))}</h2><ul class="e-plain">{items}</ul>')


def _stages() -> dict[str, str]:
    return {"not_assessed": _("not assessed")} | {one: words.stage(one) for one in STAGES}


def _distribution(reader: Reader, rows: pd.DataFrame) -> str:
    """By dimension three rows: before, the old rules on the newer figures, now."""
    said = {
        "first": _("first edition, as shown until version 0.2.2"),
        "new_figures": _("first edition on the newer figures"),
        "second": _("second edition, read in {year}").format(year=reader.ctx.as_of),
    }
    labels = reader.dimensions
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension in dict.fromkeys(rows["dimension"]):
        chosen = rows[rows["dimension"] == dimension].set_index("reading")
        sections[len(body)] = labels[dimension]
        body += [
            [said[one], *(reader.ctx.number(chosen.at[one, count]) for count in COUNTS)]
            for one in READINGS
            if one in chosen.index
        ]
    columns = [Column(_("Reading")), *(Column(_stages()[one], True) for one in COUNTS)]
    caption = _(
        "Number of countries at each stage; from the second row to the third the gates and rules changed"
    )
    return table.html(caption, columns, body, sections=sections, tall=True)


def _cybersecurity(reader: Reader) -> None:
    """How far the two editions of the cybersecurity index differ; nothing where one is not held."""
    listed, ctx = reader.kpis, reader.ctx
    parts = []
    for row in reads.gci_part(reader.warehouse).to_dict("records"):
        new, old = listed[row["kpi"]], listed[row["kpi"] + CLOSED]
        said = _(
            "{kpi}, {n} countries with both editions: the median went from {before} to {after}; "
            "{higher} pass more of the first edition’s bars and {lower} fewer."
        )
        parts.append(
            sentence(
                said,
                kpi=new.name,
                n=ctx.number(row["n"]),
                before=figure(row["median_2020"], old, 2020, ctx),
                after=figure(row["median_2024"], new, 2024, ctx),
                higher=ctx.number(row["n_higher"]),
                lower=ctx.number(row["n_lower"]),
            )
        )
    if parts:
        title = escape(_("What part is the cybersecurity index’s change of method"))
        end = escape(_("Part of it is the new method, part is progress; the two cannot be told apart."))
        items = "".join(f"<li>{part}</li>" for part in parts)
        st.html(
            f'<h2 class="e-title">{title}</h2><ul class="e-plain">{items}</ul><p class="e-foot">{end}</p>'
        )


def _countries(reader: Reader, rows: pd.DataFrame) -> str:
    names, labels = (
        reader.area_names,
        reader.dimensions,
    )
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    said = _("{name}: overall {before} → {after}")
    for area, chosen in rows.groupby("ref_area", sort=False):
        first = chosen.iloc[0]
        sections[len(body)] = said.format(
            name=names[area], before=_stage(first["overall_before"]), after=_stage(first["overall_after"])
        )
        body += [
            [
                labels[row["dimension"]],
                _stage(row["stage_before"]),
                _stage(row["stage_old_rules_new_data"]),
                _stage(row["stage_after"]),
                row["why"],
            ]
            for row in chosen.to_dict("records")
        ]
    columns = [
        Column(_("Dimension")),
        Column(_("First edition")),
        Column(_("Its rules, newer figures")),
        Column(_("Second edition")),
        Column(_("Why")),
    ]
    return table.html(_("The most changed first"), columns, body, sections=sections, tall=True)


def _stage(code: str) -> str:
    return words.stage(code) if code else _("not assessed")


def _gates(reader: Reader, rows: pd.DataFrame) -> str:
    labels, listed = reader.dimensions, reader.kpis
    said = {"kept": _("kept"), "changed": _("changed"), "new": _("new"), "dropped": _("dropped")}
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, chosen in rows.groupby("dimension", sort=False):
        sections[len(body)] = labels[str(dimension)]
        for row in chosen.to_dict("records"):
            kpi = listed.get(row["kpi"])
            to = shell.link("methods", reader, kpi=row["kpi"])
            name = (
                f'<a target="_self" href="{escape(to)}">{escape(kpi.name)}</a>' if kpi else escape(row["kpi"])
            )
            body.append([Html(name), said[row["change"]], row["text"] or MISSING])
    columns = [Column("KPI"), Column(_("Change")), Column(_("What and why"))]
    return table.html(_("Gates by dimension"), columns, body, sections=sections, tall=True)
