"""The pictures of what moves a rank: the share of each choice, and ranks without each component."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import rank_causes, robustness_words
from dashboard.charts.scalars import number
from dashboard.components import sources
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.model import Bar, DotRange, Ranking, Span
from dashboard.reads import robustness as reads
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.robustness import Robustness
from kpis.errors import RequestError


def by_choice(reader: Reader, choice: Choice, area: str) -> Ranking:
    """The share of each choice in the variance of a country's rank; area "": of all ranks together."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    shares = rank_causes.shares(run.parts, area or None)
    if shares.empty:
        raise RequestError("no choice that is left open moves the rank, so there is nothing to draw.")
    title = rank_causes.bars_title(shares, ctx)
    if area:
        title = f"{reader.area(area).name}. {title}"
    bars = {robustness_words.choice(str(part), ctx): share for part, share in shares.items()}
    labels = [robustness_words.share(share, ctx) for share in shares]
    unit = _("Share of each choice in the variance of the rank")
    return _bars(reader, run, (title, unit, rank_causes.bars_alt(shares, ctx)), pd.Series(bars), labels)


def shifts(reader: Reader, choice: Choice) -> Ranking:
    """The mean shift of all ranks without each component, in places."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    names = _names(reader, run)
    away = run.without.sub(run.table["nominal_rank"], axis=0).abs().mean().dropna()
    said = (
        rank_causes.shifts_title(away, names, ctx),
        _("Mean shift of ranks without each component, in places"),
        rank_causes.shifts_alt(away, names, ctx),
    )
    labels = [robustness_words.places(places, ctx) for places in away]
    return _bars(reader, run, said, away.rename(index=names), labels)


def without(reader: Reader, choice: Choice, area: str) -> DotRange:
    """A country's rank without each component, beside that with all. Raises RequestError without ranks."""
    ctx, run = reader.ctx, reads.run(reader.warehouse, choice)
    ranks, nominal = run.without.loc[[area]].iloc[0].dropna(), number(run.table.at[area, "nominal_rank"])
    if ranks.empty or pd.isna(nominal):
        raise RequestError(f"{area} has no rank without a component of {choice.index}.")
    names, name = _names(reader, run), reader.area(area).name
    spans = tuple(
        Span(names[str(part)], None, nominal, None, float(rank), ctx.number(rank), "lower")
        for part, rank in ranks.items()
    )
    return DotRange(
        about(
            reader,
            f"{name}. {rank_causes.moves_title(ranks, nominal, names, ctx)}",
            _("Rank without each component, 1 is best"),
            rank_causes.without_alt(ranks, names, ctx),
            _foot(reader, run),
        ),
        spans,
        ("", _("rank with all components"), _("rank without it")),
        max(0.5, min(nominal, float(ranks.min())) - 1),
        max(nominal, float(ranks.max())) + 1,
    )


def _bars(
    reader: Reader, run: Robustness, said: tuple[str, str, str], values: pd.Series[float], labels: list[str]
) -> Ranking:
    """Bars, the largest standing out. said: title, unit and alternative text; values: by name."""
    title, unit, alt = said
    largest = values.idxmax()
    bars = tuple(
        Bar(str(name), float(value), label, "focus" if name == largest else "peer")
        for (name, value), label in zip(values.items(), labels, strict=True)
    )
    return Ranking(about(reader, title, unit, alt, _foot(reader, run)), bars)


def _names(reader: Reader, run: Robustness) -> dict[str, str]:
    """Short names of the components."""
    return {code: robustness_words.short(reader.kpi(code).name, run.index) for code in run.weights}


def _foot(reader: Reader, run: Robustness) -> str:
    note = robustness_words.varied(run.options, run.spread, len(run.draws), run.seed, reader.ctx)
    n = _("n = {n} countries").format(n=reader.ctx.number(len(run.table)))
    return sources.foot_of(reader, [run.index], str(run.edition), n, note)
