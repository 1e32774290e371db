"""Charts of robustness in their frames: ranges of ranks, the share of each choice, ranks without a part.

Every function is kept by the reader and the choice. What a frame makes only when asked for (table, download)
fetches the run anew, so that no frame holds its ranks.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from dashboard.app_pages.robustness import causes, reads, words
from dashboard.app_pages.robustness import ranges as charts
from dashboard.app_pages.robustness import tables as robustness_tables
from dashboard.app_pages.robustness.reads import Choice
from dashboard.charts.figure import Chart
from dashboard.components import frame
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.egdi.robustness import NEAR

MOST_SHOWN = 13  # countries of the group, nearest to the chosen one in rank
Framed = tuple[Chart, Frame]


def nearest(rows: pd.DataFrame, area: str) -> list[str]:
    """Every other country, nearest in published rank first."""
    away = (rows["published_rank"] - rows.at[area, "published_rank"]).abs().drop(index=area)
    return [str(one) for one in away.sort_values(kind="stable").index]


@cached(frame.CACHED_FRAMES)
def skyline(reader: Reader, choice: Choice) -> tuple[Framed, str]:
    """Every country's range against its published rank; and the page's headline."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    rows = reads.table(reader.warehouse, reader.lang, choice).sort_values(["published_rank", "name"])
    unit = _("Range of nine of ten indices, in places from the published rank of {index} {year}").format(
        index=run.index, year=robustness_tables.edition(reader, choice)
    )
    framed = Frame(
        key="robustness_world",
        title=charts.widest_title(rows, ctx),
        unit=unit,
        alt=charts.skyline_alt(rows, run.holding, NEAR, ctx),
        foot=robustness_tables.foot(reader, run),
        data=partial(robustness_tables.export, reader, choice, rows),
        table=lambda: robustness_tables.intervals(reader, rows, None, unit),
        file=f"escala_robustness_{run.index}_{run.edition}",
        how=robustness_tables.how,
    )
    headline = words.world(
        run.holding,
        len(rows),
        NEAR,
        run.index,
        robustness_tables.edition(reader, choice),
        len(run.draws),
        ctx,
    )
    return (charts.skyline(rows, NEAR, ctx), framed), headline


@cached(frame.CACHED_FRAMES)
def intervals(reader: Reader, choice: Choice, area: str, group: str) -> Framed:
    """The range of a country beside those of its nearest peers."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    ahead = reads.ahead(reader.warehouse, choice, area)
    rows = reads.table(reader.warehouse, reader.lang, choice).join(ahead)
    inside = set(data.members(reader.warehouse, group))
    peers = [one for one in nearest(rows, area) if one in inside][:MOST_SHOWN]
    shown = rows.loc[[area, *peers]].sort_values(["published_rank", "name"])
    unit = _("Rank in {index} {year}: bar nine of ten indices, diamond published. {group}, nearest in rank")
    group_name = reader.group(group).name
    unit = unit.format(index=run.index, year=robustness_tables.edition(reader, choice), group=group_name)
    alike = int((~rows.loc[peers, "distinct"].astype(bool)).sum())
    framed = Frame(
        key="robustness_intervals",
        title=words.order_open(alike, len(peers), str(rows.at[area, "name"]), ctx),
        unit=unit,
        alt=charts.alt(shown, ctx),
        foot=robustness_tables.foot(reader, run),
        data=partial(robustness_tables.export, reader, choice, shown),
        table=lambda: robustness_tables.intervals(reader, shown, area, unit),
        file=f"escala_robustness_{run.index}_{run.edition}_{area}",
        how=robustness_tables.how,
    )
    return charts.intervals(shown, ctx, marked=area), framed


@cached(frame.CACHED_FRAMES)
def by_choice(reader: Reader, choice: Choice, area: str | None) -> Framed | None:
    """The share of each choice in the variance of a country's rank, or of all ranks; None if none counts."""
    ctx, found = reader.ctx, causes.shares(reads.run(reader.warehouse, choice).parts, area)
    if found.empty:
        return None
    unit = _("Share of each choice in the variance of the rank")
    body = [[words.choice(str(one), ctx), words.share(part, ctx)] for one, part in found.items()]
    shown = found.rename("share").rename_axis("choice").to_frame()
    framed = Frame(
        key="robustness_causes",
        title=causes.bars_title(found, ctx),
        unit=unit,
        alt=causes.bars_alt(found, ctx),
        foot="",
        data=partial(robustness_tables.export, reader, choice, shown),
        table=lambda: robustness_tables.plain(unit, _("Choice"), _("Share"), body),
        file=f"escala_robustness_choices_{choice.index}_{choice.edition}_{area or 'world'}",
        how=robustness_tables.how,
        narrow=True,
    )
    return causes.bars(found, ctx), framed


@cached(frame.CACHED_FRAMES)
def shifts(reader: Reader, choice: Choice) -> Framed:
    """Mean shift of all ranks without each component."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    labels = robustness_tables.labels(reader, run)
    away = run.without.sub(run.table["nominal_rank"], axis=0).abs().mean().dropna()
    unit = _("Mean shift of ranks without each component, in places")
    body = [[labels[str(one)], ctx.number(value, 1)] for one, value in away.items()]
    shown = away.rename("mean_shift").rename_axis("component").to_frame()
    framed = Frame(
        key="robustness_shifts",
        title=causes.shifts_title(away, labels, ctx),
        unit=unit,
        alt=causes.without_alt(away, labels, ctx, precision=1),
        foot="",
        data=partial(robustness_tables.export, reader, choice, shown),
        table=lambda: robustness_tables.plain(unit, _("Component"), _("Places"), body),
        file=f"escala_robustness_without_{run.index}_{run.edition}",
        how=robustness_tables.how,
        narrow=True,
    )
    return causes.shifts(away, labels, ctx), framed


@cached(frame.CACHED_FRAMES)
def without(reader: Reader, choice: Choice, area: str) -> Framed | None:
    """A country's rank without each component; None if it has no rank."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    labels, name = (
        robustness_tables.labels(reader, run),
        reader.area_names[area],
    )
    ranks, nominal = run.without.loc[area].dropna(), float(run.table.at[area, "nominal_rank"])
    if ranks.empty or pd.isna(nominal):
        return None
    unit = _("{name}: rank without each component; the line is the rank with all of them").format(name=name)
    body = [[labels[str(one)], ctx.number(value)] for one, value in ranks.items()]
    shown = ranks.rename("rank").rename_axis("component").to_frame()
    framed = Frame(
        key="robustness_without",
        title=causes.moves_title(ranks, nominal, labels, ctx),
        unit=unit,
        alt=causes.without_alt(ranks, labels, ctx),
        foot="",
        data=partial(robustness_tables.export, reader, choice, shown),
        table=lambda: robustness_tables.plain(unit, _("Component"), _("Rank"), body),
        file=f"escala_robustness_without_{run.index}_{run.edition}_{area}",
        how=robustness_tables.how,
    )
    return causes.moves(ranks, nominal, labels, ctx), framed
