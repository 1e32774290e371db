"""An index of one's own series on screen: a sentence, the ranking of one's own areas, scores and weights."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.mydata import drawing, index_choice
from dashboard.app_pages.mydata.choice import Shown
from dashboard.app_pages.mydata.index_choice import IndexChoice
from dashboard.charts import figures, own_values
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import is_missing, records
from dashboard.components import frame, messages, own, shell, table
from dashboard.components.container import Container
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.messages import TranslatedError
from kpis.workspace.figures.index import LEAST_COVERAGE, OwnIndex, index_of

NAMED = 3  # areas in words


def draw(reader: Reader, shown: Shown, top: Container) -> None:
    """Controls, headline and the ranking; what cannot be computed is said in its place."""
    choice = index_choice.choose(shown.own)
    try:
        made = index_of(
            shown.own,
            choice.weights,
            level=shown.level,
            normalise=choice.scaled,
            aggregate=choice.combined,
        )
    except TranslatedError as fault:
        with top:
            shell.headline(_("An index of your own series"), kicker=_("Own figures"))
        messages.warning(fault.say(reader.lang))
        return
    rows, kpi = ranked(made), view_of(choice)
    with top:
        shell.headline(
            _headline(reader, rows, kpi),
            kicker=_("Own figures"),
            lead=_(
                "Ranks are among these areas only; the index is yours and cannot be compared with an "
                "international one."
            ),
        )
    if rows.empty:
        frame.sentence_only(kpi.name, _("No area has enough figures for these weights. Change the weights."))
        return
    frame.show(*_framed(reader, shown, choice, made, rows, kpi))


def ranked(made: OwnIndex) -> pd.DataFrame:
    """The areas with a score as the chart draws them: time_period spans the periods of their figures."""
    rows = made.rows.dropna(subset=["score"])
    spans = [own_values.span(pair) for pair in zip(rows["since"], rows["until"], strict=True)]
    return rows.assign(obs_value=rows["score"], time_period=spans)


def view_of(choice: IndexChoice) -> KpiView:
    """The index in place of a KPI."""
    if choice.scaled == "z-score":
        return KpiView("index", _("Own index"), _("deviations from the mean"), "", "higher", 2)
    return KpiView("index", _("Own index"), _("score, 0 to 100"), "", "higher", 1)


def _headline(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    if rows.empty:
        return _("An index of your own series: no area has enough figures")
    first = rows.iloc[0]
    return figures.sentence(
        _("Own index: {first} leads {n} areas with {value}"),
        first=first["name"],
        n=reader.ctx.number(len(rows)),
        value=own_values.figure(first["score"], kpi, reader.ctx, first["time_period"]),
    )


def _framed(
    reader: Reader, shown: Shown, choice: IndexChoice, made: OwnIndex, rows: pd.DataFrame, kpi: KpiView
) -> tuple[Chart, Frame]:
    ctx = reader.ctx
    place = next((area for area in shown.places if (rows["ref_area"] == area).any()), None)
    named = pd.concat([rows.head(NAMED - 1), rows.tail(1)]) if len(rows) > NAMED else rows
    alt = "; ".join(f"{row['name']} {ctx.value(row['score'], kpi)}" for row in records(named))
    names = dict(zip(shown.own.series["series"], shown.own.series["name"], strict=True))
    title = _title(reader, rows, place, kpi)
    return drawing.ranking(rows, kpi, ctx, place), Frame(
        key="mydata_index",
        title=title,
        unit=f"{kpi.name} · {kpi.unit}",
        alt=f"{figures.plain(title)}: {alt}",
        foot=_foot(reader, shown, choice, made, names, len(rows)),
        data=lambda: export(made, names, shown.own.name),
        table=lambda: _table(reader, shown, made, names, kpi),
        file="escala_own_index",
        is_own=True,
    )


def _title(reader: Reader, rows: pd.DataFrame, place: str | None, kpi: KpiView) -> str:
    """The area set off with its place; else the distance from the first to the last."""
    ctx = reader.ctx
    row = rows.iloc[0] if place is None else rows[rows["ref_area"] == place].iloc[0]
    return figures.sentence(
        _("{area}: {value}, rank {rank} of {n}"),
        area=row["name"],
        value=own_values.figure(row["score"], kpi, ctx, row["time_period"]),
        rank=ctx.number(row["rank"]),
        n=ctx.number(len(rows)),
    )


def _foot(
    reader: Reader, shown: Shown, choice: IndexChoice, made: OwnIndex, names: Mapping[str, str], n: int
) -> Markup:
    """Whose figures, how weighted, who is left out."""
    ctx = reader.ctx
    weights = ", ".join(f"{names[series]} {ctx.percent(share, 0)}" for series, share in made.weights.items())
    parts = [
        f"{_('Source')}: {shown.own.name}",
        _("areas: {n}").format(n=ctx.number(n)),
        _("weights: {weights}").format(weights=weights),
        _("newest figures of each area ({span}), on one scale by {scaled}, combined by {combined}").format(
            span=own_values.span((*made.rows["since"], *made.rows["until"])),
            scaled=index_choice.said(choice.scaled),
            combined=index_choice.said(choice.combined),
        ),
    ]
    if left := len(made.rows) - n:
        text = _("left out, with figures for less than {share} of the weight: {n}")
        parts.append(text.format(share=ctx.percent(LEAST_COVERAGE, 0), n=ctx.number(left)))
    parts += [
        _("{series}: every area has the same value, or only one has any").format(series=names[one.code])
        for one in made.findings
        if one.code in names and one.kind == "undefined"
    ]
    return own.badge() + " " + Markup(" · ").join(map(escape, parts))


def _table(reader: Reader, shown: Shown, made: OwnIndex, names: Mapping[str, str], kpi: KpiView) -> str:
    """Every area: rank, score, the score of each series, the share of the weight with figures, periods."""
    ctx = reader.ctx
    columns = [
        Column(_("Area")),
        Column(_("Rank"), True),
        Column(_("Score"), True, answer=True),
        *(Column(str(names[series]), True) for series in made.weights),
        Column(_("Weight with figures"), True),
        Column(_("Periods"), True),
    ]
    body: list[list[Cell]] = []
    for row in records(made.rows):
        span = own_values.span((row["since"], row["until"]))
        scores = [own_values.figure(row[series], kpi, ctx, span) for series in made.weights]
        body.append(
            [
                str(row["name"]),
                "" if is_missing(row["rank"]) else ctx.number(row["rank"]),
                own_values.figure(row["score"], kpi, ctx, span),
                *scores,
                ctx.percent(row["coverage"], 0),
                span,
            ]
        )
    marked = frozenset(at for at, area in enumerate(made.rows["ref_area"]) if area in shown.places)
    return table.html(kpi.name, columns, body, marked=marked, tall=True, no_data=_("no data"))


def export(made: OwnIndex, names: Mapping[str, str], source: str) -> pd.DataFrame:
    """The index as a download: scores of the series by name, their weights in columns beside them."""
    scores = {series: f"score: {names[series]}" for series in made.weights}
    weights = {f"weight: {names[series]}": share for series, share in made.weights.items()}
    return made.rows.rename(columns=scores).assign(**weights, source=f"{_('own figure')}: {source}")
