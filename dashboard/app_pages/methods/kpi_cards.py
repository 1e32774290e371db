"""The catalogue as a searchable list: one line per KPI that opens to all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.methods import reads
from dashboard.charts import figures
from dashboard.charts.context import KpiView
from dashboard.charts.figures import figure, old, old_tag, sentence
from dashboard.components import explain, frame, shell, state
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.matching import fold

FEW = 3  # so few results are shown opened


def matches(words: str, haystack: str) -> bool:
    """Whether every word of a search is in a text, accents and case aside."""
    text = fold(haystack)
    return all(word in text for word in fold(words).split())


def found(reader: Reader, words: str) -> list[KpiView]:
    """KPIs with every word in name or definition (of either language), id, dimension, source or SDG target.

    A KPI whose id is the search comes first.
    """
    listed = reader.kpis
    if not words:
        return list(listed.values())
    names = reader.dimensions
    titles = reader.sources["title"]
    targets = data.sdg_links(reader.warehouse).groupby("kpi")["target"].agg(" ".join)
    table = data.kpi_table(reader.warehouse)

    def text(kpi: KpiView) -> str:
        row = table.loc[kpi.id]
        both = f"{row['name_en']} {row['name_es']} {row['definition_en']} {row['definition_es']}"
        place = f"{names[kpi.dimension]} {titles.get(kpi.source, '')} {row['publisher']}"
        return f"{kpi.id} {both} {place} {targets.get(kpi.id, '')}"

    hits = [kpi for kpi in listed.values() if matches(words, text(kpi))]
    exact = fold(words)
    return sorted(hits, key=lambda kpi: fold(kpi.id) != exact)


def show(reader: Reader, words: str) -> None:
    """The list, by dimension."""
    every = reader.kpis
    chosen = state.store().one(
        "kpi", list(every), None, say=_("ids of KPIs with data, such as EGDI, OSI, SDG_9.c.1")
    )
    listed = _listed(reader, words, chosen)
    if listed is None:
        said = _("Try fewer letters, a dimension, a source or an SDG target such as 16.6.")
        frame.said_only(_title(reader, 0, words), said)
        return
    frame.table_only(*listed)


def _title(reader: Reader, hits: int, words: str) -> str:
    every = len(reader.kpis)
    return (
        _("{n} KPIs").format(n=reader.ctx.number(every))
        if not words
        else _("KPIs with “{words}”: {k} of {n}").format(
            k=reader.ctx.number(hits), n=reader.ctx.number(every), words=words
        )
    )


@cached(8)  # all the KPIs are half a megabyte
def _listed(reader: Reader, words: str, chosen: str | None) -> Table | None:
    """The list; None where nothing is found."""
    hits = first(found(reader, words), chosen)
    if not hits:
        return None
    title = _title(reader, len(hits), words)
    return title, _html(reader, hits, words, chosen), lambda: export(reader, hits), "escala_kpis"


def first(hits: list[KpiView], chosen: str | None) -> list[KpiView]:
    """The chosen KPI before the others; nothing is left out."""
    return sorted(hits, key=lambda kpi: kpi.id != chosen)


def _html(reader: Reader, hits: Sequence[KpiView], words: str, chosen: str | None) -> str:
    names = reader.dimensions
    exact = hits[0].id == chosen or (bool(words) and fold(hits[0].id) == fold(words))
    parts, before = [], None
    for at, kpi in enumerate(hits):
        if kpi.dimension != before and not (exact and at == 0):
            parts.append(f'<h3 class="e-section">{escape(names[kpi.dimension])}</h3>')
            before = kpi.dimension
        opened = len(hits) <= FEW or (exact and at == 0)
        parts.append(card(reader, kpi, opened=opened))
    hint = escape(_("Each line opens to definition, caveat, formula, source, licence and SDG targets."))
    return f'<p class="e-foot">{hint}</p><div class="e-cards">{"".join(parts)}</div>'


def card(reader: Reader, kpi: KpiView, *, opened: bool = False) -> str:
    """One KPI: its line, and below it all that the catalogue says."""
    row = data.kpi_records(reader.warehouse)[kpi.id]
    sources = reader.sources
    facts = [
        (_("Definition"), escape(kpi.definition)),
        (_("Mind"), escape(kpi.caveat)),
        (_("Unit"), escape(kpi.unit)),
        (_("Better side"), escape(explain.better(kpi))),
        (_("Rank"), escape(kpi.rank_note)),
        (_("Formula"), escape(explain.formula(kpi)) + _operands(reader, row)),
        (_("Source"), frame.source_link(kpi, sources)),
        (_("Licence"), escape(kpi.licence)),
        (_("SDG"), _sdg(reader, kpi.id)),
        (_("Fresh for"), escape(_limit(reader, kpi))),
        (_("Target"), _target(reader, kpi, row)),
        (_("Held"), escape(_held(reader, row))),
        (_("Last year"), _last(reader, kpi, row)),
        (_("Measured"), escape(_measured(reader, kpi))),
        (_("Next publication"), escape(reads.next_publications(reader.warehouse, reader.lang)[kpi.id])),
    ]
    body = "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in facts if said)
    links = ""
    if row["n_areas"] > 0:
        to = escape(shell.link("world", reader, kpi=kpi.id))
        links = f'<p><a target="_self" href="{to}">{escape(_("See it for the whole world"))}</a></p>'
    return (
        f"<details{' open' if opened else ''}><summary>{escape(kpi.name)} "
        f"<small>{escape(kpi.unit)} · <code>{escape(kpi.id)}</code></small></summary>"
        f'<dl class="e-facts">{body}</dl>{links}</details>'
    )


def _operands(reader: Reader, row: dict[str, Any]) -> str:
    listed = reader.kpis
    names = [listed[one].name for one in (row["input_a"], row["input_b"]) if one in listed]
    return f" {escape(_('Of'))}: {escape('; '.join(names))}." if names else ""


def _sdg(reader: Reader, kpi: str) -> str:
    parts = []
    for link in data.sdg_by_kpi(reader.warehouse).get(kpi, []):
        said = {
            "measured": _("{target}: measures it, as official indicator {indicator}"),
            "direct": _("{target}: serves it directly"),
            "enabling": _("{target}: enables it"),
        }[link["evidence"]]
        parts.append(escape(said.format(target=link["target"], indicator=link["indicator"])))
    return "; ".join(parts)


def _target(reader: Reader, kpi: KpiView, row: dict[str, Any]) -> Markup:
    if pd.isna(row["target"]):
        return Markup("")
    value = figure(row["target"], kpi, row["target_year"], reader.ctx)
    return value + f" ({row[f'target_source_{reader.lang}']})"


def _limit(reader: Reader, kpi: KpiView) -> str:
    """How old a value may be, and the reason where others may not be as old."""
    said = _("{n} years").format(n=reader.ctx.number(kpi.fresh_years))
    reason = data.limit_reason(reader.warehouse, reader.lang, kpi.id)
    return f"{said}. {reason}" if reason else said


def _last(reader: Reader, kpi: KpiView, row: dict[str, Any]) -> Markup:
    """Year of the newest value, and until or since when it counts as fresh or old; nothing without one."""
    if pd.isna(row["last_year"]):
        return Markup("")
    year, ctx = int(row["last_year"]), reader.ctx
    end = year + kpi.fresh_years
    if old(kpi, year, ctx):
        return sentence(_("{year}; old since {since}"), year=year, since=end + 1) + old_tag(kpi, year, ctx)
    return sentence(_("{year}; fresh to the end of {end}"), year=year, end=end)


def _measured(reader: Reader, kpi: KpiView) -> str:
    """How far before the year that they are printed under the values were measured; "" if they were not."""
    found = reads.input_years(reader.warehouse)
    if kpi.id not in found.index:
        return ""
    row, number = found.loc[kpi.id], reader.ctx.number
    said = _("{first}–{last}, printed under {year}: {k} of {n} values are of an earlier year.")
    years = {one: str(int(row[one])) for one in ("first", "last", "year")}
    return said.format(k=number(row["earlier"]), n=number(row["n"]), **years)


def _held(reader: Reader, row: dict[str, Any]) -> str:
    if row["n_areas"] == 0:
        return _("no source in use has any value")
    years = figures.span(row["last_year"], row["first_year"])
    return _("{n} UN Member States, {years}").format(n=reader.ctx.number(row["n_areas"]), years=years)


def export(reader: Reader, hits: Sequence[KpiView]) -> pd.DataFrame:
    """The list as a table."""
    columns = ["name", "definition", "caveat", "unit", "licence", "rank_note"]
    table = data.kpi_table(reader.warehouse).loc[[kpi.id for kpi in hits]].reset_index()
    links = data.sdg_links(reader.warehouse)
    said = (links["target"] + " " + links["evidence"]).groupby(links["kpi"]).agg("; ".join)
    kept = table[["kpi", "dimension", "direction", "source", "url", "fresh_years", "n_areas", "last_year"]]
    texts = {one: [getattr(kpi, one) for kpi in hits] for one in columns}
    return kept.assign(**texts, formula=[explain.formula(kpi) for kpi in hits], sdg=kept["kpi"].map(said))
