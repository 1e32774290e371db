"""How a number comes about: what is measured, its formula in words, source and licence, source rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import figure
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import frame, language, links, sources, table
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.freshness import USUAL_LIMIT

MEASURED = 4  # the column of what a value was measured with, among the source rows

PROFILE = mark(
    "A KPI’s percentile is the share of the other UN Member States with a value that this country leaves "
    "behind, ties counting half: 100 is the first place, 0 the last. A dimension shows the median of its "
    "KPIs; only KPIs with a better side and a fresh value count, and fewer than three make no median. A "
    "group shows the median over its countries, from fresh values too."
)
READINGS = mark(
    "The dimensions are those of the catalogue, the same on every page, and this profile takes every fresh "
    "KPI of a dimension. The stages take a few of them as thresholds: they ask what is in place, not how "
    "many countries have less. So a country can stand high here and at an early stage there, or the reverse."
)


def formula(kpi: KpiView) -> str:
    """The computation in words."""
    return {
        "difference": _("Difference of two KPIs of the same country and year: the first minus the second."),
        "ratio": _("Ratio of two KPIs of the same country and year: the first divided by the second."),
        "income_residual": _(
            "The value minus the value that income predicts: a straight line on the logarithm of GDP per "
            "person (PPP), fitted through all UN Member States of that year."
        ),
    }.get(kpi.derive, _("As published by the source, without change."))


def better(kpi: KpiView) -> str:
    """Which side is better."""
    return {
        "higher": _("Higher is better."),
        "lower": _("Lower is better."),
        "zero": _("The nearer to zero the better: parity ranks first."),
    }.get(kpi.direction, _("Neither side is better; no rank is given."))


def kpi(reader: Reader, entry: KpiView) -> None:
    """Definition, caveat, computation, ranking rule, classes, age limit and source of a KPI."""
    st.html(_of_kpi(reader, entry))


@worded(data.MANY)
def _of_kpi(reader: Reader, entry: KpiView) -> Markup:
    table = reader.sources
    licence = table.at[entry.source, f"licence_{reader.lang}"] if entry.source in table.index else ""
    head = Markup("<strong>{}</strong> · {} · <code>{}</code>").format(entry.name, entry.unit, entry.id)
    caveat = Markup("<em>{}:</em> {}").format(_("Mind"), entry.caveat) if entry.caveat else ""
    source = Markup("{}: {} · {}").format(_("Source"), sources.source_link(reader, entry), str(licence))
    return _joined(
        head,
        entry.definition,
        caveat,
        _levels(entry),
        formula(entry),
        ranking(entry),
        map_classes(entry),
        _("A value older than {n} years is marked as old.").format(n=entry.fresh_years),
        source,
        links.to(reader, "methods", _("Its entry in Methods and sources"), kpi=entry.id),
    )


def method(reader: Reader, card_id: str) -> None:
    """The card of a method: name, formula, source, how close it comes; and the way to all of them."""
    card = data.method_card(card_id)
    if card is None:
        _paragraphs(links.to(reader, "methods", _("All rules in Methods and sources"), show="rules"))
        return
    _paragraphs(
        Markup("<strong>{}</strong>").format(language.html(card.name)),
        language.html(card.formula),
        Markup("{}: {}").format(_("Source"), language.html(card.source)),
        Markup("{}: {}").format(_("Tolerance"), language.html(card.tolerance)),
        links.to(reader, "methods", _("Its entry in Methods and sources"), show="rules", q=_(card.name)),
    )


def _paragraphs(*parts: str) -> None:
    """Writes each part that is not empty as a paragraph."""
    st.html(_joined(*parts))


def _joined(*parts: str) -> Markup:
    """Each part that is not empty as a paragraph; text is escaped, safe HTML stays."""
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def ranking(kpi: KpiView) -> str:
    """Which side is better, how ranks come about, and why they differ from printed ones."""
    if kpi.direction == "context":
        return better(kpi)
    if kpi.coded:
        rule = _(
            "Equal answers have no order: the number of others at the same level stands in place of a rank."
        )
    else:
        rule = _(
            "Equal values share the better rank (1, 2, 2, 4); ranks count UN Member States with a value."
        )
    return " ".join(filter(None, (better(kpi), rule, kpi.rank_note)))


def map_classes(kpi: KpiView) -> str:
    """Where the classes of the map come from; nothing for coded answers, whose levels are named."""
    if kpi.coded or not kpi.bounds:
        return ""
    if kpi.scale_source:
        return _("Classes of the map: {source}.").format(source=kpi.scale_source)
    if kpi.centre is not None:
        return _(
            "Classes of the map are the same in every year: the middle one lies around {centre}, the others "
            "as far on either side."
        ).format(centre=kpi.centre)
    return _(
        "Classes of the map are the same in every year: about a fifth of all values of all years in each, "
        "with rounded bounds."
    )


def _levels(kpi: KpiView) -> str:
    """The levels of a coded answer in words."""
    if not (kpi.coded and kpi.class_names):
        return ""
    return f"{_('Levels')}: {'; '.join(f'{code}, {name}' for code, name in enumerate(kpi.class_names))}."


def profile() -> None:
    """How a profile comes about."""
    _paragraphs(_(PROFILE), _(READINGS))


def freshness(reader: Reader) -> None:
    """How freshness is counted, with the limits of the catalogue and the reason for each longer one."""
    limits = data.kpi_table(reader.warehouse)["fresh_years"]
    usual = limits[limits <= USUAL_LIMIT]
    rule = _(
        "A value is fresh while its age, the year of reading ({year}) minus its year, is within the limit of "
        "its KPI: {low} to {high} years, as each KPI’s entry under Methods and sources says. An old value is "
        "still shown everywhere, marked as old, and takes no part in profiles."
    ).format(year=reader.ctx.as_of, low=usual.min(), high=usual.max())
    _paragraphs(rule, *(_longer(reader, str(kpi)) for kpi in limits.index[limits > USUAL_LIMIT]))


def _longer(reader: Reader, kpi: str) -> str:
    """A KPI whose limit is longer than the usual ones, with its reason."""
    entry = reader.kpi(kpi)
    template = _("Longer: {n} years for {kpi}. {reason}")
    reason = data.limit_reason(reader.warehouse, reader.lang, kpi)
    return template.format(n=reader.ctx.number(entry.fresh_years), kpi=entry.name, reason=reason)


@worded(frame.CACHED_FRAMES)
def evidence(reader: Reader, entry: KpiView, area: str, year: int) -> str:
    """The source rows behind one value, as a table in HTML."""
    rows = records(data.evidence(reader.warehouse, entry.id, area, year))
    cells = [_evidence_cells(reader, entry, row) for row in rows]
    titles = [
        (_("Series"), False),
        (_("Role"), False),
        (_("Year"), True),
        (_("Value"), True),
        (_("Measured"), False),
        (_("Status"), False),
        (_("Source"), False),
        (_("Licence"), False),
        (_("Release"), False),
    ]
    columns = [table.Column(title, is_number) for title, is_number in titles]
    if not any(row[MEASURED] for row in cells):
        columns.pop(MEASURED)
        for row in cells:
            row.pop(MEASURED)
    return table.html(_("Source rows behind this value"), columns, cells, no_data=_("no data"))


def _evidence_cells(reader: Reader, entry: KpiView, row: Row) -> list[table.Cell]:
    roles = {"value": _("value"), "a": _("first"), "b": _("second"), "gdp_pc_ppp": _("GDP per person, PPP")}
    return [
        str(row["series"]),
        roles.get(str(row["role"]), str(row["role"])),
        str(int(row["time_period"])),
        _value(reader, entry, row),
        measured(row),
        "" if pd.isna(row["obs_status"]) else str(row["obs_status"]),
        str(reader.sources.at[row["source"], "title"]),
        str(row[f"licence_{reader.lang}"]),
        str(row["vintage"]),
    ]


def _value(reader: Reader, entry: KpiView, row: Row) -> table.Cell:
    """A source value with the digits it has; the KPI's own as a figure of it."""
    text = _plain(row["obs_value"], reader)
    if row["role"] != "value":
        return text
    return figure(row["obs_value"], entry, row["time_period"], reader.ctx, dated=False, phrase=text)


def measured(row: Row) -> str:
    """The year and the survey, body or city of a value, as far as its publisher names them.

    row: reference_year and input_source, missing where not named.
    """
    year = "" if is_missing(row["reference_year"]) else str(int(row["reference_year"]))
    origin = "" if is_missing(row["input_source"]) else str(row["input_source"])
    return ", ".join(part for part in (year, origin) if part)


def _plain(value: float, reader: Reader) -> str:
    """A source value with the digits it has, at most six."""
    if pd.isna(value):
        return MISSING
    digits = len(f"{value:.6f}".rstrip("0").split(".")[1])
    return reader.ctx.number(value, digits)
