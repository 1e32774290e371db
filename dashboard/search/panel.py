"""The search from anywhere: what was found, by kind, with why it matched and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby

import streamlit as st

from dashboard.charts.figures import old_tag, span
from dashboard.components import pickers, shell, state
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.search.entries import KINDS
from dashboard.search.index import index
from dashboard.search.match import Hit, folded

MOST = 6  # results of a kind that are listed
Pages = tuple[tuple[str, str, str], ...]  # path, title, question of each page
Link = tuple[str, str]  # address, words


def show(reader: Reader, pages: Pages) -> None:
    """What the reader's search found, above the page; nothing without a search."""
    words = state.store().free("find")
    if not words:
        return
    hits = index(reader.warehouse, reader.lang, pages).find(words)
    with st.container(key="found"):
        head, corner = st.columns([4, 1], vertical_alignment="top")
        head.html(f'<h2 class="e-title" role="status">{escape(_headline(reader, words, hits))}</h2>')
        corner.button(_("Close search"), key="found_close", type="tertiary", on_click=_close)
        st.html(f'<div class="e-found">{_listed(reader, hits)}</div>')


def _close() -> None:
    state.store().put("find", [])


def _headline(reader: Reader, words: str, hits: list[Hit]) -> str:
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


def _listed(reader: Reader, hits: list[Hit]) -> str:
    """One list per kind; the kind of the best result first."""
    best = {kind: at for at, kind in reversed(list(enumerate(hit.entry.kind for hit in hits)))}
    first = hits[0].how if hits else ""
    leads = {kind: hits[at].how != first for kind, at in best.items()}
    order = sorted(best, key=lambda kind: (leads[kind], KINDS.index(kind) if not leads[kind] else best[kind]))
    by_kind = sorted(hits, key=lambda hit: order.index(hit.entry.kind))
    parts = []
    for kind, group in groupby(by_kind, key=lambda hit: hit.entry.kind):
        found = list(group)
        items = "".join(_item(reader, hit) for hit in found[:MOST])
        rest = len(found) - MOST
        more = _("and {n} more; more letters narrow it down").format(n=reader.ctx.number(rest))
        note = f'<p class="e-foot">{escape(more)}</p>' if rest > 0 else ""
        parts.append(f"<section><h3>{escape(_kinds()[kind])}</h3><ul>{items}</ul>{note}</section>")
    return "".join(parts)


def _item(reader: Reader, hit: Hit) -> str:
    (to, title), *others = LINKS[hit.entry.kind](reader, hit)
    more = " · ".join(_anchor(address, said) for address, said in others)
    why = escape(_why(hit))
    small = " · ".join(part for part in (_standing(reader, hit), why, _age(reader, hit), more) if part)
    return f"<li>{_anchor(to, title)}{f'<small>{small}</small>' if small else ''}</li>"


def _standing(reader: Reader, hit: Hit) -> str:
    """Of an area that is no UN Member State, that it is none; nothing for others."""
    if hit.entry.kind != "country" or hit.entry.code not in data.outside(reader.warehouse):
        return ""
    return escape(_(pickers.OUTSIDE))


def _age(reader: Reader, hit: Hit) -> str:
    """Of a KPI whose newest value is old, that year with the tag, as safe HTML; nothing for others."""
    if hit.entry.kind != "kpi":
        return ""
    kpi = reader.kpi(hit.entry.code)
    last = data.kpi_records(reader.warehouse)[kpi.id]["last_year"]
    return f"{span(last)}{tag}" if (tag := old_tag(kpi, last, reader.ctx)) else ""


def _anchor(address: str, said: str) -> str:
    return f'<a target="_self" href="{escape(address)}">{escape(said)}</a>'


def _why(hit: Hit) -> str:
    """Why an entry was found, where its title does not say so itself."""
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
            (shell.link("country", reader, country=code), hit.entry.title),
            (shell.link("compare", reader, area=code), _("Compare")),
            (shell.link("explore", reader, area=code), _("Explorer")),
        ]
    return [
        (shell.link("country", reader, country=code), hit.entry.title),
        (shell.link("stages", reader, country=code), _("Stages")),
        (shell.link("progress", reader, country=code), _("Progress")),
        (shell.link("robustness", reader, country=code), _("Robustness")),
        (shell.link("gaps", reader, country=code), _("Data and gaps")),
    ]


def _kpi(reader: Reader, hit: Hit) -> list[Link]:
    code = hit.entry.code
    entry = shell.link("methods", reader, kpi=code)
    if code not in data.kpis_with_data(reader.warehouse):
        return [(entry, hit.entry.title)]
    return [
        (shell.link("world", reader, kpi=code), hit.entry.title),
        (shell.link("compare", reader, kpi=code), _("Compare")),
        (entry, _("Definition")),
    ]


def _target(reader: Reader, hit: Hit) -> list[Link]:
    goal = hit.entry.code.split(".")[0]
    return [
        (shell.link("lens", reader, goal=goal), hit.entry.title),
        (shell.link("methods", reader, q=hit.entry.code), _("Definition")),
    ]


def _group(reader: Reader, hit: Hit) -> list[Link]:
    code = hit.entry.code
    return [
        (shell.link("world", reader, group=code), hit.entry.title),
        (shell.link("stages", reader, peers=code), _("Stages")),
    ]


def _page(reader: Reader, hit: Hit) -> list[Link]:
    return [(shell.link(hit.entry.code, reader), hit.entry.title)]


LINKS: dict[str, Callable[[Reader, Hit], list[Link]]] = {
    "country": _country,
    "kpi": _kpi,
    "target": _target,
    "group": _group,
    "page": _page,
}  # the first address of a kind is its main one
