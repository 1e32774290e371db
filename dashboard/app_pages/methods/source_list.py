"""Sources: who publishes what, under which terms, and how to cite it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages.methods import citation, reads
from dashboard.components import frame, pickers, table
from dashboard.components.language import text as _
from dashboard.components.numbers import MISSING
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader


def show(reader: Reader, words: str) -> None:
    """How to cite one source or all, and the table of sources."""
    rows = reader.sources.reset_index()
    rows["licence"] = rows[f"licence_{reader.lang}"]
    chosen = _cite(reader, rows)
    title = _("{n} sources: terms, release, years").format(n=reader.ctx.number(len(rows)))
    rows["next_publication"] = rows["source"].map(reads.next_releases(reader.warehouse, reader.lang))
    columns = [
        "source", "title", "publisher", "licence", "redistribution", "vintage", "first_year", "last_year",
        "n_areas", "next_publication", "url", "citation",
    ]  # fmt: skip
    frame.table_only(title, _html(reader, rows, chosen), rows[columns], "escala_sources")
    if closed := reads.left_out(reader.warehouse, reader.lang):
        frame.foot_only(
            _(
                "This copy holds open sources only. Left out, because their sources allow non-commercial "
                "reuse only: {kpis}."
            ).format(kpis=", ".join(closed))
        )
    frame.foot_only(
        _("Names of publishers and citations stand as their publishers write them, most of them in English.")
    )


def _cite(reader: Reader, rows: pd.DataFrame) -> str:
    by_id = rows.set_index("source")
    with st.container(key="controls_cite"):
        first, second = st.columns([1.6, 1], vertical_alignment="bottom")
        with first:
            chosen = pickers.choose(
                _("Cite"),
                "source",
                ["all", *by_id.index],
                "all",
                lambda one: _("All sources") if one == "all" else str(by_id.at[one, "title"]),
            )
        picked = rows if chosen in (None, "all") else rows[rows["source"] == chosen]
        entries = cited(picked)
        name = f"escala_{chosen or 'all'}"
        with second, st.container(key="cite_buttons", horizontal=True):
            _button("BibTeX", citation.bibtex(entries), f"{name}.bib", "application/x-bibtex")
            _button("RIS", citation.ris(entries), f"{name}.ris", "application/x-research-info-systems")
    if len(entries) == 1:
        said = citation.text(entries[0])
        note = str(entries[0][f"note_{reader.lang}"] or "")
        st.html(f'<p class="e-cite" lang="en">{escape(said)}</p><p class="e-foot">{escape(note)}</p>')
    return str(chosen or "all")


def cited(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Sources as they are cited: by the title under which they are published, in every language."""
    return [
        {str(name): value for name, value in row.items()}
        for row in rows.assign(title=rows["title_en"]).to_dict("records")
    ]


def _button(label: str, text: str, file: str, kind: str) -> None:
    st.download_button(
        label, text.encode("utf-8"), file, kind, key=f"cite_{label}", on_click="ignore",
        help=_("Download the citation"),
    )  # fmt: skip


def reuse(redistribution: str) -> str:
    """The terms of reuse in words."""
    return {
        "open": _("open"),
        "attribution": _("with attribution"),
        "noncommercial": _("non-commercial reuse only"),
    }.get(redistribution, redistribution)


def _html(reader: Reader, rows: pd.DataFrame, chosen: str) -> str:
    ctx, following = reader.ctx, reads.next_releases(reader.warehouse, reader.lang)
    body: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        held = row["n_values"] > 0
        years = _span(int(row["first_year"]), int(row["last_year"])) if held else MISSING
        licence = escape(str(row["licence"]))
        if isinstance(row["licence_url"], str):
            licence = f'<a href="{escape(row["licence_url"])}" rel="noreferrer" target="_blank">{licence}</a>'
        link = escape(str(row["url"]))
        body.append(
            [
                Html(f'<a href="{link}" rel="noreferrer" target="_blank">{escape(str(row["title"]))}</a>'),
                Html(f'<span lang="en">{escape(str(row["publisher"]))}</span>'),
                Html(licence),
                reuse(str(row["redistribution"])),
                MISSING
                if pd.isna(row["vintage"])
                else Html(f'<span class="e-num">{escape(row["vintage"])}</span>'),
                years,
                ctx.number(row["n_areas"]) if held else MISSING,
                following[row["source"]],
            ]
        )
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
    marked = frozenset(rows.index[rows["source"] == chosen].tolist())
    caption = _("Sources in use; a dash: no figures of this source are held")
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _span(first: int, last: int) -> str:
    """Years from the first to the last."""
    return str(last) if first == last else f"{first}–{last}"
