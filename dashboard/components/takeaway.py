"""What a reader takes away from a chart: its figures, its picture, the link to this view.

Figures are written only when asked for. The picture is drawn by the reader's browser from what it shows
(`static/takeaway.js`), so no browser runs on the server and no request leaves the host.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape, unescape
from typing import Literal
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.charts.scalars import Row, records
from dashboard.components import citation, embed, language, state
from dashboard.components.download import csv, xlsx
from dashboard.components.file_button import file_button
from dashboard.components.language import catalogue, current
from dashboard.components.language import text as _
from dashboard.components.sources import ids, named, source_cells
from dashboard.reads import shared as data
from dashboard.texts import mark

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOUNDARIES = mark(
    "Boundaries and names shown imply no official endorsement or acceptance by the United Nations."
)
Form = Literal["png", "svg"]
PICTURES: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml"}
CITES = ("txt", "bib", "ris")
CITED_IN = "en"  # the language of licences in citations, as most of what is published is in English
Write = Callable[[list[Row], citation.Reading], str]
CITATIONS: dict[str, tuple[Write, str, str]] = {
    mark("Citation"): (citation.texts, "txt", "text/plain"),
    "BibTeX": (citation.bibtex, "bib", "application/x-bibtex"),
    "RIS": (citation.ris, "ris", citation.RIS),
}
HIDDEN = re.compile(r'<span class="e-sr">.*?</span>')
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class View:
    """What is shown: title, unit, foot (safe HTML, may be empty), what makes the figures, file name.

    is_own: figures of the reader's own, which no link leads to and nobody else can cite.
    """

    key: str
    title: str
    unit: str
    foot: str
    data: Callable[[], pd.DataFrame]
    file: str
    is_own: bool = False


def offer(view: View, *, picture: bool, draw: Callable[[Form], bytes] | None = None) -> None:
    """The button "Download": figures as CSV and XLSX, picture as PNG and SVG, the link, the citation.

    picture: a chart is drawn, not a table. draw: makes the picture of a table, which no browser draws.
    """
    lang, address = current(), view_address()
    with st.popover(_("Download"), type="tertiary", key=f"take_{view.key}"):
        with st.container(key=f"figures_{view.key}", horizontal=True, gap="small"):
            _file("CSV", lambda: csv(citing(view, reading(address()))), view, "csv", "text/csv")
            _file("XLSX", lambda: xlsx(view.data(), about(view, lang, address())), view, "xlsx", SPREADSHEET)
            if draw is not None:
                for form, kind in PICTURES.items():
                    _file(form.upper(), partial(draw, form), view, form, kind)
        st.html(_browser_part(view, picture))
        if view.is_own:
            return
        with st.container(key=f"cite_{view.key}", horizontal=True, gap="small"):
            for label, (write, end, kind) in CITATIONS.items():
                _file(_(label), partial(cited, view, write, address), view, end, kind)


def _file(label: str, content: Callable[[], bytes], view: View, end: str, kind: str) -> None:
    file_button(
        label, content, f"{view.file}.{end}", kind, key=f"{label.lower()}_{view.key}", says=_help(end)
    )


def _help(end: str) -> str:
    if end in CITES:
        return _("Download the citation of the sources")
    return _("Download the picture") if end in PICTURES else _("Download these figures")


def reading(address: str) -> citation.Reading:
    """Where the figures of this view are read, and when."""
    return citation.Reading(data.warehouse().version, date.today(), address)


def cited(view: View, write: Write, address: Callable[[], str]) -> bytes:
    """How the sources of the figures are cited, by the titles under which they are published.

    All sources in use where the figures name none.
    """
    sources = data.sources(data.warehouse(), CITED_IN)
    names = named(view.data(), sources) or sources.index[sources["n_values"] > 0].tolist()
    return write(_as_cited(sources.loc[names]), reading(address())).encode()


def citing(view: View, where: citation.Reading) -> pd.DataFrame:
    """The figures with how each row is cited; rows that name no source say where they were read."""
    figures = view.data()
    if figures.empty or "citation" in figures:
        return figures
    sources = data.sources(data.warehouse(), CITED_IN)
    texts = {row["source"]: citation.text(row) for row in _as_cited(sources)}

    def of(cell: object) -> str:
        known = [texts[source_id] for source_id in ids(cell) if source_id in texts]
        return " ".join([*known, where.note])

    cells = source_cells(figures)
    by_cell = {cell: of(cell) for cell in cells.unique()}
    return figures.assign(citation=[by_cell[cell] for cell in cells])


def _as_cited(sources: pd.DataFrame) -> list[Row]:
    rows = sources.reset_index()
    return records(rows.assign(title=rows["title_en"], licence=rows[f"licence_{CITED_IN}"]))


def _browser_part(view: View, picture: bool) -> str:
    """Buttons that the script of the page answers."""
    key, file = escape(view.key), escape(view.file)
    drawn = "".join(
        f'<button type="button" data-take="{kind}" data-frame="{key}" data-file="{file}" '
        f'data-failed="{escape(_("The picture could not be drawn."))}">{kind.upper()}</button>'
        for kind in (("png", "svg") if picture else ())
    )
    link = (
        f'<button type="button" data-take="link" data-done="{escape(_("Link copied"))}" '
        f'data-failed="{escape(_("Copy this link:"))}">{escape(_("Copy link"))}</button>'
    )
    done = _("Added. Slides in your story: {n}. This browser keeps it.")
    story = (
        f'<button type="button" data-take="story" data-frame="{key}" data-title="{escape(view.title)}" '
        f'data-done="{escape(done)}" data-failed="{escape(_("A story holds at most {n} slides."))}">'
        f"{escape(_('Add to my story'))}</button>"
    )
    frame = (
        f'<button type="button" data-take="embed" data-frame="{key}" data-done="{escape(_embedded())}" '
        f'data-code="{escape(embed.code(embed.SOURCE, view.title))}" '
        f'data-failed="{escape(_("Copy this code:"))}">{escape(_("Code to embed"))}</button>'
    )
    ways = "" if view.is_own else link + (story + frame if picture else "")
    return f'<div class="e-take">{drawn}{ways}<p role="status"></p></div>'


def _embedded() -> str:
    """What is said when the code has been copied: which sites may show the chart."""
    if embed.SETTING.sites:
        return _("Code copied. It works on: {sites}").format(sites=", ".join(embed.SETTING.sites))
    return _(
        "Code copied. No other site may show charts of this server yet: whoever runs it names them with "
        "--embed-for."
    )


def view_address() -> Callable[[], str]:
    """The address of this view, to be asked after the run, when every control has said its part.

    Ends in the path alone where the browser did not tell its address.
    """
    choices, base = state.store(), st.context.url or ""

    def address() -> str:
        query = urlencode(choices.address(), doseq=True)
        return f"{base}?{query}" if query else base

    return address


def plain(markup: str) -> str:
    """The words of a foot line, without its tags and without what is meant for screen readers only."""
    return " ".join(unescape(TAG.sub("", HIDDEN.sub("", markup))).split())


def about(view: View, lang: str, address: str) -> list[tuple[str, str]]:
    """Label and text of what a downloaded table is: title, unit, sources with terms and release, address.

    The sources are those named in the column `source` of the figures; without it only the foot tells them.
    """
    t = catalogue(lang).gettext
    rows = [(t("Title"), view.title), (t("Unit"), view.unit), (t("Note"), plain(view.foot))]
    sources = data.sources(data.warehouse(), lang)
    for source in records(sources.loc[named(view.data(), sources)]):
        rows += [
            (t("Source"), f"{source['title']} ({source['publisher']})"),
            (t("Licence"), _text(source[f"licence_{lang}"])),
            (t("Release"), _text(source["vintage"])),
            (t("Address of the source"), _text(source["url"])),
            (t("Citation"), citation.text(source)),
        ]
    rows += [
        (t("Data version"), data.warehouse().version),
        (t("Date of download"), date.today().isoformat()),
        (t("Address of this view"), address),
        (t("Names of areas"), t(BOUNDARIES)),
    ]
    return [(label, text) for label, text in rows if text]


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def imprint() -> None:
    """The line that stands on paper only, after the page: where it was printed from, and when."""
    line = _("Escala · {address} · printed {date}")
    line = line.format(address=view_address()(), date=language.day(date.today()))
    st.html(f'<p class="e-imprint">{escape(line)}</p>')
