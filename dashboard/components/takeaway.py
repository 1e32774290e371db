"""What a reader takes away from a chart: its figures, its picture, the link to this view.

Figures are written only when asked for. The picture is drawn by the reader's browser from what it shows
(`static/takeaway.js`), so no browser runs on the server and no request leaves the host.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.components import language, state
from dashboard.components.download import csv, xlsx
from dashboard.components.language import catalogue, current
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.texts import mark

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOUNDARIES = mark(
    "Boundaries and names shown imply no official endorsement or acceptance by the United Nations."
)
HIDDEN = re.compile(r'<span class="e-sr">.*?</span>')
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Shown:
    """What is shown: title, unit, foot (safe HTML, may be empty), what makes the figures, file name."""

    key: str
    title: str
    unit: str
    foot: str
    data: Callable[[], pd.DataFrame]
    file: str


def offer(shown: Shown, *, picture: bool) -> None:
    """The button "Download" with CSV, XLSX, PNG, SVG and the link. picture: a chart is drawn, not a table."""
    lang, address = current(), view_address()
    with st.popover(_("Download"), type="tertiary", key=f"take_{shown.key}"):
        with st.container(key=f"figures_{shown.key}", horizontal=True, gap="small"):
            _file("CSV", lambda: csv(shown.data()), f"{shown.file}.csv", "text/csv", shown.key)
            _file(
                "XLSX",
                lambda: xlsx(shown.data(), about(shown, lang, address())),
                f"{shown.file}.xlsx",
                SPREADSHEET,
                shown.key,
            )
        st.html(_browser_part(shown, picture))


def _file(label: str, made: Callable[[], bytes], name: str, kind: str, key: str) -> None:
    st.download_button(
        label,
        made,
        name,
        kind,
        key=f"{label.lower()}_{key}",
        on_click="ignore",
        help=_("Download these figures"),
    )


def _browser_part(shown: Shown, picture: bool) -> str:
    """Buttons that the script of the page answers."""
    key, file = escape(shown.key), escape(shown.file)
    drawn = "".join(
        f'<button type="button" data-take="{kind}" data-frame="{key}" data-file="{file}" '
        f'data-failed="{escape(_("The picture could not be drawn."))}">{kind.upper()}</button>'
        for kind in (("png", "svg") if picture else ())
    )
    link = (
        f'<button type="button" data-take="link" data-done="{escape(_("Link copied"))}" '
        f'data-failed="{escape(_("Copy this link:"))}">{escape(_("Copy link"))}</button>'
    )
    return f'<div class="e-take">{drawn}{link}<p role="status"></p></div>'


def view_address() -> Callable[[], str]:
    """The address of this view, to be asked after the run, when every control has said its part.

    Ends in the path alone where the browser did not tell its address.
    """
    kept, base = state.store(), st.context.url or ""

    def address() -> str:
        query = urlencode(kept.address(), doseq=True)
        return f"{base}?{query}" if query else base

    return address


def plain(markup: str) -> str:
    """The words of a foot line, without its tags and without what is meant for ears only."""
    return " ".join(unescape(TAG.sub("", HIDDEN.sub("", markup))).split())


def about(shown: Shown, lang: str, address: str) -> list[tuple[str, str]]:
    """Label and text of what a downloaded table is: title, unit, sources with terms and release, address.

    The sources are those named in the column `source` of the figures; without it only the foot tells them.
    """
    t = catalogue(lang).gettext
    rows = [(t("Title"), shown.title), (t("Unit"), shown.unit), (t("Note"), plain(shown.foot))]
    known = data.sources(data.warehouse(), lang)
    for one in _named(shown.data(), known):
        source = known.loc[one]
        rows += [
            (t("Source"), f"{source['title']} ({source['publisher']})"),
            (t("Licence"), _said(source[f"licence_{lang}"])),
            (t("Release"), _said(source["vintage"])),
            (t("Address of the source"), _said(source["url"])),
        ]
    rows += [
        (t("Date of download"), date.today().isoformat()),
        (t("Address of this view"), address),
        (t("Names of areas"), t(BOUNDARIES)),
    ]
    return [(label, said) for label, said in rows if said]


def _named(figures: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """Ids of known sources in the figures, in order; a cell may name several, parted by commas or spaces."""
    if "source" not in figures:
        return []
    cells = figures["source"].dropna().astype(str).unique()
    ids = dict.fromkeys(one for cell in cells for one in re.split(r"[,;\s]+", cell))
    return [one for one in ids if one in known.index]


def _said(value: object) -> str:
    return "" if value is None or value != value else str(value)


def imprint() -> None:
    """The line that stands on paper only, after the page: where it was printed from, and when."""
    said = _("Escala · {address} · printed {date}")
    said = said.format(address=view_address()(), date=language.day(date.today()))
    st.html(f'<p class="e-imprint">{escape(said)}</p>')
