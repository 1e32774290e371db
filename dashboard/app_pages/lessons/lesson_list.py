"""Lessons with their cases, and the table of links between KPIs, themes and SDG targets."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.components import links, table
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader


def html(reader: Reader, lessons: pd.DataFrame) -> str:
    """Lessons as a list, each with the cases it rests on and its source."""
    names = reads.every(reader.lang)["name"]
    items = []
    for row in lessons.to_dict("records"):
        held = [links.case_link(reader, case, str(names[case])) for case in row["case_ids"]]
        cases = f"{escape(_('Cases'))}: {' · '.join(held)}" if held else escape(_("No single case."))
        group = escape(_(words.LESSON_GROUPS[row["group"]]))
        source = links.external_link(_("Source"), row["source_url"])
        items.append(
            f'<li><p><b>{escape(row["lesson"])}.</b></p><small><span class="e-mark">{group}</span> '
            f"{cases} · {source}</small></li>"
        )
    return f'<ol class="e-cases e-lessons">{"".join(items)}</ol>'


def links_table(reader: Reader, rows: pd.DataFrame) -> str:
    """Links as a table: what serves which target, with what kind of evidence, how, by which source."""
    held = pd.concat([reads.themes(reader.lang, kind) for kind in ("case", "component")])
    body: list[list[Cell]] = [
        [
            Html(
                links.kpi_link(reader, row["kpi"])
                if row["kpi"]
                else f"{escape(_('Theme'))}: {_theme(reader, row['theme'], held['name'])}"
            ),
            Html(links.target_link(reader, row["sdg_target"])),
            words.evidence(row["evidence_kind"]),
            row["mechanism"] or _("The methodology states no mechanism for this link."),
            Html(links.external_link(_("Source"), row["source_url"]) if row["source_url"] else ""),
        ]
        for row in rows.to_dict("records")
    ]
    columns = [
        Column(_("KPI or theme")),
        Column(_("SDG target")),
        Column(_("Kind of evidence")),
        Column(_("How")),
        Column(_("Source")),
    ]
    return table.html(_("What serves which SDG target"), columns, body, tall=True)


def _theme(reader: Reader, theme: str, names: pd.Series) -> str:
    """A theme, linked to its cases where cases have it."""
    if theme in reads.themes(reader.lang).index:
        return links.to(reader, "cases", str(names[theme]), theme=theme)
    return escape(str(names[theme]))
