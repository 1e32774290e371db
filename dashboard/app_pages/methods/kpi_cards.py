"""The catalogue as a searchable list: one line per KPI that opens to all that the catalogue says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.methods import listing, reads
from dashboard.charts import figures
from dashboard.charts.context import KpiView
from dashboard.charts.figures import figure, old, old_tag, sentence
from dashboard.charts.scalars import Row, records
from dashboard.components import explain, frame, links, pickers, sources, state
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.matching import fold

ORDERS = ("dimension", "letter")
Group = tuple[str, str, list[KpiView]]
FEW = 3  # so few results are shown opened
NOTHING = Markup("")
TERM, FACT, END = Markup("<dt>"), Markup("</dt><dd>"), Markup("</dd>")
TEXTS = ("name", "definition", "caveat", "unit", "licence", "rank_note")  # of a KPI, in the download


def matches(words: str, haystack: str) -> bool:
    """Whether every word of a search is in a text, accents and case aside."""
    text = fold(haystack)
    return all(word in text for word in fold(words).split())


def search(reader: Reader, words: str) -> list[KpiView]:
    """KPIs with every word in name or definition (of either language), id, dimension, source or SDG target.

    A KPI whose id is the search comes first.
    """
    kpis = list(reader.kpis.values())
    if not words:
        return kpis
    texts, exact = _texts(reader), fold(words)
    hits = [kpi for kpi in kpis if matches(words, texts[kpi.id])]
    return sorted(hits, key=lambda kpi: fold(kpi.id) != exact)


def _texts(reader: Reader) -> dict[str, str]:
    """What a search looks through, by KPI."""
    names, titles = reader.dimensions, reader.sources["title"].to_dict()
    targets = data.sdg_links(reader.warehouse).groupby("kpi")["target"].agg(" ".join).to_dict()
    rows = data.kpi_records(reader.warehouse)
    texts = {}
    for kpi in reader.kpis.values():
        row = rows[kpi.id]
        both = f"{row['name_en']} {row['name_es']} {row['definition_en']} {row['definition_es']}"
        place = f"{names[kpi.dimension]} {titles.get(kpi.source, '')} {row['publisher']}"
        texts[kpi.id] = f"{kpi.id} {both} {place} {targets.get(kpi.id, '')}"
    return texts


def show(reader: Reader, words: str) -> None:
    """The list, by dimension."""
    kpis = reader.kpis
    kpi_id = state.store().single(
        "kpi", list(kpis), None, say=_("ids of KPIs with data, such as EGDI, OSI, SDG_9.c.1")
    )
    kpi_list = _kpi_list(reader, words, kpi_id, state.store().single("by", ORDERS, ORDERS[0]) or ORDERS[0])
    if kpi_list is None:
        advice = _("Try fewer letters, a dimension, a source or an SDG target such as 16.6.")
        frame.sentence_only(_title(reader, 0, words), advice)
        return
    frame.table_only(*kpi_list)


def _title(reader: Reader, hits: int, words: str) -> str:
    number, total = reader.ctx.number, len(reader.kpis)
    if not words:
        return _("{n} KPIs").format(n=number(total))
    return _("KPIs with “{words}”: {k} of {n}").format(k=number(hits), n=number(total), words=words)


@worded(8)  # all the KPIs are half a megabyte
def _kpi_list(reader: Reader, words: str, kpi_id: str | None, by: str) -> Table | None:
    """The list by dimension or letter; None where nothing is found."""
    hits = first(search(reader, words), kpi_id)
    if not hits:
        return None
    title = _title(reader, len(hits), words)
    return title, _html(reader, hits, words, kpi_id, by), lambda: export(reader, hits), "escala_kpis"


def first(hits: list[KpiView], kpi_id: str | None) -> list[KpiView]:
    """The KPI of the address before the others; nothing is left out."""
    return sorted(hits, key=lambda kpi: kpi.id != kpi_id)


def choose_order() -> None:
    """The choice whether the index is by dimension or by letter."""
    labels = {"dimension": _("By dimension"), "letter": _("By letter")}
    pickers.switch(_("Index"), "by", ORDERS, ORDERS[0], labels.__getitem__)


def _html(reader: Reader, hits: Sequence[KpiView], words: str, kpi_id: str | None, by: str) -> Markup:
    opened = len(hits) <= FEW
    exact = hits[0].id == kpi_id or (bool(words) and fold(hits[0].id) == fold(words))
    # What was asked for by its id stands above the headings of a long list, opened.
    leading, rest = (hits[:1], hits[1:]) if exact and not opened else ((), hits)
    groups = by_letter(rest) if by == "letter" else by_dimension(rest, reader.dimensions)
    lines = {kpi.id: card(reader, kpi, opened=True) for kpi in rest} if opened else _closed(reader)
    sections = [listing.Section(code, title, [lines[kpi.id] for kpi in kpis]) for code, title, kpis in groups]
    hint = _("Each line opens to definition, caveat, formula, source, licence and SDG targets.")
    return listing.html(sections, hint=hint, leading=[card(reader, kpi, opened=True) for kpi in leading])


@worded(data.FEW)
def _closed(reader: Reader) -> dict[str, Markup]:
    """The lines of all KPIs by id, closed: every choice and order of them shows the same lines."""
    return {kpi.id: card(reader, kpi) for kpi in reader.kpis.values()}


def by_dimension(kpis: Sequence[KpiView], names: Mapping[str, str]) -> list[Group]:
    """KPIs under the names of their dimensions, in the order of these; each as code, title, KPIs."""
    groups = [(code, name, [kpi for kpi in kpis if kpi.dimension == code]) for code, name in names.items()]
    return [group for group in groups if group[2]]


def by_letter(kpis: Sequence[KpiView]) -> list[Group]:
    """KPIs under the first letters of their names, accents aside; what begins with a figure comes first."""
    ordered = sorted(kpis, key=lambda kpi: fold(kpi.name))
    return [
        (letter, letter, list(group)) for letter, group in groupby(ordered, lambda kpi: _initial(kpi.name))
    ]


def _initial(name: str) -> str:
    letter = fold(name)[:1].upper()
    return letter if letter.isalpha() else "0–9"


def card(reader: Reader, kpi: KpiView, *, opened: bool = False) -> Markup:
    """One KPI: its line, and below it all that the catalogue says."""
    row = data.kpi_records(reader.warehouse)[kpi.id]
    onward = Markup("")
    if row["n_areas"] > 0:
        world = links.to(reader, "world", _("See it for the whole world"), kpi=kpi.id)
        onward = Markup("<p>{}</p>").format(world)
    summary = Markup("{} <small>{} · <code>{}</code></small>").format(kpi.name, kpi.unit, kpi.id)
    facts = [(name, content) for name, content in _facts(reader, kpi, row) if content]
    return details(summary, facts, onward, opened=opened)


def details(
    summary: Markup, facts: Iterable[tuple[str, str]], onward: Markup = NOTHING, *, opened: bool
) -> Markup:
    """A line that opens to facts. Text is escaped, safe HTML stays."""
    # One join for all: `format` would be half of the time of the whole list.
    body = Markup("").join(part for name, content in facts for part in (TERM, name, FACT, content, END))
    element = Markup('<details{}><summary>{}</summary><dl class="e-facts">{}</dl>{}</details>')
    return element.format(Markup(" open") if opened else "", summary, body, onward)


def _facts(reader: Reader, kpi: KpiView, row: Row) -> list[tuple[str, str]]:
    """What the catalogue says of a KPI; empty text where it says nothing."""
    return [
        (_("Definition"), kpi.definition),
        (_("Mind"), kpi.caveat),
        (_("Unit"), kpi.unit),
        (_("Better side"), explain.better(kpi)),
        (_("Rank"), kpi.rank_note),
        (_("Formula"), explain.formula(kpi) + _operands(reader, row)),
        (_("Source"), sources.source_link(reader, kpi)),
        (_("Licence"), kpi.licence),
        (_("SDG"), _sdg(reader, kpi.id)),
        (_("Fresh for"), _limit(reader, kpi)),
        (_("Target"), _target(reader, kpi, row)),
        (_("Held"), _coverage(reader, row)),
        (_("Last year"), _last(reader, kpi, row)),
        (_("Measured"), _measured(reader, kpi)),
        (_("Next publication"), reads.next_publications(reader.warehouse, reader.lang)[kpi.id]),
    ]


def _operands(reader: Reader, row: Row) -> str:
    kpis = reader.kpis
    names = [kpis[kpi_id].name for kpi_id in (row["input_a"], row["input_b"]) if kpi_id in kpis]
    return f" {_('Of')}: {'; '.join(names)}." if names else ""


def _sdg(reader: Reader, kpi_id: str) -> str:
    rows = data.sdg_by_kpi(reader.warehouse).get(kpi_id, [])
    return "; ".join(_sdg_link(row) for row in rows)


def _sdg_link(row: Row) -> str:
    """How a KPI belongs to an SDG target."""
    template = {
        "measured": _("{target}: measures it, as official indicator {indicator}"),
        "direct": _("{target}: serves it directly"),
        "enabling": _("{target}: enables it"),
    }[row["evidence"]]
    return template.format(target=row["target"], indicator=row["indicator"])


def _target(reader: Reader, kpi: KpiView, row: Row) -> Markup:
    if pd.isna(row["target"]):
        return Markup("")
    value = figure(row["target"], kpi, row["target_year"], reader.ctx)
    return value + f" ({row[f'target_source_{reader.lang}']})"


def _limit(reader: Reader, kpi: KpiView) -> str:
    """How old a value may be, and the reason where others may not be as old."""
    limit = _("{n} years").format(n=reader.ctx.number(kpi.fresh_years))
    reason = data.limit_reason(reader.warehouse, reader.lang, kpi.id)
    return f"{limit}. {reason}" if reason else limit


def _last(reader: Reader, kpi: KpiView, row: Row) -> Markup:
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
    measured, number = reads.input_years(reader.warehouse), reader.ctx.number
    if kpi.id not in measured.index:
        return ""
    row = records(measured.loc[[kpi.id]])[0]
    template = _("{first}–{last}, printed under {year}: {k} of {n} values are of an earlier year.")
    years = {key: str(int(row[key])) for key in ("first", "last", "year")}
    return template.format(k=number(row["earlier"]), n=number(row["n"]), **years)


def _coverage(reader: Reader, row: Row) -> str:
    if row["n_areas"] == 0:
        return _("no source in use has any value")
    years = figures.span(row["last_year"], row["first_year"])
    return _("{n} UN Member States, {years}").format(n=reader.ctx.number(row["n_areas"]), years=years)


def export(reader: Reader, hits: Sequence[KpiView]) -> pd.DataFrame:
    """The list as a table."""
    table = data.kpi_table(reader.warehouse).loc[[kpi.id for kpi in hits]].reset_index()
    table = table[["kpi", "dimension", "direction", "source", "url", "fresh_years", "n_areas", "last_year"]]
    sdg_links = data.sdg_links(reader.warehouse)
    targets = (sdg_links["target"] + " " + sdg_links["evidence"]).groupby(sdg_links["kpi"]).agg("; ".join)
    return table.assign(
        **{column: [getattr(kpi, column) for kpi in hits] for column in TEXTS},
        formula=[explain.formula(kpi) for kpi in hits],
        sdg=table["kpi"].map(targets),
    )
