"""The catalogue as tables: one function a table, one row per entry, texts in a column per language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import pandas as pd

from kpis.catalogue import Catalogue
from kpis.catalogue.model import Dimension, Kpi, Source, Text
from kpis.catalogue.parts import all_parts

FLOATS = ("worst", "best", "limit_low", "limit_high", "target")  # of a KPI; missing is NaN, not None


def catalogue_tables(catalogue: Catalogue, *, open_only: bool) -> dict[str, pd.DataFrame]:
    """kpi, kpi_class, kpi_part, unit, scale, dimension, kpi_group, sdg_link, source, left_out by
    name.

    KPIs come by dimension, then in the order of the entries. open_only leaves out every source that allows
    non-commercial reuse only, and the KPIs that rest on it, directly or through what they are derived from.
    """
    closed = {s.id for s in catalogue.sources.values() if open_only and s.redistribution == "noncommercial"}
    out = closed_kpis(catalogue, closed)
    dimensions = sorted(catalogue.dimensions.values(), key=lambda dimension: dimension.position)
    order = {dimension.id: n for n, dimension in enumerate(dimensions)}
    kpis = [kpi for kpi in catalogue.kpis.values() if kpi.id not in out]
    kpis.sort(key=lambda kpi: order[kpi.dimension])
    return {
        "kpi": kpi_table(kpis),
        "kpi_part": kpi_part_table(catalogue, {kpi.id for kpi in kpis}),
        "kpi_class": kpi_class_table(kpis, catalogue),
        "unit": unit_table(catalogue),
        "scale": scale_table(catalogue),
        "dimension": dimension_table(dimensions),
        "kpi_group": kpi_group_table(catalogue, {kpi.id for kpi in kpis}),
        "sdg_link": sdg_link_table(kpis),
        "source": source_table([s for s in catalogue.sources.values() if s.id not in closed]),
        "left_out": left_out_table(catalogue, out),
    }


def closed_kpis(catalogue: Catalogue, closed: Collection[str]) -> dict[str, str]:
    """KPIs that rest on a closed source: id → that source; of a derived KPI its own or that of an operand."""
    closing_source: dict[str, str] = {}
    for kpi in catalogue.kpis.values():
        operands = (kpi.derive.a, kpi.derive.b) if kpi.derive else ()
        sources = [
            kpi.source,
            *(catalogue.kpis[operand].source for operand in operands if operand is not None),
        ]
        for source in sources:
            if source in closed:
                closing_source.setdefault(kpi.id, source)
    return closing_source


def left_out_table(catalogue: Catalogue, out: Mapping[str, str]) -> pd.DataFrame:
    """One row per KPI that is left out, with the source whose terms close it; usually none."""
    rows = []
    for name, source_id in out.items():
        kpi, source = catalogue.kpis[name], catalogue.sources[source_id]
        texts = (kpi.name.en, kpi.name.es, source.id, source.title.en, source.title.es)
        rows.append((kpi.id, *texts, source.licence.en, source.licence.es))
    columns = [
        "kpi", "name_en", "name_es", "source", "source_en", "source_es", "licence_en", "licence_es",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns, dtype="str")


def kpi_table(kpis: Sequence[Kpi]) -> pd.DataFrame:
    """One row per KPI; what an entry does not state is missing."""
    rows = []
    for position, kpi in enumerate(kpis, start=1):
        rows.append({"kpi": kpi.id, "position": position, **_texts(kpi), **_scale(kpi), **_origin(kpi)})
    return pd.DataFrame(rows).astype(dict.fromkeys(FLOATS, "float64")).astype({"target_year": "Int64"})


def _texts(kpi: Kpi) -> dict[str, object]:
    return {
        "dimension": kpi.dimension,
        "name_en": kpi.name.en,
        "name_es": kpi.name.es,
        "definition_en": kpi.definition.en,
        "definition_es": kpi.definition.es,
        "caveat_en": kpi.caveat.en,
        "caveat_es": kpi.caveat.es,
        "retired_en": kpi.retired.en if kpi.retired else None,
        "retired_es": kpi.retired.es if kpi.retired else None,
    }


def _scale(kpi: Kpi) -> dict[str, object]:
    goalposts, target, (low, high) = kpi.goalposts, kpi.target, kpi.limits
    return {
        "unit_measure": kpi.unit,
        "direction": kpi.better,
        "precision": kpi.precision,
        "scale": kpi.scale,
        "worst": goalposts.worst if goalposts else None,
        "best": goalposts.best if goalposts else None,
        "goalposts_source_en": goalposts.source.en if goalposts else None,
        "goalposts_source_es": goalposts.source.es if goalposts else None,
        "limit_low": None if low == "none" else low,
        "limit_high": None if high == "none" else high,
        "target": target.value if target else None,
        "target_year": target.year if target else None,
        "target_source_en": target.source.en if target else None,
        "target_source_es": target.source.es if target else None,
    }


def _origin(kpi: Kpi) -> dict[str, object]:
    return {
        "series": kpi.series,
        "derive": kpi.derive.query if kpi.derive else None,
        "input_a": kpi.derive.a if kpi.derive else None,
        "input_b": kpi.derive.b if kpi.derive else None,
        "published_rank": kpi.published_rank,
        "rank_note_en": kpi.rank_note.en if kpi.rank_note else None,
        "rank_note_es": kpi.rank_note.es if kpi.rank_note else None,
        "source": kpi.source,
        "fresh_years": kpi.fresh_years,
        "fresh_reason_en": kpi.fresh_reason.en if kpi.fresh_reason else None,
        "fresh_reason_es": kpi.fresh_reason.es if kpi.fresh_reason else None,
    }


def kpi_part_table(catalogue: Catalogue, kpi_ids: set[str]) -> pd.DataFrame:
    """One row per KPI that is in the warehouse and KPI inside it at any depth, itself included.

    A part need not be in the warehouse: what a closed source feeds is shared whether or not it is published.
    """
    rows = [
        (kpi, part)
        for kpi, inside in all_parts(catalogue).items()
        if kpi in kpi_ids
        for part in sorted(inside)
    ]
    return pd.DataFrame(rows, columns=["kpi", "part"])


def kpi_class_table(kpis: Sequence[Kpi], catalogue: Catalogue) -> pd.DataFrame:
    """One row per KPI and class of its map that the catalogue states: codes of answers, publishers' groups.

    lower_bound is missing for the lowest of a publisher's groups, which reaches down to any value; names are
    missing where none are given.
    """
    rows: list[tuple[object, ...]] = []
    for kpi in kpis:
        if catalogue.units[kpi.unit].coded:
            bounds: list[float | None] = [float(code) for code in range(int(kpi.limits[1]) + 1)]
            rows += _classes(kpi.id, "level", bounds, kpi.levels, None)
        elif kpi.scale:
            scale = catalogue.scales[kpi.scale]
            rows += _classes(kpi.id, "published", [None, *scale.bounds], scale.names, scale.centre)
    columns = ["kpi", "class", "kind", "lower_bound", "name_en", "name_es", "centre"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"class": "int64", "lower_bound": float, "centre": float}
    )


def _classes(
    kpi: str, kind: str, bounds: Sequence[float | None], names: Sequence[Text], centre: float | None
) -> list[tuple[object, ...]]:
    nameless: list[tuple[str | None, str | None]] = [(None, None)] * len(bounds)
    texts = [(name.en, name.es) for name in names] or nameless
    return [
        (kpi, at, kind, bound, *text, centre)
        for at, (bound, text) in enumerate(zip(bounds, texts, strict=True))
    ]


def unit_table(catalogue: Catalogue) -> pd.DataFrame:
    """One row per unit of measure."""
    rows = [(u.id, u.name.en, u.name.es, u.symbol, u.kind) for u in catalogue.units.values()]
    return pd.DataFrame(rows, columns=["unit_measure", "unit_en", "unit_es", "unit_symbol", "unit_kind"])


def scale_table(catalogue: Catalogue) -> pd.DataFrame:
    """One row per publisher's scale: where its classes come from."""
    rows = [(scale.id, scale.source.en, scale.source.es) for scale in catalogue.scales.values()]
    return pd.DataFrame(rows, columns=["scale", "source_en", "source_es"]).astype(str)


def dimension_table(dimensions: Sequence[Dimension]) -> pd.DataFrame:
    """One row per dimension, in its order."""
    rows = [(d.id, d.position, d.name.en, d.name.es, d.question.en, d.question.es) for d in dimensions]
    columns = ["dimension", "position", "name_en", "name_es", "question_en", "question_es"]
    return pd.DataFrame(rows, columns=columns)


def kpi_group_table(catalogue: Catalogue, kpi_ids: set[str]) -> pd.DataFrame:
    """One row per group of KPIs and member that is in the warehouse."""
    rows = [
        (g.id, g.name.en, g.name.es, g.note.en, g.note.es, member, n)
        for g in catalogue.kpi_groups.values()
        for n, member in enumerate(g.kpis, start=1)
        if member in kpi_ids
    ]
    columns = ["group_id", "name_en", "name_es", "note_en", "note_es", "kpi", "position"]
    return pd.DataFrame(rows, columns=columns).astype({"position": "int64"})  # also without a row


def sdg_link_table(kpis: Sequence[Kpi]) -> pd.DataFrame:
    """One row per KPI and SDG target, with the kind of evidence."""
    rows = [(kpi.id, link.target, link.evidence, link.indicator) for kpi in kpis for link in kpi.sdg]
    return pd.DataFrame(rows, columns=["kpi", "target", "evidence", "indicator"])


def source_table(sources: Sequence[Source]) -> pd.DataFrame:
    """One row per source."""
    columns: dict[str, Callable[[Source], str | bool | None]] = {
        "source": lambda s: s.id,
        "title_en": lambda s: s.title.en,
        "title_es": lambda s: s.title.es,
        "publisher": lambda s: s.publisher,
        "url": lambda s: s.url,
        "licence_en": lambda s: s.licence.en,
        "licence_es": lambda s: s.licence.es,
        "licence_url": lambda s: s.licence_url,
        "redistribution": lambda s: s.redistribution,
        "e_government": lambda s: s.e_government,
        "citation": lambda s: s.citation,
        "note_en": lambda s: s.note.en,
        "note_es": lambda s: s.note.es,
    }
    return pd.DataFrame({name: [read(source) for source in sources] for name, read in columns.items()})
