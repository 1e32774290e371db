"""Pictures that pages, briefs and previews share: ladder, profile, courses, what is to come, rankings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import (
    figures,
    forecast_words,
    profile,
    profile_words,
    ranking,
    stage_sentences,
    stage_words,
)
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import Row, is_missing, optional, records, whole
from dashboard.charts.stage_words import names
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.pictures.model import (
    About,
    Bar,
    Course,
    DotRange,
    Fan,
    Ladder,
    Matrix,
    Ranking,
    Role,
    Rung,
    Span,
    Step,
    Trend,
)
from dashboard.reads import shared as data
from dashboard.reads import standings
from dashboard.reads.reader import Reader
from kpis.stages import Profile

BARS = 48  # of a ranking on one page, as many as the page World names


def about(reader: Reader, title: str, unit: str, source: str, alt: str) -> About:
    """What stands around a picture, in the language of the reader."""
    return About(title, unit, source, alt, reader.lang)


def source_line(reader: Reader, kpi: KpiView, years: str) -> str:
    """Source and years of one KPI."""
    titles = data.source_titles(reader.warehouse, reader.lang)
    return _("Source: {source}, {years}").format(source=titles.get(kpi.source, kpi.source), years=years)


def ladder(reader: Reader, stages: Profile) -> Ladder:
    """The stage of each dimension, with what opens the next one."""
    ctx, labels, rows = reader.ctx, reader.dimensions, stages.dimensions
    rungs = tuple(
        Rung(labels[row["dimension"]], _level(row["stage"]), _note(reader, row)) for row in records(rows)
    )
    said = ". ".join(
        f"{rung.name}: {stage_words.numbered(rung.level, ctx)}" if rung.level is not None else rung.name
        for rung in rungs
    )
    return Ladder(
        about(
            reader,
            stage_sentences.reached(rows, stages.overall, ctx),
            _("Stage of each dimension, {year}").format(year=stages.year),
            _("Stages by Escala, methodology of the Centre; KPIs and sources in the annex"),
            _("Ladder of {name}: {rows}.").format(name=reader.area(stages.area).name, rows=said),
        ),
        rungs,
        tuple(names(ctx)),
    )


def _level(stage: object) -> int | None:
    return None if is_missing(stage) else whole(stage)


def _note(reader: Reader, row: Row) -> str:
    """What is to be known of a rung: too little data, in doubt, what opens the next stage."""
    if is_missing(row["stage"]):
        return _("too little data")
    parts = [_("in doubt")] if bool(row["in_doubt"]) else []
    if opens := [reader.kpi(kpi).name for kpi in row["unlock"]]:
        text = _("next: {kpi}") if len(opens) == 1 else _("next: {kpi} and {k} more")
        parts.append(text.format(kpi=opens[0], k=len(opens) - 1))
    return "; ".join(parts)


def stage_matrix(reader: Reader, cells_of: pd.DataFrame, title: str, unit: str) -> Matrix:
    """Countries × dimensions. cells_of: a row a country, a column a dimension and `overall`."""
    ctx, labels, area_names = reader.ctx, reader.dimensions, reader.area_names
    shown = [column for column in cells_of.columns if column != "overall"] + ["overall"]
    body = tuple(
        tuple((stage_words.numbered(row[column], ctx), _level(row[column])) for column in shown)
        for row in records(cells_of[shown])
    )
    codes = [str(code) for code in cells_of.index]
    alt = ". ".join(
        f"{area_names[code]}: {stage_words.numbered(overall, ctx)}"
        for code, overall in zip(codes, cells_of["overall"], strict=True)
    )
    return Matrix(
        about(reader, title, unit, _("Stages by Escala, methodology of the Centre"), f"{title}. {alt}."),
        tuple(str(area_names[code]) for code in codes),
        tuple(labels[column] for column in shown),
        body,
    )


def by_stage(cells: pd.DataFrame, area_names: pd.Series[str]) -> pd.DataFrame:
    """The rows of a matrix of stages by overall stage, the sum of the dimensions and name, highest first."""
    keys = pd.DataFrame(
        {
            "whole": cells["overall"].astype("Float64").fillna(-1),
            "sum": cells.drop(columns="overall").astype("Float64").sum(axis=1),
            "name": area_names.reindex(cells.index),
        }
    )
    return cells.loc[keys.sort_values(["whole", "sum", "name"], ascending=[False, False, True]).index]


def stage_counts(reader: Reader, cells_of: pd.DataFrame, title: str, unit: str) -> Matrix:
    """Dimensions × stages: how many countries stand at each, darker the more. cells_of: as `stage_matrix`."""
    ctx, labels = reader.ctx, reader.dimensions
    shown = ["overall"] + [column for column in cells_of.columns if column != "overall"]
    heads = [f"{n} {name}" for n, name in enumerate(names(ctx), 1)]
    body, said = [], []
    for column in shown:
        held = cells_of[column].dropna().astype(int)
        counts = [int((held == stage).sum()) for stage in range(len(heads))]
        body.append(
            (*(_counted(ctx.number(k), k, len(held)) for k in counts), _none(reader, cells_of, column))
        )
        numbers = ", ".join(f"{head}: {k}" for head, k in zip(heads, counts, strict=True))
        said.append(f"{labels[column]}: {numbers}")
    return Matrix(
        about(
            reader,
            title,
            unit,
            _("Stages by Escala, methodology of the Centre"),
            f"{title} {'; '.join(said)}.",
        ),
        tuple(labels[column] for column in shown),
        (*heads, _("too little data")),
        tuple(body),
        SHADES,
    )


SHADES = 5  # of a matrix of counts: by fifths of those who were assessed


def _counted(said: str, k: int, n: int) -> tuple[str, int | None]:
    return said, min(int(SHADES * k / n), SHADES - 1) if n else None


def _none(reader: Reader, cells_of: pd.DataFrame, column: str) -> tuple[str, int | None]:
    return reader.ctx.number(int(cells_of[column].isna().sum())), None


def profile_range(reader: Reader, area: str, peers: str) -> DotRange | None:
    """The percentiles of a country by dimension before the range of its peers; None without any.

    The middle is the median that the page Country draws; low and high are the lowest and the highest of the
    peers' own medians.
    """
    own, of_peers = _profiles(reader, area, peers)
    if own["percentile"].notna().sum() == 0:
        return None
    middle = profile.summarise(of_peers).set_index("dimension")["percentile"]
    each = of_peers.groupby(["ref_area", "dimension"])["percentile"].agg(["median", "count"])
    enough = each.loc[each["count"] >= profile.LEAST, "median"]
    ends = enough.groupby("dimension").agg(["min", "max"])
    mine = own.set_index("dimension")["percentile"]
    spans = tuple(
        _span(reader, label, dimension, mine, middle, ends)
        for dimension, label in reader.dimensions.items()
        if dimension != "overall"
    )
    name, peer_name = reader.area(area).name, reader.group(peers).name
    alt = "; ".join(f"{span.name}: {span.label}" for span in spans)
    return DotRange(
        about(
            reader,
            profile_words.of_medians(mine, reader.dimensions, reader.ctx),
            _("Percentile among UN Member States, 100 is best"),
            _("Medians of fresh KPIs, latest values; sources in the annex"),
            _("Percentiles of {name}: {rows}.").format(name=name, rows=alt),
        ),
        spans,
        (
            _("lowest to highest of {group}").format(group=peer_name),
            _("median of {group}").format(group=peer_name),
            name,
        ),
    )


def _profiles(reader: Reader, area: str, peers: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Medians of the country by dimension, and the rows of its peers over the same KPIs."""
    country = data.country(reader.warehouse, area)
    ranked = standings.ranked(country, reader)
    latest = data.latest(reader.warehouse, country["kpi"], standings.others(reader, area, peers))
    of_peers = standings.ranked(latest, reader)
    own = profile.summarise(ranked)
    return own, of_peers[of_peers["kpi"].isin(ranked["kpi"])]


def _span(
    reader: Reader, label: str, dimension: str, mine: pd.Series, middle: pd.Series, ends: pd.DataFrame
) -> Span:
    held = dimension in ends.index
    own = optional(mine.get(dimension))
    low, high = (optional(ends.at[dimension, end]) if held else None for end in ("min", "max"))
    said = _("too few KPIs") if own is None else reader.ctx.number(own)
    return Span(label, low, optional(middle.get(dimension)), high, own, said)


def trend(reader: Reader, kpi: KpiView, title: str, lines: Sequence[tuple[str, str, Role]]) -> Trend | None:
    """A KPI over the years. lines: id of an area or group, its name, its role. None without two years."""
    ctx = reader.ctx
    rows = trend_rows(reader, kpi.id, [line for line, _name, _role in lines]).dropna(subset=["obs_value"])
    if rows["time_period"].nunique() < 2:
        return None
    courses = []
    for line, name, role in lines:
        own = rows[rows["id"] == line].sort_values("time_period")
        if own.empty:
            continue
        points = _points(own)
        courses.append(Course(name, points, role, ctx.value(points[-1][1], kpi.brief)))
    newest, oldest = figures.ends(rows["time_period"])
    alt = "; ".join(f"{course.name}: {course.label} ({course.points[-1][0]})" for course in courses)
    return Trend(
        about(
            reader,
            title,
            kpi.unit,
            source_line(reader, kpi, figures.span(newest, oldest)),
            _("{kpi} over the years. Last values: {rows}.").format(kpi=kpi.name, rows=alt),
        ),
        tuple(courses),
    )


def _points(rows: pd.DataFrame) -> tuple[tuple[int, float], ...]:
    """Years and values, years ascending."""
    held = rows.sort_values("time_period")
    years = zip(held["time_period"], held["obs_value"], strict=True)
    return tuple((int(year), float(value)) for year, value in years)


def fan(reader: Reader, area: str, kpi: KpiView, *, of_rank: bool = False) -> Fan | None:
    """The EGDI of a country, or its rank, and where it may go; None without a forecast."""
    ahead = data.forecast(reader.warehouse, area).dropna(subset=["p50"])
    if ahead.empty:
        return None
    ctx, name, rows = reader.ctx, reader.area(area).name, records(ahead)
    past = data.trends(reader.warehouse, area)
    past = past[past["kpi"] == kpi.id].dropna(subset=["obs_value"]).sort_values("time_period")
    if of_rank:
        past = past.assign(obs_value=past["rank"].astype(float)).dropna(subset=["obs_value"])
    points, prefix, first, last = _points(past), "rank_" if of_rank else "", rows[0], rows[-1]

    def said(row: Row) -> str:
        if of_rank:
            return forecast_words.row_place(row, ctx)
        return forecast_words.row_value(row, kpi, ctx).striptags()

    def short(amount: float) -> str:
        return ctx.number(amount) if of_rank else ctx.value(amount, forecast_words.coarse(kpi))

    template = _("{name}: EGDI {first} in {since}, {last} in {to}")
    if of_rank:
        template = _("{name}: rank {first} in {since}, {last} in {to}")
    title = template.format(
        name=name,
        first=said(first),
        since=int(first["time_period"]),
        last=said(last),
        to=int(last["time_period"]),
    )
    steps = [
        (int(row["time_period"]), *(row[f"{prefix}{end}"] for end in ("p10", "p50", "p90"))) for row in rows
    ]
    high, middle, low = (last[f"{prefix}{end}"] for end in ("p90", "p50", "p10"))
    return Fan(
        about(
            reader,
            title,
            f"{kpi.name} · {_('rank, 1 is best') if of_rank else kpi.unit}",
            _("Forecast by Escala from editions up to {origin}; not a published figure").format(
                origin=int(first["origin"])
            ),
            f"{title}.",
        ),
        Course(name, points, "focus", short(points[-1][1]) if points else ""),
        tuple(Step(*step) for step in steps),
        (_("8 of 10 such forecasts ended within"), _("middle of the forecast")),
        ends=(short(high), short(middle), short(low)),
        falls=of_rank,
    )


def group_ranking(
    reader: Reader, kpi: KpiView, codes: Sequence[str], title: str, most: int = BARS
) -> Ranking:
    """The members of a group by their latest value, best first; of more than `most` both ends."""
    ctx = reader.ctx
    world = data.world(reader.warehouse, reader.lang, kpi.id, None)
    rows = ranking.ordered(world[world["ref_area"].isin(codes)], kpi)
    newest, oldest = figures.ends(rows["time_period"])
    half = most // 2
    shown = rows if len(rows) <= most else pd.concat([rows.head(half), rows.tail(half)])
    bars = tuple(
        Bar(str(row["name"]), float(row["obs_value"]), _bar_label(reader, row, kpi)) for row in records(shown)
    )
    cut = (
        ""
        if len(shown) == len(rows)
        else ". "
        + _("The first {k} and the last {k} of {n}.").format(k=ctx.number(half), n=ctx.number(len(rows)))
    )
    alt = "; ".join(f"{bar.name} {bar.label}" for bar in bars[:10])
    return Ranking(
        about(
            reader,
            title,
            f"{kpi.unit} · {_('rank among UN Member States')}",
            source_line(reader, kpi, figures.span(newest, oldest)) + cut,
            f"{title} {alt}.",
        ),
        bars,
        most=kpi.most,
    )


def _bar_label(reader: Reader, row: Row, kpi: KpiView) -> str:
    value = reader.ctx.value(row["obs_value"], kpi.brief)
    if figures.old(kpi, row["time_period"], reader.ctx):
        value = f"{value} ({figures.when(kpi, row['time_period'], reader.ctx)})"
    return value if is_missing(row["rank"]) else f"{value} · {reader.ctx.number(row['rank'])}"
