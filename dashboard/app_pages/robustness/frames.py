"""Charts of robustness in their frames: ranges of ranks, the share of each choice, ranks without a component.

Every function is cached by reader and choice. What a frame makes only when asked for (table, download)
fetches the run anew, so that no frame holds its ranks.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from dashboard.app_pages.robustness import ranges as charts
from dashboard.app_pages.robustness import tables as robustness_tables
from dashboard.charts import rank_causes as causes
from dashboard.charts import robustness_words as words
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import number, strings
from dashboard.components import frame
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import robustness as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.robustness import DISTINCT, NEAR

MOST_COUNTRIES = 13  # countries of the group, nearest to the chosen one in rank
Framed = tuple[Chart, Frame]


def nearest(rows: pd.DataFrame, area: str) -> list[str]:
    """Every other country, nearest in published rank first."""
    away = (rows["published_rank"] - number(rows.at[area, "published_rank"])).abs().drop(index=area)
    return strings(away.sort_values(kind="stable").index)


@drawn(frame.CACHED_FRAMES)
def skyline(reader: Reader, choice: Choice) -> tuple[Framed, str]:
    """Every country's range against its published rank; and the page's headline."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    rows = reads.table(reader.warehouse, reader.lang, choice).sort_values(["published_rank", "name"])
    year = robustness_tables.edition(reader, choice)
    unit = _("Range of nine of ten indices, in places from the published rank of {index} {year}").format(
        index=run.index, year=year
    )
    framed = Frame(
        key="robustness_world",
        title=words.widest_title(rows, ctx),
        unit=unit,
        alt=charts.skyline_alt(rows, run.holding, NEAR, ctx),
        foot=robustness_tables.foot(reader, run),
        data=partial(robustness_tables.export, reader, choice, rows),
        table=lambda: robustness_tables.intervals(reader, rows, None, unit),
        file=f"escala_robustness_{run.index}_{run.edition}",
        how=robustness_tables.how,
        legend=charts.legend(NEAR, ctx),
    )
    headline = words.world(run.holding, len(rows), NEAR, run.index, year, len(run.draws), ctx)
    return (charts.skyline(rows, NEAR, ctx), framed), headline


@drawn(frame.CACHED_FRAMES)
def intervals(reader: Reader, choice: Choice, area: str, group: str) -> Framed:
    """The range of a country beside those of its nearest peers."""
    ahead = reads.ahead(reader.warehouse, choice, area)
    rows = reads.table(reader.warehouse, reader.lang, choice).join(ahead)
    members = set(data.members(reader.warehouse, group))
    peers = [code for code in nearest(rows, area) if code in members][:MOST_COUNTRIES]
    drawn = rows.loc[[area, *peers]].sort_values(["published_rank", "name"])
    alike = int((~rows.loc[peers, "distinct"].astype(bool)).sum())
    title = words.order_open(alike, len(peers), reader.area(area).name, DISTINCT, reader.ctx)
    framed = _intervals_frame(reader, choice, area, group, drawn, title)
    return charts.intervals(drawn, reader.ctx, marked=area), framed


def _intervals_frame(
    reader: Reader, choice: Choice, area: str, group: str, drawn: pd.DataFrame, title: str
) -> Frame:
    run = reads.run(reader.warehouse, choice)
    template = _(
        "Rank in {index} {year}: bar nine of ten indices, diamond published. {group}, nearest in rank"
    )
    year = robustness_tables.edition(reader, choice)
    unit = template.format(index=run.index, year=year, group=reader.group(group).name)
    return Frame(
        key="robustness_intervals",
        narrow=True,
        title=title,
        unit=unit,
        alt=charts.alt(drawn, reader.ctx),
        foot=robustness_tables.foot(reader, run),
        data=partial(robustness_tables.export, reader, choice, drawn),
        table=lambda: robustness_tables.intervals(reader, drawn, area, unit),
        file=f"escala_robustness_{run.index}_{run.edition}_{area}",
        how=robustness_tables.how,
    )


@drawn(frame.CACHED_FRAMES)
def by_choice(reader: Reader, choice: Choice, area: str | None) -> Framed | None:
    """The share of each choice in the variance of a country's rank, or of all ranks; None if none counts."""
    ctx, shares = reader.ctx, causes.shares(reads.run(reader.warehouse, choice).parts, area)
    if shares.empty:
        return None
    framed = Frame(
        key="robustness_causes",
        title=causes.bars_title(shares, ctx),
        unit=_("Share of each choice in the variance of the rank"),
        alt=causes.bars_alt(shares, ctx),
        foot="",
        data=partial(_export, reader, choice, shares.rename("share").rename_axis("choice")),
        table=lambda: robustness_tables.shares(shares, ctx),
        file=f"escala_robustness_choices_{choice.index}_{choice.edition}_{area or 'world'}",
        how=robustness_tables.how,
        narrow=True,
    )
    return causes.bars(shares, ctx), framed


def _export(reader: Reader, choice: Choice, column: pd.Series[float]) -> pd.DataFrame:
    return robustness_tables.export(reader, choice, column.to_frame())


@drawn(frame.CACHED_FRAMES)
def shifts(reader: Reader, choice: Choice) -> Framed:
    """Mean shift of all ranks without each component."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    labels = robustness_tables.labels(reader, run)
    away = run.without.sub(run.table["nominal_rank"], axis=0).abs().mean().dropna()
    unit = _("Mean shift of ranks without each component, in places")
    framed = Frame(
        key="robustness_shifts",
        title=causes.shifts_title(away, labels, ctx),
        unit=unit,
        alt=causes.shifts_alt(away, labels, ctx),
        foot="",
        data=partial(_export, reader, choice, away.rename("mean_shift").rename_axis("component")),
        table=lambda: robustness_tables.components(
            labels, {part: words.places(places, ctx) for part, places in away.items()}, unit, _("Places")
        ),
        file=f"escala_robustness_without_{run.index}_{run.edition}",
        how=robustness_tables.how,
        narrow=True,
    )
    return causes.shifts(away, labels, ctx), framed


@drawn(frame.CACHED_FRAMES)
def without(reader: Reader, choice: Choice, area: str) -> Framed | None:
    """A country's rank without each component; None if it has no rank."""
    run = reads.run(reader.warehouse, choice)
    ranks, nominal = run.without.loc[[area]].iloc[0].dropna(), number(run.table.at[area, "nominal_rank"])
    if ranks.empty or pd.isna(nominal):
        return None
    labels = robustness_tables.labels(reader, run)
    framed = _without_frame(reader, choice, area, ranks, nominal)
    return causes.moves(ranks, nominal, labels, reader.ctx), framed


def _without_frame(
    reader: Reader, choice: Choice, area: str, ranks: pd.Series[float], nominal: float
) -> Frame:
    ctx, labels = reader.ctx, robustness_tables.labels(reader, reads.run(reader.warehouse, choice))
    template = _("{name}: rank without each component; the line is the rank with all of them")
    unit = template.format(name=reader.area(area).name)
    return Frame(
        key="robustness_without",
        title=causes.moves_title(ranks, nominal, labels, ctx),
        unit=unit,
        alt=causes.without_alt(ranks, labels, ctx),
        foot="",
        data=partial(_export, reader, choice, ranks.rename("rank").rename_axis("component")),
        table=lambda: robustness_tables.components(
            labels, {part: ctx.number(rank) for part, rank in ranks.items()}, unit, _("Rank")
        ),
        file=f"escala_robustness_without_{choice.index}_{choice.edition}_{area}",
        how=robustness_tables.how,
    )
