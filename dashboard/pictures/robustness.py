"""The picture of the page Robustness: between which ranks a country lies in nine of ten indices."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import rank_moves, robustness_words
from dashboard.charts.scalars import number, records, strings, text_by_code
from dashboard.components import sources
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures import rank_causes, releases
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import DotRange, Ranking, Span
from dashboard.reads import robustness as reads
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.rebuilding import AGGREGATIONS
from kpis.egdi.robustness import NEAR, SPREAD
from kpis.errors import RequestError

NEIGHBOURS, FIRST = 11, 12
OPEN = "open"
OF_WORLD = ("robustness_world", "robustness_causes", "robustness_shifts")
OF_COUNTRY = ("robustness_intervals", "robustness_causes", "robustness_without")
SPREADS = {"0": 0.0, "10": 0.1, "25": SPREAD, "50": 0.5}


def picture(asked: Asked) -> DotRange | Ranking:
    """Ranges of ranks, of a country with its nearest peers; or whom own weights move most."""
    reader, area = asked.reader, asked.country()
    choice = _choice(asked)
    group = asked.group(usual_group(reader, area) if area else "WORLD", "peers")
    view = asked.one("show", ["ranges", "own"], "ranges")
    if view == "own":
        asked.chart("own_moves")
        return own(reader, choice, area)
    rows = reads.table(reader.warehouse, reader.lang, choice)
    if rows["low"].isna().all():
        raise RequestError(
            f"{choice.index} {choice.edition} cannot be rebuilt: too few countries have its parts."
        )
    area = area if area in rows.index else ""
    match asked.chart(*(OF_COUNTRY if area else OF_WORLD)):
        case "robustness_causes":
            return rank_causes.by_choice(reader, choice, area)
        case "robustness_shifts":
            return rank_causes.shifts(reader, choice)
        case "robustness_without":
            return rank_causes.without(reader, choice, area)
        case _:
            return ranges(reader, choice, rows, area, group)


def _choice(asked: Asked) -> Choice:
    wh = asked.reader.warehouse
    editions = {f"{index}-{edition}": (index, edition) for index, edition in reads.indices(wh)}
    if not editions:
        raise RequestError("no index can be rebuilt: none is held with all of its parts.")
    index, edition = editions[asked.one("index", list(editions), next(iter(editions)))]
    norm = asked.one("norm", [OPEN, *reads.options(wh, index, edition)], OPEN)
    mean = asked.one("mean", [OPEN, *AGGREGATIONS], OPEN)
    spread = SPREADS[asked.one("spread", list(SPREADS), "25")]
    return replace(
        reads.usual(wh),
        weights=_weights(asked, index, edition),
        index=index,
        edition=edition,
        normalisation=None if norm == OPEN else norm,
        aggregation=None if mean == OPEN else mean,
        spread=spread,
    )


def _weights(asked: Asked, index: str, edition: int) -> tuple[float, ...]:
    """The reader's own weights; () for the published ones. Raises RequestError for what are no weights."""
    code, n = f"{index}-{edition}", len(reads.weights(asked.reader.warehouse, index, edition))
    text = asked.store.free("weights")
    weights = reads.weights_of(text, code, n)
    if text and not weights:
        asked.store.refuse("weights", f"{code}:{'-'.join(['20'] * n)} (0–100)")
    return weights


def own(reader: Reader, choice: Choice, area: str) -> Ranking:
    """The largest moves from the published rank to that of the reader's own weights."""
    rows = reads.own(reader.warehouse, choice).table.dropna(subset=["shift"])
    moves = rank_moves.of_ranks(rows)
    if not moves["rank_change"].any():
        raise RequestError("these weights move nobody: add weights=, as weights=EGDI-2024:50-25-25.")
    kpi = reader.kpi(choice.index)
    unit = _("Places gained (▲) or lost (▼) against the published rank; the largest of each")
    names = text_by_code(reader.area_names)
    weights = reads.weights(reader.warehouse, choice.index, choice.edition)
    shares = choice.weights or tuple(weights.values())
    names_of = [robustness_words.short(reader.kpi(part).name, choice.index) for part in weights]
    parts = ", ".join(
        f"{name} {reader.ctx.percent(share / sum(shares))}"
        for name, share in zip(names_of, shares, strict=True)
    )
    n = _("n = {n} countries").format(n=reader.ctx.number(len(moves)))
    foot = sources.foot_of(reader, [choice.index], str(choice.edition), n, parts)
    return releases.bars(reader, moves, names, area, f"{kpi.name} · {unit}", foot)


def ranges(reader: Reader, choice: Choice, rows: pd.DataFrame, area: str, group: str) -> DotRange:
    """Ranges of ranks. area: with its nearest peers of the group; "" those that are least sure."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    year = robustness_words.edition(reader.kpi(choice.index), choice.edition, ctx)
    unit = _("Rank in {index} {year}, 1 is best").format(index=choice.index, year=year)
    if area:
        away = (rows["published_rank"] - number(rows.at[area, "published_rank"])).abs().drop(index=area)
        members = set(data.members(reader.warehouse, group))
        nearest = [code for code in strings(away.sort_values(kind="stable").index) if code in members]
        shown = rows.loc[[area, *nearest[:NEIGHBOURS]]]
        row = rows.loc[[area]].iloc[0]
        title = robustness_words.standing(
            str(row["name"]), row, len(rows), choice.index, year, len(run.draws), ctx
        )
    else:
        shown = robustness_words.widest(rows, FIRST)
        holding = robustness_words.world(
            run.holding, len(rows), NEAR, choice.index, year, len(run.draws), ctx
        )
        title = f"{robustness_words.widest_title(rows, ctx)}. {holding}"
        unit = _("Rank in {index} {year}, 1 is best; the {k} widest ranges of {n}").format(
            index=choice.index, year=year, k=ctx.number(len(shown)), n=ctx.number(len(rows))
        )
    shown = shown.sort_values(["published_rank", "name"])
    spans = tuple(
        _span(reader, code, row, area) for code, row in zip(shown.index, records(shown), strict=True)
    )
    ends = [float(end) for column in ("low", "high", "published_rank") for end in shown[column].dropna()]
    note = robustness_words.varied(run.options, run.spread, len(run.draws), run.seed, ctx)
    n = _("n = {n} countries").format(n=ctx.number(len(rows)))
    said = "; ".join(f"{span.name}: {span.label}" for span in spans)
    return DotRange(
        about(
            reader,
            title,
            unit,
            f"{title} {said}.",
            sources.foot_of(reader, [choice.index], str(choice.edition), n, note),
        ),
        spans,
        (_("nine of ten indices"), "", _("published rank")),
        max(0.5, min(ends) - 1),
        max(ends) + 1,
    )


def _span(reader: Reader, code: str, row: dict[str, object], area: str) -> Span:
    ctx = reader.ctx
    rank, low, high = (float(str(row[name])) for name in ("published_rank", "low", "high"))
    span = ctx.t("no data") if pd.isna(low) else f"{ctx.number(low)}–{ctx.number(high)}"
    return Span(
        str(row["name"]),
        None if pd.isna(low) else low,
        None,
        None if pd.isna(high) else high,
        rank,
        f"{ctx.number(rank)} ({span})",
        "lower",
        focus=code == area,
    )
