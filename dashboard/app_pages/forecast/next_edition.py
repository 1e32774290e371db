"""The next edition, forecast and frozen before the fact; scored for good once it is imported."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.forecast import frozen_tables
from dashboard.charts import forecast_words
from dashboard.charts.context import Context
from dashboard.charts.figures import sentence
from dashboard.charts.scalars import records
from dashboard.components import frame, language
from dashboard.components.language import text as _
from dashboard.components.table import Cell
from dashboard.reads import record as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.forecast.arrived import BAND, Score
from kpis.forecast.words import WITHIN


def show(reader: Reader, area: str | None) -> None:
    """Every frozen edition, the newest first: what was frozen, or how right it was."""
    for score in reversed(reads.frozen_scores(reader.warehouse)):
        if score.has_arrived:
            _scored(reader, score, area)
        else:
            _awaited(reader, score, area)


def of_edition(reader: Reader, edition: int) -> pd.DataFrame:
    """The frozen forecast of EGDI, those with a forecast by forecast rank, then those without."""
    rows = reads.frozen(reader.warehouse)
    rows = rows[(rows["time_period"] == edition) & (rows["measure"] == "EGDI")]
    return rows.sort_values(["rank_p50", "rank_p10", "ref_area"], ignore_index=True)


def _awaited(reader: Reader, score: Score, area: str | None) -> None:
    title = _("The next edition, frozen before the fact: {edition}").format(edition=score.edition)
    own, table = _frozen(reader, score.edition, area)
    frame.table_only(
        title,
        _led(own, made_from(score, reader.ctx), table),
        partial(of_edition, reader, score.edition),
        f"escala_forecast_frozen_{score.edition}",
        how=frozen_tables.how,
    )


@worded(data.FEW)  # two hundred kilobytes each
def _frozen(reader: Reader, edition: int, area: str | None) -> tuple[str, Markup]:
    """The sentence of a country, empty without one, and the table of all."""
    rows = of_edition(reader, edition)
    caption = _(
        "EGDI of {edition} as it was forecast, by rank: each the middle of its band, so some share one and "
        "the first places may stay empty"
    ).format(edition=edition)
    own = of_country(reader, rows, area, edition) if area else ""
    place = next((at for at, code in enumerate(rows["ref_area"]) if code == area), None)
    return own, frozen_tables.awaited(_cells(reader, edition), place, caption)


@worded(data.FEW)
def _cells(reader: Reader, edition: int) -> list[list[Cell]]:
    """The lines of that table, which are the same whoever asks."""
    return frozen_tables.cells(reader, of_edition(reader, edition))


def _led(*parts: str) -> Markup:
    """Sentences, of which some may be empty, above a table."""
    *sentences, markup = parts
    leads = [Markup('<p class="e-lead">{}</p>').format(lead) for lead in sentences if lead]
    return Markup("").join([*leads, markup])


def made_from(score: Score, ctx: Context) -> str:
    """When and from what a forecast was frozen."""
    template = ctx.t(
        "Frozen on {day}, when {origin} was the last edition held: {n} countries, data version {version}. It "
        "is never made anew, and is scored here once {edition} is imported."
    )
    return template.format(
        day=_day(score),
        origin=score.origin,
        n=ctx.number(score.n_forecast),
        version=score.data_version,
        edition=score.edition,
    )


def _day(score: Score) -> str:
    return language.day(dt.date.fromisoformat(score.frozen_on))


def of_country(reader: Reader, rows: pd.DataFrame, area: str, edition: int) -> Markup:
    """A country's frozen forecast in a sentence."""
    own, name = rows[(rows["ref_area"] == area) & rows["p50"].notna()], reader.area(area).name
    if own.empty:
        return sentence(_("{name}: no forecast of {edition} was frozen."), name=name, edition=edition)
    row = records(own)[0]
    return sentence(
        _("{name}, {edition}: rank {rank}, EGDI {value}. {within} {own}"),
        name=name,
        edition=edition,
        rank=forecast_words.row_place(row, reader.ctx),
        value=forecast_words.row_value(row, reader.kpi("EGDI"), reader.ctx),
        within=_(WITHIN),
        own=_own_record(reader, area),
    )


def _own_record(reader: Reader, area: str) -> str:
    """How many of the country's own ranks ended inside their band, one edition ahead; empty without any."""
    if 1 not in reads.horizons(reader.warehouse):
        return ""
    rows = reads.cases(reader.warehouse, 1)
    rows, ctx = rows[rows["ref_area"] == area], reader.ctx
    if rows.empty:
        return ""
    template = _("Of the {n} ranks of this country forecast one edition ahead, {k} did.")
    return template.format(n=ctx.number(len(rows)), k=ctx.number(rows["rank_within_80"].sum()))


def _scored(reader: Reader, score: Score, area: str | None) -> None:
    own = came(reader, score, area) if area else ""
    frame.table_only(
        outcome(score, reader.ctx),
        _led(own, frozen_tables.scored(score, made_from_short(score, reader.ctx), reader.ctx)),
        score.cases,
        f"escala_forecast_scored_{score.edition}",
        how=frozen_tables.how,
    )
    _missed(reader, score)


def _missed(reader: Reader, score: Score) -> None:
    rows = score.missed()
    if rows.empty:
        return
    title = _("Ranks of {edition} outside their band: {n}").format(
        edition=score.edition, n=reader.ctx.number(len(rows))
    )
    markup = frozen_tables.missed(reader, rows, title)
    frame.table_only(title, markup, rows, f"escala_forecast_missed_{score.edition}")


def outcome(score: Score, ctx: Context) -> str:
    """How many of a frozen edition's ranks and values ended inside their band."""
    egdi = score.cases[score.cases["measure"] == "EGDI"]
    inside = {of: int(rows[f"within_{BAND}"].sum()) for of, rows in egdi.groupby("of")}
    return ctx.t(
        "Frozen before {edition}, and then: {ranks} of {n} ranks and {values} of {n} values inside their "
        "band of {band}"
    ).format(
        edition=score.edition,
        n=ctx.number((egdi["of"] == "rank").sum()),
        ranks=ctx.number(inside.get("rank", 0)),
        values=ctx.number(inside.get("value", 0)),
        band=ctx.percentage(BAND),
    )


def made_from_short(score: Score, ctx: Context) -> str:
    """The same for a table whose edition has come."""
    return ctx.t("Frozen on {day} with {origin} as the last edition, data version {version}").format(
        day=_day(score),
        origin=score.origin,
        version=score.data_version,
    )


def came(reader: Reader, score: Score, area: str) -> str:
    """A country's frozen rank and what came, in a sentence."""
    ctx, name, cases = reader.ctx, reader.area(area).name, score.cases
    own = cases[(cases["measure"] == "EGDI") & (cases["of"] == "rank") & (cases["ref_area"] == area)]
    if own.empty:
        return _("{name}: no forecast of {edition} can be compared with a figure.").format(
            name=name, edition=score.edition
        )
    row = records(own)[0]
    inside = _("inside its band") if row[f"within_{BAND}"] else _("outside its band")
    return _("{name}, {edition}: rank forecast {forecast}, came {rank}: {inside}.").format(
        name=name,
        edition=score.edition,
        forecast=forecast_words.place(row["forecast"], row["low"], row["high"], ctx),
        rank=ctx.number(row["actual"]),
        inside=inside,
    )
