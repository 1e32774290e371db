"""One case: what it is, what it is evidence for, and which cases are like it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.components import frame, links, shell, table
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from kpis.links.sdg import target_order


def show(reader: Reader, case: str) -> None:
    """The page of a case."""
    row = reads.every(reader.lang).loc[case]
    country = words.area(reader, row["country_iso3"])
    shell.headline(row["name"], kicker=_("Case from {country}").format(country=country))
    doubt = "" if row["verified"] else _("Not verified: no page was read that confirms this case.")
    st.html(
        f'<p class="e-lead">{escape(row["summary"])}{words.translated(row["translated"])}</p>'
        + (f'<p class="e-note" role="note">{escape(doubt)}</p>' if doubt else "")
    )
    left, right = st.columns([1, 1.5], gap="large")
    with left:
        st.html(f'<h2 class="e-title">{escape(_("The case"))}</h2>{_facts(reader, row)}')
    with right:
        st.html(f'<h2 class="e-title">{escape(_("What it is evidence for"))}</h2>{_targets(reader, row)}')
        st.html(_citing(reader, case))
    alike = reads.similar(reader.lang, case)
    frame.table_only(
        _("Similar cases"),
        case_list.entries(reader, alike),
        case_list.export(alike),
        f"escala_similar_{case}",
    )
    said = _(
        "Similar: the same theme counts 40 %, SDG targets 20 %, channel, type, stage and level 10 % each."
    )
    frame.foot_only(said)


def _facts(reader: Reader, row: pd.Series) -> str:
    year = str(row["start_year"]) if pd.notna(row["start_year"]) else _("not known")
    country = words.area(reader, row["country_iso3"])
    types = reads.themes(reader.lang, "type")["name"]
    facts = {
        _("Source"): links.external_link(row["source_title"], row["source_url"]),
        _("Verified"): escape(_("yes, on the page of the source") if row["verified"] else _("not verified")),
        _("Country"): links.to(reader, "country", country, country=row["country_iso3"]),
        _("Institution"): escape(row["institution"] or _("not known")),
        _("Since"): escape(year),
        _("Status"): escape(_(words.STATUS[row["status"]])),
        _("Level"): escape(_(words.LEVELS[row["level"]])),
        _("Theme"): links.to(reader, "cases", words.theme(reader, row["theme"]), theme=row["theme"]),
        _("Channel"): escape(words.channels(row["channel"])),
        _("Kind"): escape(str(types[row["innovation_type"]])),
        _("Stage"): escape(words.stage(row["maturity_stage"]) + " " + _("(a judgement on this one service)")),
    }
    if row["recognition"]:
        facts[_("Recognition")] = escape(row["recognition"])
    items = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in facts.items())
    return f'<dl class="e-facts e-case">{items}</dl>'


def _targets(reader: Reader, row: pd.Series) -> str:
    """The SDG targets of the case with the kind of evidence that its theme has for each."""
    linkage = reads.linkage(reader.lang)
    linkage = linkage[linkage["theme"] == row["theme"]].set_index("sdg_target")
    body: list[list[Cell]] = []
    for target in sorted(row["sdg_targets"], key=target_order):
        if target in linkage.index:
            kind = words.evidence(str(linkage.at[target, "evidence_kind"]))
            how = str(linkage.at[target, "mechanism"])
        else:
            kind, how = (
                _("named for this case only"),
                _("The methodology states no mechanism for this theme."),
            )
        body.append([Html(links.target_link(reader, target)), kind, how])
    columns = [Column(_("SDG target")), Column(_("Kind of evidence")), Column(_("How"))]
    return table.html(_("SDG targets of the case"), columns, body)


def _citing(reader: Reader, case: str) -> str:
    """The actions and lessons that name the case as their example."""
    labels = reader.dimensions
    actions = reads.actions(reader.lang)
    lessons = reads.lessons(reader.lang)
    items: list[str] = [
        Markup("<li>{} <small>{}</small></li>").format(
            row["action"],
            links.to(
                reader,
                "cases",
                f"{labels[row['dimension']]}, → {words.stage(row['to_stage'])}",
                dimension=row["dimension"],
                stage=row["to_stage"],
            ),
        )
        for row in actions[actions["case_ids"].map(lambda ids: case in ids)].to_dict("records")
    ]
    items += [
        f"<li>{links.to(reader, 'lessons', row['lesson'])} <small>{escape(_('Lesson'))}: "
        f"{escape(_(words.LESSON_GROUPS[row['group']]))}</small></li>"
        for row in lessons[lessons["case_ids"].map(lambda ids: case in ids)].to_dict("records")
    ]
    head = f'<h3 class="e-section">{escape(_("Actions and lessons that cite it"))}</h3>'
    none = f"<p>{escape(_('No action or lesson of the methodology cites this case.'))}</p>"
    return head + (f'<ul class="e-plain">{"".join(items)}</ul>' if items else none)
