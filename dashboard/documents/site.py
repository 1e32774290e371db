"""A light edition for any web server: a page a country, an index and a search, all plain files.

Pages hold their style and pictures inside, ask no other host and need no script; the search of the index is
one, and without it the list is there. Files are written one by one under a temporary name, each whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.scalars import is_missing, optional, whole
from dashboard.components import language
from dashboard.components.language import LANGUAGES
from dashboard.components.language import text as _
from dashboard.components.outside import reader_of
from dashboard.documents import html, light
from dashboard.documents.brief import country_brief
from dashboard.documents.content import Figure
from dashboard.documents.html import Way
from dashboard.documents.wording import TAGS
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import RequestError
from kpis.matching import fold

if TYPE_CHECKING:
    from kpis.queries import Warehouse

MARK = '<meta name="generator" content="Escala site">'  # of files that may be replaced
MARKED = 4096  # bytes within which a file says so
SEARCH = """
const box = document.getElementById('q'), rows = [...document.querySelectorAll('[data-n]')];
const fold = (text) => text.normalize('NFKD').replace(/[\\u0300-\\u036f'’‘ʻ`´“”«»]/g, '').toLowerCase();
box.closest('p').hidden = false;
box.addEventListener('input', () => {
  const words = fold(box.value).split(/\\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !words.every((word) => row.dataset.n.includes(word));
  for (const part of document.querySelectorAll('section')) {
    part.hidden = ![...part.querySelectorAll('[data-n]')].some((row) => !row.hidden);
  }
  document.getElementById('n').textContent = rows.filter((row) => !row.hidden).length;
});
"""
INDEX_STYLE = (
    "ul.areas{list-style:none;padding:0;max-width:none;columns:14rem;column-gap:2rem}"
    ".areas li{break-inside:avoid;margin:0;padding:.3rem 0}.areas small{display:inline;white-space:nowrap}"
    "input{font:inherit;padding:.5rem .7rem;width:100%;max-width:26rem;color:inherit;"
    "background:transparent;border:1.5px solid var(--outline);border-radius:3px}label{display:block}"
)


@dataclass(frozen=True)
class Page:
    """A file of the site: its path from the folder, and what it holds."""

    path: str
    content: bytes


def pages(areas: Sequence[str], langs: Sequence[str], warehouse: Warehouse | None = None) -> Iterator[Page]:
    """The files of a site, countries first, the way in last: a site that was broken off has no index.

    areas: ISO codes; langs: of LANGUAGES, the first is that of the way in; warehouse: the published one
    unless given. Raises RequestError for no area.
    """
    if not areas:
        raise RequestError("No area for the site. Name some, as --area COL,HTI, or --area all.")
    for lang in langs:
        reader = reader_of(lang, warehouse)
        for area in areas:
            yield Page(f"{lang}/{area}.html", country_page(reader, area, langs))
        yield Page(f"{lang}/index.html", index_page(reader, areas, langs))
    yield Page("index.html", _way_in(langs[0]))


def country_page(reader: Reader, area: str, langs: Sequence[str]) -> bytes:
    """The brief of a country as a light page, with the way back and to the other languages."""
    with language.spoken(reader.lang):
        ways = [
            Way(_("All countries"), "index.html", reader.lang),
            *_others(reader.lang, langs, f"{area}.html"),
        ]
    brief = country_brief(reader, area)
    return html.write(brief, ways=ways, drawn=_light, style=light.STYLE, head=MARK)


def _light(figure: Figure) -> Markup:
    """The picture of a figure, of few bytes."""
    return light.draw(figure.picture)


def index_page(reader: Reader, areas: Sequence[str], langs: Sequence[str]) -> bytes:
    """The countries of the site by region, with EGDI and rank, and a box that narrows the list."""
    with language.spoken(reader.lang):
        title = _("Digital government by country")
        body = Markup("\n").join(
            [
                Markup('<header><h1>{}</h1><p class="subtitle">{}</p></header>').format(
                    title,
                    _("EGDI {year}: value and rank among UN Member States").format(year=_edition(reader)),
                ),
                Markup(
                    '<p hidden><label for="q">{}</label><input id="q" type="search" autocomplete="off"> '
                    '<small><span id="n" role="status">{}</span> {}</small></p>'
                ).format(_("Search a country"), len(areas), _("countries")),
                *_regions(reader, areas),
                Markup('<footer><p class="note">{}</p></footer>').format(
                    _("Escala, data version {version}").format(version=reader.version)
                ),
            ]
        )
        return html.page(
            title, reader.lang, body, ways=_others(reader.lang, langs, "index.html"),
            style=INDEX_STYLE, head=MARK, script=SEARCH,
        )  # fmt: skip


def _edition(reader: Reader) -> int:
    return max(data.years_by_kpi(reader.warehouse)["EGDI"])


def _regions(reader: Reader, areas: Sequence[str]) -> Iterator[Markup]:
    """A section a region, in the order of the alphabet; what belongs to none comes last."""
    names, of_area = reader.area_names, data.regions(reader.warehouse, reader.lang)
    egdi = reader.warehouse.values("EGDI", areas=list(areas), years=[_edition(reader)]).set_index("ref_area")
    kpi = reader.kpi("EGDI").brief
    other = _("Other areas")
    grouped: dict[str, list[str]] = {}
    for area in sorted(areas, key=lambda area: fold(names[area])):
        grouped.setdefault(of_area.get(area, other), []).append(area)
    for region in sorted(grouped, key=lambda name: (name == other, fold(name))):
        rows = Markup("").join(
            Markup('<li data-n="{}"><a href="{}.html">{}</a> <small>{}</small></li>').format(
                fold(f"{names[area]} {area}"), area, names[area], _said(egdi, area, kpi, reader)
            )
            for area in grouped[region]
        )
        yield Markup('<section><h2>{}</h2><ul class="areas">{}</ul></section>').format(region, rows)


def _said(egdi: pd.DataFrame, area: str, kpi: KpiView, reader: Reader) -> str:
    """The value and rank of an area; a dash where it has none."""
    if area not in egdi.index or is_missing(egdi.at[area, "obs_value"]):
        return MISSING
    value = reader.ctx.value(optional(egdi.at[area, "obs_value"]), kpi)
    rank = egdi.at[area, "rank"]
    return value if is_missing(rank) else f"{value} · {_('rank {n}').format(n=whole(rank))}"


def _others(lang: str, langs: Sequence[str], file: str) -> list[Way]:
    """The same page in the other languages of the site."""
    return [Way(LANGUAGES[other], f"../{other}/{file}", other) for other in langs if other != lang]


def _way_in(lang: str) -> bytes:
    """The first file: leads to the index of the first language."""
    with language.spoken(lang):
        title = _("Digital government by country")
    return (
        Markup(
            '<!doctype html>\n<html lang="{0}"><head><meta charset="utf-8">{1}<title>{2}</title>'
            '<meta http-equiv="refresh" content="0; url={3}/index.html"></head>'
            '<body><p><a href="{3}/index.html">{2}</a></p></body></html>\n'
        )
        .format(TAGS.get(lang, lang), Markup(MARK), title, lang)  # noqa: S704 - our own text
        .encode()
    )


def count(areas: Sequence[str], langs: Sequence[str]) -> int:
    """How many files a site has."""
    return (len(areas) + 1) * len(langs) + 1


def write(
    folder: Path, areas: Sequence[str], langs: Sequence[str], warehouse: Warehouse | None = None
) -> Iterator[Path]:
    """Writes the site into a folder, a file at a time, and says which.

    Files of another hand are left alone: raises RequestError for the first that stands in the way.
    """
    for page in pages(areas, langs, warehouse):
        path = folder / page.path
        try:
            if path.exists() and not (path.is_file() and MARK.encode() in _head(path)):
                raise RequestError(
                    f"{path}: this file was not written by escala site, so it is not replaced. Name an empty "
                    "folder with --out."
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(page.content, path)
        except OSError as fault:
            raise RequestError(f"--out: {path} cannot be written: {fault.strerror}.") from fault
        yield path


def _head(path: Path) -> bytes:
    """The part of a file that says who wrote it."""
    with path.open("rb") as file:
        return file.read(MARKED)


def _put(content: bytes, path: Path) -> None:
    """Writes a file under a temporary name and renames it; broken off, nothing of it stays."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)  # of a run that was killed; a link there must not be followed
    try:
        with beside.open("xb") as file:
            file.write(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
