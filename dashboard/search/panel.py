"""The search from anywhere: results by kind, each with why it matched and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from dashboard.charts.figures import old_tag, span
from dashboard.components import links, pickers, state
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.search.entries import KINDS
from dashboard.search.index import index
from dashboard.search.match import Hit, folded

MAX_RESULTS = 6  # results of a kind that are listed
Pages = tuple[tuple[str, str, str], ...]  # path, title, question of each page
Link = tuple[str, str]  # address, label

_TITLE = Markup('<h2 class="e-title" role="status">{}</h2>')
_RESULTS = Markup('<div class="e-found">{}</div>')
_KIND = Markup("<section><h3>{heading}</h3><ul>{results}</ul>{note}</section>")
_NOTE = Markup('<p class="e-foot">{}</p>')
_RESULT = Markup("<li>{link}{details}</li>")
_DETAILS = Markup("<small>{}</small>")


@dataclass(frozen=True)
class Result:
    """A result: where it leads, where else, and what is to be said of it."""

    link: Link
    onward: list[Link]
    notes: list[Markup]


@dataclass(frozen=True)
class Section:
    """Results of a kind, the best first; `more` says that there are others, or is empty."""

    heading: str
    results: list[Result]
    more: str


def show(reader: Reader, pages: Pages) -> None:
    """The results of the reader's search, above the page; nothing without a search."""
    words = state.store().free("find")
    if not words:
        return
    hits = index(reader.warehouse, reader.lang, pages).find(words)
    with st.container(key="found"):
        head, corner = st.columns([4, 1], vertical_alignment="top")
        head.html(_TITLE.format(headline(reader, words, hits)))
        corner.button(_("Close search"), key="found_close", type="tertiary", on_click=_close)
        st.html(_RESULTS.format(Markup("").join(map(_by_kind, sections(reader, hits)))))


def _close() -> None:
    state.store().put("find", [])


def headline(reader: Reader, words: str, hits: list[Hit]) -> str:
    """How many results there are, or what to try where there is none."""
    if not hits:
        return _("Nothing found for “{words}”: try a name, an ISO code, a KPI or an SDG target.").format(
            words=words
        )
    if all(hit.how == "near" for hit in hits):
        return _("Nothing is named “{words}”; similar: {n}").format(
            words=words, n=reader.ctx.number(len(hits))
        )
    return _("Found for “{words}”: {n}").format(words=words, n=reader.ctx.number(len(hits)))


def _kinds() -> dict[str, str]:
    return {
        "country": _("Countries"),
        "kpi": _("KPIs"),
        "target": _("SDG targets"),
        "group": _("Groups"),
        "page": _("Pages"),
    }


def sections(reader: Reader, hits: list[Hit]) -> list[Section]:
    """One section per kind; the kind of the best result first."""
    kinds = _kinds_in_order(hits)
    by_kind = sorted(hits, key=lambda hit: kinds.index(hit.entry.kind))
    groups = groupby(by_kind, key=lambda hit: hit.entry.kind)
    return [_section(reader, kind, list(group)) for kind, group in groups]


def _kinds_in_order(hits: list[Hit]) -> list[str]:
    """Kinds that match as well as the best result in the order of KINDS, then the others by their best."""
    best = {kind: at for at, kind in reversed(list(enumerate(hit.entry.kind for hit in hits)))}
    first = hits[0].how if hits else ""
    follows = {kind: hits[at].how != first for kind, at in best.items()}
    return sorted(best, key=lambda kind: (follows[kind], best[kind] if follows[kind] else KINDS.index(kind)))


def _section(reader: Reader, kind: str, hits: list[Hit]) -> Section:
    """The first results of a kind, and how many more there are."""
    rest = len(hits) - MAX_RESULTS
    more = _("and {n} more; more letters narrow it down").format(n=reader.ctx.number(rest))
    results = [_result(reader, hit) for hit in hits[:MAX_RESULTS]]
    return Section(_kinds()[kind], results, more if rest > 0 else "")


def _result(reader: Reader, hit: Hit) -> Result:
    main, *others = LINKS[hit.entry.kind](reader, hit)
    parts = (_standing(reader, hit), _why(hit), _age(reader, hit))
    return Result(main, others, [Markup.escape(part) for part in parts if part])


def _by_kind(section: Section) -> Markup:
    """A section as HTML."""
    results = Markup("").join(_listed(result) for result in section.results)
    note = _NOTE.format(section.more) if section.more else ""
    return _KIND.format(heading=section.heading, results=results, note=note)


def _listed(result: Result) -> Markup:
    onward = Markup(" · ").join(links.anchor(*link) for link in result.onward)
    parts = [part for part in (*result.notes, onward) if part]
    details = _DETAILS.format(Markup(" · ").join(parts)) if parts else ""
    return _RESULT.format(link=links.anchor(*result.link), details=details)


def _standing(reader: Reader, hit: Hit) -> str:
    """Of an area that is no UN Member State, that it is none; nothing for others."""
    if hit.entry.kind != "country" or hit.entry.code not in data.outside(reader.warehouse):
        return ""
    return _(pickers.OUTSIDE)


def _age(reader: Reader, hit: Hit) -> Markup:
    """Of a KPI whose newest value is old, that year with the tag; nothing for others."""
    if hit.entry.kind != "kpi":
        return Markup("")
    kpi = reader.kpi(hit.entry.code)
    last = data.kpi_records(reader.warehouse)[kpi.id]["last_year"]
    tag = old_tag(kpi, last, reader.ctx)
    return Markup("{}{}").format(span(last), tag) if tag else Markup("")


def _why(hit: Hit) -> str:
    """Why an entry matches, where its title does not say so itself."""
    if hit.how == "text":
        return _("in its description")
    same = folded(hit.matched) == folded(hit.entry.title)
    if hit.how == "near":
        return _("similar spelling") if same else _("similar: {name}").format(name=hit.matched)
    if same:
        return ""
    if hit.matched in hit.entry.codes:
        return _("code {code}").format(code=hit.matched)
    return _("also: {name}").format(name=hit.matched)


def _country(reader: Reader, hit: Hit) -> list[Link]:
    code = hit.entry.code
    if code in data.outside(reader.warehouse):
        return [
            (links.address("country", reader, country=code), hit.entry.title),
            (links.address("compare", reader, country=code), _("Compare")),
            (links.address("explore", reader, area=code), _("Explorer")),
        ]
    return [
        (links.address("country", reader, country=code), hit.entry.title),
        (links.address("stages", reader, country=code), _("Stages")),
        (links.address("progress", reader, country=code), _("Progress")),
        (links.address("plan", reader, country=code), _("Plan")),
        (links.address("compare", reader, country=code), _("Compare")),
    ]


def _kpi(reader: Reader, hit: Hit) -> list[Link]:
    code = hit.entry.code
    entry = links.address("methods", reader, kpi=code)
    if code not in data.kpis_with_data(reader.warehouse):
        return [(entry, hit.entry.title)]
    return [
        (links.address("world", reader, kpi=code), hit.entry.title),
        (links.address("compare", reader, kpi=code), _("Compare")),
        (entry, _("Definition")),
    ]


def _target(reader: Reader, hit: Hit) -> list[Link]:
    goal = hit.entry.code.split(".")[0]
    return [
        (links.address("lens", reader, goal=goal), hit.entry.title),
        (links.address("methods", reader, q=hit.entry.code), _("Definition")),
    ]


def _group(reader: Reader, hit: Hit) -> list[Link]:
    code = hit.entry.code
    return [
        (links.address("world", reader, group=code), hit.entry.title),
        (links.address("compare", reader, group=code, show="change"), _("Change")),
        (links.address("stages", reader, peers=code), _("Stages")),
    ]


def _page(reader: Reader, hit: Hit) -> list[Link]:
    return [(links.address(hit.entry.code, reader), hit.entry.title)]


LINKS: dict[str, Callable[[Reader, Hit], list[Link]]] = {
    "country": _country,
    "kpi": _kpi,
    "target": _target,
    "group": _group,
    "page": _page,
}  # the first address of a kind is its main one
