"""Sources: who publishes what, under which terms, and how to cite it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.methods import reads
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figures import span
from dashboard.charts.scalars import Row, records
from dashboard.components import citation, frame, links, pickers, table
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader


def show(reader: Reader) -> None:
    """How to cite one source or all, and the table of sources."""
    rows = reader.sources.reset_index()
    rows["licence"] = rows[f"licence_{reader.lang}"]
    source = _cite(reader, rows)
    title = _("{n} sources: terms, release, years").format(n=reader.ctx.number(len(rows)))
    rows["next_publication"] = rows["source"].map(reads.next_releases(reader.warehouse, reader.lang))
    columns = [
        "source", "title", "publisher", "licence", "redistribution", "vintage", "first_year", "last_year",
        "n_areas", "next_publication", "url", "citation",
    ]  # fmt: skip
    frame.table_only(title, _html(reader, rows, source), rows[columns], "escala_sources")
    if closed := reads.left_out(reader.warehouse, reader.lang):
        template = _(
            "This copy holds open sources only. Left out, because their sources allow non-commercial "
            "reuse only: {kpis}."
        )
        frame.foot_only(template.format(kpis=", ".join(closed)))
    frame.foot_only(
        _("Names of publishers and citations stand as their publishers write them, most of them in English.")
    )


def _cite(reader: Reader, rows: pd.DataFrame) -> str:
    """The controls of a citation and its buttons; the source, or "all"."""
    with st.container(key="controls_cite"):
        first, second = st.columns([1.6, 1], vertical_alignment="bottom")
        with first:
            source = _choose_source(rows)
        entries = as_cited(rows if source == "all" else rows[rows["source"] == source])
        name = f"escala_{source}"
        with second, st.container(key="cite_buttons", horizontal=True):
            _button("BibTeX", citation.bibtex(entries), f"{name}.bib", "application/x-bibtex")
            _button("RIS", citation.ris(entries), f"{name}.ris", citation.RIS)
    if len(entries) == 1:
        text, note = citation.text(entries[0]), str(entries[0][f"note_{reader.lang}"] or "")
        html = Markup('<p class="e-cite" lang="en">{}</p><p class="e-foot">{}</p>')
        st.html(html.format(text, note))
    return source


def _choose_source(rows: pd.DataFrame) -> str:
    titles = {"all": _("All sources")} | {str(row["source"]): str(row["title"]) for row in records(rows)}
    return pickers.choose(_("Cite"), "source", list(titles), "all", titles.__getitem__) or "all"


def as_cited(rows: pd.DataFrame) -> list[Row]:
    """Sources as they are cited: by the title under which they are published, in every language."""
    return records(rows.assign(title=rows["title_en"]))


def _button(label: str, text: str, file: str, kind: str) -> None:
    file_button(label, text.encode, file, kind, key=f"cite_{label}", says=_("Download the citation"))


def reuse(redistribution: str) -> str:
    """The terms of reuse in words."""
    return {
        "open": _("open"),
        "attribution": _("with attribution"),
        "noncommercial": _("non-commercial reuse only"),
    }.get(redistribution, redistribution)


def _html(reader: Reader, rows: pd.DataFrame, source: str) -> str:
    following = reads.next_releases(reader.warehouse, reader.lang)
    columns = [
        Column(_("Source")),
        Column(_("Publisher")),
        Column(_("Licence")),
        Column(_("Reuse")),
        Column(_("Release")),
        Column(_("Years"), True),
        Column(_("Areas"), True),
        Column(_("Next publication")),
    ]
    cited = {row["source"]: citation.text(row) for row in as_cited(rows)}
    body = [[*_row(row, reader.ctx, cited[row["source"]]), following[row["source"]]] for row in records(rows)]
    marked = frozenset(rows.index[rows["source"] == source].tolist())
    caption = _("Sources in use; a dash: no figures of this source are held")
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _row(row: Row, ctx: Context, cited: str) -> list[Cell]:
    """What the table says of a source, without its next publication. cited: how it is cited."""
    has_values = row["n_values"] > 0
    vintage = Markup('<span class="e-num">{}</span>').format(row["vintage"])
    return [
        links.external_link(str(row["title"]), str(row["url"])) + _citation(cited),
        Markup('<span lang="en">{}</span>').format(row["publisher"]),
        _licence(row),
        reuse(str(row["redistribution"])),
        MISSING if pd.isna(row["vintage"]) else vintage,
        span(row["last_year"], row["first_year"]) if has_values else MISSING,
        ctx.number(row["n_areas"]) if has_values else MISSING,
    ]


def _citation(cited: str) -> Markup:
    """A line that opens to the citation."""
    template = Markup(
        '<details class="e-cite-row"><summary>{}</summary><p class="e-cite" lang="en">{}</p></details>'
    )
    return template.format(_("Citation"), cited)


def _licence(row: Row) -> Markup:
    if isinstance(row["licence_url"], str):
        return links.external_link(str(row["licence"]), row["licence_url"])
    return escape(str(row["licence"]))
